//! One candidate a cue: where several rules fit the same words, the best.

use std::collections::BTreeSet;

use super::candidate::Candidate;
use super::cue::{Cues, Frame};
use super::voice::{Voice, voice};
use crate::analyse::syntax::{is, is_infinitive, is_nominal, is_passive, is_quoted, pronoun};
use crate::extract::lexicon::Lexicon;
use crate::extract::{Attitude, Attribution};
use crate::text::{Deprel, Document, FunctionWord, Pronoun, TokenId, Upos};

/// The candidates that stay, in order of their cues. Contents that one rule
/// found for one cue in parts (coordinated complements) are joined.
pub(super) fn choose(document: &Document, mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|c| (c.head, rank(document, c)));
    let mut chosen: Vec<Candidate> = Vec::new();
    for candidate in candidates {
        match chosen.last_mut() {
            Some(best) if best.head == candidate.head => join(document, best, candidate),
            _ => chosen.push(candidate),
        }
    }
    let parts: BTreeSet<TokenId> =
        chosen.iter().flat_map(|c| c.cue.iter().copied().filter(|&t| t != c.head)).collect();
    chosen.retain(|c| !parts.contains(&c.head));
    chosen
}

/// Better candidates have lower ranks: richer frames, a source, longer cues,
/// then the nearer source.
fn rank(document: &Document, candidate: &Candidate) -> (usize, bool, usize, u32, bool) {
    let frame = match candidate.frame {
        Frame::Source => 0,
        Frame::Clause | Frame::Quote | Frame::Report => 1,
        Frame::Person => 2,
        Frame::Infinitive => 3,
        Frame::Gerund => 4,
        Frame::Raising => 5,
        Frame::Object | Frame::Naming => 6,
    };
    let source = candidate.source.as_ref();
    let distance = source.map_or(u32::MAX, |(head, _)| head.abs_diff(candidate.head));
    let basic = source.is_some_and(|(head, _)| document.tree.head(*head) == Some(candidate.head));
    (
        frame,
        source.is_none(),
        usize::MAX - candidate.cue.len(),
        if basic { 0 } else { distance },
        basic,
    )
}

/// Takes over what another candidate of the same cue and frame has beyond the best.
fn join(document: &Document, best: &mut Candidate, mut other: Candidate) {
    if best.source.is_none() {
        best.source = other.source.take();
    }
    if best.frame == other.frame && best.rule == other.rule {
        match [best.head < first_of(best), best.head < first_of(&other)] {
            [true, false] if ends_in_dash(document, &other) => return,
            [false, true] if ends_in_dash(document, best) => {
                best.content = std::mem::take(&mut other.content);
            }
            _ => {}
        }
        best.content.extend(other.content);
        best.content.sort_unstable();
        best.content.dedup();
    }
}

fn first_of(candidate: &Candidate) -> TokenId {
    candidate.content.first().copied().unwrap_or(candidate.head)
}

/// Whether a dash stands behind a content: "The roof is lost – *the clerk says that it
/// rains in*" begins with the writer's word.
fn ends_in_dash(document: &Document, candidate: &Candidate) -> bool {
    let dash = |t: TokenId| matches!(document.form(t), "–" | "—" | "--");
    candidate.content.last().is_some_and(|&last| dash(last) || dash(last + 1))
}

/// Whether a candidate attributes by wanting, judging or doing something to
/// its content rather than by saying it.
pub(super) fn is_weak(candidate: &Candidate) -> bool {
    !matches!(candidate.frame, Frame::Clause | Frame::Quote | Frame::Report | Frame::Source)
}

/// Whether a candidate yields to an attribution around it: "said that nurses support the
/// strike" is one person's word, "said that nurses called the strike a shame" two.
pub(super) fn yields(document: &Document, candidate: &Candidate) -> bool {
    is_weak(candidate) && !is_speech_act(document, candidate)
}

/// Whether one says something to or about somebody or something: accuses, calls, urges.
fn is_speech_act(document: &Document, candidate: &Candidate) -> bool {
    let speaks = match candidate.frame {
        Frame::Object | Frame::Naming => {
            matches!(candidate.attitude, Attitude::States | Attitude::Asks | Attitude::Orders)
        }
        Frame::Person => matches!(candidate.attitude, Attitude::Asks | Attitude::Orders),
        _ => false,
    };
    let other = match &candidate.source {
        Some((head, _)) => !is_voice(document, *head),
        None => is_passive(document, candidate.head),
    };
    speaks && other && is_done(document, candidate.head)
}

/// Whether a verb tells what somebody does or did, neither what they may, want or ought to.
fn is_done(document: &Document, verb: TokenId) -> bool {
    let tag = document.tag(verb);
    let mut helpers = document.tree.children_by(verb, Deprel::Aux);
    tag.upos == Upos::Verb && tag.xpos != "VB" && helpers.all(|t| document.tag(t).xpos != "MD")
}

/// Whether a candidate says more than its surroundings do. Within a quotation
/// only what others are said to say counts ("I think" is the speaker's own
/// word anyway); weak cues need a source, and so do nouns that do not name a
/// statement: a sign that nobody sees is nobody's word.
pub(super) fn stands(
    document: &Document,
    cues: &Cues,
    lexicon: &Lexicon,
    candidate: &Candidate,
) -> bool {
    let source = candidate.source.as_ref();
    if !can_speak(document, cues, lexicon, candidate) {
        return false;
    }
    let own = source.is_none_or(|(head, _)| is_voice(document, *head));
    if is_expletive(document, candidate)
        || is_homonym(document, lexicon, candidate)
        || is_made(document, lexicon, candidate.head)
        || is_in_passing(document, lexicon, candidate)
    {
        return false;
    }
    let inner = candidate.attitude.is_inner();
    if inner && source.is_some_and(|(head, _)| is_you(document, *head)) {
        return false;
    }
    if is_quoted(document, candidate.head) && !is_half_quoted(document, candidate) {
        return !own && !inner && !yields(document, candidate);
    }
    let noun = document.tag(candidate.head).upos == Upos::Noun;
    if noun && source.is_none() && candidate.attitude != Attitude::States {
        return false;
    }
    let raised = matches!(candidate.frame, Frame::Raising);
    let active = document.tag(candidate.head).upos == Upos::Verb
        && !document.tree.has(candidate.head, Deprel::AuxPass);
    source.is_some()
        || raised
        || !is_weak(candidate) && !active
        || is_told_by_nobody(document, candidate)
}

/// "The firm was “deeply **troubled**” by it": the words are quoted, but it is told who feels
/// so.
fn is_half_quoted(document: &Document, candidate: &Candidate) -> bool {
    let outside = |t: TokenId| !is_quoted(document, t);
    let copulas = [Deprel::Cop, Deprel::AuxPass];
    let mut helpers = document.tree.children(candidate.head).iter().copied();
    let told = helpers.any(|t| copulas.contains(&document.tree.deprel(t)) && outside(t));
    told && candidate.source.as_ref().is_some_and(|(head, _)| outside(*head))
}

/// "The firm **was accused** of theft": nobody is named who accuses it.
fn is_told_by_nobody(document: &Document, candidate: &Candidate) -> bool {
    let says = candidate.attitude == Attitude::States || candidate.attitude == Attitude::Denies;
    candidate.source.is_none() && says && is_passive(document, candidate.head)
}

/// Whether a cue says nothing with this object: "claimed victory", "recalled the cars".
fn is_homonym(document: &Document, lexicon: &Lexicon, candidate: &Candidate) -> bool {
    let tree = &document.tree;
    let object = |&t: &TokenId| {
        let relation = tree.deprel(t).main();
        matches!(relation, Deprel::Obj | Deprel::Xcomp | Deprel::Obl)
            || tree.is(t, Deprel::NsubjPass)
    };
    let mut objects = tree.children(candidate.head).iter().copied().filter(object);
    let idiom = |t| format!("{} {}", document.lemma(candidate.head), document.lemma(t));
    is_weak(candidate) && objects.any(|t| lexicon.has("homonyms", None, &idiom(t)))
}

/// Whether a source can do what the cue says: things neither want nor judge, and what they
/// show ("the delay highlights that …") is the writer's thought; papers want nothing.
fn can_speak(document: &Document, cues: &Cues, lexicon: &Lexicon, candidate: &Candidate) -> bool {
    let Some((head, phrase)) = &candidate.source else { return true };
    let (Some(&first), Some(&last)) = (phrase.first(), phrase.last()) else { return true };
    let feels = candidate.attitude.is_inner();
    match voice(document, lexicon, *head, document.span_of(first.through(last))) {
        Voice::Somebody => true,
        Voice::Paper => !is_weak(candidate) || !feels,
        Voice::Unknown => !(feels && is_weak(candidate)) && !cues.can_show(&candidate.lemma),
        Voice::Thing => {
            !is_weak(candidate) && can_be_said(cues, candidate.attitude, &candidate.lemma)
        }
    }
}

/// Whether a thing can say what these words attribute.
fn can_be_said(cues: &Cues, attitude: Attitude, lemma: &str) -> bool {
    attitude == Attitude::States && !cues.can_show(lemma)
}

/// The same of an attribution that was found without the tree: there any noun of the
/// source may be its head.
pub(super) fn is_spoken(
    document: &Document,
    cues: &Cues,
    lexicon: &Lexicon,
    attribution: &Attribution,
) -> bool {
    let Some(source) = &attribution.source else { return true };
    let mut heads = document.tokens_in(source.span).iter().filter(|&t| is_nominal(document, t));
    let is_thing = |head| voice(document, lexicon, head, source.span) == Voice::Thing;
    can_be_said(cues, attribution.attitude, &attribution.cue_lemma)
        || !is_thing(source.head)
        || heads.any(|head| !is_thing(head))
}

/// "He is more cautious **when discussing** the war": only tells when. "After accusing the
/// firm of neglect, …" tells what was said.
fn is_in_passing(document: &Document, lexicon: &Lexicon, candidate: &Candidate) -> bool {
    let gerund = document.tag(candidate.head).xpos == "VBG";
    let mut marks = document.tree.children_by(candidate.head, Deprel::Mark).peekable();
    let led = marks.peek().is_some();
    let passing = marks.any(|mark| lexicon.has("passing", None, document.lemma(mark)));
    gerund && led && is_weak(candidate) && (passing || !is_speech_act(document, candidate))
}

/// "The crew made **sure** that the doors were shut": nobody holds that they are.
fn is_made(document: &Document, lexicon: &Lexicon, head: TokenId) -> bool {
    let causes = |verb| lexicon.has("complements", Some("causes"), document.lemma(verb));
    document.tag(head).upos == Upos::Adj
        && document.tree.is(head, Deprel::Xcomp)
        && document.tree.head(head).is_some_and(causes)
}

fn is_you(document: &Document, word: TokenId) -> bool {
    pronoun(document, word) == Some(Pronoun::You)
}

/// *I*, *we*, *you*.
fn is_voice(document: &Document, word: TokenId) -> bool {
    pronoun(document, word).is_some_and(|pronoun| pronoun.voice().is_some())
}

/// *It is clear that …*: *it* stands for the clause, and nobody speaks; nor does *this* of
/// *this is not to say that …*.
fn is_expletive(document: &Document, candidate: &Candidate) -> bool {
    let Some(source) = candidate.source.as_ref().map(|(head, _)| *head) else { return false };
    let it = is(document, source, FunctionWord::It);
    let points = it || pronoun(document, source).is_some_and(Pronoun::is_demonstrative);
    it && document.tag(candidate.head).upos == Upos::Adj
        || points && is_infinitive(document, candidate.head)
}
