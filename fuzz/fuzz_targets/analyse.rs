//! The whole analysis of arbitrary text: nothing may panic, and tokens must
//! slice the text exactly.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use reportedly::{Article, Pipeline};

static PIPELINE: LazyLock<Pipeline> =
    LazyLock::new(|| Pipeline::builder().build().expect("what ships is whole"));

fuzz_target!(|text: &str| {
    let article = Article::paragraph("fuzz", text);
    let document = PIPELINE.document(article);
    for token in &document.tokens {
        assert_eq!(text.get(token.span.range()), Some(token.form.as_str()));
    }
    assert_eq!(document.tree.len(), document.tokens.len());
});
