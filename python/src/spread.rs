//! The graph of many articles on many machines: what Spark's workers call.
//!
//! In and out: plain texts and lists, as they travel between machines. Every function is
//! pure, and is what the store itself calls (`reportedly::graph`).

use std::collections::BTreeSet;

use oxrdf::{NamedNode, Quad};
use oxttl::NQuadsParser;
use pyo3::prelude::*;
use reportedly::graph::{self, Apart, Vote, Votes};
use reportedly::stories::Signature;

use crate::analysis::{Analysis, iris};
use crate::error::{Failure, Kind, OrFail};

/// Quads as lines of N-Quads, each once, in order.
fn lines(quads: Vec<Quad>) -> String {
    let lines = quads.into_iter().map(|quad| format!("{} .\n", graph::as_stored(quad)));
    lines.collect::<BTreeSet<String>>().into_iter().collect()
}

/// The article's IRI, its signature, its graph, what its claims share with others', and
/// its votes, each with its node.
type Parts = (String, String, String, String, Vec<(String, String)>);

/// A column of a table.
type Column = Vec<String>;

/// What a graph of many articles needs of one: the article's IRI, its signature, its graph,
/// what its claims share with others', and its votes for nodes.
#[pyfunction]
pub(crate) fn apart(py: Python<'_>, analysis: &Analysis, base: &str) -> PyResult<Parts> {
    let made = py.detach(|| -> Result<_, Failure> {
        let iris = iris(base)?;
        let Apart { article, quads, shared, votes, signature } =
            Apart::new(&iris, analysis.inner.graph(&iris));
        let mut cast = Vec::new();
        for (node, votes) in votes {
            for vote in votes {
                let vote = serde_json::to_string(&vote).or_fail(Kind::Internal)?;
                cast.push((node.as_str().to_owned(), vote));
            }
        }
        Ok((article.into_string(), signature.to_text(), lines(quads), lines(shared), cast))
    });
    Ok(made?)
}

/// What follows for a node from the votes for it, each with how many articles cast it.
#[pyfunction]
pub(crate) fn follows(base: &str, node: &str, votes: Vec<(String, usize)>) -> PyResult<String> {
    let iris = iris(base)?;
    let mut counted = Votes::new();
    for (vote, count) in votes {
        let vote: Vote = serde_json::from_str(&vote).or_fail(Kind::Internal)?;
        counted.insert(vote, count);
    }
    Ok(lines(graph::follows(&iris, &NamedNode::new_unchecked(node), &counted)))
}

/// The stories that articles tell, each with its articles in order; the articles come with
/// their signatures, in any order.
#[pyfunction]
pub(crate) fn stories(
    py: Python<'_>,
    base: &str,
    mut articles: Vec<(String, String)>,
) -> PyResult<Vec<(String, Vec<String>)>> {
    let found = py.detach(|| -> Result<_, Failure> {
        let iris = iris(base)?;
        articles.sort_unstable();
        let signatures = articles.iter().map(|(_, text)| Signature::from_text(text));
        let signatures = signatures.collect::<Result<Vec<_>, _>>().or_fail(Kind::Internal)?;
        let articles = articles.into_iter().map(|(article, _)| NamedNode::new_unchecked(article));
        let articles: Vec<NamedNode> = articles.collect();
        Ok(graph::stories_of(&iris, &articles, &signatures))
    });
    let text =
        |articles: Vec<NamedNode>| articles.into_iter().map(NamedNode::into_string).collect();
    Ok(found?.into_iter().map(|(story, articles)| (story.into_string(), text(articles))).collect())
}

/// The graph of a story, from the graphs of its articles in order.
#[pyfunction]
pub(crate) fn story_graph(
    py: Python<'_>,
    base: &str,
    story: &str,
    articles: Vec<(String, String)>,
) -> PyResult<String> {
    let made = py.detach(|| -> Result<_, Failure> {
        let iris = iris(base)?;
        let mut graphs = Vec::new();
        for (article, quads) in articles {
            let quads =
                NQuadsParser::new().for_slice(quads.as_str()).collect::<Result<Vec<_>, _>>();
            graphs.push((NamedNode::new_unchecked(article), quads.or_fail(Kind::Internal)?));
        }
        Ok(lines(graph::story_graph(&iris, &NamedNode::new_unchecked(story), &graphs)))
    });
    Ok(made?)
}

/// The terms of lines of N-Quads: subjects, predicates, objects, graphs.
#[pyfunction]
pub(crate) fn terms(
    py: Python<'_>,
    lines: Vec<String>,
) -> PyResult<(Column, Column, Column, Column)> {
    let made = py.detach(|| -> Result<_, Failure> {
        let mut all = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for line in &lines {
            for quad in NQuadsParser::new().for_slice(line.as_str()) {
                let Quad { subject, predicate, object, graph_name } =
                    quad.or_fail(Kind::Internal)?;
                all.0.push(subject.to_string());
                all.1.push(predicate.to_string());
                all.2.push(object.to_string());
                all.3.push(graph_name.to_string());
            }
        }
        Ok(all)
    });
    Ok(made?)
}
