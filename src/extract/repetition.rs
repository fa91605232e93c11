//! Sentences that no rule reads, because they only repeat.
//!
//! In: a [`Document`]. Out: for each sentence, whether it is a long run of few
//! words (*A: A: A: …*), or stood in the article many times before. Neither is
//! prose, but each would give as many claims as prose of its length does, all
//! alike.

use std::collections::{HashMap, HashSet};

use crate::text::{Document, Sentence};

/// Sentences of no more words than this may repeat as they like.
const SHORT: usize = 64;
/// In longer ones at least one word in so many is there for the first time.
/// Prose of 250 words has more than a hundred.
const REPEATED: usize = 8;
/// So often may an article say the same sentence.
const TIMES: u32 = 16;

/// Whether each sentence repeats what is there already, and is not read.
pub(super) fn is_repetition(document: &Document) -> Vec<bool> {
    let mut times: HashMap<&str, u32> = HashMap::new();
    let mut is_repetition = |sentence: &Sentence| {
        let times = times.entry(document.slice(sentence.span)).or_default();
        *times += 1;
        *times > TIMES || is_run_of_few_words(document, sentence)
    };
    document.sentences.iter().map(&mut is_repetition).collect()
}

fn is_run_of_few_words(document: &Document, sentence: &Sentence) -> bool {
    let length = sentence.tokens.len();
    let forms = || sentence.tokens.iter().map(|token| document.form(token));
    length > SHORT && forms().collect::<HashSet<_>>().len() * REPEATED < length
}
