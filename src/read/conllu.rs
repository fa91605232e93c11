//! CoNLL-U: somebody else's sentences, words, tags and trees become documents.
//!
//! In: the contents of a file in the format of
//! <https://universaldependencies.org/format.html>. Out: one document for each
//! `# newdoc` (one for the whole file if there is none), and what was wrong
//! with it, line by line. A sentence whose lines cannot be understood is left
//! out; one whose tree is broken is kept and its tree repaired.
//!
//! The text of an article is rebuilt from its sentences: gaps within one come
//! from `# text` where it fits the words, else from `SpaceAfter=No`; gaps
//! between two are a space, or an empty line where `# newpar` starts a block.
//! `SpacesAfter` and `SpacesBefore`, where present, say exactly what stood
//! there. Empty nodes and `sent_id` are not kept.

mod document;
mod escape;
mod lines;
mod share;
mod tree;

use crate::text::Document;

use document::Assembly;
use lines::sentences;

/// What a CoNLL-U file holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conllu {
    /// Its documents, in order.
    pub documents: Vec<Document>,
    /// What was wrong with it, in order of the sentences.
    pub errors: Vec<ConlluError>,
}

/// Something wrong with a CoNLL-U file. Lines are counted from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ConlluError {
    /// A line has not ten columns; the sentence is left out.
    #[error("line {line}: {found} columns where CoNLL-U has 10; sentence left out")]
    Columns {
        /// Where.
        line: usize,
        /// How many columns it has.
        found: usize,
    },
    /// A line's first column is not the number that was due; the sentence is left out.
    #[error("line {line}: word number `{id}` where {expected} was due; sentence left out")]
    Number {
        /// Where.
        line: usize,
        /// What stands there.
        id: String,
        /// What should stand there.
        expected: usize,
    },
    /// A word without a form; the sentence is left out.
    #[error("line {line}: a word without a form; sentence left out")]
    Form {
        /// Where.
        line: usize,
    },
    /// A multi-word token goes on after the sentence has ended; the sentence is left out.
    #[error("line {line}: a multi-word token that its sentence does not finish; sentence left out")]
    Unfinished {
        /// Where the token starts.
        line: usize,
    },
    /// A head is no word of the sentence; the word hangs on the root instead.
    #[error("line {line}: head `{head}` is no word of the sentence; hung on the root")]
    Head {
        /// Where.
        line: usize,
        /// What stands there.
        head: String,
    },
    /// Words depend on each other in a ring; one of them hangs on the root instead.
    #[error("line {line}: the heads run in a ring; hung on the root")]
    Cycle {
        /// The word that was rehung.
        line: usize,
    },
    /// A second root; it hangs on the first instead.
    #[error("line {line}: a second root; hung on the first")]
    SecondRoot {
        /// Where.
        line: usize,
    },
    /// No root; the first word becomes one.
    #[error("line {line}: no root; the sentence's first word was made one")]
    NoRoot {
        /// The first word's line.
        line: usize,
    },
    /// An unknown universal part of speech; `X` instead.
    #[error("line {line}: unknown part of speech `{tag}`; read as X")]
    Upos {
        /// Where.
        line: usize,
        /// What stands there.
        tag: String,
    },
    /// An enhanced dependency that cannot be read; it is left out.
    #[error("line {line}: enhanced dependency `{edge}` cannot be read; left out")]
    Deps {
        /// Where.
        line: usize,
        /// What stands there.
        edge: String,
    },
    /// `# text` is not what the words spell; the words were believed.
    #[error("line {line}: `# text` is not what the words spell; the words were believed")]
    Text {
        /// The first word's line.
        line: usize,
    },
}

/// Reads a file's contents. `id` names the article where `# newdoc` does not.
pub fn parse(contents: &str, id: &str) -> Conllu {
    let mut assembly = Assembly::new(id);
    for sentence in sentences(contents) {
        assembly.add(&sentence);
    }
    assembly.finish()
}

#[cfg(test)]
mod tests;
