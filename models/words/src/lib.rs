//! What the English model of `reportedly` looks up, as bytes: pretrained vectors
//! of 110,000 words, and lists of names, of which it holds hashes and no text.
//! Training leaves both as they are, and they have other licences than the
//! weights, so they are a package of their own. `reportedly-english` has the rest.

/// The second part of the model's file: a hash and a vector for each word, then
/// a hash and a kind for each name.
pub static WORDS: &[u8] = include_bytes!("../english.words");
