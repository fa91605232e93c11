//! Questions to the store: SPARQL, and the named queries of `queries/`.
