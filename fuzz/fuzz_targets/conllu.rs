//! Arbitrary CoNLL-U: whatever is read can be written and read again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use reportedly::export::document::conllu::to_conllu;
use reportedly::read::conllu::parse;

fuzz_target!(|contents: &str| {
    for document in &parse(contents, "fuzz").documents {
        let again = parse(&to_conllu(document), "fuzz").documents;
        assert_eq!(again.iter().map(|d| d.tokens.len()).sum::<usize>(), document.tokens.len());
    }
});
