//! Makes the statements of an article: the one place that decides what a claim
//! comes to.
//!
//! In: a document, its extraction, its entities; declared relations, the roles of
//! qualifiers, the policy of assertion. Out: a [`Statement`] for each claim whose
//! arguments are identified.

mod sources;
mod unidentified;
mod value;

use self::sources::Sources;
use super::assertion::{Assertion, AssertionPolicy};
use super::declared::Relations;
use super::entity::EntityIndex;
use super::inflection::Inflection;
use super::relation::{RelationName, qualifier_name};
use super::resolution::Resolution;
use super::role::{QualifierKind, Role, RoleTable};
use super::short_forms::ShortForms;
use super::statement::{Expressed, Node, Qualifier, Relation, Statement, Term, Value, When};
use super::time::{is_time, time_of_claim};
use crate::extract::{self, Argument, ArgumentKind, Claim, ClaimId, Extraction};
use crate::text::{Document, Upos};

/// All that statements are made of.
#[derive(Clone, Copy)]
pub(super) struct Maker<'a> {
    pub(super) document: &'a Document,
    pub(super) extraction: &'a Extraction,
    /// The entities; its statements are still to be made.
    pub(super) resolution: &'a Resolution,
    pub(super) relations: &'a Relations,
    pub(super) roles: &'a RoleTable,
    pub(super) short_forms: &'a ShortForms,
    pub(super) inflection: &'a Inflection,
    pub(super) policy: AssertionPolicy,
}

impl Maker<'_> {
    /// A statement for each claim that says of what it is, in the order of the claims.
    pub(super) fn statements(&self) -> Vec<Statement> {
        let claims = self.extraction.claims.iter().enumerate();
        claims
            .filter(|(_, claim)| self.is_identified(claim))
            .map(|(i, claim)| self.statement(ClaimId::from_index(i), claim))
            .collect()
    }

    fn statement(&self, id: ClaimId, claim: &Claim) -> Statement {
        let subject = self.subject(&claim.subject);
        let object = claim.object.as_ref().map(|object| self.object(claim, object, subject.value));
        let sources = Sources::of(claim, self.extraction, self.resolution);
        Statement {
            claim: id,
            sentence: claim.sentence,
            clause: claim.clause,
            rule: claim.rule.clone(),
            subject,
            relation: self.named_relation(&claim.relation),
            object,
            expresses: self.expressed(claim),
            qualifiers: self.qualifiers(claim),
            polarity: claim.polarity,
            modality: claim.modality,
            when: claim.when.as_ref().map(|when| self.when(when)),
            attributions: sources.attributions,
            stated_by: sources.stated_by,
            reported_by: sources.reported_by,
            origin: sources.origin,
            assertion: Assertion::of(claim, self.extraction, self.policy),
        }
    }

    /// A relation as it is called; one that is declared, as its declaration calls it.
    fn named_relation(&self, relation: &extract::Relation) -> Relation {
        let mut name = RelationName::new(self.document, relation, self.inflection);
        if let Some(declared) = self.relations.get(&name.name) {
            name.label.clone_from(&declared.label);
        }
        Relation { name, lemmas: relation.lemmas.clone(), span: relation.span }
    }

    /// What a claim says in the terms of a declared relation.
    fn expressed(&self, claim: &Claim) -> Option<Expressed> {
        let found = self.relations.expressed(self.document, self.resolution, claim)?;
        let (subject, object) = (self.node(found.subject), self.node(found.object));
        let is_other_way = found.relation.symmetric && self.rank(object) < self.rank(subject);
        let (subject, object) = if is_other_way { (object, subject) } else { (subject, object) };
        Some(Expressed { relation: found.relation.naming(), subject, object })
    }

    /// The order in which every article puts what holds both ways: entities and phrases
    /// of one article before what all articles know, by their keys.
    fn rank(&self, node: Node) -> (bool, bool, &str) {
        match node {
            Node::Entity(index) => {
                let entity = self.resolution.entity(index).expect("an index of this resolution");
                (entity.key.is_global(), false, entity.key.slug())
            }
            Node::Phrase(_) => (false, true, ""),
        }
    }

    /// The qualifiers, but for those that the object says already; a declared relation
    /// has read these, too.
    fn qualifiers(&self, claim: &Claim) -> Vec<Qualifier> {
        let mut qualifiers = Vec::new();
        for qualifier in &claim.qualifiers {
            let object = claim.object.as_ref();
            if !object.is_some_and(|object| repeats(self.document, object, qualifier)) {
                qualifiers.push(self.qualifier(claim, qualifier));
            }
        }
        qualifiers
    }

    fn qualifier(&self, claim: &Claim, qualifier: &extract::Qualifier) -> Qualifier {
        Qualifier {
            role: self.role(claim, qualifier),
            name: qualifier_name(&qualifier.preposition),
            preposition: qualifier.preposition.clone(),
            term: self.circumstance(qualifier),
        }
    }

    fn role(&self, claim: &Claim, qualifier: &extract::Qualifier) -> Role {
        let kind = self.qualifier_kind(qualifier);
        self.roles.role(&qualifier.preposition, kind, &claim.relation.lemmas)
    }

    fn qualifier_kind(&self, qualifier: &extract::Qualifier) -> QualifierKind {
        if qualifier.argument.kind == ArgumentKind::Clause {
            return QualifierKind::Clause;
        }
        if is_time(self.document, qualifier) {
            return QualifierKind::Time;
        }
        let entity =
            self.entity_of(&qualifier.argument).and_then(|index| self.resolution.entity(index));
        QualifierKind::Thing(entity.and_then(|entity| entity.kind))
    }

    fn when(&self, when: &extract::When) -> When {
        When { value: time_of_claim(self.document, when), span: when.span }
    }

    fn entity_of(&self, argument: &Argument) -> Option<EntityIndex> {
        match argument.kind {
            ArgumentKind::Entity => self.resolution.entity_at(argument.head),
            ArgumentKind::Clause | ArgumentKind::Value => None,
        }
    }
}

/// Whether a qualifier tells nothing that the words of the object do not; whose office
/// somebody holds ("the mayor *of Orm*") is worth a link of its own.
fn repeats(document: &Document, object: &Argument, qualifier: &extract::Qualifier) -> bool {
    let noun = matches!(document.tag(object.head).upos, Upos::Noun | Upos::Propn);
    let office = noun && object.kind == ArgumentKind::Value;
    let thing = qualifier.argument.kind == ArgumentKind::Entity;
    object.span.contains(qualifier.argument.span) && !(office && thing)
}
