//! Declared relations: which claims express one, whatever their words.
//!
//! In: Turtle in the terms of `ontology/relations.ttl`; then claims, each with its
//! document and entities. Out: the relation that a claim expresses, and which of
//! its arguments are subject and object of it: *Y was bought by X*, *X's
//! acquisition of Y* and *X acquired Y* are all `X rel:acquires Y`. The kinds of the
//! arguments decide between the meanings of a word (*seize* an airport, a
//! hostage); a claim that fits no relation, or several equally well, stays open.

mod reading;
mod turtle;

use std::collections::BTreeMap;

use oxrdf::{NamedNode, Term};

use self::reading::{Reading, readings};
pub use self::turtle::RelationError;
use crate::extract::{Argument, Claim};
use crate::resolve::Resolution;
use crate::text::{Document, NameKind};

/// The relations that ship inside the program.
const EMBEDDED: &str = include_str!("../../ontology/relations.ttl");

/// A declared relation.
#[derive(Clone, Debug, PartialEq)]
pub struct Declared {
    /// Its property.
    pub iri: NamedNode,
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
    /// What else is said of it, in order: inverse, matches elsewhere.
    pub about: Vec<(NamedNode, Term)>,
    /// Sentences that express it.
    pub examples: Vec<String>,
    /// Sentences that do not, though they come near.
    pub counter_examples: Vec<String>,
}

/// Words that express a relation: the lemmas of a claim's relation in order,
/// then a noun that carries the meaning and its preposition, if any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denotation {
    /// `return to`, `be mayor of`, `impose sanction on`.
    pub lemmas: String,
    /// Whether the kinds of the arguments must be known, and fit.
    pub strict: bool,
}

/// A kind of argument that relations ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Class {
    /// A human being, or several.
    Person,
    /// A body that acts; countries and towns act like one.
    Organization,
    /// A place or building.
    Place,
    /// An office: *judge*, *mayor*.
    Role,
    /// Something written or made.
    CreativeWork,
    /// Something that takes place.
    Event,
    /// A thing that is made.
    Product,
    /// Anything but an amount of money.
    Thing,
}

/// A claim as a declared relation puts it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Expressed<'a> {
    /// The relation.
    pub relation: &'a Declared,
    /// Who or what does or is it.
    pub subject: &'a Argument,
    /// To whom or what.
    pub object: &'a Argument,
}

/// How well an argument fits a class.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// Its kind is not known, or the class takes anything.
    Open,
    /// Its kind is the one that is asked for.
    Known,
}

/// Which argument is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Side {
    Subject,
    Object,
}

/// All declared relations, by their words.
#[derive(Clone, Debug, Default)]
pub struct Relations {
    all: Vec<Declared>,
    by_words: BTreeMap<String, Vec<(usize, bool)>>,
}

impl Relations {
    /// The relations that ship inside the program.
    ///
    /// # Errors
    /// None in a build that passes its tests.
    pub fn embedded() -> Result<Self, RelationError> {
        let mut relations = Self::default();
        relations.read(EMBEDDED, "relations.ttl")?;
        Ok(relations)
    }

    /// Adds the relations of a Turtle text; one of the IRI of another takes its
    /// place. `file` names the text in errors.
    ///
    /// # Errors
    /// Where the text is no Turtle, or a relation lacks a label.
    pub fn read(&mut self, turtle: &str, file: &str) -> Result<(), RelationError> {
        for relation in turtle::relations(turtle, file)? {
            match self.all.iter_mut().find(|old| old.iri == relation.iri) {
                Some(old) => *old = relation,
                None => self.all.push(relation),
            }
        }
        self.by_words.clear();
        for (i, relation) in self.all.iter().enumerate() {
            for word in &relation.words {
                self.by_words.entry(word.lemmas.clone()).or_default().push((i, word.strict));
            }
        }
        Ok(())
    }

    /// All of them, in the order of their files.
    pub fn all(&self) -> &[Declared] {
        &self.all
    }

    /// The relation of this IRI.
    pub fn get(&self, iri: &NamedNode) -> Option<&Declared> {
        self.all.iter().find(|relation| relation.iri == *iri)
    }

    /// The relation that a claim expresses, if it is a declared one.
    pub fn expressed<'a>(
        &'a self,
        document: &Document,
        resolution: &Resolution,
        claim: &'a Claim,
    ) -> Option<Expressed<'a>> {
        let world = World { document, resolution };
        readings(document, claim).iter().find_map(|reading| self.relation(&world, reading))
    }

    /// The one relation that a reading fits best.
    fn relation<'a>(&'a self, world: &World<'_>, reading: &Reading<'a>) -> Option<Expressed<'a>> {
        let candidates = self.by_words.get(&reading.words)?;
        let fitting = candidates.iter().filter_map(|&(at, strict)| {
            let relation = self.all.get(at)?;
            let subject = world.fit(reading.subject, &relation.domain, Side::Subject)?;
            let object = world.fit(reading.object, &relation.range, Side::Object)?;
            let any = |classes: &[Class]| classes.is_empty() || classes.contains(&Class::Thing);
            let sides = [(subject, any(&relation.domain)), (object, any(&relation.range))];
            let known = sides.iter().filter(|(fit, _)| *fit == Fit::Known).count();
            let sure = sides.iter().filter(|&&(fit, any)| any || fit == Fit::Known).count();
            let enough = if strict { sure == 2 } else { known > 0 || sure == 2 };
            enough.then_some((known, relation))
        });
        let mut fitting: Vec<_> = fitting.collect();
        fitting.sort_by_key(|&(known, _)| std::cmp::Reverse(known));
        let (best, relation) = *fitting.first()?;
        let alone = fitting.get(1).is_none_or(|&(next, _)| next < best);
        let (subject, object) = (reading.subject, reading.object);
        alone.then_some(Expressed { relation, subject, object })
    }
}

/// What tells the kinds of arguments.
struct World<'a> {
    document: &'a Document,
    resolution: &'a Resolution,
}

impl World<'_> {
    /// Whether an argument is no thing that relations hold of: a time, *nobody*,
    /// *themselves*.
    fn is_empty(&self, argument: &Argument) -> bool {
        let (document, head) = (self.document, argument.head);
        let nobody = matches!(document.lemma(head), "nobody" | "nothing" | "none" | "one");
        let reflexive = document.tag(head).feats.has("Reflex", "Yes");
        document.time_at(head).is_some() || nobody || reflexive
    }

    /// The best fit of an argument to some classes.
    fn fit(&self, argument: &Argument, classes: &[Class], side: Side) -> Option<Fit> {
        if self.is_empty(argument) {
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

impl Class {
    fn fit(self, kind: Option<NameKind>, named: bool, side: Side) -> Option<Fit> {
        use NameKind::{
            Event, Facility, Group, Money, Organization, Other, Person, Place, Product,
        };
        let known = match (self, kind) {
            (Self::Role, None | Some(Person)) if !named => return Some(Fit::Open),
            (Self::Role, _) | (_, Some(Money)) => return None,
            (_, None | Some(Other)) => return Some(Fit::Open),
            (Self::Thing, Some(_)) => true,
            (Self::Person, Some(kind)) => matches!(kind, Person | Group),
            (Self::Organization, Some(Facility)) => return Some(Fit::Open),
            // A country that is named acts like an organisation; what is done to
            // it may be done to the land.
            (Self::Organization, Some(Place)) if side == Side::Object || !named => {
                return Some(Fit::Open);
            }
            (Self::Organization, Some(kind)) => matches!(kind, Organization | Group | Place),
            (Self::Place, Some(kind)) => matches!(kind, Place | Facility),
            (Self::Event, Some(kind)) => kind == Event,
            (Self::CreativeWork | Self::Product, Some(kind)) => kind == Product,
        };
        known.then_some(Fit::Known)
    }
}

#[cfg(test)]
mod tests;
