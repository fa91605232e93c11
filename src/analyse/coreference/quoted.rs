//! Whom pronouns in and around quotations cannot mean: whoever speaks is not *he* in it, nor
//! anybody whom it names.
//!
//! In: the facts of mentions, and who speaks each quotation. Out: which mentions are apart.

use std::collections::BTreeMap;

use super::Problem;
use super::facts::Facts;
use super::partition::Partition;
use super::pronouns;
use super::speakers::speakers;
use crate::text::{Deprel, NameKind, Pronoun, TokenId};

/// How deep a word may stand in its clause.
const DEEPEST: usize = 8;
/// How many sentences lie between two speakers at most where one goes on from the other.
const NEAR: usize = 4;

/// Keeps pronouns apart from what they cannot mean by who speaks, or stands above whom.
pub(super) fn keep_apart(problem: &Problem<'_>, partition: &mut Partition) {
    let speakers = speakers(problem);
    let spoken_of = spoken_of(problem, &speakers);
    for (i, facts) in problem.facts.iter().enumerate() {
        if let Some(speaker) = who_speaks_of(problem, &speakers, facts)
            && !spoke_before(problem, partition, &speakers, (i, speaker))
        {
            partition.keep_apart(i, speaker);
        }
        if !facts.is_pronoun() {
            continue;
        }
        let mut others = pronouns::below(problem, i);
        others.extend(spoken_of.get(&i).into_iter().flatten());
        others.extend(speaker(problem, &speakers, facts));
        for other in others {
            partition.keep_apart(i, other);
        }
    }
}

/// The persons whom the speaker of each quotation calls *he* or *she*: somebody else.
pub(super) fn spoken_of(
    problem: &Problem<'_>,
    speakers: &BTreeMap<usize, usize>,
) -> BTreeMap<usize, Vec<usize>> {
    let mut spoken_of: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for (i, facts) in problem.facts.iter().enumerate() {
        let is_one = facts.pronoun.is_some_and(Pronoun::is_he_or_she);
        if let Some(speaker) = speaker(problem, speakers, facts).filter(|_| is_one) {
            spoken_of.entry(speaker).or_default().push(i);
        }
    }
    spoken_of
}

/// The pronoun that speaks of a person by name: “I trust *Roe*'s word,” *he* said.
fn who_speaks_of(
    problem: &Problem<'_>,
    speakers: &BTreeMap<usize, usize>,
    named: &Facts<'_>,
) -> Option<usize> {
    let is_person = named.is_name() && named.entity == Some(NameKind::Person);
    let speaker = speaker(problem, speakers, named).filter(|_| is_person)?;
    problem.facts[speaker].is_pronoun().then_some(speaker)
}

/// Whether a person who is named in a quotation spoke the one right before, and may well go on
/// about himself.
fn spoke_before(
    problem: &Problem<'_>,
    partition: &mut Partition,
    speakers: &BTreeMap<usize, usize>,
    (named, speaker): (usize, usize),
) -> bool {
    let Some(quotation) = problem.facts[named].quotation else { return false };
    let before = speakers.range(..quotation).next_back().map(|(_, &before)| before);
    before.is_some_and(|before| {
        let apart = problem.facts[speaker].sentence.abs_diff(problem.facts[before].sentence);
        apart <= NEAR && partition.same(before, named)
    })
}

/// Who speaks the quotation that a mention stands in, where its clause is quoted too: of
/// oneself one says *I* there, but not in a few words that are taken out of what one said.
fn speaker(
    problem: &Problem<'_>,
    speakers: &BTreeMap<usize, usize>,
    mention: &Facts<'_>,
) -> Option<usize> {
    let number = mention.quotation?;
    let speaker = speakers.get(&number)?;
    let quotation = problem.parsed.quotations.get(number)?;
    let tree = problem.parsed.tree;
    let is_inside = |word: TokenId| {
        let token = problem.parsed.tokens.get(word.index());
        token.is_some_and(|token| quotation.span.contains(token.span))
    };
    let has_subject = |word: TokenId| tree.child(word, Deprel::Nsubj).is_some_and(is_inside);
    let mut above = tree.ancestors(mention.head).take(DEEPEST).take_while(|&word| is_inside(word));
    above.any(has_subject).then_some(*speaker)
}
