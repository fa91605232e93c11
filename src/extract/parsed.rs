//! Sentences with their trees, written by hand for tests.

use crate::read::conllu;
use crate::text::Document;

/// A document of one sentence: words as `form/lemma/UPOS/XPOS/head/relation`,
/// heads counted from 1.
pub(super) fn parsed(words: &str) -> Document {
    let rows = words.split_whitespace().enumerate().map(|(i, word)| {
        let fields: Vec<&str> = word.split('/').collect();
        let [form, lemma, upos, xpos, head, deprel] = fields[..] else { panic!("{word}") };
        format!("{}\t{form}\t{lemma}\t{upos}\t{xpos}\t_\t{head}\t{deprel}\t_\t_\n", i + 1)
    });
    conllu::parse(&(rows.collect::<String>() + "\n"), "test").documents.remove(0)
}
