//! Properties of the whole analysis, on text of every kind.
#![allow(clippy::unwrap_used, clippy::expect_used)] // a broken test may panic

use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use reportedly::export::document::conllu::to_conllu;
use reportedly::read::conllu::parse;
use reportedly::text::{Block, BlockKind, Document, Span, TokenId, is_blank};
use reportedly::{Article, Pipeline};

/// An article whose paragraphs are the lines of the text.
fn article(text: &str) -> Article {
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_matches(is_blank);
        if !trimmed.is_empty() {
            let before = line.len() - line.trim_start_matches(is_blank).len();
            let span = Span::of(start + before..start + before + trimmed.len());
            blocks.push(Block { span, kind: BlockKind::Paragraph });
        }
        start += line.len();
    }
    Article::laid_out("a", text, blocks)
}

/// Text as people write it, text as nobody does, and mixtures.
fn texts() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-z]{1,8}",
        "[A-Z][a-z]{1,8}",
        "[A-Z]{1,4}\\.?",
        "[0-9]{1,4}(%|th|,[0-9]{3})?",
        "[“”‘’\"'()\\[\\]–—…,.;:!?-]{1,3}",
        Just("don’t".to_owned()),
        Just("said".to_owned()),
        Just("U.S.".to_owned()),
        Just("🇺🇦👍🏽".to_owned()),
        Just("Київ".to_owned()),
    ];
    let gap = prop_oneof![8 => Just(" "), 1 => Just(""), 1 => Just("\n"), 1 => Just("\u{a0}\t")];
    let words = prop::collection::vec((word, gap), 0..40)
        .prop_map(|words| words.iter().flat_map(|(word, gap)| [word.as_str(), gap]).collect());
    prop_oneof![words, any::<String>()]
}

/// Tokens and the blanks between them are the text, and slice it exactly.
fn tokens_rebuild_the_text(document: &Document) -> TestCaseResult {
    let text = &document.article.text;
    let mut end = 0;
    for token in &document.tokens {
        let gap = text.get(end..token.span.start as usize);
        prop_assert!(gap.is_some_and(|gap| gap.chars().all(is_blank)), "before {token:?}");
        prop_assert_eq!(text.get(token.span.range()), Some(token.form.as_str()));
        end = token.span.end as usize;
    }
    prop_assert!(text.get(end..).is_some_and(|gap| gap.chars().all(is_blank)));
    Ok(())
}

/// Sentences are in order, share out all tokens, and stay in their blocks.
fn sentences_hold_every_token(document: &Document) -> TestCaseResult {
    let mut next = TokenId::default();
    for sentence in &document.sentences {
        prop_assert_eq!(sentence.tokens.start, next);
        prop_assert!(sentence.tokens.end > sentence.tokens.start);
        let block = document.article.blocks[sentence.block_index as usize];
        prop_assert!(block.span.contains(sentence.span));
        prop_assert_eq!(sentence.span, document.span_of(sentence.tokens));
        next = sentence.tokens.end;
    }
    prop_assert_eq!(next.index(), document.tokens.len());
    Ok(())
}

/// Every sentence has one root, and every word leads to it.
fn trees_are_trees(document: &Document) -> TestCaseResult {
    prop_assert_eq!(document.tags.len(), document.tokens.len());
    prop_assert_eq!(document.tree.len(), document.tokens.len());
    for sentence in &document.sentences {
        let roots = sentence.tokens.iter().filter(|&t| document.tree.head(t).is_none());
        prop_assert_eq!(roots.count(), 1);
        for token in sentence.tokens {
            let top = document.tree.ancestors(token).last().unwrap_or(token);
            prop_assert!(document.tree.head(top).is_none());
            prop_assert!(sentence.tokens.contains(top));
        }
    }
    Ok(())
}

/// What stands in the text stands on character boundaries.
fn spans_fit_the_text(document: &Document) -> TestCaseResult {
    let names = document.names.iter().map(|n| n.span);
    let times = document.times.iter().map(|t| t.span);
    let quotations = document.quotations.iter().flat_map(|q| [q.span, q.inner]);
    let mentions = document.mentions.iter().map(|m| m.span);
    for span in names.chain(times).chain(quotations).chain(mentions) {
        prop_assert!(document.article.text.get(span.range()).is_some(), "{span:?}");
    }
    Ok(())
}

/// CoNLL-U carries sentences, words, tags, trees and names there and back.
fn conllu_carries_the_layers(document: &Document) -> TestCaseResult {
    let written = to_conllu(document);
    let read = parse(&written, "a");
    prop_assert_eq!(&read.errors, &[], "{}", written);
    if document.tokens.is_empty() {
        prop_assert!(read.documents.is_empty());
        return Ok(());
    }
    let [read] = read.documents.as_slice() else {
        return Err(TestCaseError::fail("one document was written"));
    };
    prop_assert_eq!(&read.article, &document.article);
    prop_assert_eq!(&read.sentences, &document.sentences);
    prop_assert_eq!(&read.tokens, &document.tokens);
    prop_assert_eq!(&read.tags, &document.tags);
    // What sort of thing a name names is no part of the format.
    let names = |document: &Document| -> Vec<_> {
        document.names.iter().map(|name| (name.span, name.tokens, name.kind)).collect()
    };
    prop_assert_eq!(names(read), names(document));
    for token in document.token_ids() {
        prop_assert_eq!(read.tree.head(token), document.tree.head(token));
        prop_assert_eq!(read.tree.label(token), document.tree.label(token));
    }
    Ok(())
}

#[test]
fn analysis_of_any_text_is_sound() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    proptest!(ProptestConfig::with_cases(150), |(text in texts())| {
        let document = pipeline.document(article(&text));
        tokens_rebuild_the_text(&document)?;
        sentences_hold_every_token(&document)?;
        trees_are_trees(&document)?;
        spans_fit_the_text(&document)?;
        conllu_carries_the_layers(&document)?;
    });
}

/// Texts that nobody writes and that somebody will send.
fn absurd_texts() -> Vec<String> {
    let nested = |open: &str, close: &str, n| open.repeat(n) + "why" + &close.repeat(n);
    vec![
        "word ".repeat(200_000),
        "x".repeat(1_000_000),
        nested("“‘", "’”", 5_000),
        nested("(", ")", 10_000),
        "\"".repeat(10_000),
        "He said she said that ".repeat(5_000),
        "Ann Lee, Bo Orm and ".repeat(5_000),
        "“Go,” said Ann Lee. ".repeat(5_000),
        "May 3, 2021 ".repeat(5_000),
        "It, which he who they said was, ".repeat(3_000),
        "議会は月曜日に法案を可決した。".repeat(2_000),
        "قال الوزير إن السفينة غرقت. ".repeat(2_000),
        "संसद ने विधेयक पारित किया। ".repeat(2_000),
        "e\u{0301}\u{200D}".repeat(20_000),
        "🙂👍🏽🇺🇦 ".repeat(5_000),
        "a.b.c.d.e.f.".repeat(10_000),
        "1,2,3-4/5:6 ".repeat(10_000),
    ]
}

#[test]
fn absurd_texts_end_like_all_others() {
    let pipeline = Pipeline::builder().build().expect("what ships is whole");
    for text in absurd_texts() {
        let analysis = pipeline.analyse(article(&text));
        let document = analysis.document();
        tokens_rebuild_the_text(document).unwrap();
        sentences_hold_every_token(document).unwrap();
        trees_are_trees(document).unwrap();
        spans_fit_the_text(document).unwrap();
        for claim in analysis.claims() {
            assert!(text.get(claim.clause.range()).is_some());
        }
    }
}
