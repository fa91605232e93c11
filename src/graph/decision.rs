//! Decisions about entities, as quads of the graph of decisions and as Turtle.
//!
//! In: [`Decision`]s, or triples. Out: the other. Turtle is written with IRIs that
//! stand below the base of whichever store reads them, so that what was decided in
//! one store can be reviewed in version control and taken over by another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use compact_str::CompactString;
use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use oxttl::{TurtleParser, TurtleSerializer};

use super::Iris;
use super::vocabulary::{dcterms, rdf, rdfs, rp, skos, xsd};
use crate::resolve::{Authority, Decision, DecisionId, EntityNode, Verdict};
use crate::text::ArticleId;

/// What stands for the base of a store while Turtle is written or read: relative IRIs need
/// one that ends with a slash, and those of namespaces stay whole beside a scheme that is
/// not theirs.
const ANY_STORE: &str = "reportedly://store/";

/// What is wrong with a file of decisions.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DecisionsError {
    /// It is no Turtle.
    #[error("{file}: {source}")]
    Turtle {
        /// The file.
        file: String,
        /// What is wrong, and where.
        source: oxttl::TurtleSyntaxError,
    },
    /// A decision says something that cannot be, or lacks something.
    #[error("{file}: {decision}: {what}")]
    Wrong {
        /// The file.
        file: String,
        /// The decision, as the file names it.
        decision: String,
        /// What is wrong.
        what: String,
    },
}

/// What the graph of decisions says of one.
pub(super) fn triples(iris: &Iris, decision: &Decision) -> Vec<Triple> {
    let node = iris.decision(&decision.id());
    let mut all = Vec::new();
    let mut say = |property: NamedNodeRef<'_>, value: Term| {
        all.push(Triple::new(node.clone(), property.into_owned(), value));
    };
    let text = |text: &str| Term::from(Literal::new_simple_literal(text));
    let entity = |key: &CompactString| iris.entity_node(&EntityNode::Global(key.clone()));
    say(rdf::TYPE, rp::DECISION.into());
    say(rp::VERDICT, verdict_term(&decision.verdict).into());
    say(rp::ENTITY, iris.entity_node(&decision.node).into());
    let (mut articles, mut name) = (None, None);
    match &decision.verdict {
        Verdict::Same { key, label } => {
            say(rp::TARGET, entity(key).into());
            name = label.as_ref();
        }
        Verdict::Apart { articles: named, key, label } => {
            say(rp::TARGET, entity(key).into());
            (articles, name) = (Some(named), label.as_ref());
        }
        Verdict::Linked((authority, id)) | Verdict::NotLinked((authority, id)) => {
            say(rp::TARGET, NamedNode::new_unchecked(authority.iri(id)).into());
        }
        Verdict::Called(label) => name = Some(label),
    }
    for article in articles.into_iter().flatten() {
        say(rp::IN_ARTICLE, iris.article(article).into());
    }
    let told = [
        (skos::PREF_LABEL, name.map(CompactString::as_str)),
        (rdfs::COMMENT, decision.reason.as_deref()),
        (dcterms::CREATOR, decision.by.as_deref()),
    ];
    for (property, told) in told {
        if let Some(told) = told {
            say(property, text(told));
        }
    }
    if let Some(day) = decision.on {
        say(dcterms::DATE, Literal::new_typed_literal(day.to_string(), xsd::DATE).into());
    }
    all
}

fn verdict_term(verdict: &Verdict) -> NamedNodeRef<'static> {
    match verdict {
        Verdict::Same { .. } => rp::SAME,
        Verdict::Apart { .. } => rp::APART,
        Verdict::Linked(_) => rp::LINKED,
        Verdict::NotLinked(_) => rp::NOT_LINKED,
        Verdict::Called(_) => rp::CALLED,
    }
}

/// The decisions as Turtle, in the order of their ids, with IRIs relative to the base.
pub fn decisions_to_turtle<'a>(
    iris: &Iris,
    decisions: impl IntoIterator<Item = &'a Decision>,
) -> String {
    let by_id: BTreeMap<DecisionId, &Decision> =
        decisions.into_iter().map(|decision| (decision.id(), decision)).collect();
    let prefixes = [
        ("dcterms", dcterms::NAMESPACE),
        ("rdfs", rdfs::NAMESPACE),
        ("rp", rp::NAMESPACE),
        ("skos", skos::NAMESPACE),
        ("wd", Authority::Wikidata.prefix()),
        ("xsd", xsd::NAMESPACE),
    ];
    let mut serializer =
        TurtleSerializer::new().with_base_iri(ANY_STORE).expect("a base is an IRI");
    for (prefix, namespace) in prefixes {
        serializer = serializer.with_prefix(prefix, namespace).expect("namespaces are IRIs");
    }
    let mut writer = serializer.for_writer(Vec::new());
    for triple in by_id.values().flat_map(|decision| triples(iris, decision)) {
        let triple = rebased(triple, iris.base(), ANY_STORE);
        writer.serialize_triple(&triple).expect("memory takes all that is written");
    }
    let bytes = writer.finish().expect("memory takes all that is written");
    let turtle = String::from_utf8(bytes).expect("Turtle is text");
    let mut text = String::from(
        "# Decisions about entities. IRIs stand below the base of the store that reads them:\n\
         # reportedly entities import FILE --store DIR\n",
    );
    for line in turtle.lines().filter(|line| !line.starts_with("@base")) {
        let _ = writeln!(text, "{line}");
    }
    text
}

/// A triple whose IRIs begin with one base, with another.
fn rebased(triple: Triple, from: &str, to: &str) -> Triple {
    let node = |node: NamedNode| match node.as_str().strip_prefix(from) {
        Some(path) => NamedNode::new_unchecked(format!("{to}{path}")),
        None => node,
    };
    let subject = match triple.subject {
        NamedOrBlankNode::NamedNode(subject) => node(subject).into(),
        blank @ NamedOrBlankNode::BlankNode(_) => blank,
    };
    let object = match triple.object {
        Term::NamedNode(object) => node(object).into(),
        other => other,
    };
    Triple::new(subject, triple.predicate, object)
}

/// The decisions of a Turtle text whose relative IRIs stand below a base. `file` names
/// it in errors.
///
/// # Errors
/// Where it is no Turtle, or a decision in it is none that could be made.
pub fn decisions_from_turtle(
    iris: &Iris,
    turtle: &str,
    file: &str,
) -> Result<Vec<Decision>, DecisionsError> {
    let parser = TurtleParser::new().with_base_iri(ANY_STORE).expect("a base is an IRI");
    let mut nodes: BTreeMap<String, Vec<Triple>> = BTreeMap::new();
    for triple in parser.for_slice(turtle.as_bytes()) {
        let triple =
            triple.map_err(|source| DecisionsError::Turtle { file: file.to_owned(), source })?;
        let triple = rebased(triple, ANY_STORE, iris.base());
        nodes.entry(triple.subject.to_string()).or_default().push(triple);
    }
    let read = |(decision, triples): (String, Vec<Triple>)| {
        let wrong = |what| DecisionsError::Wrong { file: file.to_owned(), decision, what };
        read(iris, &triples).map_err(wrong)
    };
    nodes.into_iter().map(read).collect()
}

/// The decision that triples about one node tell; else what is wrong with them.
pub(super) fn read(iris: &Iris, triples: &[Triple]) -> Result<Decision, String> {
    let told = Told { iris, triples };
    told.check_properties()?;
    let node = told.entity(rp::ENTITY)?;
    let verdict = told.node(rp::VERDICT)?;
    let label = told.text(skos::PREF_LABEL)?.map(CompactString::from);
    let verdict = match verdict.as_ref() {
        rp::SAME => Verdict::Same { key: told.target()?, label },
        rp::APART => Verdict::Apart { articles: told.articles(&node)?, key: told.target()?, label },
        rp::LINKED => Verdict::Linked(told.id()?),
        rp::NOT_LINKED => Verdict::NotLinked(told.id()?),
        rp::CALLED => Verdict::Called(label.ok_or("a skos:prefLabel is missing")?),
        other => {
            return Err(format!(
                "{other} is no verdict; rp:same, rp:apart, rp:linked, rp:notLinked and rp:called are"
            ));
        }
    };
    if let (
        Verdict::Linked(_) | Verdict::NotLinked(_) | Verdict::Called(_),
        EntityNode::Local(..),
    ) = (&verdict, &node)
    {
        return Err(format!("{node} belongs to one article; only rp:same and rp:apart fit it"));
    }
    let day = told.text(dcterms::DATE)?;
    let on = day.map(|day| day.parse().map_err(|_| format!("{day} is no day"))).transpose()?;
    let (reason, by) = (told.text(rdfs::COMMENT)?, told.text(dcterms::CREATOR)?);
    Ok(Decision { node, verdict, reason, by, on })
}

/// What is told of one decision.
struct Told<'a> {
    iris: &'a Iris,
    triples: &'a [Triple],
}

impl Told<'_> {
    fn check_properties(&self) -> Result<(), String> {
        let known = [
            rdf::TYPE,
            rp::VERDICT,
            rp::ENTITY,
            rp::TARGET,
            rp::IN_ARTICLE,
            skos::PREF_LABEL,
            rdfs::COMMENT,
            dcterms::CREATOR,
            dcterms::DATE,
        ];
        let stray = self.triples.iter().find(|t| known.iter().all(|&known| t.predicate != known));
        match stray {
            Some(triple) => Err(format!("{} says nothing of a decision", triple.predicate)),
            None => Ok(()),
        }
    }

    fn values(&self, property: NamedNodeRef<'_>) -> impl Iterator<Item = &Term> {
        self.triples.iter().filter(move |t| t.predicate == property).map(|t| &t.object)
    }

    /// The only value of a property.
    fn one(&self, property: NamedNodeRef<'_>) -> Result<Option<&Term>, String> {
        let mut values = self.values(property);
        match (values.next(), values.next()) {
            (_, Some(_)) => Err(format!("more than one {property}")),
            (value, None) => Ok(value),
        }
    }

    fn node(&self, property: NamedNodeRef<'_>) -> Result<&NamedNode, String> {
        match self.one(property)? {
            Some(Term::NamedNode(node)) => Ok(node),
            Some(other) => Err(format!("{property} {other} is no IRI")),
            None => Err(format!("{property} is missing")),
        }
    }

    fn text(&self, property: NamedNodeRef<'_>) -> Result<Option<String>, String> {
        match self.one(property)? {
            Some(Term::Literal(text)) => Ok(Some(text.value().to_owned())),
            Some(other) => Err(format!("{property} {other} is no text")),
            None => Ok(None),
        }
    }

    fn entity(&self, property: NamedNodeRef<'_>) -> Result<EntityNode, String> {
        let node = self.node(property)?;
        self.iris.entity_of(node.as_str()).ok_or_else(|| {
            format!("{node} is no entity of this store, whose IRIs begin with {}", self.iris.base())
        })
    }

    /// The key of the entity of every article that another is.
    fn target(&self) -> Result<CompactString, String> {
        match self.entity(rp::TARGET)? {
            EntityNode::Global(key) => Ok(key),
            local @ EntityNode::Local(..) => {
                Err(format!("{local} belongs to one article, and can be nothing else's target"))
            }
        }
    }

    /// An id elsewhere.
    fn id(&self) -> Result<(Authority, CompactString), String> {
        let node = self.node(rp::TARGET)?;
        Authority::of_iri(node.as_str())
            .ok_or_else(|| format!("{node} has no id behind its last / or #"))
    }

    fn articles(&self, node: &EntityNode) -> Result<BTreeSet<ArticleId>, String> {
        let mut articles = BTreeSet::new();
        if let EntityNode::Local(article, _) = node {
            articles.insert(article.clone());
        }
        for value in self.values(rp::IN_ARTICLE) {
            let Term::NamedNode(article) = value else { return Err(format!("{value} is no IRI")) };
            let id = self.iris.article_of(article.as_str());
            articles.insert(id.ok_or_else(|| format!("{article} is no article of this store"))?);
        }
        if articles.is_empty() {
            return Err(format!("{} is missing", rp::IN_ARTICLE));
        }
        Ok(articles)
    }
}

/// The node of the decision that triples of the graph of decisions are about.
#[cfg(feature = "store")]
pub(super) fn subject(triple: &Triple) -> Option<&NamedNode> {
    match &triple.subject {
        NamedOrBlankNode::NamedNode(node) => Some(node),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decisions() -> Vec<Decision> {
        let global = |slug: &str| EntityNode::Global(slug.into());
        let article = ArticleId::new("flood");
        let local = EntityNode::Local(article.clone(), "mayor".into());
        let label = Some("Ada Brook".into());
        vec![
            Decision {
                reason: Some("Her own page says \"Abby\".".into()),
                by: Some("desk".into()),
                on: Some(jiff::civil::date(2024, 5, 31)),
                ..Decision::new(
                    global("abby-brook_person"),
                    Verdict::Same { key: "ada-brook_person".into(), label: label.clone() },
                )
            },
            Decision::new(
                global("https://list.example/id/7"),
                Verdict::Apart { articles: [article.clone()].into(), key: "orm".into(), label },
            ),
            Decision::new(
                local,
                Verdict::Apart { articles: [article].into(), key: "orm".into(), label: None },
            ),
            Decision::new(global("lisbon"), Verdict::Linked((Authority::Wikidata, "Q597".into()))),
            Decision::new(global("lisbon"), Verdict::NotLinked((Authority::GeoNames, "1".into()))),
            Decision::new(global("lisbon"), Verdict::Called("Lisboa".into())),
        ]
    }

    #[test]
    fn turtle_brings_decisions_to_another_store() {
        let here = Iris::new("https://one.example/").unwrap();
        let there = Iris::new("https://two.example/graph#").unwrap();
        let turtle = decisions_to_turtle(&here, &decisions());
        assert!(!turtle.contains("one.example") && !turtle.contains("<//"), "{turtle}");
        for iris in [here, there] {
            let mut read = decisions_from_turtle(&iris, &turtle, "d.ttl").unwrap();
            let mut wanted = decisions();
            read.sort_by_key(Decision::id);
            wanted.sort_by_key(Decision::id);
            assert_eq!(read, wanted);
        }
    }

    #[test]
    fn what_is_no_decision_is_refused() {
        let iris = Iris::new("https://one.example/").unwrap();
        let prefix = "@prefix rp: <https://w3id.org/reportedly/ns#> . ";
        for (turtle, reason) in [
            ("<d> rp:verdict rp:same .", "entity> is missing"),
            ("<d> rp:verdict rp:same ; rp:entity <entity/a> .", "target> is missing"),
            ("<d> rp:verdict rp:maybe ; rp:entity <entity/a> .", "is no verdict"),
            ("<d> rp:verdict rp:same ; rp:entity <urn:a> ; rp:target <entity/b> .", "no entity of"),
            ("<d> rp:verdict rp:apart ; rp:entity <entity/a> ; rp:target <entity/b> .", "missing"),
            ("<d> rp:verdict rp:called ; rp:entity <entity/a> .", "prefLabel is missing"),
            ("<d> rp:verdict rp:called ; rp:score 1 .", "says nothing of a decision"),
            (
                "<d> rp:verdict rp:linked ; rp:entity <article/a/entity/b> ; rp:target <urn:x/y> .",
                "one article",
            ),
            ("<d> rp:verdict", "d.ttl: "),
        ] {
            let error = decisions_from_turtle(&iris, &format!("{prefix}{turtle}"), "d.ttl");
            let error = error.expect_err(turtle).to_string();
            assert!(error.contains(reason), "{turtle}: {error}");
        }
    }
}
