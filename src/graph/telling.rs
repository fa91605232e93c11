//! What an article tells, read from its graph.
//!
//! In: the quads of an article's named graph. Out: a [`Telling`], by which articles are
//! compared. Nothing but the graph is looked at, so whoever has the graphs of some articles
//! can compare them.

use std::collections::HashMap;
use std::ops::Range;

use oxrdf::{NamedNode, NamedNodeRef, NamedOrBlankNode, Term};

use super::characters::Characters;
use super::vocabulary::{oa, rdf, rel, rp, schema, skos};
use super::{Iris, QuadView};
use crate::stories::{Argument, Claim, Telling, Thing, Voice};

/// Reads the graph of an article.
pub fn telling<'a>(
    iris: &Iris,
    article: &NamedNode,
    quads: impl IntoIterator<Item: Into<QuadView<'a>>>,
) -> Telling {
    let said = Said::of(quads.into_iter().map(Into::into));
    let mut telling = Telling {
        article: article.as_str().to_owned(),
        text: said.text(article.as_str(), rp::TEXT).unwrap_or_default().to_owned(),
        outlet: said.node(article.as_str(), schema::PUBLISHER).map(str::to_owned),
        ..Telling::default()
    };
    let day = said.text(article.as_str(), schema::DATE_PUBLISHED);
    // A day, or a moment that begins with one.
    telling.day = day.and_then(|day| day.get(..10)?.parse().ok());
    let characters = Characters::of(telling.text.clone());
    let mut things = Things::default();
    for (passage, node) in &said.mentions {
        if let Some(range) = characters.of_passage(passage) {
            things.place(&said, iris, node, &mut telling.things);
            let place = things.places[*node];
            telling.things[place].mentions.push(range);
        }
    }
    let reader = Reader { said: &said, iris, characters: &characters };
    let mut claims: Vec<Claim> = said
        .claims
        .iter()
        .filter_map(|claim| reader.claim(claim, &mut things, &mut telling.things))
        .collect();
    claims.sort_by(|a, b| {
        (a.clause.start, a.clause.end, &a.iri).cmp(&(b.clause.start, b.clause.end, &b.iri))
    });
    telling.claims = claims;
    telling
}

/// What a graph says, by subject; of passages nothing but what they mention.
#[derive(Default)]
struct Said<'a> {
    of: HashMap<&'a str, Vec<(&'a NamedNode, &'a Term)>>,
    /// Passages, and what they mention; in order.
    mentions: Vec<(&'a str, &'a str)>,
    claims: Vec<&'a str>,
}

impl<'a> Said<'a> {
    fn of(quads: impl Iterator<Item = QuadView<'a>>) -> Self {
        let mut said = Self::default();
        for quad in quads {
            let NamedOrBlankNode::NamedNode(subject) = quad.subject else { continue };
            let subject = subject.as_str();
            match (quad.predicate.as_ref(), quad.object) {
                (rp::MENTIONS, Term::NamedNode(object)) => {
                    said.mentions.push((subject, object.as_str()));
                    continue;
                }
                (oa::START | oa::END | oa::EXACT, _) => continue,
                (rdf::TYPE, Term::NamedNode(kind)) if *kind == oa::TEXT_POSITION_SELECTOR => {
                    continue;
                }
                (rdf::TYPE, Term::NamedNode(kind)) if *kind == rp::CLAIM => {
                    said.claims.push(subject);
                }
                _ => {}
            }
            said.of.entry(subject).or_default().push((quad.predicate, quad.object));
        }
        said.mentions.sort_unstable();
        said.claims.sort_unstable();
        said
    }

    fn all(&self, subject: &str) -> &[(&'a NamedNode, &'a Term)] {
        self.of.get(subject).map_or(&[], Vec::as_slice)
    }

    fn object(&self, subject: &str, predicate: NamedNodeRef<'_>) -> Option<&'a Term> {
        let found = self.all(subject).iter().find(|(p, _)| **p == predicate);
        found.map(|(_, object)| *object)
    }

    fn node(&self, subject: &str, predicate: NamedNodeRef<'_>) -> Option<&'a str> {
        match self.object(subject, predicate)? {
            Term::NamedNode(node) => Some(node.as_str()),
            _ => None,
        }
    }

    fn text(&self, subject: &str, predicate: NamedNodeRef<'_>) -> Option<&'a str> {
        match self.object(subject, predicate)? {
            Term::Literal(literal) => Some(literal.value()),
            _ => None,
        }
    }

    /// What a node is called, its label first.
    fn names(&self, node: &str) -> Vec<String> {
        let labels = [schema::NAME, skos::PREF_LABEL, schema::ALTERNATE_NAME, skos::ALT_LABEL];
        let mut names: Vec<(usize, &str)> = Vec::new();
        for (predicate, object) in self.all(node) {
            let rank = labels.iter().position(|label| **predicate == *label);
            if let (Some(rank), Term::Literal(name)) = (rank, object) {
                names.push((rank, name.value()));
            }
        }
        names.sort_unstable();
        names.into_iter().map(|(_, name)| name.to_owned()).collect()
    }
}

/// Where each thing stands among those of the article.
#[derive(Default)]
struct Things<'a> {
    places: HashMap<&'a str, usize>,
}

impl<'a> Things<'a> {
    fn place(
        &mut self,
        said: &Said<'a>,
        iris: &Iris,
        node: &'a str,
        all: &mut Vec<Thing>,
    ) -> usize {
        *self.places.entry(node).or_insert_with(|| {
            all.push(Thing {
                iri: node.to_owned(),
                is_shared: node.starts_with(&iris.entities()),
                names: said.names(node),
                mentions: Vec::new(),
            });
            all.len() - 1
        })
    }
}

/// Reads claims.
struct Reader<'r, 'a> {
    said: &'r Said<'a>,
    iris: &'r Iris,
    characters: &'r Characters,
}

impl<'a> Reader<'_, 'a> {
    /// A claim; none where the graph lacks what every claim has.
    fn claim(&self, iri: &'a str, things: &mut Things<'a>, all: &mut Vec<Thing>) -> Option<Claim> {
        let said = self.said;
        let relation = said.node(iri, rdf::PREDICATE)?.strip_prefix(rel::NAMESPACE)?;
        let mut argument = |term: &'a Term, evidence: Option<NamedNodeRef<'_>>| {
            let passage = evidence.and_then(|evidence| said.node(iri, evidence));
            let range = passage.and_then(|passage| self.characters.of_passage(passage));
            self.argument(term, range, things, all)
        };
        let subject = argument(said.object(iri, rdf::SUBJECT)?, Some(rp::SUBJECT_EVIDENCE));
        let object = said.node(iri, rp::OBJECT_EVIDENCE).and(said.object(iri, rdf::OBJECT));
        let object = object.map(|object| argument(object, Some(rp::OBJECT_EVIDENCE)));
        let mut qualifiers: Vec<(String, Argument)> = Vec::new();
        for (predicate, value) in said.all(iri) {
            if let Some(property) = predicate.as_str().strip_prefix(rel::NAMESPACE) {
                qualifiers.push((property.to_owned(), argument(value, None)));
            }
        }
        qualifiers.sort_by(|(a, x), (b, y)| (a, &x.text).cmp(&(b, &y.text)));
        let local =
            |predicate| said.node(iri, predicate).and_then(|node| node.strip_prefix(rp::NAMESPACE));
        Some(Claim {
            iri: iri.to_owned(),
            clause: self.characters.of_passage(said.node(iri, rp::EVIDENCE)?)?,
            subject,
            label: spaced(relation),
            proposition: said.node(iri, rp::EXPRESSES).map(str::to_owned),
            voice: voice(relation, said.text(iri, rp::RULE).unwrap_or_default()),
            object,
            qualifiers,
            holds: local(rp::POLARITY)? == "positive",
            modality: local(rp::MODALITY)?.to_owned(),
            when: said.text(iri, rp::WHEN).map(str::to_owned),
            origin: said.node(iri, rp::ORIGIN).map(str::to_owned),
        })
    }

    fn argument(
        &self,
        term: &'a Term,
        range: Option<Range<usize>>,
        things: &mut Things<'a>,
        all: &mut Vec<Thing>,
    ) -> Argument {
        match term {
            Term::NamedNode(node) => {
                let place = things.place(self.said, self.iris, node.as_str(), all);
                let words =
                    range.as_ref().and_then(|range| self.characters.text().get(range.clone()));
                let name = all[place].names.first().cloned().unwrap_or_default();
                let text = words.map_or(name, str::to_owned);
                Argument { range, text, thing: Some(place) }
            }
            Term::Literal(literal) => {
                Argument { range, text: literal.value().to_owned(), thing: None }
            }
            _ => Argument::default(),
        }
    }
}

/// Who does it: by the rule that found the claim, or by the relation's *by*.
fn voice(relation: &str, rule: &str) -> Voice {
    let has_is =
        relation.strip_prefix("is").is_some_and(|rest| rest.starts_with(char::is_uppercase));
    if has_is && relation.ends_with("By") {
        Voice::PassiveBy
    } else if has_is && rule.starts_with("passive") {
        Voice::Passive
    } else {
        Voice::Active
    }
}

/// The words of a relation's name: `isGuardedBy` is "is guarded by".
fn spaced(name: &str) -> String {
    let mut words = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_uppercase() {
            words.push(' ');
        }
        words.extend(c.to_lowercase());
    }
    words
}
