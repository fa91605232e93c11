//! Sentences and tokens of arbitrary text: they cover it, in order.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use reportedly::analyse::segment::Segmenter;
use reportedly::text::{Article, is_blank};

static SEGMENTER: LazyLock<Segmenter> =
    LazyLock::new(|| Segmenter::english().expect("the weights that ship can be read"));

fuzz_target!(|text: &str| {
    let article = Article::paragraph("fuzz", text);
    let (sentences, tokens) = SEGMENTER.segment(&article);
    let mut end = 0;
    for token in &tokens {
        assert!(text[end..token.span.start as usize].chars().all(is_blank));
        end = token.span.end as usize;
    }
    assert!(text[end..].chars().all(is_blank));
    assert_eq!(sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), tokens.len());
});
