use super::*;
use crate::text::{BlockKind, TokenId, is_blank};
use proptest::prelude::*;

/// An article of one paragraph.
fn article(text: &str) -> Article {
    let trimmed = text.trim_matches(is_blank);
    let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
    let span = Span::of(start..start + trimmed.len());
    Article::laid_out("a", text, vec![Block { span, kind: BlockKind::Paragraph }])
}

/// One line a sentence; `·` before a word that is joined to the one before.
fn show(text: &str) -> Vec<String> {
    let article = article(text);
    let (sentences, tokens) = Segmenter::english().expect("weights").segment(&article);
    let word = |token: &Token| format!("{}{}", if token.joined { "·" } else { "" }, token.form);
    let line = |s: &Sentence| -> Vec<String> {
        tokens[s.tokens.start.index()..s.tokens.end.index()].iter().map(word).collect()
    };
    sentences.iter().map(|s| line(s).join(" ")).collect()
}

fn check(text: &str, expected: &[&str]) {
    assert_eq!(show(text), expected, "{text}");
}

/// What must hold of any text, whoever decides.
fn check_layout(text: &str, judge: &mut impl Judge) -> Result<(), TestCaseError> {
    let article = article(text);
    let (sentences, tokens) = segment_with(&article, judge);
    let mut end = 0;
    for token in &tokens {
        let gap = text.get(end..token.span.start as usize);
        prop_assert!(gap.is_some_and(|gap| gap.chars().all(is_blank)), "gap {gap:?}");
        prop_assert_eq!(token.span.slice(text), token.form.as_str());
        prop_assert!(!token.span.is_empty());
        prop_assert!(!token.form.chars().any(is_blank));
        end = token.span.end as usize;
    }
    prop_assert!(text[end..].chars().all(is_blank));
    let mut next = TokenId::default();
    for sentence in &sentences {
        prop_assert_eq!(sentence.tokens.start, next);
        prop_assert!(sentence.tokens.end > sentence.tokens.start);
        prop_assert!(sentence.tokens.len() <= LONGEST_SENTENCE);
        let (first, last) = (&tokens[next.index()], &tokens[sentence.tokens.end.index() - 1]);
        prop_assert_eq!(sentence.span, first.span.cover(last.span));
        next = sentence.tokens.end;
    }
    prop_assert_eq!(next.index(), tokens.len());
    Ok(())
}

/// Decides by the features' bits: anything can happen.
struct Whim;

impl Judge for Whim {
    fn split(&mut self, _at: usize, features: &[u32]) -> Split {
        match features.iter().fold(0, |sum: u32, f| sum.wrapping_add(*f)) % 3 {
            0 => Split::Inside,
            1 => Split::Token,
            _ => Split::Joined,
        }
    }

    fn stop(&mut self, _at: usize, features: &[u32]) -> f32 {
        let sum = features.iter().fold(0, |sum: u32, f| sum.wrapping_add(*f));
        if sum.is_multiple_of(40) { 1.0 } else { -1.0 }
    }
}

#[test]
fn whatever_the_text_is_it_is_covered() {
    let english = Segmenter::english().expect("weights");
    let text = prop_oneof![any::<String>(), "[ -~“”‘’…\n]{0,60}"];
    proptest!(|(text in text)| {
        check_layout(&text, &mut &english.weights)?;
        check_layout(&text, &mut Whim)?;
    });
}

#[test]
fn absurd_texts_are_cut() {
    let english = Segmenter::english().expect("weights");
    for text in [
        "word ".repeat(200_000),
        "x".repeat(1_000_000),
        "\"".repeat(10_000),
        "“‘".repeat(10_000) + &"’”".repeat(10_000),
        "a.".repeat(100_000),
        "don't".repeat(50_000),
        "🙂\u{200D}".repeat(50_000),
        "\u{0301}".repeat(50_000),
        "語".repeat(100_000),
    ] {
        check_layout(&text, &mut &english.weights).expect("covered");
    }
}

#[test]
fn sentences_end_where_they_end() {
    check("He left. She stayed!", &["He left .", "She stayed !"]);
    check(
        "Mr. Olsen met Lt. Gen. Parks on Feb. 24 in the U.S. capital.",
        &["Mr. Olsen met Lt. Gen. Parks on Feb. 24 in the U.S. capital ."],
    );
    check(
        "“We will go,” she said. “Nobody knows why.” He agreed.",
        &["“ We will go , ” she said .", "“ Nobody knows why . ”", "He agreed ."],
    );
    check(
        "OSLO, May 3 (Newswire) -- The ferry sank. All 40 people were saved.",
        &["OSLO , May 3 ( Newswire ) -- The ferry sank .", "All 40 people were saved ."],
    );
    check(
        "The hall cheered Rep. Ada Moss. It thanked President Ada B. Moss of Orm.",
        &["The hall cheered Rep . Ada Moss .", "It thanked President Ada B. Moss of Orm ."],
    );
    check("Its roof leaks. Its owner is away.", &["Its roof leaks .", "Its owner is away ."]);
    check(
        "The move was put off to Phase 2. Nobody knew why.",
        &["The move was put off to Phase 2 .", "Nobody knew why ."],
    );
}

#[test]
fn words_divide_as_universal_dependencies_divides_them() {
    check("They don’t know the mayor's plan.", &["They do ·n’t know the mayor ·'s plan ."]);
    check("We cannot pay $5.50 or 10% more.", &["We can ·not pay $ 5.50 or 10 % more ."]);
    check(
        "See https://example.org/a-b?c=1 or write to ann@example.org.",
        &["See https://example.org/a-b?c=1 or write to ann@example.org ."],
    );
    check(
        "The nine-month-old well-known e-mail case",
        &["The nine - month - old well - known e-mail case"],
    );
}
