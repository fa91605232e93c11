//! Descriptions of persons by title or age: *President Roe*, *the president*, *the
//! 37-year-old*; and of news media by what they are: *the newspaper*.

use std::collections::HashMap;

use super::Problem;
use super::facts::{Facts, Role};
use super::partition::Partition;
use crate::analyse::media::{MediaLexicon, MediaWord};
use crate::analyse::syntax::Definiteness;
use crate::text::{MentionKind, NameKind, Upos};

/// How many sentences back a news medium is looked for.
const REACH: usize = 12;
/// How many sentences back a person is looked for whom an age stands for.
const AGE_REACH: usize = 3;

/// Joins definite descriptions with the persons whom a title or an age stands for.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let mut names: Vec<usize> = Vec::new();
    let mut bearers: HashMap<&str, usize> = HashMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        if facts.kind == MentionKind::Name {
            names.push(i);
            bearers.extend(titles(problem, facts).map(|title| (title, i)));
        }
        if is_anaphor(facts) {
            let found = bearer(problem, facts, bearers.get(&*facts.word).copied())
                .or_else(|| by_age(problem, facts, &names))
                .or_else(|| by_sort(problem, facts, &names));
            if let Some(j) = found {
                partition.try_join(j, i);
            }
        }
    }
}

fn is_anaphor(facts: &Facts<'_>) -> bool {
    facts.kind == MentionKind::Nominal && facts.definiteness <= Definiteness::SuchA
}

/// The titles beside the name of a person.
fn titles<'a>(problem: &Problem<'_>, facts: &'a Facts<'_>) -> impl Iterator<Item = &'a str> {
    let persons = &problem.lexicon.persons;
    let is_person = facts.entity == Some(NameKind::Person);
    let titles = facts.modifiers.iter().filter(move |word| is_person && persons.is_title(word));
    titles.map(String::as_str)
}

/// *the president* for the last person who was named with that title: *President
/// Roe*. Whatever more it says, the title said too: *the prime minister*.
fn bearer(problem: &Problem<'_>, facts: &Facts<'_>, last: Option<usize>) -> Option<usize> {
    let person = last.and_then(|i| problem.facts.get(i))?;
    let said = facts.modifiers.iter().all(|word| person.modifiers.contains(word));
    let alone = facts.parts.is_empty() && facts.plural != Some(true);
    last.filter(|_| said && alone && facts.definiteness == Definiteness::Definite)
}

/// *the 37-year-old* for the last person who was named as a subject.
fn by_age(problem: &Problem<'_>, facts: &Facts<'_>, names: &[usize]) -> Option<usize> {
    let head = problem.parsed.tag(facts.head).upos;
    let is_age = head == Upos::Adj && facts.definiteness == Definiteness::Definite;
    let is_meant =
        |name: &Facts<'_>| name.entity == Some(NameKind::Person) && name.role == Role::Subject;
    let is_near = |name: &Facts<'_>| facts.sentence - name.sentence <= AGE_REACH;
    let near = names.iter().rev().filter_map(|&i| Some((i, problem.facts.get(i)?)));
    let mut near = near.take_while(|(_, name)| is_age && is_near(name));
    near.find(|(_, name)| is_meant(name)).map(|(i, _)| i)
}

/// *the newspaper* for a name that is a newspaper's.
fn by_sort(problem: &Problem<'_>, facts: &Facts<'_>, names: &[usize]) -> Option<usize> {
    let fits = |name: &Facts<'_>| {
        facts.sentence - name.sentence <= REACH && is_medium(problem, facts, name)
    };
    let near = names.iter().rev().filter_map(|&i| Some((i, problem.facts.get(i)?)));
    near.take(64).find(|(_, name)| facts.plural != Some(true) && fits(name)).map(|(i, _)| i)
}

/// Whether a description is that of a news medium by its noun alone, and a name may
/// be the medium's.
pub(super) fn is_medium(problem: &Problem<'_>, facts: &Facts<'_>, name: &Facts<'_>) -> bool {
    let is_bare = facts.modifiers.is_empty() && facts.parts.is_empty();
    let media = &problem.lexicon.media;
    let sort = Sort::of_noun(media, &facts.word).filter(|_| is_bare && name.is_name());
    sort.is_some_and(|sort| sort.fits(media, name))
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
