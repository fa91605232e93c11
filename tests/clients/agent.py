"""Every tool of the server for assistants, driven by the Python SDK over both transports.

    python agent.py PROGRAM STORE ADDRESS

PROGRAM mcp --store STORE is started for standard input; ADDRESS/mcp is asked over HTTP.
"""

import asyncio
import json
import sys

from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

try:  # the name since version 2, and the one before
    from mcp.client.streamable_http import streamable_http_client as http_client
except ImportError:
    from mcp.client.streamable_http import streamablehttp_client as http_client

CALLS = {
    "search_entities": {"query": "Rwanda"},
    "who_said_what": {"about": "rwanda", "limit": 2},
    "claims_about": {"entity": "Rwanda", "limit": 2},
    "corroboration": {"limit": 1},
    "contradictions": {"limit": 1},
    "article": {"article": "https://reportedly.example/article/rwanda-ruling", "limit": 3},
    "analyse_text": {"text": "Ada Brook sold Orm Castle, her lawyer said."},
    "sparql": {"query": "SELECT ?c { ?c a rp:Claim }", "limit": 3},
}


def plain(result):
    """What a tool gave, as plain JSON, whatever the version of the SDK calls it."""
    dumped = result.model_dump(by_alias=True, mode="json")
    assert not dumped.get("isError"), dumped
    text = dumped["content"][0]["text"]
    assert json.loads(text) == dumped["structuredContent"], dumped
    return dumped["structuredContent"]


async def drive(session):
    await session.initialize()
    await session.send_ping()
    tools = {tool.name for tool in (await session.list_tools()).tools}
    assert tools == set(CALLS), tools ^ set(CALLS)
    answers = {}
    for name, arguments in CALLS.items():
        answers[name] = plain(await session.call_tool(name, arguments))
    first = answers["who_said_what"]
    more = plain(await session.call_tool(
        "who_said_what", {**CALLS["who_said_what"], "cursor": first["cursor"]}))
    assert more["results"] != first["results"]
    refused = await session.call_tool("sparql", {"query": "DELETE WHERE { ?s ?p ?o }"})
    assert refused.model_dump(by_alias=True)["isError"]
    resources = (await session.list_resources()).resources
    read = await session.read_resource(resources[0].uri)
    assert len(read.contents[0].text) > 50
    await session.list_resource_templates()
    return answers


async def over_lines(program, store):
    server = StdioServerParameters(command=program, args=["mcp", "--store", store])
    async with stdio_client(server) as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            return await drive(session)


async def over_http(address):
    async with http_client(address + "/mcp") as streams:
        async with ClientSession(streams[0], streams[1]) as session:
            return await drive(session)


async def main():
    program, store, address = sys.argv[1:]
    lines, http = await over_lines(program, store), await over_http(address)
    assert lines == http
    print(f"{len(lines)} tools over both transports")


asyncio.run(main())
