//! The graph of an article as a dataset of sophia, for users of the library who
//! want RDF without a store. With the feature `sophia` only.
//!
//! In: an [`ArticleGraph`]. Out: its quads, as anything that is generic over
//! [`sophia_api::dataset::Dataset`] takes them: serialisers, SPARQL, isomorphism,
//! other stores. Nothing is copied; terms are views.

use std::convert::Infallible;

use oxrdf::{BaseDirection, GraphNameRef, LiteralRef, NamedNodeRef, QuadRef, TermRef, TripleRef};
use sophia_api::MownStr;
use sophia_api::dataset::Dataset;
use sophia_api::quad::Spog;
use sophia_api::term::{self, BnodeId, IriRef, LanguageTag, Term, TermKind};

use super::ArticleGraph;

/// A term of the graph, as sophia sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct GraphTerm<'a>(TermRef<'a>);

impl<'a> GraphTerm<'a> {
    fn of_iri(iri: NamedNodeRef<'a>) -> Self {
        Self(iri.into())
    }

    /// Subject, predicate and object.
    fn of_triple(triple: TripleRef<'a>) -> [Self; 3] {
        [Self(triple.subject.into()), Self::of_iri(triple.predicate), Self(triple.object)]
    }

    fn literal(self) -> Option<LiteralRef<'a>> {
        match self.0 {
            TermRef::Literal(literal) => Some(literal),
            _ => None,
        }
    }
}

/// An IRI that `oxrdf` has checked already.
fn checked_iri(iri: NamedNodeRef<'_>) -> IriRef<MownStr<'_>> {
    IriRef::new_unchecked(iri.as_str().into())
}

impl<'a> Term for GraphTerm<'a> {
    type BorrowTerm<'x>
        = GraphTerm<'a>
    where
        Self: 'x;

    fn kind(&self) -> TermKind {
        match self.0 {
            TermRef::NamedNode(_) => TermKind::Iri,
            TermRef::BlankNode(_) => TermKind::BlankNode,
            TermRef::Literal(_) => TermKind::Literal,
            TermRef::Triple(_) => TermKind::Triple,
        }
    }

    fn iri(&self) -> Option<IriRef<MownStr<'_>>> {
        match self.0 {
            TermRef::NamedNode(iri) => Some(checked_iri(iri)),
            _ => None,
        }
    }

    fn bnode_id(&self) -> Option<BnodeId<MownStr<'_>>> {
        match self.0 {
            TermRef::BlankNode(node) => Some(BnodeId::new_unchecked(node.as_str().into())),
            _ => None,
        }
    }

    fn lexical_form(&self) -> Option<MownStr<'_>> {
        Some(self.literal()?.value().into())
    }

    fn datatype(&self) -> Option<IriRef<MownStr<'_>>> {
        Some(checked_iri(self.literal()?.datatype()))
    }

    fn language_tag(&self) -> Option<LanguageTag<MownStr<'_>>> {
        Some(LanguageTag::new_unchecked(self.literal()?.language()?.into()))
    }

    fn base_direction(&self) -> Option<term::BaseDirection> {
        Some(match self.literal()?.direction()? {
            BaseDirection::Ltr => term::BaseDirection::Ltr,
            BaseDirection::Rtl => term::BaseDirection::Rtl,
        })
    }

    fn triple(&self) -> Option<[Self::BorrowTerm<'_>; 3]> {
        match self.0 {
            TermRef::Triple(triple) => Some(Self::of_triple(triple.as_ref())),
            _ => None,
        }
    }

    fn to_triple(self) -> Option<[Self; 3]> {
        match self.0 {
            TermRef::Triple(triple) => Some(Self::of_triple(triple.as_ref())),
            _ => None,
        }
    }

    fn borrow_term(&self) -> Self::BorrowTerm<'_> {
        *self
    }
}

/// The article's own graph, and what it says in graphs that articles share.
///
/// ```
/// use reportedly::graph::Iris;
/// use reportedly::{Article, Pipeline};
/// use sophia::api::ns::{Namespace, rdf};
/// use sophia::api::prelude::*;
///
/// let pipeline = Pipeline::builder().build()?;
/// let analysis = pipeline.analyse(Article::new("ferry", "Ada Brook sold the ferry in Lisbon."));
/// let graph = analysis.graph(&Iris::new("https://news.example/")?);
/// let vocabulary = Namespace::new("https://w3id.org/reportedly/ns#")?;
/// let claim = vocabulary.get("Claim")?;
/// assert_eq!(graph.quads_matching(Any, [rdf::type_], [claim], Any).count(), 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
impl Dataset for ArticleGraph {
    type Quad<'x> = Spog<GraphTerm<'x>>;
    type Error = Infallible;

    fn quads(&self) -> impl Iterator<Item = Result<Self::Quad<'_>, Self::Error>> + '_ {
        self.quads.iter().chain(&self.shared).map(|quad| Ok(spog(quad.into())))
    }
}

fn spog(quad: QuadRef<'_>) -> Spog<GraphTerm<'_>> {
    let name = match quad.graph_name {
        GraphNameRef::NamedNode(name) => Some(GraphTerm::of_iri(name)),
        GraphNameRef::BlankNode(name) => Some(GraphTerm(name.into())),
        GraphNameRef::DefaultGraph => None,
    };
    (GraphTerm::of_triple(quad.into()), name)
}
