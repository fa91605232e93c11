//! Whether a sentence is whole, and the article's own.

use super::{is_description, is_nominal, report};
use crate::analyse::syntax::{is, is_quotation_mark, is_quoted};
use crate::extract::lexicon::Lexicon;
use crate::extract::{Argument, ArgumentKind, Attribution, Claim};
use crate::text::{BlockKind, Deprel, Document, FunctionWord, Sentence, Span, TokenId, Upos};

/// Longer sentences are parsed too badly.
const LONGEST: usize = 60;

/// Longer ones even where the parser seems sure.
const LONGEST_SURE: usize = 90;

/// Whether the sentence of a claim, which was read surely or not, is a whole statement.
pub(super) fn is_whole(document: &Document, claim: &Claim, sure: bool) -> bool {
    let Some(sentence) = document.sentence(claim.sentence) else { return false };
    sentence.block != BlockKind::Heading
        && sentence.tokens.len() <= if sure { LONGEST_SURE } else { LONGEST }
        && is_predicate(document, sentence)
        && is_finished(document, sentence)
        && !is_entry(document, sentence)
        && is_balanced(document.slice(sentence.span))
}

/// Whether nothing shows that a claim is somebody else's word, or an opinion:
/// nobody speaks in its sentence outside quotation marks, or says something
/// there that no attribution was made of, and neither it nor a word that it
/// hangs on stands between the marks.
pub(in crate::extract::claims) fn is_own_voice(
    document: &Document,
    lexicon: &Lexicon,
    claim: &Claim,
    attributions: &[Attribution],
) -> bool {
    let Some(sentence) = document.sentence(claim.sentence) else { return false };
    let mut words = sentence.tokens.iter();
    if !claim.passes_filter || stands_in_quotation(document, claim) {
        return false;
    }
    if is_nominal(claim) || is_description(document, lexicon, claim) {
        return true;
    }
    !is_speech(document, claim.clause)
        && !report::is_beside(document, claim, attributions)
        && !words.any(|t| says(document, lexicon, t) && !is_cue(document, t, attributions))
}

/// A verb of saying with what is said, or beside it.
fn says(document: &Document, lexicon: &Lexicon, word: TokenId) -> bool {
    let tree = &document.tree;
    document.tag(word).upos == Upos::Verb
        && lexicon.has("complements", Some("reports"), document.lemma(word))
        && (tree.is(word, Deprel::Parataxis)
            || tree.has_any(word, &[Deprel::Ccomp, Deprel::Parataxis]))
}

fn is_cue(document: &Document, word: TokenId, attributions: &[Attribution]) -> bool {
    let span = document.span(word);
    attributions.iter().any(|a| a.cue.is_some_and(|cue| cue.contains(span)))
}

/// Whether its root is a verb or has a copula.
fn is_predicate(document: &Document, sentence: &Sentence) -> bool {
    let tree = &document.tree;
    let root = sentence.tokens.iter().find(|&t| tree.head(t).is_none());
    root.is_some_and(|root| {
        let verb = matches!(document.tag(root).upos, Upos::Verb | Upos::Aux);
        (verb || tree.has(root, Deprel::Cop)) && !is_subordinate(document, root)
    })
}

/// A clause that should hang on another: "*That* he worked with them."
fn is_subordinate(document: &Document, root: TokenId) -> bool {
    let mut marks = document.tree.children_by(root, Deprel::Mark);
    let first = document.sentence_at(root).map(|sentence| sentence.tokens.start);
    marks.any(|mark| Some(mark) == first && is(document, mark, FunctionWord::That))
}

/// Whether it ends as statements do; headlines end without a sign.
fn is_finished(document: &Document, sentence: &Sentence) -> bool {
    let punctuation = |t: &TokenId| document.tag(*t).upos == Upos::Punct;
    let mut signs = sentence.tokens.iter().rev().take_while(punctuation).map(|t| document.form(t));
    match sentence.block {
        BlockKind::Title => !signs.any(|s| s.contains('?')),
        _ => {
            let last = sentence.tokens.last().map_or("", |t| document.form(t));
            (last.ends_with('.') || signs.clone().any(|s| s.starts_with('.')))
                && !signs.any(|s| s.contains(['?', '!']))
        }
    }
}

/// Whether a day, an hour or a number stands before it as before the entry of a
/// calendar, a live blog or a ranking: "Friday: Canada reports its growth."
fn is_entry(document: &Document, sentence: &Sentence) -> bool {
    let first = sentence.tokens.start;
    let time = document.time_at(first).map(|time| time.tokens.end);
    let number = (document.tag(first).upos == Upos::Num).then(|| first + 1);
    let signs = [":", ".", ")", "–", "—", "|"];
    [time, number].into_iter().flatten().any(|next| signs.contains(&document.form(next)))
}

/// Whether brackets and double quotation marks come in pairs, and no sign
/// stands in it that belongs to lists and layout.
fn is_balanced(text: &str) -> bool {
    let count = |signs: &[char]| text.chars().filter(|c| signs.contains(c)).count();
    count(&['(']) == count(&[')'])
        && count(&['[']) == count(&[']'])
        && count(&['“', '”', '„', '"']) % 2 == 0
        && count(&['|', '•', '·', '»', '►', '@', '#', '{']) == 0
}

/// Whether the first person speaks or the second is spoken to in a clause outside quotation
/// marks; "he told *me*" is a writer's own word.
fn is_speech(document: &Document, clause: Span) -> bool {
    document.tokens_in(clause).iter().any(|t| {
        let feats = &document.tag(t).feats;
        document.tag(t).upos == Upos::Pron
            && (feats.has("Person", "2") || feats.has("Person", "1") && feats.has("Case", "Nom"))
            && !is_quoted(document, t)
    })
}

fn stands_in_quotation(document: &Document, claim: &Claim) -> bool {
    let object = claim.object.as_ref().filter(|o| !is_fragment(document, o)).map(|o| o.head);
    let heads = [claim.relation.head, claim.subject.head].into_iter().chain(object);
    heads.into_iter().any(|t| is_quoted(document, t))
}

/// Whether the quotation that an object stands in begins and ends with it: expressed
/// *"deep regret"*.
fn is_fragment(document: &Document, object: &Argument) -> bool {
    let words = document.tokens_in(object.span);
    let mark = |t: TokenId| is_quotation_mark(document.form(t));
    let opens = words.start.previous().is_some_and(mark) || mark(words.start);
    let closes = mark(words.end) || words.last().is_some_and(mark);
    object.kind != ArgumentKind::Clause && opens && closes
}
