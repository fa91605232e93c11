//! Time expressions and their values.
//!
//! In: an article's day, its words, tags and tree. Out: [`Time`]s with TIMEX3
//! types and values (TimeML 1.2.1, <https://timeml.github.io>). An article
//! without a day leaves the year open (`XXXX-05-18`); today never stands in.

mod calendar;
mod expression;
mod grammar;
mod holidays;
mod lexicon;
mod tense;
mod value;
mod when;

use crate::text::{
    Article, Deprel, Published, Sentence, Span, Tag, Time, TimeValue, Token, TokenId, Tree, Upos,
};

use self::expression::Expression;
use self::grammar::{Word, Words};
use self::lexicon::{Class, Joint};
use self::value::{Anchor, Direction};

pub use self::lexicon::TimeLexicon;
pub use self::when::calendar_time;

/// Finds the time expressions of an article and works out what they mean.
pub fn times(
    article: &Article,
    sentences: &[Sentence],
    tokens: &[Token],
    tags: &[Tag],
    tree: &Tree,
    lexicon: &TimeLexicon,
) -> Vec<Time> {
    let published = article.published.map(Published::day);
    let mut found = Vec::new();
    let mut context = None;
    for sentence in sentences {
        let words = words(sentence, tokens, tags, tree, lexicon);
        let mut at = 0;
        while at < words.len() {
            let Some((expression, end)) = Words(&words).read(at) else {
                at += 1;
                continue;
            };
            let (first, last) = tokens_of(&words, at, end);
            let direction = tense::direction(tags, tree, head(tree, first, last), lexicon);
            let expression = ahead(expression, &words, at, direction);
            let anchor = Anchor { published, context, direction };
            let value = value::value(&expression, &anchor);
            context = value.as_ref().and_then(TimeValue::first_day).or(context);
            let span = span(tokens, first, last);
            found.push(Time { span, tokens: first.until(last), kind: expression.kind(), value });
            at = end;
        }
    }
    found.dedup_by(|next, kept| next.tokens.start < kept.tokens.end);
    found
}

/// A duration after *in* lies ahead of a verb in the future: *will meet in two days*.
fn ahead(
    expression: Expression,
    words: &[Word<'_>],
    at: usize,
    direction: Direction,
) -> Expression {
    let before = at.checked_sub(1).and_then(|b| words.get(b));
    let counts = words
        .get(at)
        .is_some_and(|w| !w.joints.has(Joint::The) && !matches!(w.class, Class::Shift(_)));
    let after_in = counts && before.is_some_and(|w| w.joints.has(Joint::In));
    match expression {
        Expression::Duration { count, unit } if after_in && direction == Direction::Future => {
            Expression::Offset { count, unit, sign: 1, from_context: false }
        }
        other => other,
    }
}

/// The first token and one past the last of some words.
fn tokens_of(words: &[Word<'_>], start: usize, end: usize) -> (TokenId, TokenId) {
    let first = words.get(start).map_or(TokenId::default(), |w| w.token);
    let last = words.get(end.saturating_sub(1)).map_or(first, |w| w.token);
    (first, last + 1)
}

fn span(tokens: &[Token], first: TokenId, last: TokenId) -> Span {
    let at = |t: TokenId| tokens.get(t.index()).map_or(Span::new(0, 0), |t| t.span);
    at(first).cover(at(last - 1))
}

/// The token of a range that depends on none of the others.
fn head(tree: &Tree, first: TokenId, last: TokenId) -> TokenId {
    let outside = |t: &TokenId| tree.head(*t).is_none_or(|h| !first.until(last).contains(h));
    first.until(last).iter().find(outside).unwrap_or(first)
}

/// The words of a sentence; what stands between hyphens are words too.
fn words<'a>(
    sentence: &Sentence,
    tokens: &'a [Token],
    tags: &[Tag],
    tree: &Tree,
    lexicon: &TimeLexicon,
) -> Vec<Word<'a>> {
    let mut words = Vec::new();
    for id in sentence.tokens {
        let (Some(token), Some(tag)) = (tokens.get(id.index()), tags.get(id.index())) else {
            continue;
        };
        let text = token.form.as_str();
        let class = class(text, tag, id == sentence.tokens.start, lexicon);
        let year = class_is_year(class, id, tags, tree, lexicon);
        if class != Class::Other || !text.contains(['-', '–']) || text.len() == 1 {
            let text = if matches!(text, "–" | "‑") { "-" } else { text };
            let joints = lexicon.joints(text);
            words.push(Word { text, class, joints, token: id, year });
            continue;
        }
        for (i, piece) in text.split(['-', '–']).enumerate() {
            if i > 0 {
                words.push(piece_of(id, "-", Class::Other, lexicon));
            }
            words.push(piece_of(id, piece, lexicon.class(piece), lexicon));
        }
    }
    mark_holidays(&mut words, lexicon);
    words
}

/// A part of a token, or the hyphen between two.
fn piece_of<'a>(token: TokenId, text: &'a str, class: Class, lexicon: &TimeLexicon) -> Word<'a> {
    Word { text, class, joints: lexicon.joints(text), token, year: false }
}

/// Gives the first words of the names of holidays their class.
fn mark_holidays(words: &mut [Word<'_>], lexicon: &TimeLexicon) {
    for at in 0..words.len() {
        let rest = words.get(at..).unwrap_or_default();
        let holiday = lexicon.holiday(rest.iter().map(|w| w.text));
        if let (Some(holiday), Some(word)) = (holiday, words.get_mut(at)) {
            word.class = holiday;
        }
    }
}

/// The class of a word, unless its tag says that it is not about time here.
fn class(text: &str, tag: &Tag, first: bool, lexicon: &TimeLexicon) -> Class {
    let class = lexicon.class(text);
    let capital = text.starts_with(char::is_uppercase);
    let short = text.trim_end_matches('.').len() <= 3;
    let doubtful = short || lexicon.joints(text).has(Joint::Doubtful);
    match class {
        // "may", "march", "sun": names of time have capitals and are no verbs.
        Class::Month(_) | Class::Weekday(_)
            if doubtful && !capital || matches!(tag.upos, Upos::Aux | Upos::Verb | Upos::Adv) =>
        {
            Class::Other
        }
        Class::Month(_) | Class::Weekday(_) if short && first && tag.upos != Upos::Propn => {
            Class::Other
        }
        Class::Season(_) | Class::Unit(_) | Class::Part(_)
            if matches!(tag.upos, Upos::Verb | Upos::Aux) =>
        {
            Class::Other
        }
        Class::Shift(_) if matches!(tag.upos, Upos::Verb | Upos::Adv | Upos::Pron) => Class::Other,
        class => class,
    }
}

/// Whether a number may be a year though nothing beside it says so: it looks
/// like one and counts nothing.
fn class_is_year(
    class: Class,
    id: TokenId,
    tags: &[Tag],
    tree: &Tree,
    lexicon: &TimeLexicon,
) -> bool {
    let Class::Number(value, 4) = class else { return false };
    let tag = |t: TokenId| tags.get(t.index());
    let counts = tree.is(id, Deprel::Nummod)
        && tree.head(id).and_then(tag).is_some_and(|t| {
            t.xpos == "NNS" || t.upos == Upos::Sym || t.feats.has("Number", "Plur")
        });
    let before = id.checked_sub(1).and_then(tag).map_or("", |t| &t.lemma);
    let before = lexicon.joints(before);
    let introduced = before.has(Joint::BeforeBareYear);
    let money = before.has(Joint::Counts);
    !counts
        && !money
        && ((1900..=2099).contains(&value) || introduced && (1000..1900).contains(&value))
}

#[cfg(test)]
mod tests;
