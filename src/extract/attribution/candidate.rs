//! From a rule's match to a candidate: whether its words may attribute, in
//! which frame, and which words are source and content.

use compact_str::CompactString;

use super::cue::{Cues, Frame, Licence};
use super::extent::{Place, content};
use super::rejection::REJECTING;
use super::span::phrase;
use crate::analyse::syntax::{is, is_infinitive, is_quoted, is_verbal};
use crate::extract::rule::AttributionMatch;
use crate::extract::{Attitude, AttributionKind, Graph};
use crate::text::{Deprel, Document, FunctionWord, TokenId, Upos};

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
    let place = place(document, head, last);
    if place == Place::Above && follows_colon(document, head) {
        return None;
    }
    let frame = frame(document, rule, found, head, place)?;
    let licence = licence(graph, cues, found, (head, place), frame)
        .filter(|licence| fits(document, found, (head, place, frame), licence))?;
    let cue = words_of_cue(document, found, head, &licence);
    let content = content(document, found, head, frame, place);
    let source = source(graph, found.source, head, &cue, &content);
    let without: &[TokenId] = source.as_ref().map_or(&[], |(_, words)| words);
    let keep = |t: &TokenId| !cue.contains(t) && !without.contains(t);
    let content: Vec<TokenId> = content.into_iter().filter(keep).collect();
    let clause = place != Place::Above
        || frame == Frame::Object
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

/// Whether a match that the list allows is an attribution: nobody is told something by its
/// source, the content is no time, and all hangs together.
fn fits(
    document: &Document,
    found: &AttributionMatch,
    (head, place, frame): (TokenId, Place, Frame),
    licence: &Licence,
) -> bool {
    let Some(&last) = found.content.last() else { return false };
    let time = matches!(frame, Frame::Object) && document.time_at(last).is_some();
    let thought = place == Place::Antecedent && !says(licence.attitude);
    !time
        && !thought
        && !(place == Place::Above && is_spoken_of(document, found.source, head))
        && !is_told(document, found.source, head, licence)
        && !is_torn(document, head, last, &licence.words)
}

/// Whether a passive beside a clause has a subject that is spoken of, and says nothing: "That
/// is good – *he is known* as a helper"; but "…, *it was said*".
fn is_spoken_of(document: &Document, source: Option<TokenId>, cue: TokenId) -> bool {
    source.is_some_and(|source| {
        document.tree.is(source, Deprel::NsubjPass)
            && document.tree.head(source) == Some(cue)
            && !is(document, source, FunctionWord::NoSpeaker)
    })
}

/// All words of the cue, in order.
fn words_of_cue(
    document: &Document,
    found: &AttributionMatch,
    head: TokenId,
    licence: &Licence,
) -> Vec<TokenId> {
    let mut cue: Vec<TokenId> =
        found.cue.iter().filter(|&&t| is_group(document, head, t)).copied().collect();
    cue.extend(&licence.words);
    cue.push(head);
    cue.sort_unstable();
    cue.dedup();
    cue
}

/// How a content hangs together with its cue.
fn place(document: &Document, cue: TokenId, content: TokenId) -> Place {
    let tree = &document.tree;
    let relative = tree.deprel(cue).main() == Deprel::Acl
        && tree.head(cue) == Some(content)
        && is_verbal(document, cue)
        && tree.children_by(cue, Deprel::Nsubj).any(|subject| subject < cue);
    match tree.dominates(content, cue) {
        true if relative => Place::Antecedent,
        true => Place::Above,
        false => Place::Below,
    }
}

/// Whether a clause stands behind a colon, a semicolon or, with a complement of its own, a
/// dash: "We know the danger: the firm declared war on us" reports nothing.
fn follows_colon(document: &Document, clause: TokenId) -> bool {
    let tree = &document.tree;
    let Some(&first) = tree.subtree(clause).first() else { return false };
    let signs = [Some(first), first.previous()].into_iter().flatten();
    let own = tree.has_any(clause, &[Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp]);
    let parts = |sign: TokenId| match document.form(sign) {
        ":" | ";" => true,
        "-" | "–" | "—" | "--" => own,
        _ => false,
    };
    tree.is(clause, Deprel::Parataxis) && signs.into_iter().any(parts)
}

/// Whether an object stands between the words of a cue: "called her a hero for the town" is
/// no call for anything.
fn is_torn(document: &Document, verb: TokenId, content: TokenId, cue: &[TokenId]) -> bool {
    let tree = &document.tree;
    let between = |&t: &TokenId| t < content && !cue.contains(&t);
    let object = tree.children_by(verb, Deprel::Obj).find(between);
    let oblique = tree.deprel(content).main() == Deprel::Obl && !cue.is_empty();
    oblique && object.is_some_and(|object| is_named(document, verb, object))
}

/// Whether somebody says something, rather than thinks or shows it.
pub(super) fn says(attitude: Attitude) -> bool {
    !attitude.is_inner() && attitude != Attitude::Shows
}

/// Whether the source is whom something is told or ordered, rather than one who feels
/// something: "the envoy was told that …", "asked about it, the envoy …", not "the envoy was
/// convinced that …".
fn is_told(document: &Document, source: Option<TokenId>, cue: TokenId, licence: &Licence) -> bool {
    let feels = licence.attitude.is_inner();
    let tree = &document.tree;
    let reduced = is_reduced(document, cue) && tree.deprel(cue).main() == Deprel::Advcl;
    let passive = |source: TokenId| {
        let own = tree.head(source) == Some(cue);
        if own { tree.is(source, Deprel::NsubjPass) } else { reduced }
    };
    !feels && source.is_some_and(passive)
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
    rule: &str,
    found: &AttributionMatch,
    head: TokenId,
    place: Place,
) -> Option<Frame> {
    if rule.starts_with(REJECTING) {
        return Some(Frame::Report);
    }
    let [.., last] = *found.content.as_slice() else { return None };
    if let [first, _, ..] = *found.content.as_slice() {
        let joined = document.tree.head_by(first, Deprel::Conj);
        let subject = document.tree.is(joined.unwrap_or(first), Deprel::Nsubj);
        return Some(if subject { Frame::Raising } else { Frame::Person });
    }
    if place == Place::Antecedent {
        let named = is_named(document, head, last);
        return Some(if named { Frame::Naming } else { Frame::Object });
    }
    if place == Place::Above {
        let done = is_reduced(document, head) && document.tree.deprel(head).main() == Deprel::Acl;
        return Some(match is(document, head, FunctionWord::ToSource) {
            true => Frame::Source,
            false if done => Frame::Object,
            false => Frame::Clause,
        });
    }
    let tree = &document.tree;
    let infinitive = is_infinitive(document, last);
    let gerund = document.tag(last).xpos == "VBG" && !tree.has(last, Deprel::Aux);
    Some(match tree.deprel(last).main() {
        Deprel::Obj | Deprel::Obl | Deprel::Iobj if is_named(document, head, last) => Frame::Naming,
        Deprel::Obj | Deprel::Obl | Deprel::Nmod | Deprel::Nsubj | Deprel::Iobj => Frame::Object,
        Deprel::Advcl if gerund && preposition(document, last).is_some() => Frame::Object,
        _ if infinitive && is_reduced(document, head) => return None,
        _ if infinitive => Frame::Infinitive,
        Deprel::Ccomp | Deprel::Xcomp if gerund && !tree.has(last, Deprel::Mark) => Frame::Gerund,
        Deprel::Conj if document.tag(last).upos != Upos::Verb => Frame::Object,
        Deprel::Xcomp if document.tag(last).upos == Upos::Noun && !tree.has(last, Deprel::Cop) => {
            Frame::Naming
        }
        _ => Frame::Clause,
    })
}

/// Whether a verb is a participle of what is done to its noun: "the guests expected
/// to arrive" expect nothing.
fn is_reduced(document: &Document, verb: TokenId) -> bool {
    document.tag(verb).xpos == "VBN" && !document.tree.has(verb, Deprel::Aux)
}

/// Whether a verb says of its object what it is or is called, or why: "called it a
/// shame", "described them as guests", "attacked her for leaving".
fn is_named(document: &Document, verb: TokenId, object: TokenId) -> bool {
    let tree = &document.tree;
    for &child in tree.children(verb) {
        let names = match tree.deprel(child) {
            Deprel::Xcomp => !is_led(document, child, "to"),
            Deprel::Obj => true,
            Deprel::Obl => is_led(document, child, "as"),
            Deprel::Advcl => is_led(document, child, "as") || is_led(document, child, "for"),
            _ => false,
        };
        if names && child > object.max(verb) {
            return true;
        }
    }
    tree.children_by(object, Deprel::Appos).any(|name| is_bare_name(document, name))
        || tree.children_by(object, Deprel::Amod).any(|word| word > object)
        || has_quoted_name(document, verb, object)
}

/// Whether what an object is called stands at its end between quotation marks: "called half
/// of the members “cowards”".
fn has_quoted_name(document: &Document, verb: TokenId, object: TokenId) -> bool {
    let tree = &document.tree;
    let quoted = |t: &TokenId| tree.is(*t, Deprel::Appos) && is_quoted(document, *t);
    !is_quoted(document, object) && object > verb && tree.subtree(object).iter().any(quoted)
}

/// Whether what looks like an apposition is what the noun before it is called: it begins
/// with an article, and no comma sets it off ("called the ruling a triumph").
fn is_bare_name(document: &Document, name: TokenId) -> bool {
    let first = document.tree.subtree(name).first().copied().unwrap_or(name);
    let set_off = first.checked_sub(1).is_none_or(|t| document.tag(t).upos == Upos::Punct);
    !set_off && document.tag(first).upos == Upos::Det
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
    (head, place): (TokenId, Place),
    frame: Frame,
) -> Option<Licence> {
    let document = graph.document;
    let last = *found.content.last()?;
    let case = match frame {
        _ if place == Place::Antecedent => None,
        Frame::Object | Frame::Naming => preposition(document, last),
        Frame::Person => preposition(document, *found.content.first()?),
        _ => None,
    };
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

/// The preposition of a noun, or of a gerund: "called **for** closing the mine".
fn preposition(document: &Document, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let gerund = document.tag(word).xpos == "VBG";
    let mark = || tree.child(word, Deprel::Mark).filter(|_| gerund);
    tree.child(word, Deprel::Case).or_else(mark)
}

/// `according` with its `to`.
fn fixed(document: &Document, head: TokenId) -> Vec<TokenId> {
    let next = head + 1;
    if is(document, next, FunctionWord::To) { vec![next] } else { Vec::new() }
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
        if !is(document, pronoun, FunctionWord::That) {
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
