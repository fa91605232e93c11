//! From a rule's match to a candidate: whether its words may attribute, in
//! which frame, and which words are source and content.

use compact_str::CompactString;

use super::cue::{Cues, Frame, Licence};
use super::span::{behind_time, phrase, subtree_without};
use crate::analyse::syntax::{is_infinitive, is_quoted, is_verbal};
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
    let place = if document.tree.dominates(last, head) { Place::Above } else { Place::Below };
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
    let clause = place == Place::Below
        || is_quoted(document, last)
        || content.iter().any(|&t| is_verbal(document, t));
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
    let infinitive = is_infinitive(document, last);
    let gerund = document.tag(last).xpos == "VBG" && !tree.has(last, Deprel::Aux);
    Some(match tree.deprel(last).main() {
        Deprel::Obj | Deprel::Obl | Deprel::Iobj if is_named(document, head, last) => Frame::Naming,
        Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj | Deprel::Iobj => Frame::Object,
        _ if infinitive && is_reduced(document, head) => return None,
        _ if infinitive => Frame::Infinitive,
        Deprel::Ccomp | Deprel::Xcomp if gerund && !tree.has(last, Deprel::Mark) => Frame::Gerund,
        Deprel::Conj if document.tag(last).upos != Upos::Verb => Frame::Object,
        _ => Frame::Clause,
    })
}

/// Whether a verb is a participle of what is done to its noun: "the guests expected
/// to arrive" expect nothing.
fn is_reduced(document: &Document, verb: TokenId) -> bool {
    document.tag(verb).xpos == "VBN" && !document.tree.has(verb, Deprel::Aux)
}

/// Whether a verb says of its object what it is or is called: "called it a
/// shame", "described them as guests".
fn is_named(document: &Document, verb: TokenId, object: TokenId) -> bool {
    let tree = &document.tree;
    for &child in tree.children(verb) {
        let names = match tree.deprel(child) {
            Deprel::Xcomp => !is_led(document, child, "to"),
            Deprel::Obj => true,
            Deprel::Obl | Deprel::Advcl => is_led(document, child, "as"),
            _ => false,
        };
        if names && child > object {
            return true;
        }
    }
    false
}

/// Whether a preposition or conjunction of this lemma stands before a word.
fn is_led(document: &Document, word: TokenId, lemma: &str) -> bool {
    let tree = &document.tree;
    for &child in tree.children(word) {
        let marks = matches!(tree.deprel(child), Deprel::Case | Deprel::Mark);
        if marks && child < word && document.lemma(child) == lemma {
            return true;
        }
    }
    false
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
            document.tree.head(t) == Some(last) && (t == head || document.tree.dominates(t, head))
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
    let set_off = phrase.previous().is_some_and(|t| document.form(t) == ",");
    if set_off && !before.is_empty() && after.len() < before.len() {
        return filled(before);
    }
    if before.is_empty() { filled(after) } else { words.to_vec() }
}

/// All words from the first to the last of some.
fn filled(words: &[TokenId]) -> Vec<TokenId> {
    match (words.first(), words.last()) {
        (Some(&first), Some(&last)) => first.through(last).iter().collect(),
        _ => Vec::new(),
    }
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
        let end = document.tree.subtree(branch).last().copied().unwrap_or(start);
        start = end.max(start) + 1;
    }
    let start = start.min(first);
    start.until(contrasted(document, start, last).unwrap_or(last + 1)).iter().collect()
}

/// Where the reporter goes on behind a reported clause: "…, but they said no more",
/// "…, though nobody saw it". Only clauses with a subject of their own count.
fn contrasted(document: &Document, start: TokenId, last: TokenId) -> Option<TokenId> {
    for comma in (start + 2).until(last) {
        if document.form(comma) == "," && opens_contrast(document, comma.next()) {
            return Some(comma).filter(|&t| !is_quoted(document, t));
        }
    }
    None
}

/// Whether a word opens a clause with a subject of its own that contrasts with
/// what is said before.
fn opens_contrast(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let contrasts =
        matches!(document.lemma(word), "but" | "though" | "although" | "while" | "whereas");
    let Some(head) = tree.head(word).filter(|&head| contrasts && head > word) else { return false };
    tree.children_by(head, Deprel::Nsubj).any(|subject| subject > word)
}

/// What hangs on a cue beside its content, and holds this word.
fn beside(document: &Document, cue: TokenId, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let holds = |t: &TokenId| *t == word || document.tree.dominates(*t, word);
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
    subtree_without(document, word, |t| t == cue || document.tree.dominates(t, cue))
}

/// An object with what else the verb says of it: "accused them **of theft**",
/// "called it **a shame**"; up to the next comma, times left out.
fn rest(document: &Document, object: TokenId, verb: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let mut words = subtree_without(document, object, |t| {
        t == verb || tree.dominates(t, verb) || is_aside(document, object, t)
    });
    words.retain(|&w| !(tree.head(w) == Some(object) && tree.is(w, Deprel::Case)));
    if words.is_empty() || !tree.is(object, Deprel::Obj) || tree.head(object) != Some(verb) {
        return words;
    }
    for &next in tree.children(verb) {
        if next <= object || !completes(document, next) {
            continue;
        }
        let clause = tree.subtree(next);
        let last = words.last().copied().unwrap_or(object);
        if clause.first().is_none_or(|&first| first > last + 1 || document.form(first) == ",") {
            break;
        }
        words.extend(clause);
        words.sort_unstable();
    }
    words
}

/// Whether a clause only adds something to an object, behind a comma.
fn is_aside(document: &Document, object: TokenId, word: TokenId) -> bool {
    let relation = document.tree.deprel(word);
    let adds =
        matches!(relation, Deprel::AclRelcl | Deprel::Acl | Deprel::Parataxis | Deprel::Advcl);
    adds && document.tree.head(word) == Some(object) && follows_comma(document, word)
}

/// Whether a dependent of a verb may go on with what it says of its object.
fn completes(document: &Document, word: TokenId) -> bool {
    let relation = document.tree.deprel(word);
    document.time_at(word).is_none()
        && matches!(
            relation,
            Deprel::Obl | Deprel::Xcomp | Deprel::Advcl | Deprel::Ccomp | Deprel::Obj
        )
}

/// Whether the words below a head start behind a comma.
fn follows_comma(document: &Document, head: TokenId) -> bool {
    let words = document.tree.subtree(head);
    let mut words = words.into_iter().skip_while(|&t| document.tag(t).upos == Upos::Punct);
    words.next().and_then(|t| t.checked_sub(1)).is_some_and(|t| document.form(t) == ",")
}

/// The clause that a phrase stands in: the nearest predicate above, and over
/// coordinated and adverbial clauses up to the main one.
fn clause(document: &Document, word: TokenId) -> TokenId {
    let tree = &document.tree;
    let mut top = word;
    while let Some(head) = tree.head(top) {
        match tree.deprel(top).main() {
            Deprel::Root | Deprel::Ccomp | Deprel::Parataxis | Deprel::Csubj => break,
            _ => top = head,
        }
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
    without.extend(tree.children(head).iter().filter(|&&c| document.tree.dominates(c, cue_head)));
    if !content.contains(&head) {
        without.extend(content);
    }
    Some((head, phrase(document, head, &without)))
}

/// The pronoun that stands for a noun in the relative clause of the cue.
fn relative_pronoun(document: &Document, head: TokenId, cue: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    if !document.tree.dominates(head, cue) {
        return None;
    }
    let subject = tree.child(cue, Deprel::Nsubj)?;
    let relative = matches!(document.tag(subject).xpos.as_str(), "WP" | "WDT" | "WP$");
    relative.then_some(subject)
}
