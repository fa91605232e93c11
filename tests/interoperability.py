"""Reads exports with tools that others made, and asks them the named queries.

Usage: interoperability.py counts FILE...
           one line a file and tool: file, tool, number of triples or quads
       interoperability.py conforms SHAPES FILE...
           one line a file: file, yes or no, and the report
       interoperability.py rows TURTLE NQUADS QUERY.rq [rdflib]
           JSON: for pyoxigraph, and perhaps rdflib, the rows of the query, as lists
           of texts
       interoperability.py nanopubs TRIG
           how many whole nanopublications there are, and how many graphs
       interoperability.py network GRAPHML
           numbers of nodes, edges, and edges with all attributes that each has
       interoperability.py expanded JSONLD NQUADS
           how many quads pyld and rdflib make of the one that are not in the other,
           or the other way round, and how many there are
       interoperability.py claims JSONLD
           how many claims of schema.org pyld and rdflib find, with how many appearances,
           and how many terms there are that are not of schema.org or ours
"""

import csv
import io
import json
import sys
from pathlib import Path

import pyoxigraph
import pyshacl
import rdflib

RDFLIB = {"ttl": "turtle", "nt": "nt", "rdf": "xml", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
OXIGRAPH = {
    "ttl": pyoxigraph.RdfFormat.TURTLE,
    "nt": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdf": pyoxigraph.RdfFormat.RDF_XML,
    "nq": pyoxigraph.RdfFormat.N_QUADS,
    "trig": pyoxigraph.RdfFormat.TRIG,
}


def counts(paths):
    for path in map(Path, paths):
        kind = path.suffix[1:]
        graph = rdflib.Dataset() if kind in ("nq", "trig", "jsonld") else rdflib.Graph()
        graph.parse(path, format=RDFLIB[kind])
        quads = graph.quads() if isinstance(graph, rdflib.Dataset) else graph
        print(path.name, "rdflib", sum(1 for _ in quads))
        if kind in OXIGRAPH:
            read = {str(q) for q in pyoxigraph.parse(path=str(path), format=OXIGRAPH[kind])}
            print(path.name, "pyoxigraph", len(read))


def conforms(shapes, paths):
    for path in map(Path, paths):
        graph = rdflib.Graph().parse(path, format="turtle")
        ok, _, report = pyshacl.validate(graph, shacl_graph=str(shapes), advanced=False)
        print(path.name, "yes" if ok else "no", "" if ok else json.dumps(report[:2000]))


def table(text):
    """The rows, with times as everybody but rdflib writes them."""
    rows = list(csv.reader(io.StringIO(text)))[1:]
    return sorted([value.replace("+00:00", "Z") for value in row] for row in rows)


def rows(turtle, nquads, query, *more):
    sparql = Path(query).read_text(encoding="utf-8")
    store = pyoxigraph.Store()
    store.load(path=nquads, format=pyoxigraph.RdfFormat.N_QUADS)
    answer = store.query(sparql, use_default_graph_as_union=True)
    found = {"pyoxigraph": table(answer.serialize(format=pyoxigraph.QueryResultsFormat.CSV).decode())}
    if more:
        graph = rdflib.Graph().parse(turtle, format="turtle")
        found["rdflib"] = table(graph.query(sparql).serialize(format="csv").decode())
    print(json.dumps(found))


NP = rdflib.Namespace("http://www.nanopub.org/nschema#")


def nanopubs(path):
    """After https://nanopub.net/guidelines/working_draft/, as rdflib reads it."""
    data = rdflib.Dataset()
    data.parse(path, format="trig")
    graphs = {g.identifier: g for g in data.graphs() if len(g)}
    whole = 0
    for head in graphs.values():
        for itself in head.subjects(rdflib.RDF.type, NP.Nanopublication):
            parts = [head.value(itself, p) for p in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)]
            assertion, provenance, publication = (graphs[part] for part in parts)
            spoken_of = (parts[0], None, None) in provenance and (itself, None, None) in publication
            whole += len(head) == 4 and len(set(parts)) == 3 and spoken_of and len(assertion) > 0
    print(whole, len(graphs))


def network(path):
    import networkx

    graph = networkx.read_graphml(path, force_multigraph=True)
    always = {"label", "relation", "asserted", "polarity", "modality", "origins", "articles", "text"}
    whole = sum(always <= set(data) and isinstance(data["asserted"], bool) for _, _, data in graph.edges(data=True))
    labelled = sum("label" in data and "iri" in data for _, data in graph.nodes(data=True))
    assert labelled == len(graph.nodes), "a node without its name: an edge ends nowhere"
    print(len(graph.nodes), len(graph.edges), whole)


def expanded(path, nquads):
    from pyld import jsonld

    def lines(text):
        data = rdflib.Dataset()
        data.parse(data=text, format="nquads")
        return {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in data.quads()}

    wanted = lines(Path(nquads).read_text(encoding="utf-8"))
    document = json.loads(Path(path).read_text(encoding="utf-8"))
    with_pyld = lines(jsonld.to_rdf(document, {"format": "application/n-quads"}))
    data = rdflib.Dataset()
    data.parse(path, format="json-ld")
    with_rdflib = {(s.n3(), p.n3(), o.n3(), str(g)) for s, p, o, g in data.quads()}
    print(len(wanted ^ with_pyld), len(wanted ^ with_rdflib), len(wanted))


SCHEMA = "https://schema.org/"
# Terms of schema.org, release 28; each is a property or class of its own there.
TERMS = """Claim CreativeWork NewsArticle Person Organization Date name text url author headline
publisher datePublished dateCreated license isPartOf appearance firstAppearance
claimInterpreter""".split()
OURS = "https://w3id.org/reportedly/ns#"


def claims(path):
    from pyld import jsonld

    document = json.loads(Path(path).read_text(encoding="utf-8"))
    nodes = jsonld.expand(document)
    with_pyld = sum(SCHEMA + "Claim" in node["@type"] for node in nodes)
    appearances = sum(len(node[SCHEMA + "appearance"]) for node in nodes)
    graph = rdflib.Dataset()
    graph.parse(path, format="json-ld")
    claim = rdflib.URIRef(SCHEMA + "Claim")
    with_rdflib = {s for s, _, _, _ in graph.quads((None, rdflib.RDF.type, claim, None))}
    used = {str(p) for _, p, _, _ in graph.quads()} | {
        str(o) for _, p, o, _ in graph.quads() if p == rdflib.RDF.type
    }
    known = {SCHEMA + term for term in TERMS} | {str(rdflib.RDF.type)}
    foreign = [term for term in used if term not in known and not term.startswith(OURS)]
    print(with_pyld, len(with_rdflib), appearances, len(foreign))


if __name__ == "__main__":
    task, arguments = sys.argv[1], sys.argv[2:]
    if task == "counts":
        counts(arguments)
    elif task == "conforms":
        conforms(arguments[0], arguments[1:])
    else:
        tasks = {"rows": rows, "nanopubs": nanopubs, "network": network, "expanded": expanded, "claims": claims}
        tasks[task](*arguments)
