//! Times of made sentences.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;
use crate::text::{BlockKind, Deprel, Document, Feats, TokenId, TokenRange};

/// A document of one sentence. Words are split at blanks and marks; `*Past`,
/// `*Pres` and `*Fut` behind a word make it the verb of the sentence.
fn document(published: Option<Date>, marked: &str) -> Document {
    let mut text = String::new();
    let (mut tokens, mut tags, mut verb) = (Vec::new(), Vec::new(), None);
    for word in marked.split_whitespace() {
        let (word, tense) = word.split_once('*').map_or((word, None), |(w, t)| (w, Some(t)));
        for piece in pieces(word) {
            if !text.is_empty() && word.starts_with(piece) {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(piece);
            if let Some(tense) = tense {
                verb = Some((TokenId::from_index(tokens.len()), tense));
            }
            let span = Span::of(start..text.len());
            tokens.push(Token { span, form: piece.into(), joined: false });
            let upos = if piece.starts_with(char::is_uppercase) { Upos::Propn } else { Upos::Noun };
            let upos =
                if piece.starts_with(|c: char| c.is_ascii_digit()) { Upos::Num } else { upos };
            tags.push(Tag { upos, lemma: piece.to_lowercase().into(), ..Tag::default() });
        }
    }
    let root = verb.map_or(TokenId::default(), |(v, _)| v);
    if let Some((v, tense)) = verb {
        tags[v.index()] = verb_tag(tense);
        if tense == "Fut" {
            // The word before it is its "will".
            tags[v.index() - 1] = Tag { upos: Upos::Aux, lemma: "will".into(), ..Tag::default() };
        }
    }
    let all = TokenRange::first(tokens.len());
    let heads = all.iter().map(|t| (t != root).then_some(root)).collect();
    let deprel = |t: TokenId| match verb {
        _ if t == root => Deprel::Root,
        Some((v, "Fut")) if t + 1 == v => Deprel::Aux,
        _ => Deprel::Obl,
    };
    let tree = Tree::new(heads, all.iter().map(deprel).collect());
    let span = Span::of(0..text.len());
    let sentence = Sentence { span, tokens: all, block: BlockKind::Paragraph, block_index: 0 };
    let published = published.map(Published::Day);
    let article = Article { published, ..Article::laid_out("test", text, Vec::new()) };
    let sentences = vec![sentence];
    let times = times(&article, &sentences, &tokens, &tags, &tree, &TimeLexicon::default());
    Document { sentences, tokens, tags, tree, times, ..Document::new(article) }
}

fn verb_tag(tense: &str) -> Tag {
    let feats = match tense {
        "Past" => "VerbForm=Fin|Tense=Past",
        "Pres" => "VerbForm=Fin|Tense=Pres",
        _ => "VerbForm=Inf",
    };
    Tag { upos: Upos::Verb, feats: Feats(feats.into()), ..Tag::default() }
}

/// Words without the marks around them, and the marks.
fn pieces(word: &str) -> Vec<&str> {
    let is_mark = |c: char| ",.;:!?()\"-–".contains(c);
    let keeps = |w: &str| {
        let digits = w.starts_with(|c: char| c.is_ascii_digit());
        let dotted = w.matches('.').count() > 1 || matches!(w, "Sept." | "Feb." | "Oct.");
        dotted
            || digits
                && !w.ends_with(is_mark)
                && !w.contains(|c: char| c.is_alphabetic() && w.contains('-'))
    };
    let mut rest = word;
    let mut pieces = Vec::new();
    while !rest.is_empty() && !keeps(rest) {
        let end = rest.find(is_mark).unwrap_or(rest.len()).max(1);
        if end == rest.len() || !rest.is_char_boundary(end) {
            break;
        }
        pieces.push(&rest[..end]);
        rest = &rest[end..];
    }
    pieces.extend((!rest.is_empty()).then_some(rest));
    pieces
}

/// The times of a sentence in an article of Sunday, 22 May 2022, as
/// `words=value`, and for claims where that differs `words=value=time`.
fn check(sentence: &str, expected: &str) {
    assert_eq!(shown(Some(date(2022, 5, 22)), sentence), expected, "{sentence}");
}

fn shown(published: Option<Date>, sentence: &str) -> String {
    let document = document(published, sentence);
    let show = |time: &Time| {
        let value = time.value.as_ref().map_or_else(|| "?".to_owned(), ToString::to_string);
        let words = document.slice(time.span);
        match calendar_time(&document, time) {
            Some(calendar) if Some(&calendar) != time.value.as_ref() => {
                format!("{words}={value}={calendar}")
            }
            _ => format!("{words}={value}"),
        }
    };
    document.times.iter().map(show).collect::<Vec<_>>().join("; ")
}

#[test]
fn days() {
    check("It reopened*Past on May 18 .", "May 18=2022-05-18");
    check("It reopened*Past on 18 May 2021 .", "18 May 2021=2021-05-18");
    check("It will reopen*Fut on May 18 .", "May 18=2023-05-18");
    check("It closed*Past on Dec. 3 .", "Dec. 3=2021-12-03");
    check("They met*Past on Wednesday, May 18, 2022 .", "Wednesday, May 18, 2022=2022-05-18");
    check("They met*Past yesterday and left today", "yesterday=2022-05-21; today=2022-05-22");
    check("Votes on 2022-06-01 or 5/31/2022", "2022-06-01=2022-06-01; 5/31/2022=2022-05-31");
}

#[test]
fn tense_tells_the_side() {
    check("He said*Past on Sunday", "Sunday=2022-05-22");
    check("He left*Past on Friday", "Friday=2022-05-20");
    check("He will leave*Fut on Friday", "Friday=2022-05-27");
    check("He left*Past last Wednesday", "last Wednesday=2022-05-18");
    check("He left*Past in February", "February=2022-02");
    check("It will open*Fut in February", "February=2023-02");
    check("The talks of next Friday", "next Friday=2022-05-27");
}

#[test]
fn longer_periods() {
    check("It moved*Past last week", "last week=2022-W19=2022-05-09/2022-05-15");
    check("It moved*Past this month and next year", "this month=2022-05; next year=2023");
    check("In the 1990s and in 2014", "the 1990s=199=1990-01-01/1999-12-31; 2014=2014");
    check("In the 19th century", "the 19th century=18=1800-01-01/1899-12-31");
    check("the third quarter of 2021", "the third quarter of 2021=2021-Q3=2021-07-01/2021-09-30");
    check("two years ago", "two years ago=2020");
    check("three days ago", "three days ago=2022-05-19");
    check("It moved*Past seven months later .", "seven months later=?");
    check("It moved*Past two days earlier .", "two days earlier=2022-05-20");
    check("over the last three months", "the last three months=P3M=2022-02-22/2022-05-22");
    check("last summer", "last summer=2021-SU=2021-06-01/2021-08-31");
}

#[test]
fn expressions_of_others() {
    check("It ran*Past from May 3 to May 5 .", "May 3 to May 5=2022-05-03/2022-05-05");
    check("It ran*Past on May 3-5", "May 3-5=2022-05-03/2022-05-05");
    check("It ran*Past from 3 to 5 May 2021", "3 to 5 May 2021=2021-05-03/2021-05-05");
    check("It ran*Past on Tuesday of last week", "Tuesday of last week=2022-05-10");
    check("It ran*Past between 2014 and 2018", "2014 and 2018=2014-01-01/2018-12-31");
    check("It ran*Past from May to July", "May to July=2021-05-01/2021-07-31");
    check(
        "the first week of May 2021",
        "the first week of May 2021=2021-W18=2021-05-03/2021-05-09",
    );
    check("the last Sunday in June 2021", "the last Sunday in June 2021=2021-06-27");
    check("the second half of 2021", "the second half of 2021=2021-H2=2021-07-01/2021-12-31");
    check("It will open*Fut two weeks after Christmas", "two weeks after Christmas=2023-01-08");
    check("It will open*Fut a week from now", "a week from now=2022-W21=2022-05-23/2022-05-29");
    check("It closed*Past on Good Friday", "Good Friday=2022-04-15");
    check("in 2017 April", "2017 April=2017-04");
    check("two people from May", "May=2022-05");
}

#[test]
fn durations_sets_and_times_of_day() {
    check("a three-month break", "three-month=P3M");
    check("it lasted*Past two and a half hours", "two and a half hours=PT2.5H");
    check("for a year", "a year=P1Y");
    check("They will meet*Fut in two days", "two days=2022-05-24");
    check("a 54-year-old driver", "");
    check("every two years and on Mondays", "every two years=P2Y; Mondays=XXXX-WXX-1");
    check("at 5:30 p.m. on Friday", "5:30 p.m. on Friday=2022-05-20T17:30");
    check("He left*Past on Friday night", "Friday night=2022-05-20TNI=2022-05-20");
    check("They may march in the second minute", "");
}

#[test]
fn an_unknown_day_stays_unknown() {
    let check = |sentence: &str, expected: &str| assert_eq!(shown(None, sentence), expected);
    check("It reopened*Past on May 18 , a Sunday", "May 18=XXXX-05-18; Sunday=XXXX-WXX-7");
    check("It reopened*Past yesterday, in February", "yesterday=?; February=XXXX-02");
    check("It reopened*Past last week", "last week=?");
}

proptest! {
    #[test]
    fn any_words_give_times_within_the_text(
        words in proptest::collection::vec("(may|18|2022|the|last|next|week|of|-|99999999999|a|half|second|sunday|every|ago|two|31|february|1st|0s|\\PC{0,3})", 0..12),
        year in -9999i16..9999,
    ) {
        let document = document(Date::new(year, 2, 28).ok(), &words.join(" "));
        for time in &document.times {
            prop_assert!(!document.slice(time.span).is_empty());
            let _ = calendar_time(&document, time);
        }
    }
}
