"""Serves an empty dataset of rdflib, with updates, on this machine: rdflib_server.py PORT"""

import sys

import rdflib
import uvicorn
from rdflib_endpoint import SparqlEndpoint

app = SparqlEndpoint(graph=rdflib.Dataset(default_union=True), path="/query", enable_update=True)
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="error")
