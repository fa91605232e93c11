//! The English model of `reportedly`, as bytes: weights, and no code to read
//! them with. The package's README is its card: what it was trained on, and how.
//!
//! In: nothing. Out: [`MODEL`] and [`WORDS`], which make one file when put
//! together in this order, and [`SEGMENTS`].
//!
//! The weights are licensed under CC BY-SA 4.0, the words as their own package says.

pub use reportedly_english_words::WORDS;

/// Finds parts of speech, Penn tags, features, lemmas, dependency trees and
/// names. To be read with [`WORDS`] behind it.
pub static MODEL: &[u8] = include_bytes!("../english.model");

/// Chooses what descriptions and pronouns refer to.
pub static ANTECEDENTS: &[u8] = include_bytes!("../english.antecedents");

/// Finds sentences and tokens.
pub static SEGMENTS: &[u8] = include_bytes!("../english.segments");
