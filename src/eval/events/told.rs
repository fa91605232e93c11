//! What an article of ECB+ tells: a claim for each of its actions.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::article::{EventArticle, Instance, Marked, MarkedKind};
use super::roles::{Role, head_of, role};
use crate::stories::{Argument, Claim, Telling, Thing, Voice};
use crate::text::{Document, Span, TokenId};

/// An action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// What happens, by the gold.
    pub instance: Instance,
    /// The lemma of its head, in small letters.
    pub lemma: String,
    /// What takes part in it, where and when it is: the gold's names of what is the same
    /// in every article.
    pub takes_part: BTreeSet<String>,
}

/// An article with its actions, each a claim.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ToldArticle {
    /// Claim `i` is that of event `i`.
    pub telling: Telling,
    /// The actions, in order.
    pub events: Vec<Event>,
    /// How often it speaks of things that are the same in every article, beside actions,
    /// by the gold's names.
    pub things: BTreeMap<String, usize>,
}

/// Makes a claim of each action. The document has the article's sentences, word by word.
pub fn tell(article: &EventArticle, document: &Document) -> ToldArticle {
    let mut told = ToldArticle::default();
    told.telling.article = format!("{}_{}", article.topic, article.name);
    told.telling.text.clone_from(&document.article.text);
    let reader = Reader::new(article, document, &mut told.telling);
    for party in &reader.parties {
        if let Some(name) = shared_name(party.marked) {
            *told.things.entry(name).or_default() += 1;
        }
    }
    for action in article.actions() {
        let (claim, event) = reader.action(action);
        told.telling.claims.push(claim);
        told.events.push(event);
    }
    told
}

fn is_action(marked: &Marked) -> bool {
    matches!(marked.kind, MarkedKind::Action { .. })
}

fn shared_name(marked: &Marked) -> Option<String> {
    match &marked.instance {
        Instance::Shared(name) => Some(name.clone()),
        Instance::Local(..) => None,
    }
}

/// Words that are marked, but no action.
struct Party<'a> {
    marked: &'a Marked,
    head: TokenId,
    argument: Argument,
}

struct Reader<'a> {
    document: &'a Document,
    parties: Vec<Party<'a>>,
    /// The heads of all actions.
    actions: Vec<TokenId>,
}

impl<'a> Reader<'a> {
    /// Adds to a telling the things that an article speaks of.
    fn new(article: &'a EventArticle, document: &'a Document, telling: &mut Telling) -> Self {
        let mut reader = Self { document, parties: Vec::new(), actions: Vec::new() };
        let mut places: BTreeMap<&Instance, usize> = BTreeMap::new();
        for marked in &article.marked {
            let Some(head) = head_of(&document.tree, &marked.words) else { continue };
            if is_action(marked) {
                reader.actions.push(head);
                continue;
            }
            let range = reader.range(&marked.words);
            let place = *places.entry(&marked.instance).or_insert_with(|| {
                telling.things.push(thing(&marked.instance));
                telling.things.len() - 1
            });
            telling.things[place].mentions.push(range.clone());
            let text = document.article.text[range.clone()].to_owned();
            let argument = Argument { range: Some(range), text, thing: Some(place) };
            reader.parties.push(Party { marked, head, argument });
        }
        reader
    }

    /// The bytes from the first to the last of some words.
    fn range(&self, words: &[TokenId]) -> Range<usize> {
        let spans = words.iter().map(|&word| self.document.span(word));
        spans.reduce(Span::cover).map_or(0..0, Span::range)
    }

    fn action(&self, action: &Marked) -> (Claim, Event) {
        let head = head_of(&self.document.tree, &action.words).unwrap_or_default();
        let roles = self.roles(head);
        let event = Event {
            instance: action.instance.clone(),
            lemma: self.document.lemma(head).to_lowercase(),
            takes_part: roles.iter().filter_map(|(_, party)| shared_name(party.marked)).collect(),
        };
        (self.claim(action, head, &roles), event)
    }

    /// What of a sentence takes part in one of its actions.
    fn roles(&self, action: TokenId) -> Vec<(Role, &Party<'_>)> {
        let sentence = self.document.sentence_of(action);
        let mut roles = Vec::new();
        for party in &self.parties {
            if self.document.sentence_of(party.head) == sentence
                && let Some(role) = role(self.document, action, party.head, &self.actions)
            {
                roles.push((role, party));
            }
        }
        roles
    }

    fn words(&self, words: &[TokenId]) -> String {
        let forms: Vec<&str> = words.iter().map(|&word| self.document.form(word)).collect();
        forms.join(" ")
    }

    fn claim(&self, action: &Marked, head: TokenId, roles: &[(Role, &Party<'_>)]) -> Claim {
        let mut claim = Claim {
            clause: self.range(&self.document.tree.subtree(head)),
            label: self.words(&action.words),
            holds: action.kind == MarkedKind::Action { denied: false },
            ..Claim::default()
        };
        let first = |wanted| roles.iter().position(|(role, _)| *role == wanted);
        let (agent, patient) = (first(Role::Agent), first(Role::Patient));
        let argument = |place: usize| roles[place].1.argument.clone();
        match (agent, patient) {
            (Some(agent), patient) => {
                claim.subject = argument(agent);
                claim.object = patient.map(argument);
            }
            (None, Some(patient)) => {
                claim.subject = argument(patient);
                claim.voice = Voice::Passive;
            }
            (None, None) => {}
        }
        for (place, (role, party)) in roles.iter().enumerate() {
            if ![agent, patient].contains(&Some(place)) {
                claim.qualifiers.push((format!("{role:?}"), party.argument.clone()));
            }
        }
        claim
    }
}

fn thing(instance: &Instance) -> Thing {
    let (iri, is_shared) = match instance {
        Instance::Shared(name) => (name.clone(), true),
        Instance::Local(topic, article, number) => (format!("{topic}/{article}/{number}"), false),
    };
    Thing { iri, is_shared, ..Thing::default() }
}
