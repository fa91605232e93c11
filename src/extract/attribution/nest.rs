//! Nesting: an attribution whose cue stands in the content of another is
//! somebody's word about somebody's word. Who disputes, praises or insults what speaks is no
//! source of what it says: "they disputed *a report that said* so".

use std::collections::{BTreeMap, BTreeSet};

use crate::extract::lexicon::Lexicon;
use crate::extract::link::{contents, covering};
use crate::extract::{Attitude, Attribution, AttributionId};
use crate::text::{Deprel, Document, SentenceId, Span};

/// What the names of the rules for "citing" begin with.
pub(super) const CITING: &str = "attribute-citing";

/// Sorts attributions, the outer before the inner, and says which stands
/// within which.
pub(super) fn nest(
    document: &Document,
    lexicon: &Lexicon,
    mut all: Vec<Attribution>,
) -> Vec<Attribution> {
    all.sort_by_key(|a| (start(a), std::cmp::Reverse(size(a)), a.cue));
    all.dedup_by(|a, b| a.cue == b.cue && a.content == b.content && a.source == b.source);
    let mut outer = innermost_around(&all);
    cited(&all, &mut outer);
    set_apart(document, lexicon, &all, &mut outer);
    let order = outer_first(&outer);
    let mut place = vec![0; order.len()];
    for (new, &old) in order.iter().enumerate() {
        place[old] = new;
    }
    let mut slots: Vec<Option<Attribution>> = all.into_iter().map(Some).collect();
    let taken = order.iter().filter_map(|&old| {
        let mut attribution = slots.get_mut(old)?.take()?;
        attribution.within = outer[old].map(|o| AttributionId::from_index(place[o]));
        Some(attribution)
    });
    taken.collect()
}

/// Without the attributions of weak cues that stand in the content of another:
/// they tell what that other one says, not whose word it is.
pub(super) fn without_weak(all: Vec<Attribution>, weak: &BTreeSet<Span>) -> Vec<Attribution> {
    let outer = innermost_around(&all);
    let mut kept = Vec::with_capacity(all.len());
    for (attribution, outer) in all.into_iter().zip(outer) {
        let is_weak = attribution.cue.is_some_and(|cue| weak.contains(&cue));
        if outer.is_none() || !is_weak {
            kept.push(attribution);
        }
    }
    kept
}

/// Of two attributions that stand in each other's content ("Officials say …,
/// the paper reported"), the one whose cue comes last is the outer: the content
/// of the other ends before it, and before its source.
pub(super) fn untangle(all: &mut [Attribution], text: &str) {
    let pieces = contents(all);
    let anchors: Vec<Span> = all.iter().map(anchor).collect();
    let voices: Vec<Span> =
        all.iter().map(|a| a.source.as_ref().map_or(anchor(a), |s| s.span)).collect();
    let (around, beside) = (covering(&pieces, &anchors), covering(&pieces, &voices));
    let mut cuts = Vec::new();
    for (outer, holders) in around.iter().enumerate() {
        let holders: BTreeSet<usize> = holders
            .iter()
            .chain(&beside[outer])
            .filter_map(|&p| pieces.get(p))
            .map(|&(_, id)| id.index())
            .collect();
        for inner in
            holders.into_iter().filter(|&i| i != outer && anchors[i].end <= anchors[outer].start)
        {
            if all[outer].content.iter().any(|c| c.contains(anchors[inner])) {
                cuts.push((inner, voices[outer].start.min(anchors[outer].start)));
            }
        }
    }
    for (inner, end) in cuts {
        shorten(&mut all[inner].content, end, text);
    }
}

/// Ends contents before an offset and the comma there, unless nothing would be
/// left of them.
fn shorten(content: &mut Vec<Span>, end: u32, text: &str) {
    let before = text.get(..end as usize).unwrap_or(text);
    let end = before.trim_end_matches([' ', '\n', ',']).len() as u32;
    let shorter = content.iter().map(|s| Span::new(s.start.min(end), s.end.min(end)));
    let left: Vec<Span> = shorter.filter(|s| !s.is_empty()).collect();
    if !left.is_empty() {
        *content = left;
    }
}

/// Where the first content starts.
fn start(attribution: &Attribution) -> u32 {
    attribution.content.first().map_or(0, |s| s.start)
}

fn size(attribution: &Attribution) -> usize {
    attribution.content.iter().map(|s| s.len()).sum()
}

/// What tells where an attribution stands: its cue, else its source, else its content.
fn anchor(attribution: &Attribution) -> Span {
    let source = attribution.source.as_ref().map(|s| s.span);
    let place = attribution.cue.or(source).or(attribution.content.first().copied());
    place.unwrap_or(Span::new(0, 0))
}

/// For each attribution the smallest other one in the content of which it stands.
fn innermost_around(all: &[Attribution]) -> Vec<Option<usize>> {
    let pieces = contents(all);
    let anchors: Vec<Span> = all.iter().map(anchor).collect();
    let mut innermost = vec![None; all.len()];
    for (inner, around) in covering(&pieces, &anchors).into_iter().enumerate() {
        let mut smallest: Option<(usize, usize)> = None;
        for piece in around {
            let outer = pieces[piece].1.index();
            let candidate = (size(&all[outer]), outer);
            if outer != inner
                && candidate.0 > size(&all[inner])
                && smallest.is_none_or(|smallest| candidate < smallest)
            {
                smallest = Some(candidate);
            }
        }
        innermost[inner] = smallest.map(|(_, outer)| outer);
    }
    innermost
}

/// Who is cited speaks within the word of who cites: "The paper said that …, citing
/// officials", two attributions of one content.
fn cited(all: &[Attribution], outer: &mut [Option<usize>]) {
    let mut of_sentence: BTreeMap<SentenceId, Vec<usize>> = BTreeMap::new();
    for (i, attribution) in all.iter().enumerate() {
        if !attribution.rule.starts_with(CITING) {
            of_sentence.entry(attribution.sentence).or_default().push(i);
        }
    }
    for (inner, attribution) in all.iter().enumerate() {
        if !attribution.rule.starts_with(CITING) {
            continue;
        }
        let citing = of_sentence.get(&attribution.sentence).into_iter().flatten();
        for &citing in citing {
            if all[citing].content == attribution.content {
                outer[inner] = Some(citing);
                break;
            }
        }
    }
}

/// Kinds of cues (`cues.tsv`) of who passes judgement on something, and does not pass it on.
const JUDGING: &str = "judge";

/// Takes what is said in a relative clause out of the word of who only judges or disputes
/// what the clause describes.
fn set_apart(
    document: &Document,
    lexicon: &Lexicon,
    all: &[Attribution],
    outer: &mut [Option<usize>],
) {
    for (inner, attribution) in all.iter().enumerate() {
        while let Some(around) = outer[inner] {
            let judge = &all[around];
            let judges = matches!(judge.attitude, Attitude::Denies | Attitude::Doubts)
                || lexicon.has("cues", Some(JUDGING), &judge.cue_lemma);
            if !judges || !is_in_description(document, attribution, judge) {
                break;
            }
            outer[inner] = outer[around];
        }
    }
}

/// Whether the cue of an attribution is the verb of a relative clause about a noun in the
/// content of another.
fn is_in_description(document: &Document, inner: &Attribution, outer: &Attribution) -> bool {
    let tree = &document.tree;
    let Some(cue) = inner.cue else { return false };
    let holds = |noun| outer.content.iter().any(|span| span.contains(document.span(noun)));
    document
        .tokens_in(cue)
        .iter()
        .any(|word| tree.deprel(word) == Deprel::AclRelcl && tree.head(word).is_some_and(holds))
}

/// The indices in order, but none before the one that it stands within.
fn outer_first(outer: &[Option<usize>]) -> Vec<usize> {
    let mut order = Vec::with_capacity(outer.len());
    let mut done = vec![false; outer.len()];
    for first in 0..outer.len() {
        let mut path = vec![first];
        while let Some(next) = path.last().and_then(|&i| outer[i]) {
            path.push(next);
        }
        for i in path.into_iter().rev() {
            if !std::mem::replace(&mut done[i], true) {
                order.push(i);
            }
        }
    }
    order
}
