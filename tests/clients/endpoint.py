"""The SPARQL endpoint asked, and changed, through rdflib.

    python endpoint.py ADDRESS TOKEN
"""

import sys

from rdflib import Graph, Literal, URIRef
from rdflib.plugins.stores.sparqlstore import SPARQLStore, SPARQLUpdateStore

address, token = sys.argv[1:]
endpoint = address + "/sparql"
QUERY = "SELECT ?who ?what { ?who <https://w3id.org/reportedly/ns#stated> ?what } ORDER BY ?what LIMIT 5"

for method in ["GET", "POST", "POST_FORM"]:
    store = SPARQLStore(endpoint, method=method)
    rows = list(store.query(QUERY))
    assert len(rows) == 5 and all(isinstance(row[0], URIRef) for row in rows), (method, rows)
    assert store.query("ASK {}").askAnswer

graph = Graph(SPARQLStore(endpoint))
claim = URIRef("https://w3id.org/reportedly/ns#Claim")
assert len(list(graph.triples((None, None, claim)))) > 100

one = Graph(SPARQLStore(endpoint), identifier="https://reportedly.example/article/rwanda-ruling")
assert 0 < len(one) < len(graph), (len(one), len(graph))

writer = SPARQLUpdateStore(
    endpoint, endpoint, headers={"Authorization": "Bearer " + token}, postAsEncoded=False)
note = (URIRef("urn:note"), URIRef("urn:says"), Literal("quotes \" and ünïcode"))
writer.add(note)
assert list(graph.triples((note[0], None, None)))[0][2] == note[2]
writer.remove(note, None)
assert not list(graph.triples((note[0], None, None)))
print("rdflib reads and writes")
