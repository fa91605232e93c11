//! What the graph of builds keeps of where articles stood, and which build read them.

use oxigraph::store::{StorageError, Transaction};
use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::Iris;
use super::vocabulary::{prov, rp, schema, xsd};
use crate::text::Published;

/// Where an article stood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ArticleSource {
    /// The file that it is named by.
    pub file: Option<String>,
    /// When it was fetched.
    pub fetched: Option<Published>,
    /// The number of the version that is stored, where its provider counts them.
    pub version: Option<u64>,
    /// The SHA-256 of what it was read from.
    pub digest: Option<String>,
    /// The build that made its graph ([`Activity::iri`](super::Activity::iri)).
    pub build: Option<NamedNode>,
    /// What it was read as, without its text ([`layout`](super::layout)): so that it can
    /// be understood again.
    pub layout: Option<String>,
}

impl ArticleSource {
    /// What the graph of builds says of it.
    pub(super) fn quads(&self, iris: &Iris, article: &NamedNode) -> Vec<Quad> {
        let mut quads = Vec::new();
        let mut say = |property: NamedNodeRef<'_>, value: Term| {
            quads.push(Quad::new(article.clone(), property, value, iris.build_graph()));
        };
        if let Some(file) = &self.file {
            say(rp::FILE, Literal::new_simple_literal(file).into());
        }
        if let Some(fetched) = self.fetched {
            let moment = fetched.moment().to_string();
            say(rp::FETCHED, Literal::new_typed_literal(moment, xsd::DATE_TIME).into());
        }
        if let Some(version) = self.version {
            let version = version.to_string();
            say(schema::VERSION, Literal::new_typed_literal(version, xsd::INTEGER).into());
        }
        if let Some(digest) = &self.digest {
            say(rp::SOURCE_DIGEST, Literal::new_simple_literal(digest).into());
        }
        if let Some(build) = &self.build {
            say(prov::WAS_GENERATED_BY, build.clone().into());
        }
        if let Some(layout) = &self.layout {
            say(rp::LAYOUT, Literal::new_simple_literal(layout).into());
        }
        quads
    }

    /// Says it in place of what was said before.
    pub(super) fn replace(
        &self,
        transaction: &mut Transaction<'_>,
        iris: &Iris,
        article: &NamedNode,
    ) -> Result<(), StorageError> {
        let graph = iris.build_graph();
        let graph = Some(graph.as_ref().into());
        let replaced = [
            rp::FILE,
            rp::FETCHED,
            schema::VERSION,
            rp::SOURCE_DIGEST,
            prov::WAS_GENERATED_BY,
            rp::LAYOUT,
            rp::STALE,
        ];
        for property in replaced {
            let subject = Some(article.as_ref().into());
            let old = transaction.quads_for_pattern(subject, Some(property), None, graph);
            for quad in old.collect::<Result<Vec<_>, _>>()? {
                transaction.remove(&quad);
            }
        }
        transaction.extend(&self.quads(iris, article));
        Ok(())
    }
}
