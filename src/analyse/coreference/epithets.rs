//! Descriptions, by another word, of whom or what the text has just spoken of by name: *the
//! Texas Republican*, *the bank*.
//!
//! In: the clusters, after antecedents have been chosen. Out: the clusters; a description
//! that has no name is joined with the one person or body that can be meant. All mentions
//! of a description have to agree on who that is.

use std::collections::BTreeMap;

use super::Problem;
use super::bodies;
use super::facts::{Facts, Role};
use super::known::{Told, party};
use super::partition::Partition;
use super::search::Search;
use super::subjects::Subjects;
use crate::analyse::description_words::Epithet;
use crate::analyse::syntax::Definiteness;
use crate::text::{MentionKind, NameKind};

/// How many mentions of a sentence are looked at, before and behind a description.
const NEAR: usize = 48;
/// Who was found may be whom the next description means.
const PASSES: usize = 2;

/// Joins descriptions with those who are meant.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let subjects = Subjects::of(problem);
    for _ in 0..PASSES {
        let told = Told::of(problem, partition);
        let mut meant: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (i, facts) in problem.facts.iter().enumerate() {
            if !is_open(&told, partition, facts, i) {
                continue;
            }
            let mut search = Search { problem, partition, told: &told, description: i };
            let found = search.person(&subjects).or_else(|| bodies::body(&mut search));
            if let Some(found) = found {
                meant.entry(partition.find(i)).or_default().push(found);
            }
        }
        for (description, found) in meant {
            let Some((&first, rest)) = found.split_first() else { continue };
            if rest.iter().all(|&other| partition.same(first, other)) {
                partition.try_join(first, description);
            }
        }
    }
}

/// Whether a mention describes one whom the reader knows and the text has not named: a
/// subject or an owner, in the article's own words.
fn is_open(told: &Told<'_>, partition: &mut Partition, facts: &Facts<'_>, i: usize) -> bool {
    let root = partition.find(i);
    facts.kind == MentionKind::Nominal
        && facts.definiteness == Definiteness::Definite
        && facts.owner.is_none()
        && facts.parts.is_empty()
        && facts.plural != Some(true)
        && facts.quotation.is_none()
        && matches!(facts.role, Role::Subject | Role::Possessor)
        && partition.nature(i).name.is_none()
        && told.known(root).is_some_and(|known| !known.is_brought_in)
}

impl Search<'_, '_> {
    /// The person who is the subject of the last sentence that has one.
    fn person(&mut self, subjects: &Subjects) -> Option<usize> {
        let facts = &self.problem.facts[self.description];
        if !self.is_epithet(facts) {
            return None;
        }
        let found = subjects.before(facts.sentence)?;
        let name = self.partition.nature(found).name.and_then(|name| self.problem.facts.get(name));
        let is_one = self.partition.nature(found).plural != Some(true);
        let is_person = name.is_some_and(|name| name.entity == Some(NameKind::Person)) && is_one;
        (is_person && self.may_be(facts, found) && self.is_alone(found)).then_some(found)
    }

    fn is_epithet(&self, facts: &Facts<'_>) -> bool {
        let lexicon = self.problem.lexicon;
        let words = &lexicon.descriptions;
        let is_person = facts.entity == Some(NameKind::Person);
        // Whoever was something once is known for it: *the former mayor*.
        let is_past = || facts.modifiers.iter().any(|word| lexicon.is_past(word));
        let is_of_party = || facts.is_proper && words.party(&facts.word).is_some();
        match words.epithet(&facts.word) {
            Some(Epithet::Alone) => true,
            Some(Epithet::Told) => !facts.modifiers.is_empty(),
            None => is_person && (is_of_party() || is_past()),
        }
    }

    /// Whether neither titles nor parties speak against a person.
    fn may_be(&mut self, facts: &Facts<'_>, person: usize) -> bool {
        let root = self.partition.find(person);
        let Some(known) = self.told.known(root) else { return false };
        let is_title = self.problem.lexicon.persons.is_title(&facts.word);
        let other_title =
            is_title && !known.titles.is_empty() || self.told.is_of_others(&facts.word, root);
        let same_title = known.titles.contains(&&*facts.word);
        let party = party(self.problem, facts);
        let other_party =
            party.is_some_and(|party| !known.parties.is_empty() && !known.parties.contains(&party));
        (same_title || !other_title) && !other_party && !self.has_other_part(person)
    }

    /// Whether a person was named with a part in what happens that is no epithet: *spokesman
    /// Roe* is hardly *the nominee*.
    fn has_other_part(&self, person: usize) -> bool {
        let lexicon = self.problem.lexicon;
        let words = &lexicon.descriptions;
        let person = &self.problem.facts[person];
        let is_of_name = |word: &str| person.name.iter().any(|own| own.to_lowercase() == word);
        let is_part = |word: &String| {
            let noun = lexicon.noun(word);
            noun.is_some_and(|noun| noun.kind == NameKind::Person)
                && words.epithet(word).is_none()
                && words.party(word).is_none()
                && !is_of_name(word)
        };
        person.is_name() && person.modifiers.iter().any(is_part)
    }

    /// Whether the sentence of the description speaks of that person by no other words, and
    /// of no other person before.
    fn is_alone(&mut self, person: usize) -> bool {
        let (at, all) = (self.description, self.problem.facts);
        let sentence = all[at].sentence;
        let own = self.partition.find(at);
        let near = at.saturating_sub(NEAR)..(at + NEAR).min(all.len());
        for other in near.filter(|&other| all[other].sentence == sentence) {
            let root = self.partition.find(other);
            let nature = self.partition.nature(other);
            let name = nature.name.and_then(|name| all.get(name));
            let is_person = name.is_some_and(|name| name.entity == Some(NameKind::Person));
            let is_subject = other < at && is_person && all[other].role == Role::Subject;
            if root != own && (is_subject || self.partition.same(other, person)) {
                return false;
            }
        }
        true
    }
}
