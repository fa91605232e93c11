//! Sentences and tokens of arbitrary text: they cover it, in order.

#![cfg_attr(fuzzing, no_main)]

use std::sync::LazyLock;

use reportedly::analyse::segment::Segmenter;
use reportedly::text::{Article, is_blank};

static SEGMENTER: LazyLock<Segmenter> =
    LazyLock::new(|| Segmenter::english().expect("the weights that ship can be read"));

/// What must hold of any text.
fn check(text: &str) {
    let article = Article::paragraph("fuzz", text);
    let (sentences, tokens) = SEGMENTER.segment(&article);
    let mut end = 0;
    for token in &tokens {
        assert!(text[end..token.span.start as usize].chars().all(is_blank));
        end = token.span.end as usize;
    }
    assert!(text[end..].chars().all(is_blank));
    assert_eq!(sentences.iter().map(|s| s.tokens.len()).sum::<usize>(), tokens.len());
}

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|input: &str| check(input));

/// Without the fuzzer: tries what stands on standard input, such as a crash
/// that was found.
#[cfg(not(fuzzing))]
fn main() -> std::io::Result<()> {
    check(&std::io::read_to_string(std::io::stdin())?);
    Ok(())
}
