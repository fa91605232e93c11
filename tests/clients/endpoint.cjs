// The SPARQL endpoint asked through Comunica: what it answers is what the server answers.
//
//   node endpoint.cjs ADDRESS
"use strict";

const assert = require("node:assert");
const { QueryEngine } = require("@comunica/query-sparql");

const address = process.argv[2];
const QUERY = `
  PREFIX rp: <https://w3id.org/reportedly/ns#>
  SELECT ?who (COUNT(?what) AS ?many) { ?who rp:stated ?what } GROUP BY ?who ORDER BY ?who`;

async function main() {
  const sources = [{ type: "sparql", value: address + "/sparql" }];
  const engine = new QueryEngine();
  const bindings = await (await engine.queryBindings(QUERY, { sources })).toArray();
  const found = bindings.map((row) => [row.get("who").value, Number(row.get("many").value)]);
  const reply = await fetch(address + "/sparql?" + new URLSearchParams({ query: QUERY }));
  const expected = (await reply.json()).results.bindings
    .map((row) => [row.who.value, Number(row.many.value)]);
  assert(expected.length > 10);
  assert.deepStrictEqual(found, expected);
  assert.strictEqual(await engine.queryBoolean("ASK { ?s ?p ?o }", { sources }), true);
  console.log(`Comunica finds the same ${found.length} rows`);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
