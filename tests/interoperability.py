"""Reads exports with tools that others made, and asks them the named queries.

Usage: interoperability.py counts FILE...
           one line a file and tool: file, tool, number of triples or quads
       interoperability.py conforms SHAPES FILE...
           one line a file: file, yes or no, and the report
       interoperability.py rows TURTLE NQUADS QUERY.rq
           JSON: for each engine the rows of the query, as lists of texts
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


def rows(turtle, nquads, query):
    sparql = Path(query).read_text(encoding="utf-8")
    store = pyoxigraph.Store()
    store.load(path=nquads, format=pyoxigraph.RdfFormat.N_QUADS)
    answer = store.query(sparql, use_default_graph_as_union=True)
    found = {"pyoxigraph": table(answer.serialize(format=pyoxigraph.QueryResultsFormat.CSV).decode())}
    graph = rdflib.Graph().parse(turtle, format="turtle")
    found["rdflib"] = table(graph.query(sparql).serialize(format="csv").decode())
    print(json.dumps(found))


if __name__ == "__main__":
    task, arguments = sys.argv[1], sys.argv[2:]
    if task == "counts":
        counts(arguments)
    elif task == "conforms":
        conforms(arguments[0], arguments[1:])
    else:
        rows(*arguments)
