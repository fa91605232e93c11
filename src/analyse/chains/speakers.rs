//! *I* is who speaks: the source of the quotation it stands in.

use std::collections::BTreeMap;

use super::Problem;
use super::clusters::Clusters;
use super::facts::{Animacy, Facts};
use crate::text::TokenId;

/// Joins the first and second persons of each quotation with each other, *I*
/// with its speaker, and those outside quotations with each other.
pub(super) fn link(problem: &Problem<'_>, clusters: &mut Clusters) {
    let mut voices: BTreeMap<(Option<usize>, Voice), usize> = BTreeMap::new();
    for (i, facts) in problem.facts.iter().enumerate().filter(|(_, f)| f.is_pronoun()) {
        let Some(voice) = voice(&facts.word) else { continue };
        match voices.get(&(facts.quotation, voice)) {
            Some(&first) => clusters.join(first, i),
            None => {
                voices.insert((facts.quotation, voice), i);
            }
        }
    }
    let speakers = speakers(problem);
    for (&(quotation, who), &voice) in &voices {
        let speaker = quotation.and_then(|q| speakers.get(&q));
        if let (Some(&speaker), Voice::I) = (speaker, who) {
            clusters.try_join(speaker, voice);
        }
    }
}

/// Who is meant by a pronoun of the first or second person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Voice {
    I,
    We,
    You,
}

fn voice(word: &str) -> Option<Voice> {
    match word {
        "i" | "me" | "my" | "mine" | "myself" => Some(Voice::I),
        "we" | "us" | "our" | "ours" | "ourselves" => Some(Voice::We),
        "you" | "your" | "yours" | "yourself" | "yourselves" => Some(Voice::You),
        _ => None,
    }
}

/// The mention that speaks each quotation: the subject of a verb of saying in
/// a sentence that the quotation stands in.
pub(super) fn speakers(problem: &Problem<'_>) -> BTreeMap<usize, usize> {
    let parsed = problem.parsed;
    let by_head: BTreeMap<TokenId, usize> =
        problem.facts.iter().enumerate().map(|(i, f)| (f.head, i)).collect();
    let mut speakers: BTreeMap<usize, usize> = BTreeMap::new();
    for (q, quotation) in parsed.quotations.iter().enumerate() {
        let first = parsed.sentences.partition_point(|s| s.span.end <= quotation.span.start);
        let last = parsed.sentences.partition_point(|s| s.span.start < quotation.span.end);
        let near = parsed.sentences.get(first..last).unwrap_or(&[]);
        let verb = near.iter().flat_map(|s| s.tokens()).find(|&t| {
            let outside = parsed
                .tokens
                .get(t as usize)
                .is_some_and(|token| !quotation.span.contains(token.span));
            outside && problem.lexicon.is_saying(parsed.lemma(t))
        });
        let speaker = verb
            .and_then(|verb| parsed.tree.child(verb, "nsubj"))
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

fn can_speak(facts: &Facts<'_>) -> bool {
    !matches!(facts.animacy, Animacy::Thing | Animacy::Body) && facts.plural != Some(true)
}
