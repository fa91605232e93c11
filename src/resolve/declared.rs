//! Declared relations: which claims express one, whatever their words.
//!
//! In: the relations of an ontology; then claims, each with its document and
//! entities. Out: the relation that a claim expresses, and which of its arguments
//! are subject and object of it: *Y was bought by X*, *X's acquisition of Y* and
//! *X acquired Y* are all `X acquires Y`. The kinds of the arguments decide between
//! the meanings of a word (*seize* an airport, a hostage); a claim that fits no
//! relation, or several equally well, stays open.

mod class;
mod reading;

use std::collections::BTreeMap;

use self::class::{Fit, Side};
use self::reading::{Reading, readings};
use super::relation::RelationName;
use super::resolution::Resolution;
use crate::analyse::syntax::is;
use crate::extract::{Argument, Claim};
use crate::text::{Document, FunctionWord};

pub use self::class::Class;

/// A declared relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// Its name, as open relations are named: `isLocatedIn`.
    pub name: String,
    /// Its English label: "is located in".
    pub label: String,
    /// The words that express it.
    pub words: Vec<Denotation>,
    /// What its subject may be; anything, where nothing is said.
    pub domain: Vec<Class>,
    /// What its object may be.
    pub range: Vec<Class>,
    /// Whether it holds both ways.
    pub symmetric: bool,
    /// What else its ontology says of it, in order: comments, inverse, matches
    /// elsewhere. Nothing is made of that here; the graph passes it on.
    pub about: Vec<Remark>,
    /// Sentences that express it.
    pub examples: Vec<Sentence>,
    /// Sentences that do not, though they come near.
    pub counter_examples: Vec<Sentence>,
    /// The file that it was read from.
    pub file: String,
}

/// An example of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sentence {
    /// The sentence.
    pub text: String,
    /// The line of its file, from 1, on which it ends.
    pub line: usize,
}

impl Declared {
    /// What it is called.
    pub fn naming(&self) -> RelationName {
        RelationName { label: self.label.clone(), name: self.name.clone() }
    }
}

/// Words that express a relation: the lemmas of a claim's relation in order,
/// then a noun that carries the meaning and its preposition, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denotation {
    /// `return to`, `be mayor of`, `impose sanction on`.
    pub lemmas: String,
    /// Whether the kinds of the arguments must be known, and fit.
    pub strict: bool,
    /// The line of its file, from 1, on which it ends.
    pub line: usize,
}

/// Something that an ontology says of a relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// The IRI of the property.
    pub property: String,
    /// Its value.
    pub value: RemarkValue,
}

/// What an ontology says of a relation with one property.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RemarkValue {
    /// Another resource, by its IRI.
    Iri(String),
    /// Words, and the BCP 47 tag of their language where it is given.
    Text {
        /// The words.
        words: String,
        /// Their language.
        language: Option<String>,
    },
}

/// A claim as a declared relation puts it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expressed<'a> {
    /// The relation.
    pub(super) relation: &'a Declared,
    /// Who or what does or is it.
    pub(super) subject: &'a Argument,
    /// To whom or what.
    pub(super) object: &'a Argument,
}

/// All declared relations, by their words.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    all: Vec<Declared>,
    by_words: BTreeMap<String, Vec<(usize, bool)>>,
}

impl Relations {
    /// The relations of ontologies; one of the name of an earlier one takes its place.
    pub fn new(relations: impl IntoIterator<Item = Declared>) -> Self {
        let mut all = Self::default();
        all.extend(relations);
        all
    }

    /// Adds relations; see [`Relations::new`].
    pub fn extend(&mut self, relations: impl IntoIterator<Item = Declared>) {
        for relation in relations {
            match self.all.iter_mut().find(|old| old.name == relation.name) {
                Some(old) => *old = relation,
                None => self.all.push(relation),
            }
        }
        self.index();
    }

    fn index(&mut self) {
        self.by_words.clear();
        for (i, relation) in self.all.iter().enumerate() {
            for word in &relation.words {
                self.by_words.entry(word.lemmas.clone()).or_default().push((i, word.strict));
            }
        }
    }

    /// All of them, in the order of their files.
    pub fn all(&self) -> &[Declared] {
        &self.all
    }

    /// The relation of this name.
    pub fn get(&self, name: &str) -> Option<&Declared> {
        self.all.iter().find(|relation| relation.name == name)
    }

    /// The relation that a claim expresses, if it is a declared one.
    pub(super) fn expressed<'a>(
        &'a self,
        document: &Document,
        resolution: &Resolution,
        claim: &'a Claim,
    ) -> Option<Expressed<'a>> {
        let world = World { document, resolution };
        readings(document, claim).iter().find_map(|reading| self.best(&world, reading))
    }

    /// The one relation that a reading fits best; none where two fit equally well.
    fn best<'a>(&'a self, world: &World<'_>, reading: &Reading<'a>) -> Option<Expressed<'a>> {
        let mut best: Option<(usize, &Declared)> = None;
        let mut is_alone = true;
        for &(at, strict) in self.by_words.get(&reading.words)? {
            let relation = self.all.get(at)?;
            let Some(known) = world.known_sides(reading, relation, strict) else { continue };
            match best {
                Some((most, _)) if known < most => {}
                Some((most, _)) if known == most => is_alone = false,
                _ => (best, is_alone) = (Some((known, relation)), true),
            }
        }
        let (subject, object) = (reading.subject, reading.object);
        best.filter(|_| is_alone).map(|(_, relation)| Expressed { relation, subject, object })
    }
}

/// What tells the kinds of arguments.
struct World<'a> {
    document: &'a Document,
    resolution: &'a Resolution,
}

impl World<'_> {
    /// How many of a reading's two arguments are known to be what a relation asks
    /// for; none where one is something else, or too little is known. A strict word
    /// asks that nothing is left open.
    fn known_sides(
        &self,
        reading: &Reading<'_>,
        relation: &Declared,
        strict: bool,
    ) -> Option<usize> {
        let subject = self.fit(reading.subject, &relation.domain, Side::Subject)?;
        let object = self.fit(reading.object, &relation.range, Side::Object)?;
        let sides = [(subject, &relation.domain), (object, &relation.range)];
        let known = sides.iter().filter(|(fit, _)| *fit == Fit::Known).count();
        let is_sure = sides.iter().all(|(fit, of)| *fit == Fit::Known || takes_anything(of));
        let enough = is_sure || (known > 0 && !strict);
        enough.then_some(known)
    }

    /// Whether an argument is no thing that relations hold of: a time, *nobody*,
    /// *themselves*.
    fn is_no_thing(&self, argument: &Argument) -> bool {
        let (document, head) = (self.document, argument.head);
        let nobody = is(document, head, FunctionWord::Nobody);
        let reflexive = document.tag(head).feats.has("Reflex", "Yes");
        document.time_at(head).is_some() || nobody || reflexive
    }

    /// The best fit of an argument to some classes.
    fn fit(&self, argument: &Argument, classes: &[Class], side: Side) -> Option<Fit> {
        if self.is_no_thing(argument) {
            return None;
        }
        if classes.is_empty() {
            return Some(Fit::Open);
        }
        let entity = self.resolution.entity_at(argument.head);
        let kind = entity.and_then(|index| self.resolution.entity(index)).and_then(|e| e.kind);
        let named = self.document.name_at(argument.head).is_some();
        classes.iter().filter_map(|&class| class.fit(kind, named, side)).max()
    }
}

fn takes_anything(classes: &[Class]) -> bool {
    classes.is_empty() || classes.contains(&Class::Thing)
}

#[cfg(test)]
mod tests;
