//! Updates in the words of SPARQL 1.1. Each may be sent twice without harm.

use oxrdf::NamedNode;

use crate::graph::Iris;
use crate::graph::vocabulary::{rp, void};

/// The digest of what is being sent: no digest of anything is such.
pub(super) const UNFINISHED: &str = "unfinished";

/// Notes in the list of what was sent which base the graphs have.
pub(super) fn note_base(iris: &Iris) -> String {
    let (list, property, base) = (iris.pushed_graph(), void::URI_SPACE, iris.base());
    format!("INSERT DATA {{ GRAPH {list} {{ {list} {property} \"{base}\" }} }}")
}

/// Notes the digest of a graph or a part of one.
pub(super) fn note(iris: &Iris, node: &NamedNode, digest: &str) -> String {
    let (list, property) = (iris.pushed_graph(), rp::DIGEST);
    let forget = forget(iris, node);
    format!("{forget} ;\nINSERT DATA {{ GRAPH {list} {{ {node} {property} \"{digest}\" }} }}")
}

/// Takes the digest of a graph or a part out of the list.
pub(super) fn forget(iris: &Iris, node: &NamedNode) -> String {
    let (list, property) = (iris.pushed_graph(), rp::DIGEST);
    format!("DELETE WHERE {{ GRAPH {list} {{ {node} {property} ?digest }} }}")
}

/// Takes a graph away, if it is there.
pub(super) fn drop_graph(graph: &NamedNode) -> String {
    format!("DROP SILENT GRAPH {graph}")
}

/// Adds lines of N-Triples to a graph, in updates of so many bytes at most, but with one
/// line at least.
pub(super) fn insert(graph: &NamedNode, lines: &[String], most: usize) -> Vec<String> {
    let mut updates = Vec::new();
    let mut together = String::new();
    for line in lines {
        if !together.is_empty() && together.len() + line.len() > most {
            updates.push(insert_lines(graph, &together));
            together.clear();
        }
        together.push_str(line);
    }
    if !together.is_empty() {
        updates.push(insert_lines(graph, &together));
    }
    updates
}

fn insert_lines(graph: &NamedNode, lines: &str) -> String {
    format!("INSERT DATA {{ GRAPH {graph} {{\n{lines}}} }}")
}

/// Takes all that a graph says of some subjects out of it.
pub(super) fn remove(graph: &NamedNode, subjects: &[String]) -> String {
    let values = subjects.join("> <");
    format!(
        "DELETE {{ GRAPH {graph} {{ ?s ?p ?o }} }} WHERE {{ VALUES ?s {{ <{values}> }} GRAPH \
         {graph} {{ ?s ?p ?o }} }}"
    )
}

#[cfg(test)]
mod tests {
    use spargebra::SparqlParser;

    use super::*;

    #[test]
    fn updates_are_sparql() {
        let iris = Iris::new("https://example.org/").unwrap();
        let (graph, lines) = (iris.pushed_graph(), ["<urn:a> <urn:b> \"c\\n\" .\n".to_owned()]);
        let mut updates = insert(&graph, &[lines.clone(), lines].concat(), 10);
        assert_eq!(updates.len(), 2);
        updates.extend([note_base(&iris), note(&iris, &graph, "00"), drop_graph(&graph)]);
        updates.push(remove(&graph, &["urn:a".to_owned(), "urn:b".to_owned()]));
        SparqlParser::new().parse_update(&updates.join(" ;\n")).unwrap();
    }
}
