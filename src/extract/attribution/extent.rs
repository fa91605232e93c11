//! How far a content reaches: which words belong to what somebody says.
//!
//! In: a match, its cue, its frame, and the tree. Out: the words of the content, in
//! order: all of the clause with the clauses that go on with it, without what tells how
//! and when it was said.

use super::contrast::{contrasted, disputed, is_backshifted, undisputed};
use super::cue::Frame;
use super::span::{behind_time, subtree_without};
use crate::analyse::syntax::{has_marker, is, is_finite, is_quoted, is_verbal};
use crate::extract::rule::AttributionMatch;
use crate::text::{Deprel, Document, FunctionWord, TokenId, TokenRange, Upos};

/// How the head of a content hangs together with the cue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// The cue hangs below it.
    Above,
    /// It hangs on the cue.
    Below,
    /// The cue is the verb of its relative clause: "a plan that critics called mad".
    Antecedent,
}

/// The words that are attributed, in order.
pub(super) fn content(
    document: &Document,
    found: &AttributionMatch,
    head: TokenId,
    frame: Frame,
    place: Place,
) -> Vec<TokenId> {
    let Some(&last) = found.content.last() else { return Vec::new() };
    if place == Place::Above {
        let top = match frame {
            Frame::Source if ends_sentence(document, head) => root(document, last),
            Frame::Source => clause(document, last),
            _ => last,
        };
        let mark = document.tree.child(last, Deprel::Mark);
        let branch = |t: TokenId| {
            let here = document.tree.head(t) == Some(last);
            let joint = document.tree.is(t, Deprel::Cc) && t < last;
            let equals = document.tree.is(t, Deprel::Cop) && mark.is_some_and(|mark| t < mark);
            here && (joint || equals || t == head || document.tree.dominates(t, head))
        };
        let words = subtree_without(document, top, branch);
        return if frame == Frame::Source { around(document, &words, head) } else { words };
    }
    let mut words: Vec<TokenId> = match frame {
        _ if place == Place::Antecedent => antecedent(document, last, head),
        Frame::Object | Frame::Naming => rest(document, last, head),
        Frame::Raising | Frame::Person => {
            found.content.iter().flat_map(|&c| shared(document, c, head)).collect()
        }
        _ => phrase_or_clause(document, last, head),
    };
    words.sort_unstable();
    words.dedup();
    match frame {
        Frame::Clause => closed(document, head, &words),
        Frame::Object => undisputed(document, words),
        _ => words,
    }
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

/// Whether a phrase behind a comma closes its sentence: "the police said that they had
/// left, *according to the clerk*" is all the clerk's word.
fn ends_sentence(document: &Document, phrase: TokenId) -> bool {
    let Some(sentence) = document.sentence_at(phrase) else { return false };
    let top = document.tree.head_by(phrase, Deprel::Case);
    let words = document.tree.subtree(top.unwrap_or(phrase));
    let last = words.last().copied().unwrap_or(phrase);
    let rest = (last + 1).until(sentence.tokens.end);
    let set_off = phrase.previous().is_some_and(|t| document.form(t) == ",");
    set_off && rest.iter().all(|t| document.tag(t).upos == Upos::Punct)
}

/// The main clause of the sentence of a word.
fn root(document: &Document, word: TokenId) -> TokenId {
    document.tree.ancestors(word).last().unwrap_or(word)
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
    let torn = lacks_subject(document, cue);
    loop {
        if let Some(behind) = behind_time(document, start, last) {
            (start, first) = (behind, first.max(behind));
        } else if start < first
            && let Some(branch) = beside(document, cue, start).filter(|&t| t < first)
            && !(torn && is_argument(document, branch))
        {
            let end = document.tree.subtree(branch).last().copied().unwrap_or(start);
            start = end.max(start) + 1;
        } else {
            break;
        }
    }
    let start = start.min(first);
    let ends = [contrasted(document, cue, start, last), disputed(document, start, last)];
    let end = match ends.into_iter().flatten().min() {
        Some(comma) => comma,
        None => continued(document, cue, last) + 1,
    };
    start.until(end).iter().collect()
}

/// Whether what hangs on a cue beside a clause that lacks its subject is that subject: its
/// object, and whatever else stands right before the verb.
fn is_argument(document: &Document, branch: TokenId) -> bool {
    let end = document.tree.subtree(branch).last().copied().unwrap_or(branch);
    let behind = |t: &TokenId| document.tag(*t).upos != Upos::Punct;
    let next = (end + 1).through(end + 3).iter().find(behind);
    match document.tree.deprel(branch).main() {
        Deprel::Obj => true,
        Deprel::Iobj | Deprel::Nsubj => next.is_some_and(|t| is_verbal(document, t)),
        _ => false,
    }
}

/// Whether the clause of a cue has no subject: then what looks like the object of the cue is
/// one ("thinks **the fall in prices** will end").
fn lacks_subject(document: &Document, cue: TokenId) -> bool {
    let tree = &document.tree;
    let subjects = [Deprel::Nsubj, Deprel::Csubj, Deprel::Expl];
    let bare = |clause| !tree.has_any(clause, &subjects) && !tree.has(clause, Deprel::Mark);
    tree.child(cue, Deprel::Ccomp).is_some_and(bare)
}

/// The last word of what is said, with what goes on with it but hangs on the cue: a
/// further clause ("said the army was ready, **and morale was high**"), a reason
/// ("…, **because nobody paid**"), and what stands behind a colon.
fn continued(document: &Document, cue: TokenId, last: TokenId) -> TokenId {
    let tree = &document.tree;
    let mut end = last;
    for &clause in tree.children(cue).iter().filter(|&&clause| clause > last) {
        let words = tree.subtree(clause);
        let near = words.first().is_some_and(|&first| first <= end + 2);
        let further = match tree.deprel(clause) {
            Deprel::Conj if is_quoted(document, clause) => is_quoted_on(document, cue, clause),
            Deprel::Conj => goes_on(document, cue, clause),
            Deprel::Advcl => {
                (is_reason(document, clause) && !is_quoted(document, clause))
                    || is_part_quoted(document, clause)
            }
            _ => false,
        };
        if near && further {
            end = words.last().copied().unwrap_or(end);
        }
    }
    behind_colon(document, end)
}

/// Whether a clause between quotation marks goes on with what is told without them: "said the
/// dam was old, *and “we will replace it”*".
fn is_quoted_on(document: &Document, cue: TokenId, clause: TokenId) -> bool {
    let tree = &document.tree;
    let reports = tree.has_any(clause, &[Deprel::Ccomp, Deprel::Parataxis]);
    let joint = tree.children_by(clause, Deprel::Cc);
    let adds = joint.into_iter().any(|cc| is(document, cc, FunctionWord::GoesOn));
    adds && !reports && !is_quoted(document, cue)
}

/// Whether a participle without a joining word has words of the speaker in it: "said they had
/// been “through a lot”, *making “tough choices”*".
fn is_part_quoted(document: &Document, participle: TokenId) -> bool {
    let tree = &document.tree;
    let bare = document.tag(participle).xpos == "VBG" && !tree.has(participle, Deprel::Mark);
    let mut words = tree.subtree(participle).into_iter();
    bare && !is_quoted(document, participle) && words.any(|t| is_quoted(document, t))
}

/// Whether a clause joined by *and* or *so* has a subject of its own that the speaker can
/// hardly be ("…, and he left" may be the speaker's deed), reports nothing itself, and
/// tells no event where the clause before tells none ("said it would pay no more, and
/// the shares fell").
fn goes_on(document: &Document, cue: TokenId, clause: TokenId) -> bool {
    let tree = &document.tree;
    let Some(subject) = tree.child(clause, Deprel::Nsubj) else { return false };
    let joint = tree.children_by(clause, Deprel::Cc);
    let backshifted = is_backshifted(document, cue, clause);
    let adds = backshifted || joint.into_iter().any(|cc| is(document, cc, FunctionWord::GoesOn));
    let own = backshifted
        || document.tag(subject).upos != Upos::Pron
        || is(document, subject, FunctionWord::NoSpeaker);
    let reports = tree.has_any(clause, &[Deprel::Ccomp, Deprel::Parataxis]);
    let first = tree.child(cue, Deprel::Ccomp);
    let alike = !is_event(document, clause) || first.is_some_and(|c| is_event(document, c));
    adds && own && alike && is_finite(document, clause) && !reports
}

/// Whether a verb tells what happened: in the past, with no *has*, *would* or *was*.
pub(super) fn is_event(document: &Document, verb: TokenId) -> bool {
    let helped = document.tree.has_any(verb, &[Deprel::Aux, Deprel::Cop]);
    let passive = document.tree.has(verb, Deprel::AuxPass);
    !helped && (passive || document.tag(verb).xpos == "VBD")
}

fn is_reason(document: &Document, clause: TokenId) -> bool {
    has_marker(document, clause, FunctionWord::Reason)
}

/// The last word of a sentence the rest of which stands behind a colon: "said that three
/// things were missing: bread, salt and water".
fn behind_colon(document: &Document, last: TokenId) -> TokenId {
    let colon = last + 1;
    let sentence = document.sentence_at(last).map(|sentence| sentence.tokens);
    let goes_on = |tokens: &TokenRange| colon + 1 < tokens.end && document.form(colon) == ":";
    let rest = sentence.filter(goes_on).and_then(TokenRange::last);
    rest.filter(|_| !is_quoted(document, last)).unwrap_or(last)
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

/// All below a content's head but clauses with a subject of their own that are joined to
/// it: "is expected to leave, and his wife will follow".
fn shared(document: &Document, word: TokenId, cue: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let apart = |t: TokenId| {
        tree.is(t, Deprel::Conj) && tree.head(t) == Some(word) && tree.has(t, Deprel::Nsubj)
    };
    subtree_without(document, word, |t| t == cue || tree.dominates(t, cue) || apart(t))
}

/// All below a content's head; without the cue where that stands inside.
fn phrase_or_clause(document: &Document, word: TokenId, cue: TokenId) -> Vec<TokenId> {
    subtree_without(document, word, |t| t == cue || document.tree.dominates(t, cue))
}

/// An object with what else the verb says of it: "accused them **of theft**", "called it
/// **a shame**", "called for the road **to be closed**". What is only told in passing
/// ("the mayor, who …") stays out, and so does when and where it was said.
fn rest(document: &Document, object: TokenId, verb: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let mut words = subtree_without(document, object, |t| {
        t == verb || tree.dominates(t, verb) || is_aside(document, object, t)
    });
    words.retain(|&w| !(tree.head(w) == Some(object) && is_preposition(document, w)));
    if words.is_empty() || tree.head(object) != Some(verb) {
        return words;
    }
    let whole = tree.subtree(object).last().copied().unwrap_or(object);
    let mut end = words.last().copied().unwrap_or(object).max(whole).max(verb);
    for &next in tree.children(verb) {
        if next <= object || !completes(document, next) {
            continue;
        }
        let clause = tree.subtree(next);
        let first = clause.first().copied().unwrap_or(next);
        let is_behind_comma = first.previous().is_some_and(|t| document.form(t) == ",");
        let aside = end == whole && is_behind_comma;
        if first > end + 1 + u32::from(aside) || document.form(first) == "," {
            break;
        }
        end = clause.last().copied().unwrap_or(end);
        words.extend(clause);
    }
    words.sort_unstable();
    words
}

/// The noun of a relative clause with what the verb there says of it: "**a plan** that
/// critics called **mad**". A bare *what* says nothing itself: "what critics called **a
/// shame**".
fn antecedent(document: &Document, noun: TokenId, verb: TokenId) -> Vec<TokenId> {
    let tree = &document.tree;
    let behind = |&&t: &&TokenId| t > verb && completes(document, t);
    let said = tree.children(verb).iter().filter(behind);
    let mut words: Vec<TokenId> = said.flat_map(|&t| tree.subtree(t)).collect();
    if document.tag(noun).xpos != "WP" {
        words.extend(subtree_without(document, noun, |t| {
            t == verb || tree.dominates(t, verb) || is_aside(document, noun, t)
        }));
        words.retain(|&w| !(tree.head(w) == Some(noun) && is_preposition(document, w)));
    }
    words
}

fn is_preposition(document: &Document, word: TokenId) -> bool {
    let relation = document.tree.deprel(word);
    relation == Deprel::Case || relation == Deprel::Mark && !is(document, word, FunctionWord::To)
}

/// Whether a clause or name only adds something, behind a comma: on the object itself,
/// or at the end of it all.
fn is_aside(document: &Document, object: TokenId, word: TokenId) -> bool {
    let tree = &document.tree;
    let own = tree.head(word) == Some(object);
    let ends = |of: TokenId| tree.subtree(of).last().copied();
    let adds = match tree.deprel(word) {
        Deprel::Parataxis | Deprel::Advcl => own,
        Deprel::AclRelcl | Deprel::Acl => own || ends(word) == ends(object),
        Deprel::Appos => document.name_at(word).is_none() && ends(word) == ends(object),
        _ => false,
    };
    adds && follows_comma(document, word) && !is_quoted(document, word)
}

/// Whether a dependent of a verb goes on with what it says of its object, rather than
/// with when, where and why that was said.
fn completes(document: &Document, word: TokenId) -> bool {
    let tree = &document.tree;
    let led =
        tree.children(word).iter().copied().find(|&child| {
            matches!(tree.deprel(child), Deprel::Case | Deprel::Mark) && child < word
        });
    let leads = led.is_some_and(|t| is(document, t, FunctionWord::Complement));
    match tree.deprel(word) {
        Deprel::Obl | Deprel::Advcl => leads && document.time_at(word).is_none(),
        Deprel::Xcomp | Deprel::Ccomp | Deprel::Obj => document.time_at(word).is_none(),
        _ => false,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::parsed::parsed;

    #[test]
    fn what_completes_an_object_may_begin_the_text() {
        let document = parsed(
            "Of/of/ADP/IN/5/case she/she/PRON/PRP/3/nsubj accused/accuse/VERB/VBD/0/root \
             him/he/PRON/PRP/3/obj theft/theft/NOUN/NN/3/obl",
        );
        let words = document.token_ids();
        let at = |form: &str| words.iter().find(|&t| document.form(t) == form).unwrap();
        assert_eq!(rest(&document, at("him"), at("accused")), [at("Of"), at("him"), at("theft")]);
    }
}
