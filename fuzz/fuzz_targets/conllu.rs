//! Arbitrary CoNLL-U: whatever is read can be written and read again.

#![cfg_attr(fuzzing, no_main)]

use reportedly::export::document::conllu::to_conllu;
use reportedly::read::conllu::parse;

/// What must hold of any file.
fn check(contents: &str) {
    for document in &parse(contents, "fuzz").documents {
        let again = parse(&to_conllu(document), "fuzz").documents;
        assert_eq!(again.iter().map(|d| d.tokens.len()).sum::<usize>(), document.tokens.len());
    }
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
