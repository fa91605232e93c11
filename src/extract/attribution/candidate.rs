//! From a rule's match to a candidate: whether its words may attribute, in
//! which frame, and which words are source and content.

use compact_str::CompactString;

use super::cue::{Cues, Frame, Licence};
use super::span::{behind_time, phrase, subtree_without};
use crate::analyse::syntax::is_quoted;
use crate::extract::rule::AttributionMatch;
use crate::extract::{Attitude, AttributionKind, Graph};
use crate::text::{Deprel, Document, TokenId, Upos};

/// An attribution as words.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    /// The rule that found it.
    pub(super) rule: CompactString,
    /// The word that attributes.
    pub(super) head: TokenId,
    /// All words of the cue, the head among them.
    pub(super) cue: Vec<TokenId>,
    pub(super) lemma: CompactString,
    pub(super) attitude: Attitude,
    pub(super) frame: Frame,
    /// The head of the source, and its words.
    pub(super) source: Option<(TokenId, Vec<TokenId>)>,
    /// In order.
    pub(super) content: Vec<TokenId>,
    pub(super) kind: AttributionKind,
}

/// How the head of a content hangs together with the cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// The cue hangs below it.
    Above,
    /// It hangs on the cue.
    Below,
}

/// Makes a candidate of a match; none where the words are no cue.
pub(super) fn candidate(
    graph: &Graph,
    cues: &Cues,
    rule: &str,
    found: &AttributionMatch,
) -> Option<Candidate> {
    let document = graph.document;
    let head = cue_head(document, &found.cue)?;
    let last = *found.content.last()?;
    let place = if is_above(document, last, head) { Place::Above } else { Place::Below };
    let frame = frame(document, found, head, place)?;
    if matches!(frame, Frame::Object) && document.time_at(last).is_some() {
        return None;
    }
    let licence = licence(graph, cues, found, head, frame)?;
    let mut cue: Vec<TokenId> =
        found.cue.iter().filter(|&&t| is_group(document, head, t)).copied().collect();
    cue.extend(&licence.words);
    cue.push(head);
    cue.sort_unstable();
    cue.dedup();
    let content = content(document, found, head, frame, place);
    let source = source(graph, found.source, head, &cue, &content);
    let without: &[TokenId] = source.as_ref().map_or(&[], |(_, words)| words);
    let keep = |t: &TokenId| !cue.contains(t) && !without.contains(t);
    let content: Vec<TokenId> = content.into_iter().filter(keep).collect();
    let claims = |&t: &TokenId| matches!(document.tag(t).upos, Upos::Verb | Upos::Aux);
    let clause = place == Place::Below || is_quoted(document, last) || content.iter().any(claims);
    if content.is_empty() || !clause {
        return None;
    }
    let Licence { lemma, attitude, .. } = licence;
    Some(Candidate {
        rule: rule.into(),
        head,
        cue,
        lemma,
        attitude,
        frame,
        source,
        content,
        kind: found.kind,
    })
}

/// The word that attributes: the noun of a light verb, else the first word.
fn cue_head(document: &Document, cue: &[TokenId]) -> Option<TokenId> {
    let noun = cue.iter().copied().find(|&t| document.tag(t).upos == Upos::Noun);
    match (cue.first(), noun) {
        (Some(&first), Some(noun)) if document.tag(first).upos == Upos::Verb => Some(noun),
        (first, _) => first.copied(),
    }
}

/// Words of the match that are part of the cue whatever the list says: a light verb.
fn is_group(document: &Document, head: TokenId, word: TokenId) -> bool {
    word == head || document.tag(word).upos == Upos::Verb
}

fn is_above(document: &Document, word: TokenId, below: TokenId) -> bool {
    document.tree.ancestors(below).any(|a| a == word)
}

fn frame(
    document: &Document,
    found: &AttributionMatch,
    head: TokenId,
    place: Place,
) -> Option<Frame> {
    let [.., last] = *found.content.as_slice() else { return None };
    if let [first, _, ..] = *found.content.as_slice() {
        let subject = document.tree.is(first, Deprel::Nsubj);
        return Some(if subject { Frame::Raising } else { Frame::Person });
    }
    if place == Place::Above {
        let source = matches!(document.lemma(head), "accord" | "according");
        return Some(if source { Frame::Source } else { Frame::Clause });
    }
    let tree = &document.tree;
    let marked =
        |lemma: &str| tree.children_by(last, Deprel::Mark).any(|m| document.lemma(m) == lemma);
    let gerund = document.tag(last).xpos == "VBG" && tree.child(last, Deprel::Aux).is_none();
    Some(match tree.deprel(last).main() {
        Deprel::Obj | Deprel::Obl | Deprel::Iobj if is_named(document, head, last) => Frame::Naming,
        Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj | Deprel::Iobj => Frame::Object,
        _ if marked("to") && is_reduced(document, head) => return None,
        _ if marked("to") => Frame::Infinitive,
        Deprel::Ccomp | Deprel::Xcomp if gerund && tree.child(last, Deprel::Mark).is_none() => {
            Frame::Gerund
        }
        Deprel::Conj if document.tag(last).upos != Upos::Verb => Frame::Object,
        _ => Frame::Clause,
    })
}

/// Whether a verb is a participle of what is done to its noun: "the guests expected
/// to arrive" expect nothing.
fn is_reduced(document: &Document, verb: TokenId) -> bool {
    document.tag(verb).xpos == "VBN" && document.tree.child(verb, Deprel::Aux).is_none()
}

/// Whether a verb says of its object what it is or is called: "called it a
/// shame", "described them as guests".
fn is_named(document: &Document, verb: TokenId, object: TokenId) -> bool {
    let tree = &document.tree;
    let led = |t: TokenId, lemma: &str| {
        let mut marks = tree.children(t).iter().filter(|&&c| c < t);
        marks.any(|&c| {
            matches!(tree.deprel(c), Deprel::Case | Deprel::Mark) && document.lemma(c) == lemma
        })
    };
    tree.children(verb).iter().any(|&t| {
        t > object
            && match tree.deprel(t) {
                Deprel::Xcomp => !led(t, "to"),
                Deprel::Obj => true,
                Deprel::Obl | Deprel::Advcl => led(t, "as"),
                _ => false,
            }
    })
}

/// Whether the list allows it; around quotations any verb with a subject may
/// attribute.
fn licence(
    graph: &Graph,
    cues: &Cues,
    found: &AttributionMatch,
    head: TokenId,
    frame: Frame,
) -> Option<Licence> {
    let document = graph.document;
    let last = *found.content.last()?;
    let takes_case = matches!(frame, Frame::Object | Frame::Naming);
    let case = if takes_case { document.tree.child(last, Deprel::Case) } else { None };
    if frame == Frame::Source {
        let lemma = "according to".into();
        return Some(Licence { lemma, attitude: Attitude::States, words: fixed(document, head) });
    }
    let mut listed = cues.licence(document, head, frame, case);
    if frame == Frame::Naming {
        listed = listed.or_else(|| cues.licence(document, head, Frame::Object, case));
    }
    let relation = document.tree.deprel(last);
    let complement = matches!(relation, Deprel::Ccomp | Deprel::Root)
        || document.tree.is(head, Deprel::Parataxis);
    let quoted = is_quoted(document, last) && !is_quoted(document, head);
    if listed.is_some() || frame != Frame::Clause || !quoted || !complement {
        return listed;
    }
    let open = || Licence {
        lemma: document.lemma(head).into(),
        attitude: Attitude::States,
        words: Vec::new(),
    };
    let speaks = document.tag(head).upos == Upos::Verb && found.source.is_some();
    cues.licence(document, head, Frame::Quote, None).or_else(|| speaks.then(open))
}

/// `according` with its `to`.
fn fixed(document: &Document, head: TokenId) -> Vec<TokenId> {
    let next = head + 1;
    if document.lemma(next) == "to" { vec![next] } else { Vec::new() }
}

fn content(
    document: &Document,
    found: &AttributionMatch,
    head: TokenId,
    frame: Frame,
    place: Place,
) -> Vec<TokenId> {
    let Some(&last) = found.content.last() else { return Vec::new() };
    if place == Place::Above {
        let top = if frame == Frame::Source { clause(document, last) } else { last };
        let branch = |t: TokenId| {
            document.tree.head(t) == Some(last) && (t == head || is_above(document, t, head))
        };
        let words = subtree_without(document, top, branch);
        return if frame == Frame::Source { around(document, &words, head) } else { words };
    }
    let mut words: Vec<TokenId> = match frame {
        Frame::Object | Frame::Naming => rest(document, last, head),
        Frame::Raising | Frame::Person => {
            found.content.iter().flat_map(|&c| phrase_or_clause(document, c, head)).collect()
        }
        _ => phrase_or_clause(document, last, head),
    };
    words.sort_unstable();
    words.dedup();
    if frame == Frame::Clause { closed(document, head, &words) } else { words }
}

/// The words on the longer side of a phrase, without holes.
fn around(document: &Document, words: &[TokenId], phrase: TokenId) -> Vec<TokenId> {
    let at = words.partition_point(|&t| t < phrase);
    let (before, after) = words.split_at(at);
    let fill = |side: &[TokenId]| match (side.first(), side.last()) {
        (Some(&first), Some(&last)) => first.through(last).iter().collect(),
        _ => Vec::new(),
    };
    let set_off = phrase.checked_sub(1).is_some_and(|t| document.form(t) == ",");
    if set_off && !before.is_empty() && after.len() < before.len() {
        return fill(before);
    }
    if before.is_empty() { fill(after) } else { words.to_vec() }
}

/// A clause behind its cue has no holes, and starts right behind the cue and
/// what hangs there beside it: times, places, those who are told. Where the
/// tree says otherwise, it has torn the clause apart.
fn closed(document: &Document, cue: TokenId, words: &[TokenId]) -> Vec<TokenId> {
    let (Some(&first), Some(&last)) = (words.first(), words.last()) else { return Vec::new() };
    let behind: Vec<TokenId> = words.iter().copied().filter(|&t| t > cue).collect();
    let inserted = document.form(cue + 1) == ",";
    if first <= cue && (inserted || 2 * behind.len() < words.len()) {
        return words.to_vec();
    }
    if first <= cue {
        return behind;
    }
    let (mut start, mut first) = (cue + 1, first);
    if let Some(behind) = behind_time(document, start, last) {
        (start, first) = (behind, first.max(behind));
    }
    while start < first {
        let Some(branch) = beside(document, cue, start).filter(|&t| t < first) else { break };
        let end = subtree_without(document, branch, |_| false).last().copied().unwrap_or(start);
        start = end.max(start) + 1;
    }
    let start = start.min(first);
    start.until(contrasted(document, start, last).unwrap_or(last + 1)).iter().collect()
}

/// Where the reporter goes on behind a reported clause: "…, but they said no more",
/// "…, though nobody saw it". Only clauses with a subject of their own count.
fn contrasted(document: &Document, start: TokenId, last: TokenId) -> Option<TokenId> {
    let contrasts = |t: TokenId| {
        matches!(document.lemma(t), "but" | "though" | "although" | "while" | "whereas")
    };
    let tree = &document.tree;
    let clause = |t: TokenId| {
        let head = tree.head(t).filter(|&h| h > t);
        head.is_some_and(|h| tree.children(h).iter().any(|&c| tree.is(c, Deprel::Nsubj) && c > t))
    };
    let opens = |&t: &TokenId| document.form(t) == "," && contrasts(t + 1) && clause(t + 1);
    (start + 2).until(last).iter().find(opens).filter(|&t| !is_quoted(document, t))
}

/// What hangs on a cue beside its content, and holds this word.
fn beside(document: &Document, cue: TokenId, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let holds = |t: &TokenId| *t == word || is_above(document, *t, word);
    let branch = tree.children(cue).iter().copied().find(holds)?;
    let relation = tree.deprel(branch).main();
    let circumstance = matches!(
        relation,
        Deprel::Obl
            | Deprel::Advmod
            | Deprel::Iobj
            | Deprel::Obj
            | Deprel::Punct
            | Deprel::Compound
            | Deprel::Nsubj
            | Deprel::Aux
            | Deprel::Advcl
    );
    circumstance.then_some(branch)
}

/// All below a content's head; without the cue where that stands inside.
fn phrase_or_clause(document: &Document, word: TokenId, cue: TokenId) -> Vec<TokenId> {
    subtree_without(document, word, |t| t == cue || is_above(document, t, cue))
}

/// An object with what else the verb says of it: "accused them **of theft**",
/// "called it **a shame**"; up to the next comma, times left out.
fn rest(document: &Document, object: TokenId, verb: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let aside = |t: TokenId| {
        tree.head(t) == Some(object)
            && matches!(
                tree.deprel(t),
                Deprel::AclRelcl | Deprel::Acl | Deprel::Parataxis | Deprel::Advcl
            )
            && follows_comma(document, t)
    };
    let mut words =
        subtree_without(document, object, |t| t == verb || is_above(document, t, verb) || aside(t));
    words.retain(|&w| !(tree.head(w) == Some(object) && tree.is(w, Deprel::Case)));
    if words.is_empty() || !tree.is(object, Deprel::Obj) || tree.head(object) != Some(verb) {
        return words;
    }
    let more = |t: TokenId| {
        t > object
            && document.time_at(t).is_none()
            && matches!(
                tree.deprel(t),
                Deprel::Obl | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Obj
            )
    };
    for &next in tree.children(verb).iter().filter(|&&t| more(t)) {
        let clause = subtree_without(document, next, |_| false);
        let last = words.last().copied().unwrap_or(object);
        if clause.first().is_none_or(|&first| first > last + 1 || document.form(first) == ",") {
            break;
        }
        words.extend(clause);
        words.sort_unstable();
    }
    words
}

/// Whether the words below a head start behind a comma.
fn follows_comma(document: &Document, head: TokenId) -> bool {
    let words = subtree_without(document, head, |_| false);
    let mut words = words.into_iter().skip_while(|&t| document.tag(t).upos == Upos::Punct);
    words.next().and_then(|t| t.checked_sub(1)).is_some_and(|t| document.form(t) == ",")
}

/// The clause that a phrase stands in: the nearest predicate above, and over
/// coordinated and adverbial clauses up to the main one.
fn clause(document: &Document, word: TokenId) -> TokenId {
    let tree = &document.tree;
    let passes = |t: TokenId| {
        !matches!(
            tree.deprel(t).main(),
            Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj
        )
    };
    let mut top = word;
    while let (true, Some(head)) = (passes(top), tree.head(top)) {
        top = head;
    }
    top
}

/// The source's head and words. Where a relative pronoun stands for it, the
/// pronoun is the phrase, its antecedent the head.
fn source(
    graph: &Graph,
    head: Option<TokenId>,
    cue_head: TokenId,
    cue: &[TokenId],
    content: &[TokenId],
) -> Option<(TokenId, Vec<TokenId>)> {
    let document = graph.document;
    let head = head?;
    let mut without: Vec<TokenId> = cue.to_vec();
    if let Some(pronoun) = relative_pronoun(document, head, cue_head) {
        if document.lemma(pronoun) != "that" {
            return Some((head, vec![pronoun]));
        }
        without.push(pronoun);
    }
    let tree = &document.tree;
    without.extend(tree.children(head).iter().filter(|&&c| is_above(document, c, cue_head)));
    if !content.contains(&head) {
        without.extend(content);
    }
    Some((head, phrase(document, head, &without)))
}

/// The pronoun that stands for a noun in the relative clause of the cue.
fn relative_pronoun(document: &Document, head: TokenId, cue: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    if !is_above(document, head, cue) {
        return None;
    }
    let subject = tree.child(cue, Deprel::Nsubj)?;
    let relative = matches!(document.tag(subject).xpos.as_str(), "WP" | "WDT" | "WP$");
    relative.then_some(subject)
}
