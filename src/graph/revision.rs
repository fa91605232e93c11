//! What an article was before it was changed.
//!
//! An article that is built again with another text takes the place of the old
//! one. That there was an old one stays known: in the graph of builds the article
//! `prov:wasRevisionOf` a node with the digest of the old build and the day that
//! the old text was published. That graph tells how the store came to be, so it
//! is no part of an export.

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{GraphNameRef, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::derived::remove_about;
use super::vocabulary::{prov, rp, schema};
use super::{Iris, QuadView};

/// Notes what a stored article is, if its text is about to change: `quads` are
/// those of its new graph. Its digest is taken out, as another is to follow.
pub(super) fn note<'q>(
    transaction: &mut Transaction<'_>,
    iris: &Iris,
    article: &NamedNode,
    quads: impl IntoIterator<Item = QuadView<'q>>,
) -> Result<(), StorageError> {
    let graph = iris.build_graph();
    let Some(digest) = one(transaction, article, rp::DIGEST, &graph)? else { return Ok(()) };
    let old_text = one(transaction, article, rp::TEXT, article)?;
    let is_text = |quad: &QuadView<'_>| *quad.predicate == rp::TEXT;
    let new_text = quads.into_iter().find(is_text).map(|quad| quad.object);
    transaction.remove(&Quad::new(article.clone(), rp::DIGEST, digest.clone(), graph.clone()));
    if old_text.as_ref() == new_text {
        return Ok(());
    }
    let Term::Literal(digest) = digest else { return Ok(()) };
    let revision = iris.revision(article, digest.value());
    let published = one(transaction, article, schema::DATE_PUBLISHED, article)?;
    let mut say = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        transaction.insert(&Quad::new(subject.clone(), predicate, object, graph.clone()));
    };
    say(article, prov::WAS_REVISION_OF, revision.clone().into());
    say(&revision, rp::DIGEST, Literal::new_simple_literal(digest.value()).into());
    if let Some(published) = published {
        say(&revision, schema::DATE_PUBLISHED, published);
    }
    Ok(())
}

/// Removes all that the graph of builds says of an article and what it was.
pub(super) fn forget(
    transaction: &mut Transaction<'_>,
    iris: &Iris,
    article: &NamedNode,
) -> Result<(), StorageError> {
    let graph = iris.build_graph();
    let subject = Some(article.as_ref().into());
    let named = Some(GraphNameRef::from(graph.as_ref()));
    let revisions: Vec<Quad> = transaction
        .quads_for_pattern(subject, Some(prov::WAS_REVISION_OF), None, named)
        .collect::<Result<_, _>>()?;
    for quad in revisions {
        if let Term::NamedNode(revision) = quad.object {
            remove_about(transaction, &revision.into(), &graph)?;
        }
    }
    remove_about(transaction, &NamedOrBlankNode::from(article.clone()), &graph)
}

/// The object of the first quad of a graph with this subject and predicate.
fn one(
    transaction: &Transaction<'_>,
    subject: &NamedNode,
    predicate: NamedNodeRef<'_>,
    graph: &NamedNode,
) -> Result<Option<Term>, StorageError> {
    let (subject, graph) = (Some(subject.as_ref().into()), Some(graph.as_ref().into()));
    let found = transaction.quads_for_pattern(subject, Some(predicate), None, graph).next();
    Ok(found.transpose()?.map(|quad| quad.object))
}
