//! The whole analysis of arbitrary text: nothing may panic, and tokens must
//! slice the text exactly.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use reportedly::analyse::Analyser;
use reportedly::text::{Article, ArticleId, Block, BlockKind, Span};

static ANALYSER: LazyLock<Analyser> =
    LazyLock::new(|| Analyser::english().expect("the model that ships can be read"));

fuzz_target!(|text: &str| {
    let article = Article {
        id: ArticleId::new("fuzz"),
        url: None,
        title: None,
        publisher: None,
        byline: None,
        published: None,
        language: "en".into(),
        text: text.to_owned(),
        blocks: vec![Block { span: Span::of(0..text.len()), kind: BlockKind::Paragraph }],
    };
    let document = ANALYSER.analyse(article);
    for token in &document.tokens {
        assert_eq!(text.get(token.span.range()), Some(token.form.as_str()));
    }
    assert_eq!(document.tree.len(), document.tokens.len());
});
