//! Claims as nanopublications: for each an assertion, its provenance, and what the
//! publication is, in four named graphs of TriG.
//!
//! What is asserted is the claim as a thing: its triple reified, how it is put, its
//! time and circumstances. Where the store asserts the triple, the assertion states
//! it, too; a triple that is denied, planned or somebody else's word it never states.
//! The provenance says whose word it is and where it stands; the publication
//! information, what the nodes are called and what made the graph.
//!
//! <https://nanopub.net/guidelines/working_draft/>

use std::collections::BTreeSet;
use std::io::{self, Write};

use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, Term, Triple};

use super::claims::{ArticleView, named, named_term};
use super::order::compare;
use super::pretty::PrettyWriter;
use super::profile::OF_ARTICLES;
use super::{ExportError, Profile};
use crate::graph::vocabulary::{dcterms, np, npx, oa, prov, rdf, rel, rp, schema, xsd};
use crate::graph::{NanopublicationIris, Store, program};

/// What is said of a claim in the assertion, besides its circumstances (`rel:on`).
const OF_CLAIMS: [NamedNodeRef<'static>; 8] = [
    rdf::TYPE,
    rdf::SUBJECT,
    rdf::PREDICATE,
    rdf::OBJECT,
    rp::POLARITY,
    rp::MODALITY,
    rp::WHEN,
    rp::ASSERTED,
];

/// What everybody may know who claims, in the provenance.
const OF_EVIDENCE: [NamedNodeRef<'static>; 3] = [prov::WAS_DERIVED_FROM, rp::EVIDENCE, rp::ORIGIN];

/// What is added where all is wanted.
const OF_WHOLE_EVIDENCE: [NamedNodeRef<'static>; 5] =
    [rp::SUBJECT_EVIDENCE, rp::RELATION_EVIDENCE, rp::OBJECT_EVIDENCE, rp::WHEN_EVIDENCE, rp::RULE];

/// What is said of nanopublications, or of claims of schema.org, by whoever publishes them.
/// The program knows no clock and no person, so that nothing of it is made up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Publication {
    /// The day or moment that they are said to be made on, as `2024-05-31` or
    /// `2024-05-31T12:00:00Z`.
    pub created: Option<String>,
    /// Who publishes them, such as an ORCID.
    pub creator: Option<NamedNode>,
    /// Under which licence.
    pub license: Option<NamedNode>,
}

/// Writes the claims of some articles as nanopublications, in TriG; how many.
/// [`Profile::Facts`] has the claims that are asserted, the others have all;
/// [`Profile::Full`] adds the evidence of their parts.
pub fn write_nanopubs(
    store: &Store,
    articles: &[NamedNode],
    profile: Profile,
    publication: &Publication,
    writer: impl Write,
) -> Result<u64, ExportError> {
    let prefixes = [("np", np::NAMESPACE), ("npx", npx::NAMESPACE)];
    let mut pretty = PrettyWriter::with_prefixes(store.iris().base(), &prefixes, writer)?;
    let mut written = 0;
    for article in articles {
        let view = ArticleView::read(store, article)?;
        for claim in view.claims(profile == Profile::Facts) {
            let nanopub = Nanopublication::of(&view, &claim, profile, publication)?;
            nanopub.write(&mut pretty)?;
            written += 1;
        }
    }
    pretty.finish()?.flush()?;
    Ok(written)
}

/// The triples of each graph.
struct Nanopublication {
    iris: NanopublicationIris,
    assertion: Vec<Triple>,
    provenance: Vec<Triple>,
    publication: Vec<Triple>,
}

impl Nanopublication {
    fn of(
        view: &ArticleView<'_>,
        claim: &NamedNode,
        profile: Profile,
        publication: &Publication,
    ) -> Result<Self, ExportError> {
        let iris = NanopublicationIris::of(claim);
        let assertion = assertion(view, claim)?;
        let provenance = provenance(view, claim, &iris, profile);
        let mut about = published(claim, &iris, publication);
        about.extend(say_all(view, claim, &[rp::EXPRESSES]));
        about.extend(labels(view, &[&assertion, &provenance])?);
        Ok(Self { iris, assertion, provenance, publication: about })
    }

    fn write<W: Write>(self, writer: &mut PrettyWriter<W>) -> io::Result<()> {
        let iris = &self.iris;
        let head = vec![
            say(&iris.itself, rdf::TYPE, np::NANOPUBLICATION),
            say(&iris.itself, np::HAS_ASSERTION, iris.assertion.clone()),
            say(&iris.itself, np::HAS_PROVENANCE, iris.provenance.clone()),
            say(&iris.itself, np::HAS_PUBLICATION_INFO, iris.publication.clone()),
        ];
        let graphs = [
            (&iris.head, head),
            (&iris.assertion, self.assertion),
            (&iris.provenance, self.provenance),
            (&iris.publication, self.publication),
        ];
        for (name, mut triples) in graphs {
            let name = GraphName::from(name.clone());
            triples.sort_by(compare);
            triples.dedup();
            triples.iter().try_for_each(|triple| writer.write(triple, &name))?;
        }
        Ok(())
    }
}

/// The claim as it is put, and its triple where that is asserted.
fn assertion(view: &ArticleView<'_>, claim: &NamedNode) -> Result<Vec<Triple>, ExportError> {
    let is_circumstance = |t: &&Triple| t.predicate.as_str().starts_with(rel::NAMESPACE);
    let mut triples = say_all(view, claim, &OF_CLAIMS);
    triples.extend(view.about(claim).filter(is_circumstance).cloned());
    if !view.objects(claim, rp::ASSERTED).is_empty() {
        triples.extend(view.triple(claim));
        triples.extend(view.declared(claim)?);
    }
    Ok(triples)
}

/// Whose word a claim is, who reports it, and the words of the article.
fn provenance(
    view: &ArticleView<'_>,
    claim: &NamedNode,
    iris: &NanopublicationIris,
    profile: Profile,
) -> Vec<Triple> {
    let article = &view.article;
    let mut triples = vec![say(&iris.assertion, prov::WAS_DERIVED_FROM, article.clone())];
    for source in sources(view, claim) {
        triples.push(say(&iris.assertion, prov::WAS_ATTRIBUTED_TO, source.clone()));
    }
    triples.extend(say_all(view, claim, &OF_EVIDENCE));
    if profile == Profile::Full {
        triples.extend(say_all(view, claim, &OF_WHOLE_EVIDENCE));
    }
    for property in [rp::STATED, rp::REPORTS, rp::CLAIM_OF] {
        triples.extend(view.naming(claim, property).cloned());
    }
    for attribution in attributions(view, claim) {
        let is_other = |t: &&Triple| t.predicate != rp::CLAIM_OF && t.predicate != rp::RULE;
        triples.extend(view.about(attribution).filter(is_other).cloned());
    }
    triples.extend(say_all(view, article, &OF_ARTICLES));
    triples.extend(passages(view, &triples));
    triples
}

/// Who says so: the source, or where the article has it of nobody, the medium that it
/// comes from.
fn sources<'v>(view: &'v ArticleView<'_>, claim: &NamedNode) -> Vec<&'v NamedNode> {
    let stated = view.subjects(rp::STATED, claim);
    if stated.is_empty() { view.nodes(claim, rp::ORIGIN) } else { stated }
}

/// The attribution of a claim, and those that it stands within.
fn attributions<'v>(view: &'v ArticleView<'_>, claim: &NamedNode) -> Vec<&'v NamedNode> {
    let mut chain: Vec<&NamedNode> = Vec::new();
    let mut next = view.subjects(rp::CLAIM_OF, claim);
    while let Some(attribution) = next.pop() {
        if !chain.contains(&attribution) {
            chain.push(attribution);
            next.extend(view.nodes(attribution, rp::WITHIN));
        }
    }
    chain
}

/// The words of the passages that triples name, and where they stand.
fn passages(view: &ArticleView<'_>, triples: &[Triple]) -> Vec<Triple> {
    let passages: BTreeSet<&NamedNode> =
        triples.iter().filter_map(|t| named_term(&t.object)).collect();
    let of_passages = [rdf::TYPE, oa::START, oa::END, oa::EXACT];
    let is_passage = |node: &&&NamedNode| !view.objects(node, oa::START).is_empty();
    let passages = passages.iter().filter(is_passage);
    passages.flat_map(|passage| say_all(view, passage, &of_passages)).collect()
}

/// What the nanopublication is, and what made it.
fn published(
    claim: &NamedNode,
    iris: &NanopublicationIris,
    publication: &Publication,
) -> Vec<Triple> {
    let program = program();
    let mut triples = vec![
        say(&iris.itself, npx::INTRODUCES, claim.clone()),
        say(&iris.itself, prov::WAS_ATTRIBUTED_TO, program.clone()),
        say(&program, rdf::TYPE, prov::SOFTWARE_AGENT),
    ];
    if let Some(creator) = &publication.creator {
        triples.push(say(&iris.itself, dcterms::CREATOR, creator.clone()));
    }
    if let Some(license) = &publication.license {
        triples.push(say(&iris.itself, dcterms::LICENSE, license.clone()));
    }
    if let Some(created) = &publication.created {
        let datatype = if created.contains('T') { xsd::DATE_TIME } else { xsd::DATE };
        let created = Literal::new_typed_literal(created, datatype);
        triples.push(say(&iris.itself, dcterms::CREATED, created));
    }
    triples
}

/// What the entities and relations are called that triples speak of.
fn labels(view: &ArticleView<'_>, graphs: &[&[Triple]]) -> Result<Vec<Triple>, ExportError> {
    let mut nodes = BTreeSet::new();
    for triple in graphs.iter().copied().flatten() {
        nodes.extend(named(&triple.subject));
        nodes.extend(named_term(&triple.object));
        if triple.predicate.as_str().starts_with(rel::NAMESPACE) {
            nodes.insert(&triple.predicate);
        }
    }
    let is_said = |node: &NamedNode| {
        let mut said = graphs.iter().copied().flatten();
        said.any(|t| named(&t.subject) == Some(node) && t.predicate == rdf::TYPE)
    };
    let mut triples = Vec::new();
    for node in nodes.into_iter().filter(|node| !is_said(node)) {
        triples.extend(view.description(node)?);
        triples.extend(say_all(view, node, &[schema::AFFILIATION]));
    }
    Ok(triples)
}

/// What the article says of a node with some properties.
fn say_all(
    view: &ArticleView<'_>,
    node: &NamedNode,
    properties: &[NamedNodeRef<'_>],
) -> Vec<Triple> {
    let is_meant = |t: &&Triple| properties.iter().any(|&p| t.predicate == p);
    view.about(node).filter(is_meant).cloned().collect()
}

fn say(subject: &NamedNode, property: NamedNodeRef<'_>, object: impl Into<Term>) -> Triple {
    Triple::new(subject.clone(), property.into_owned(), object)
}
