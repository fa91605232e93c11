//! What no shape can say: that the graph still stands on the text.
//!
//! Every passage quotes its article at its offsets; what bears a claim, an
//! attribution or a mention out is a passage of the same article; a claim has a
//! triple that it is about; and an asserted triple stands only where a claim
//! of the same article warrants it, in its own words or as the proposition that
//! it expresses.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use oxigraph::store::StorageError;
use oxrdf::{GraphName, NamedNode, NamedNodeRef, NamedOrBlankNode, Term, Triple};
use rayon::prelude::*;

use super::report::{Report, Violation};
use crate::graph::vocabulary::{POINT_AT_PASSAGES, oa, prov, rdf, rel, rp, schema};
use crate::graph::{Iris, Store, StoreError, with_derived};

/// Whether what the store says stands on the texts of its articles. Every thread
/// looks at one graph at a time.
pub fn check_evidence(store: &Store) -> Result<Report, StoreError> {
    let all = graphs(store).map_err(|e| store.error(e))?;
    let reports = all.par_iter().map(|name| check_graph(store, name));
    let reports: Vec<Report> = reports.collect::<Result<_, _>>().map_err(|e| store.error(e))?;
    let mut sum = Report::default();
    for report in reports {
        sum.add(report);
    }
    Ok(sum)
}

fn check_graph(store: &Store, name: &NamedNode) -> Result<Report, StorageError> {
    let (iris, mut report) = (store.iris(), Report::default());
    let triples = triples(store, name)?;
    if name.as_str().starts_with(&iris.articles()) {
        Article::new(iris, name.clone(), &triples, &mut report).check();
    } else {
        check_shared(&triples, &mut report);
    }
    Ok(report)
}

/// The graphs of the data, in order: all that have names but that of the builds.
pub(super) fn graphs(store: &Store) -> Result<BTreeSet<NamedNode>, StorageError> {
    let mut all = BTreeSet::new();
    for graph in store.database().named_graphs() {
        if let NamedOrBlankNode::NamedNode(graph) = graph? {
            all.insert(graph);
        }
    }
    all.remove(&store.iris().build_graph());
    Ok(all)
}

/// What a graph says; that of an article, with what is not stored of it.
pub(super) fn triples(store: &Store, graph: &NamedNode) -> Result<Vec<Triple>, StorageError> {
    let name = GraphName::from(graph.clone());
    let stored = store.database().quads_for_pattern(None, None, None, Some(name.as_ref()));
    let triples = stored.map(|quad| quad.map(Triple::from)).collect::<Result<_, _>>()?;
    let is_article = graph.as_str().starts_with(&store.iris().articles());
    Ok(if is_article { with_derived(graph, triples) } else { triples })
}

/// Beside the articles there are no asserted triples.
fn check_shared(triples: &[Triple], report: &mut Report) {
    for quad in triples.iter().filter(|quad| is_relation(&quad.predicate)) {
        report.violations.push(Violation {
            node: quad.subject.clone().into(),
            shape: "warrant".to_owned(),
            path: Some(quad.predicate.as_str().to_owned()),
            value: Some(quad.object.clone()),
            message: "an asserted triple outside the graphs of articles".to_owned(),
        });
    }
}

fn is_relation(property: &NamedNode) -> bool {
    property.as_str().starts_with(rel::NAMESPACE)
}

/// What is said of a node: property and value.
type Said<'a> = Vec<(&'a NamedNode, &'a Term)>;

/// The nodes that a graph speaks of, by their names.
type Nodes<'a> = BTreeMap<String, (&'a NamedOrBlankNode, Said<'a>)>;

/// Subject, property and object by their names.
type Names = (String, String, String);

/// What the claims that may become facts say.
#[derive(Default)]
struct Warranted<'a> {
    /// In their own words.
    triples: BTreeSet<Names>,
    /// In common with others: the names of propositions.
    propositions: HashSet<&'a Term>,
}

/// The graph of one article.
struct Article<'a> {
    iris: &'a Iris,
    name: NamedNode,
    nodes: Nodes<'a>,
    text: &'a str,
    /// Where each character of the text begins, and where the last one ends.
    starts: Vec<usize>,
    report: &'a mut Report,
}

impl<'a> Article<'a> {
    fn new(iris: &'a Iris, name: NamedNode, triples: &'a [Triple], report: &'a mut Report) -> Self {
        let mut nodes = Nodes::new();
        for quad in triples {
            let node = nodes.entry(quad.subject.to_string());
            let (_, said) = node.or_insert_with(|| (&quad.subject, Vec::new()));
            said.push((&quad.predicate, &quad.object));
        }
        let text = one(said_of(&nodes, &name.to_string()), rp::TEXT).and_then(words).unwrap_or("");
        let starts = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
        Self { iris, name, nodes, text, starts, report }
    }

    fn check(mut self) {
        self.report.checked.articles += 1;
        let nodes = std::mem::take(&mut self.nodes);
        let about = said_of(&nodes, &self.name.to_string());
        if !is_a(about, schema::NEWS_ARTICLE) || one(about, rp::TEXT).is_none() {
            let own = NamedOrBlankNode::from(self.name.clone());
            self.complain(&own, "article", None, None, "a graph without its article");
        }
        let holders = holders(&nodes);
        let mut warranted = Warranted::default();
        for (name, (node, about)) in &nodes {
            self.passage(node, about);
            self.evidence(node, about, &nodes);
            let triple = self.claim(node, about);
            if triple.is_some() && is_vouched_for(name, about, &holders, &nodes) {
                warranted.triples.extend(triple);
                warranted.propositions.extend(one(about, rp::EXPRESSES));
            }
        }
        for (node, about) in nodes.values().filter(|(_, about)| !is_a(about, rp::CLAIM)) {
            self.asserted_triples(node, about, &warranted);
        }
    }

    fn complain(
        &mut self,
        node: &NamedOrBlankNode,
        shape: &str,
        path: Option<NamedNodeRef<'_>>,
        value: Option<&Term>,
        message: &str,
    ) {
        self.report.violations.push(Violation {
            node: node.clone().into(),
            shape: shape.to_owned(),
            path: path.map(|p| p.as_str().to_owned()),
            value: value.cloned(),
            message: message.to_owned(),
        });
    }

    /// A passage quotes the text, and its IRI says where.
    fn passage(&mut self, node: &NamedOrBlankNode, about: &Said<'_>) {
        if !is_a(about, oa::TEXT_POSITION_SELECTOR) {
            return;
        }
        self.report.checked.passages += 1;
        let offset = |property| one(about, property).and_then(words).and_then(|w| w.parse().ok());
        let exact = one(about, oa::EXACT);
        let (Some(start), Some(end)) = (offset(oa::START), offset(oa::END)) else {
            return self.complain(node, "passage", None, None, "has no offsets");
        };
        if node.to_string() != format!("<{}#char={start},{end}>", self.name.as_str()) {
            self.complain(node, "passage", None, None, "its IRI gives another article or offsets");
        }
        let found = self.slice(start, end);
        if found.is_none() || found != exact.and_then(words) {
            let message = match found {
                Some(found) => format!("the article has {found:?} there"),
                None => "the article has no such characters".to_owned(),
            };
            self.complain(node, "passage", Some(oa::EXACT), exact, &message);
        }
    }

    /// The characters from `start` to `end`; none where the text has no such.
    fn slice(&self, start: usize, end: usize) -> Option<&'a str> {
        self.text.get(*self.starts.get(start)?..*self.starts.get(end)?)
    }

    /// Evidence is a passage of this article, and so is a mention.
    fn evidence(&mut self, node: &NamedOrBlankNode, about: &Said<'_>, nodes: &Nodes<'_>) {
        let is_passage = |name: &str| is_a(said_of(nodes, name), oa::TEXT_POSITION_SELECTOR);
        for &(property, value) in about {
            let is_evidence = POINT_AT_PASSAGES.iter().any(|&p| *property == p);
            if is_evidence && !is_passage(&value.to_string()) {
                let message = "no passage of this article";
                self.complain(node, "evidence", Some(property.as_ref()), Some(value), message);
            }
            if *property == rp::MENTIONS && !is_a(about, oa::TEXT_POSITION_SELECTOR) {
                let message = "a mention that is no passage of this article";
                self.complain(node, "evidence", Some(rp::MENTIONS), Some(value), message);
            }
        }
    }

    /// A claim is one of this article, has evidence, and a triple that it is about,
    /// which is returned.
    fn claim(&mut self, node: &NamedOrBlankNode, about: &Said<'_>) -> Option<Names> {
        if !is_a(about, rp::CLAIM) {
            return None;
        }
        self.report.checked.claims += 1;
        let from = one(about, prov::WAS_DERIVED_FROM);
        if from != Some(&Term::from(self.name.clone())) {
            let message = "a claim of another article";
            self.complain(node, "claim", Some(prov::WAS_DERIVED_FROM), from, message);
        }
        if one(about, rp::EVIDENCE).is_none() {
            self.complain(node, "evidence", Some(rp::EVIDENCE), None, "a claim without evidence");
        }
        let triple = triple(about);
        if triple.is_none() {
            let message = "no rdf:subject, rdf:predicate or rdf:object";
            self.complain(node, "claim", None, None, message);
        }
        triple
    }

    fn asserted_triples(
        &mut self,
        node: &NamedOrBlankNode,
        about: &Said<'_>,
        warranted: &Warranted<'_>,
    ) {
        for &(property, value) in about.iter().filter(|(property, _)| is_relation(property)) {
            self.report.checked.asserted_triples += 1;
            let triple = (node.to_string(), property.to_string(), value.to_string());
            let proposition = || {
                let triple = Triple::new(node.clone(), property.clone(), value.clone());
                Term::from(self.iris.proposition_of(&triple))
            };
            let own = warranted.triples.contains(&triple);
            if !own && !warranted.propositions.contains(&proposition()) {
                let message = "no positive, actual claim of the article warrants this triple";
                self.complain(node, "warrant", Some(property.as_ref()), Some(value), message);
            }
        }
    }
}

fn said_of<'n, 'a>(nodes: &'n Nodes<'a>, name: &str) -> &'n [(&'a NamedNode, &'a Term)] {
    nodes.get(name).map_or(&[], |(_, said)| said.as_slice())
}

/// The attribution that holds each claim, both by their names.
fn holders<'n>(nodes: &'n Nodes<'_>) -> BTreeMap<String, &'n str> {
    let claims = nodes.iter().flat_map(|(name, (_, said))| {
        let held = said.iter().filter(|(property, _)| **property == rp::CLAIM_OF);
        held.map(move |(_, claim)| (claim.to_string(), name.as_str()))
    });
    claims.collect()
}

/// Whether a claim is positive, actual and, from its source outwards, the word
/// of those who have a name: the most that `build --assert` makes facts of.
fn is_vouched_for(
    claim: &str,
    about: &[(&NamedNode, &Term)],
    holders: &BTreeMap<String, &str>,
    nodes: &Nodes<'_>,
) -> bool {
    let mut next = holders.get(claim).map(|&name| name.to_owned());
    for _ in 0..nodes.len() {
        let Some(attribution) = next.map(|name| said_of(nodes, &name)) else { break };
        let stated = has(attribution, rp::POLARITY, rp::POSITIVE)
            && [rp::STATES, rp::SHOWS].iter().any(|&a| has(attribution, rp::ATTITUDE, a));
        let source = one(attribution, rp::SOURCE).map(|source| said_of(nodes, &source.to_string()));
        if !stated || source.is_none_or(|about| is_a(about, rp::UNNAMED_SOURCE)) {
            return false;
        }
        next = one(attribution, rp::WITHIN).map(ToString::to_string);
    }
    has(about, rp::POLARITY, rp::POSITIVE) && has(about, rp::MODALITY, rp::ACTUAL)
}

fn one<'a>(about: &[(&NamedNode, &'a Term)], property: NamedNodeRef<'_>) -> Option<&'a Term> {
    about.iter().find(|(p, _)| **p == property).map(|&(_, value)| value)
}

fn is_a(about: &[(&NamedNode, &Term)], class: NamedNodeRef<'_>) -> bool {
    has(about, rdf::TYPE, class)
}

fn has(about: &[(&NamedNode, &Term)], property: NamedNodeRef<'_>, value: NamedNodeRef<'_>) -> bool {
    let is = |term: &Term| matches!(term, Term::NamedNode(node) if *node == value);
    about.iter().any(|&(p, term)| *p == property && is(term))
}

fn words(term: &Term) -> Option<&str> {
    match term {
        Term::Literal(literal) => Some(literal.value()),
        _ => None,
    }
}

/// The triple that a claim is about.
fn triple(about: &[(&NamedNode, &Term)]) -> Option<Names> {
    let part = |property| one(about, property).map(ToString::to_string);
    Some((part(rdf::SUBJECT)?, part(rdf::PREDICATE)?, part(rdf::OBJECT)?))
}
