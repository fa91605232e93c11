//! *I* is who speaks: the source of the quotation it stands in.

use std::collections::BTreeMap;

use super::Problem;
use super::facts::{Animacy, Facts};
use super::partition::Partition;
use crate::text::{Deprel, Pronoun, Span, TokenId, Voice};

/// How many words away from a quotation its verb of saying may stand.
const NEAR: usize = 40;
/// How many clauses above it its subject may stand.
const DEEPEST: usize = 3;

/// Joins the first and second persons of each quotation with each other, *I*
/// with its speaker, and those outside quotations with each other.
pub(super) fn link(problem: &Problem<'_>, partition: &mut Partition) {
    let mut voices: BTreeMap<(Option<usize>, Voice), usize> = BTreeMap::new();
    for (i, facts) in problem.facts.iter().enumerate().filter(|(_, f)| f.is_pronoun()) {
        let Some(voice) = facts.pronoun.and_then(Pronoun::voice) else { continue };
        match voices.get(&(facts.quotation, voice)) {
            Some(&first) => partition.join(first, i),
            None => {
                voices.insert((facts.quotation, voice), i);
            }
        }
    }
    let speakers = speakers(problem);
    for (&(quotation, who), &voice) in &voices {
        let speaker = quotation.and_then(|q| speakers.get(&q));
        if let (Some(&speaker), Voice::I) = (speaker, who) {
            partition.try_join(speaker, voice);
        }
    }
}

/// The mention that speaks each quotation: who does the nearest verb of
/// saying in the sentences that the quotation stands in.
pub(super) fn speakers(problem: &Problem<'_>) -> BTreeMap<usize, usize> {
    let parsed = problem.parsed;
    let by_head: BTreeMap<TokenId, usize> =
        problem.facts.iter().enumerate().map(|(i, f)| (f.head, i)).collect();
    let mut speakers: BTreeMap<usize, usize> = BTreeMap::new();
    for (q, quotation) in parsed.quotations.iter().enumerate() {
        let first = parsed.sentences.partition_point(|s| s.span.end <= quotation.span.start);
        let last = parsed.sentences.partition_point(|s| s.span.start < quotation.span.end);
        let near = parsed.sentences.get(first..last.min(first + 8)).unwrap_or(&[]);
        let inside = parsed.tokens.partition_point(|t| t.span.start < quotation.span.start);
        let after = parsed.tokens.partition_point(|t| t.span.start < quotation.span.end);
        let around = (inside.saturating_sub(NEAR)..inside).chain(after..after + NEAR);
        let verb = around
            .map(TokenId::from_index)
            .filter(|&t| near.iter().any(|s| s.tokens.contains(t)))
            .filter_map(|t| {
                Some((t, apart(quotation.span, problem.parsed.tokens.get(t.index())?.span)?))
            })
            .filter(|&(t, _)| problem.lexicon.is_saying(parsed.lemma(t)))
            .min_by_key(|&(_, distance)| distance)
            .map(|(verb, _)| verb);
        let speaker = verb
            .and_then(|verb| subject_of_saying(problem, verb))
            .and_then(|subject| by_head.get(&subject))
            .filter(|&&i| problem.facts.get(i).is_some_and(can_speak));
        let before = q.checked_sub(1).and_then(|p| speakers.get(&p)).copied();
        if let Some(&speaker) = speaker {
            speakers.insert(q, speaker);
        } else if let (true, Some(speaker)) = (quotation.continues, before) {
            speakers.insert(q, speaker);
        }
    }
    speakers
}

/// Who says something: the subject of the verb, or of the one that it goes on from (“…”,
/// *Roe* shrugged and said; *Roe* shrugged, saying).
fn subject_of_saying(problem: &Problem<'_>, verb: TokenId) -> Option<TokenId> {
    let tree = problem.parsed.tree;
    let mut at = verb;
    for _ in 0..DEEPEST {
        if let Some(subject) = tree.child(at, Deprel::Nsubj) {
            return Some(subject);
        }
        let goes_on = [Deprel::Conj, Deprel::Xcomp, Deprel::Advcl];
        at = tree.head(at).filter(|_| goes_on.into_iter().any(|r| tree.is(at, r)))?;
    }
    None
}

/// How many bytes a word stands away from a quotation; none for those inside.
fn apart(quotation: Span, word: Span) -> Option<u32> {
    let before = quotation.start.checked_sub(word.end);
    before.or_else(|| word.start.checked_sub(quotation.end))
}

fn can_speak(facts: &Facts<'_>) -> bool {
    !matches!(facts.animacy, Animacy::Thing | Animacy::Body) && facts.plural != Some(true)
}
