//! Descriptions of persons by title or age: *President Roe*, *the president*, *the
//! 37-year-old*; and of news media by what they are: *the newspaper*.

use std::collections::HashMap;

use super::Problem;
use super::facts::{Facts, Role};
use super::partition::Partition;
use super::subjects::Subjects;
use crate::analyse::media::{MediaLexicon, MediaWord};
use crate::analyse::syntax::Definiteness;
use crate::text::{BlockKind, MentionKind, NameKind, Upos};

/// How many sentences back a news medium is looked for.
const REACH: usize = 12;
/// How many sentences back a person is looked for whom an age stands for.
const AGE_REACH: usize = 3;
/// How many times as often as another a person must be mentioned to be meant before them.
const FAR_LARGER: u32 = 3;

/// Joins definite descriptions with the persons whom a title or an age stands for.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    headed(problem, partition);
    let mut names: Vec<usize> = Vec::new();
    let mut bearers = Bearers::default();
    for (i, facts) in problem.facts.iter().enumerate() {
        if facts.kind == MentionKind::Name {
            names.push(i);
            bearers.add(problem, i);
        }
        if is_anaphor(facts) {
            let found = bearers
                .bearer(problem, partition, facts)
                .or_else(|| by_age(problem, facts, &names))
                .or_else(|| by_sort(problem, facts, &names));
            if let Some(j) = found {
                partition.try_join(j, i);
            }
        }
    }
}

/// Joins the subject of a heading, *Norway's prime minister*, with the person of that title
/// who is the subject below it: *Prime Minister Roe*.
fn headed(problem: &Problem<'_>, partition: &mut Partition) {
    let subjects = Subjects::of(problem);
    for (i, facts) in problem.facts.iter().enumerate() {
        if !is_anaphor(facts)
            || facts.plural == Some(true)
            || subjects.at(facts.sentence) != Some(i)
        {
            continue;
        }
        let below = facts.sentence + 1;
        let person = subjects.at(below).filter(|_| is_heading(problem, facts.sentence));
        if let Some(person) = person.filter(|&person| bears(problem, facts, person)) {
            partition.try_join(i, person);
        }
    }
}

fn is_heading(problem: &Problem<'_>, sentence: usize) -> bool {
    let block = |at: usize| problem.parsed.sentences.get(at).map(|sentence| sentence.block);
    let is_heading = matches!(block(sentence), Some(BlockKind::Title | BlockKind::Heading));
    is_heading && block(sentence + 1) == Some(BlockKind::Paragraph)
}

/// Whether a person is named with the title that a description is, in the same words but for
/// whose office it is.
fn bears(problem: &Problem<'_>, facts: &Facts<'_>, person: usize) -> bool {
    let person = &problem.facts[person];
    let owner = facts.owner.map(|owner| problem.parsed.lemma(owner).to_lowercase());
    let mut words = facts.modifiers.iter().filter(|&word| Some(word) != owner.as_ref());
    person.is_name()
        && facts.parts.is_empty()
        && titles(problem, person).any(|title| title == facts.word)
        && words.all(|word| is_said(problem, word, &person.modifiers))
}

fn is_anaphor(facts: &Facts<'_>) -> bool {
    facts.kind == MentionKind::Nominal && facts.definiteness <= Definiteness::SuchA
}

/// The titles beside the name of a person, and what else one who bears them is called.
pub(super) fn titles<'a>(
    problem: &'a Problem<'_>,
    facts: &'a Facts<'_>,
) -> impl Iterator<Item = &'a str> {
    let lexicon = problem.lexicon;
    let is_person = facts.entity == Some(NameKind::Person);
    let titles = facts.modifiers.iter().filter(move |w| is_person && lexicon.persons.is_title(w));
    titles.flat_map(move |title| {
        let roles = lexicon.roles(title).iter().map(|role| &**role);
        std::iter::once(title.trim_end_matches('.')).chain(roles)
    })
}

/// The persons named with each title, the last behind.
#[derive(Default)]
struct Bearers<'a> {
    present: HashMap<&'a str, Vec<usize>>,
    /// Those who bore it once: *former President Roe*.
    past: HashMap<&'a str, Vec<usize>>,
}

impl<'a> Bearers<'a> {
    fn add(&mut self, problem: &'a Problem<'_>, name: usize) {
        let Some(facts) = problem.facts.get(name) else { return };
        let is_past = facts.modifiers.iter().any(|word| problem.lexicon.is_past(word));
        let bearers = if is_past { &mut self.past } else { &mut self.present };
        for title in titles(problem, facts) {
            bearers.entry(title).or_default().push(name);
        }
    }

    /// *the president* for the last person who was named with that title, *President Roe*,
    /// unless the article speaks far more of another. Whatever more it says, the title said
    /// too: *the prime minister*, *Norway's prime minister*.
    fn bearer(
        &self,
        problem: &Problem<'_>,
        partition: &mut Partition,
        facts: &Facts<'_>,
    ) -> Option<usize> {
        let is_past = facts.modifiers.iter().any(|word| problem.lexicon.is_past(word));
        let bearers = if is_past { &self.past } else { &self.present };
        let last = foremost(partition, bearers.get(&*facts.word)?)?;
        let person = problem.facts.get(last)?;
        let said = facts.modifiers.iter().all(|word| is_said(problem, word, &person.modifiers));
        let is_named = |owner| problem.parsed.tag(owner).upos == Upos::Propn;
        let owner = facts.owner.is_none_or(is_named);
        let alone = facts.parts.is_empty() && facts.plural != Some(true) && owner;
        (said && alone && facts.definiteness == Definiteness::Definite).then_some(last)
    }
}

/// The last of some names, but for one whose cluster is far larger.
fn foremost(partition: &mut Partition, names: &[usize]) -> Option<usize> {
    let (&last, before) = names.split_last()?;
    let least = partition.nature(last).size.saturating_mul(FAR_LARGER);
    let mut others = before.iter().rev().copied();
    others.find(|&other| partition.nature(other).size >= least).or(Some(last))
}

/// Whether a word is among others, or the adjective or name of the same country is:
/// *Pakistan* beside *Pakistani*.
fn is_said(problem: &Problem<'_>, word: &str, others: &[String]) -> bool {
    let of = |one: &str, other: &str| problem.lexicon.is_adjective_of(one, other);
    others.iter().any(|other| word == other || of(word, other) || of(other, word))
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
