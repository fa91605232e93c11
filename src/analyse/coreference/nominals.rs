//! Descriptions that are said again: *the reopened embassy*, *the embassy*.

use std::collections::HashMap;

use super::Problem;
use super::facts::Facts;
use super::partition::Partition;
use crate::analyse::media::{MediaLexicon, MediaWord};
use crate::analyse::syntax::Definiteness;
use crate::text::{MentionKind, NameKind};

/// How many sentences back a description is looked for.
const REACH: usize = 12;
/// How many candidates of one head word are looked at.
const CANDIDATES: usize = 12;

/// Joins definite descriptions with what was described by the same noun
/// before, or named by a name of their sort.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let mut by_word: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut names: Vec<usize> = Vec::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        match facts.kind {
            MentionKind::Pronoun => continue,
            MentionKind::Name => names.push(i),
            MentionKind::Nominal => {}
        }
        if is_anaphor(facts) {
            let before = by_word.get(&*facts.word).map_or(&[][..], Vec::as_slice);
            let same = before
                .iter()
                .rev()
                .take(CANDIDATES)
                .copied()
                .find(|&j| problem.facts.get(j).is_some_and(|other| repeats(facts, other)));
            let found = same.or_else(|| by_sort(problem, facts, &names));
            if let Some(j) = found {
                partition.try_join(j, i);
            }
        }
        by_word.entry(&facts.word).or_default().push(i);
    }
}

fn is_anaphor(facts: &Facts<'_>) -> bool {
    facts.kind == MentionKind::Nominal && facts.definiteness <= Definiteness::SuchA
}

/// Whether a description says nothing that an earlier one with the same head
/// did not say.
fn repeats(facts: &Facts<'_>, other: &Facts<'_>) -> bool {
    let near = facts.sentence - other.sentence <= REACH;
    let apart = !other.span.overlaps(facts.span);
    let number = facts.plural == other.plural;
    let of_other = |m| other.modifiers.contains(m) || other.parts.contains(m);
    let said = facts.modifiers.iter().chain(&facts.parts).all(of_other);
    near && apart && number && said
}

/// *the newspaper* for a name that is a newspaper's.
fn by_sort(problem: &Problem<'_>, facts: &Facts<'_>, names: &[usize]) -> Option<usize> {
    if !facts.modifiers.is_empty() || !facts.parts.is_empty() || facts.plural == Some(true) {
        return None;
    }
    let sort = Sort::of_noun(&problem.lexicon.media, &facts.word)?;
    names.iter().rev().copied().take(64).find(|&j| {
        problem.facts.get(j).is_some_and(|name| {
            facts.sentence - name.sentence <= REACH && sort.fits(&problem.lexicon.media, name)
        })
    })
}

/// Sorts of names that are known by their words.
#[derive(Clone, Copy)]
enum Sort {
    Newspaper,
    Agency,
}

impl Sort {
    fn of_noun(media: &MediaLexicon, noun: &str) -> Option<Self> {
        if media.is(noun, MediaWord::NewspaperNoun) {
            return Some(Self::Newspaper);
        }
        media.is(noun, MediaWord::AgencyNoun).then_some(Self::Agency)
    }

    fn fits(self, media: &MediaLexicon, name: &Facts<'_>) -> bool {
        let class = match self {
            Self::Newspaper => MediaWord::Newspaper,
            Self::Agency => MediaWord::Agency,
        };
        let organization = matches!(
            name.entity,
            Some(NameKind::Organization | NameKind::Product | NameKind::Other)
        );
        organization && name.name.last().is_some_and(|word| media.is(word, class))
    }
}
