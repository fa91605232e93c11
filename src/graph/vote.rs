//! What articles say of the nodes that they share, counted, and what follows from it.
//!
//! In: the graphs of articles. Out: for an entity its label, type and links, for a
//! proposition where it comes from. All that counts of an article is its [`Vote`]s for a
//! node; what follows is a function of how many articles have cast which. So nobody needs
//! all articles at once: the store counts what it has, and whoever has more than one
//! machine counts on each and adds up.

use std::borrow::Borrow;
use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};
use serde::{Deserialize, Serialize};

use super::Iris;
use super::vocabulary::{dcterms, owl, rdf, rp, schema, skos, xsd};

/// Links at or above this score say that the two are the same. Scores have no needless
/// zeros, or all two digits, so that the words of scores from 0 to 1 sort as they do.
const SAME_AS: &str = "0.8";

/// Something that one article says of a node that articles share.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Vote {
    /// What it calls an entity.
    Name(String),
    /// What else it calls it.
    OtherName(String),
    /// The IRI of the class that it has for it.
    Class(String),
    /// That it is linked.
    Link(Evidence),
    /// That it makes a claim that expresses a proposition.
    Claim,
    /// That it has it as being so.
    Affirmation,
    /// That it has it as not being so.
    Denial,
    /// The IRI of the outlet that such a claim comes from.
    Origin(String),
}

/// What an article has for a link. The best is the greatest.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Evidence {
    /// The IRI of what the entity is linked to.
    pub target: String,
    /// From 0 to 1, in digits.
    pub score: String,
    /// How it was found.
    pub method: String,
    /// The day when the id was checked.
    pub date: Option<String>,
}

/// How many articles have cast which votes for a node.
pub type Votes = BTreeMap<Vote, usize>;

/// Whether a node is an entity that articles share; else it is a proposition.
pub(super) fn is_entity(iris: &Iris, node: &NamedNode) -> bool {
    node.as_str().starts_with(&iris.entities())
}

/// What an article says of the nodes that it shares with others, by the quads of its graph.
pub fn votes(iris: &Iris, quads: &[Quad]) -> BTreeMap<NamedNode, BTreeSet<Vote>> {
    let mut evidence: BTreeMap<&NamedNode, Vec<&Quad>> = BTreeMap::new();
    let mut origins: BTreeMap<&NamedNode, Vec<&str>> = BTreeMap::new();
    let mut all: BTreeMap<NamedNode, BTreeSet<Vote>> = BTreeMap::new();
    let mut put: BTreeMap<&NamedNode, Put> = BTreeMap::new();
    let mut expressed = Vec::new();
    for quad in quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        if let Some(vote) = named(quad).filter(|_| is_entity(iris, subject)) {
            all.entry(subject.clone()).or_default().insert(vote);
        }
        match (quad.predicate.as_ref(), &quad.object) {
            (rp::EXPRESSES, Term::NamedNode(node)) => expressed.push((subject, node)),
            (rp::ORIGIN, Term::NamedNode(node)) => {
                origins.entry(subject).or_default().push(node.as_str());
            }
            (rp::POLARITY | rp::MODALITY, value) => put.entry(subject).or_default().note(value),
            (rp::ENTITY | rp::TARGET | rp::SCORE | rp::METHOD | dcterms::DATE, _) => {
                evidence.entry(subject).or_default().push(quad);
            }
            _ => {}
        }
    }
    for said in evidence.values() {
        let entity = said.iter().find(|quad| quad.predicate == rp::ENTITY).map(|q| &q.object);
        if let (Some(Term::NamedNode(entity)), Some(evidence)) = (entity, Evidence::of(said)) {
            all.entry(entity.clone()).or_default().insert(Vote::Link(evidence));
        }
    }
    for (claim, proposition) in expressed {
        let votes = all.entry(proposition.clone()).or_default();
        votes.insert(Vote::Claim);
        votes.extend(put.get(claim).copied().and_then(Put::vote));
        let of_claim = origins.get(claim).into_iter().flatten();
        votes.extend(of_claim.map(|origin| Vote::Origin((*origin).to_owned())));
    }
    all
}

/// How a claim is put.
#[derive(Clone, Copy, Default)]
pub(super) struct Put {
    is_actual: bool,
    is_positive: bool,
    is_negative: bool,
}

impl Put {
    /// Notes its polarity or its modality.
    pub(super) fn note(&mut self, value: &Term) {
        let Term::NamedNode(value) = value else { return };
        match value.as_ref() {
            rp::ACTUAL => self.is_actual = true,
            rp::POSITIVE => self.is_positive = true,
            rp::NEGATIVE => self.is_negative = true,
            _ => {}
        }
    }

    /// What it says of its proposition: that it is so, that it is not, or neither.
    pub(super) fn vote(self) -> Option<Vote> {
        match (self.is_actual, self.is_positive, self.is_negative) {
            (true, true, _) => Some(Vote::Affirmation),
            (true, _, true) => Some(Vote::Denial),
            _ => None,
        }
    }
}

/// The vote that a quad about an entity is by itself.
fn named(quad: &Quad) -> Option<Vote> {
    of(quad.predicate.as_ref(), &quad.object)
}

/// The vote for an entity that a value of a property is by itself.
pub(super) fn of(property: NamedNodeRef<'_>, value: &Term) -> Option<Vote> {
    match (property, value) {
        (schema::NAME, Term::Literal(name)) => Some(Vote::Name(name.value().to_owned())),
        (schema::ALTERNATE_NAME, Term::Literal(name)) => {
            Some(Vote::OtherName(name.value().to_owned()))
        }
        (schema::ADDITIONAL_TYPE, Term::NamedNode(class)) => {
            Some(Vote::Class(class.as_str().to_owned()))
        }
        _ => None,
    }
}

impl Evidence {
    /// What an article has for a link, by what is said of its node; none where something
    /// is missing.
    pub(super) fn of<Q: Borrow<Quad>>(said: &[Q]) -> Option<Self> {
        let one = |predicate: NamedNodeRef<'_>| {
            let quad = said.iter().map(Borrow::borrow).find(|quad| quad.predicate == predicate)?;
            match &quad.object {
                Term::NamedNode(node) => Some(node.as_str().to_owned()),
                Term::Literal(literal) => Some(literal.value().to_owned()),
                _ => None,
            }
        };
        let (target, score, method) = (one(rp::TARGET)?, one(rp::SCORE)?, one(rp::METHOD)?);
        Some(Self { target, score, method, date: one(dcterms::DATE) })
    }
}

/// What follows for a node that articles share, as quads of the graphs of entities, links
/// and propositions.
///
/// ```
/// use reportedly::graph::{Iris, Vote, Votes, follows};
///
/// let iris = Iris::new("https://news.example/")?;
/// let entity = iris.at("entity/ada-brook_person").expect("a path");
/// let name = |name: &str| Vote::Name(name.to_owned());
/// let votes = Votes::from([(name("Brook"), 1), (name("Ada Brook"), 2)]);
/// let quads = follows(&iris, &entity, &votes);
/// assert!(quads[0].to_string().contains("prefLabel> \"Ada Brook\""));
/// assert!(quads[1].to_string().contains("altLabel> \"Brook\""));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn follows(iris: &Iris, node: &NamedNode, votes: &Votes) -> Vec<Quad> {
    if !is_entity(iris, node) {
        return standing(iris, node, votes);
    }
    let Links { entity, links } = Links::of(iris, node, votes);
    let links = links.into_values().flatten();
    description(iris, node, votes).into_iter().chain(entity).chain(links).collect()
}

/// The name that most articles have for an entity is its label; among equals
/// the longest, then the first in the alphabet. All its other names are
/// alternative labels. Its type is the one that most articles have for it.
pub(super) fn description(iris: &Iris, entity: &NamedNode, votes: &Votes) -> Vec<Quad> {
    let (mut names, mut classes, mut other) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
    for (vote, &count) in votes {
        match vote {
            Vote::Name(name) => {
                names.insert(name, count);
            }
            Vote::OtherName(name) => {
                other.insert(name);
            }
            Vote::Class(class) => {
                classes.insert(class, count);
            }
            Vote::Link(_) | Vote::Claim | Vote::Affirmation | Vote::Denial | Vote::Origin(_) => {}
        }
    }
    other.extend(names.keys().copied());
    let label = most(&names, |name| name.chars().count());
    let say = |predicate: NamedNodeRef<'_>, object: Term| {
        Quad::new(entity.clone(), predicate.into_owned(), object, iris.entity_graph())
    };
    let text = |name: &String| Term::from(Literal::new_simple_literal(name));
    let mut wanted: Vec<Quad> =
        label.into_iter().map(|name| say(skos::PREF_LABEL, text(name))).collect();
    let others = other.into_iter().filter(|&name| Some(name) != label);
    wanted.extend(others.map(|name| say(skos::ALT_LABEL, text(name))));
    let class = most(&classes, |_| 0).map(NamedNode::new_unchecked);
    wanted.extend(class.map(|class| say(rdf::TYPE, class.into())));
    wanted
}

/// What has the most votes; among equals what has the most weight, then the first.
fn most<'a>(
    votes: &BTreeMap<&'a String, usize>,
    weight: impl Fn(&str) -> usize,
) -> Option<&'a String> {
    votes.iter().rev().max_by_key(|&(vote, n)| (n, weight(vote))).map(|(vote, _)| *vote)
}

/// What the graph of links says because of one entity.
pub(super) struct Links {
    /// Of the entity.
    pub(super) entity: Vec<Quad>,
    /// Of each of its links.
    pub(super) links: BTreeMap<NamedNode, Vec<Quad>>,
}

impl Links {
    /// A link is as good as the best of what the articles have for it: by score, then by
    /// method, then by date.
    pub(super) fn of(iris: &Iris, entity: &NamedNode, votes: &Votes) -> Self {
        let mut best: BTreeMap<&str, &Evidence> = BTreeMap::new();
        for vote in votes.keys() {
            // In order, so that the last of a target is the best.
            if let Vote::Link(evidence) = vote {
                best.insert(&evidence.target, evidence);
            }
        }
        let mut this = Self { entity: Vec::new(), links: BTreeMap::new() };
        for evidence in best.into_values() {
            this.add(iris, entity, evidence);
        }
        this
    }

    fn add(&mut self, iris: &Iris, entity: &NamedNode, evidence: &Evidence) {
        let (graph, target) = (iris.link_graph(), NamedNode::new_unchecked(&evidence.target));
        let link = iris.link(entity, &target);
        let is_same = evidence.score.as_str() >= SAME_AS;
        let same = if is_same { owl::SAME_AS } else { skos::CLOSE_MATCH };
        self.entity.push(Quad::new(entity.clone(), same, target.clone(), graph.clone()));
        let typed = |text: &String, kind| Term::from(Literal::new_typed_literal(text, kind));
        let quad = |predicate: NamedNodeRef<'_>, object: Term| {
            Quad::new(link.clone(), predicate, object, graph.clone())
        };
        let mut about_link = vec![
            quad(rdf::TYPE, rp::LINK.into()),
            quad(rp::ENTITY, entity.clone().into()),
            quad(rp::TARGET, target.into()),
            quad(rp::SCORE, typed(&evidence.score, xsd::DECIMAL)),
            quad(rp::METHOD, Literal::new_simple_literal(&evidence.method).into()),
        ];
        let date = evidence.date.as_ref();
        about_link.extend(date.map(|day| quad(dcterms::DATE, typed(day, xsd::DATE))));
        self.links.insert(link, about_link);
    }
}

/// A proposition that several articles claim has the origins of its claims, and
/// the number of the articles. One that a single article claims has what the
/// claim itself says. One that is said to be so and not to be so has the numbers of
/// the articles that say the one and the other.
pub(super) fn standing(iris: &Iris, proposition: &NamedNode, votes: &Votes) -> Vec<Quad> {
    let say = |predicate: NamedNodeRef<'_>, object: Term| {
        Quad::new(proposition.clone(), predicate.into_owned(), object, iris.proposition_graph())
    };
    let count = |vote: &Vote| votes.get(vote).copied().unwrap_or_default();
    let number = |count: usize| Term::from(Literal::from(count as i64));
    let mut quads = Vec::new();
    let articles = count(&Vote::Claim);
    if articles > 1 {
        let origins = votes.keys().filter_map(|vote| match vote {
            Vote::Origin(origin) => Some(NamedNode::new_unchecked(origin)),
            _ => None,
        });
        quads.extend(origins.map(|origin| say(rp::ORIGIN, origin.into())));
        quads.push(say(rp::ARTICLES, number(articles)));
    }
    let (affirmations, denials) = (count(&Vote::Affirmation), count(&Vote::Denial));
    if affirmations > 0 && denials > 0 {
        quads.push(say(rp::AFFIRMATIONS, number(affirmations)));
        quads.push(say(rp::DENIALS, number(denials)));
    }
    quads
}
