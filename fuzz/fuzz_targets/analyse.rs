//! The whole analysis of arbitrary text: nothing may panic, and tokens must
//! slice the text exactly.

#![cfg_attr(fuzzing, no_main)]

use std::sync::LazyLock;

use reportedly::{Article, Pipeline};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::builder().build().expect("what ships is whole"));

/// What must hold of any text.
fn check(text: &str) {
    let article = Article::paragraph("fuzz", text);
    let document = PIPELINE.document(article);
    for token in &document.tokens {
        assert_eq!(text.get(token.span.range()), Some(token.form.as_str()));
    }
    assert_eq!(document.tree.len(), document.tokens.len());
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
