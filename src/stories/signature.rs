//! What an article is about, in a few numbers, by which articles of one story find each
//! other.
//!
//! In: a [`Telling`]. Out: its [`Signature`]: the day, and the terms that tell most of the
//! article, each with its weight. It is small enough to be kept of every article, and
//! depends on the article alone.

use std::collections::HashMap;
use std::fmt::Write as _;

use jiff::civil::Date;

use super::telling::Telling;
use super::terms::{Term, Terms};
use super::words::Words;

/// So many terms are kept of an article.
const TERMS: usize = 64;
/// A term that stands so often counts no more.
const MOST: usize = 8;
/// How much more often than once a term of the first part of the text counts.
const LEAD: usize = 2;
/// So many bytes of a text are its first part: headline, lead.
const LEAD_BYTES: usize = 600;
/// Weights are kept as whole numbers up to this.
const FULL: f32 = 255.0;

/// What an article is about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Signature {
    /// The day when it was published.
    pub day: Option<Date>,
    /// Hashes of its terms in order, with their weights; together of length 1.
    terms: Vec<(u32, f32)>,
}

/// A text is no signature.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not the signature of an article")]
pub struct NoSignature;

impl Signature {
    /// That of an article.
    pub fn new(telling: &Telling, words: &Words) -> Self {
        let mut terms = Terms::new(words);
        let mut counts: HashMap<Term, usize> = HashMap::new();
        for term in terms.tokens(&telling.text).into_iter().filter_map(|token| token.term) {
            *counts.entry(term).or_default() += 1;
        }
        let lead = telling.text.floor_char_boundary(LEAD_BYTES.min(telling.text.len()));
        for term in terms.of(&telling.text[..lead]) {
            *counts.entry(term).or_default() += LEAD;
        }
        for thing in telling.things.iter().filter(|thing| thing.is_shared) {
            let term = terms.entity(&thing.iri);
            *counts.entry(term).or_default() += thing.mentions.len();
        }
        let weight = |(term, count): (Term, usize)| {
            let often = 1.0 + (count.min(MOST) as f32).ln();
            (hash(terms.text(term)), terms.weight(term).powi(2) * often)
        };
        let mut weighed: Vec<(u32, f32)> = counts.into_iter().map(weight).collect();
        weighed.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
        weighed.truncate(TERMS);
        Self { day: telling.day, terms: rounded(weighed) }
    }

    /// The hashes of the terms, in order.
    pub(super) fn terms(&self) -> &[(u32, f32)] {
        &self.terms
    }

    /// How much two articles are about the same: the cosine, from 0 to 1.
    pub fn likeness(&self, other: &Self) -> f32 {
        let (mut one, mut two) = (self.terms.iter().peekable(), other.terms.iter().peekable());
        let mut sum = 0.0;
        while let (Some(&&(x, a)), Some(&&(y, b))) = (one.peek(), two.peek()) {
            if x == y {
                sum += a * b;
            }
            if x <= y {
                one.next();
            }
            if y <= x {
                two.next();
            }
        }
        sum
    }

    /// As a text of about 650 letters.
    pub fn to_text(&self) -> String {
        let mut text = self.day.map_or(String::new(), |day| day.to_string());
        text.push(' ');
        for (hash, weight) in &self.terms {
            let weight = (weight * FULL).round() as u8;
            write!(text, "{hash:08x}{weight:02x}").expect("a string takes everything");
        }
        text
    }

    /// Reads what [`Signature::to_text`] wrote.
    pub fn from_text(text: &str) -> Result<Self, NoSignature> {
        let (day, terms) = text.split_once(' ').ok_or(NoSignature)?;
        let day = if day.is_empty() { None } else { Some(day.parse().map_err(|_| NoSignature)?) };
        let mut read = Vec::with_capacity(terms.len() / 10);
        for at in (0..terms.len()).step_by(10) {
            let hash = terms.get(at..at + 8).ok_or(NoSignature)?;
            let weight = terms.get(at + 8..at + 10).ok_or(NoSignature)?;
            let hash = u32::from_str_radix(hash, 16).map_err(|_| NoSignature)?;
            let weight = u8::from_str_radix(weight, 16).map_err(|_| NoSignature)?;
            read.push((hash, f32::from(weight)));
        }
        Ok(Self { day, terms: normalised(read) })
    }
}

/// As they come back from their text.
fn rounded(weighed: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    let terms = normalised(weighed);
    let round = |(hash, weight): (u32, f32)| (hash, (weight * FULL).round());
    normalised(terms.into_iter().map(round).collect())
}

/// In order of the hashes, and of length 1.
fn normalised(mut terms: Vec<(u32, f32)>) -> Vec<(u32, f32)> {
    terms.sort_by_key(|(hash, _)| *hash);
    let length = terms.iter().map(|(_, weight)| weight * weight).sum::<f32>().sqrt();
    if length > 0.0 {
        for (_, weight) in &mut terms {
            *weight /= length;
        }
    }
    terms
}

/// FNV-1a.
fn hash(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signature(text: &str) -> Signature {
        let telling = Telling { text: text.to_owned(), ..Telling::default() };
        Signature::new(&telling, Words::english())
    }

    #[test]
    fn a_signature_comes_back_from_its_text() {
        let made = signature("The ferry sank off Tallinn. Divers searched the wreck of the ferry.");
        let read = Signature::from_text(&made.to_text()).unwrap();
        assert_eq!(read.to_text(), made.to_text());
        assert!((made.likeness(&read) - 1.0).abs() < 1e-3);
        assert!(Signature::from_text("").is_err());
        assert!(Signature::from_text(" 12").is_err());
    }

    #[test]
    fn articles_on_one_subject_are_alike() {
        let ferry =
            signature("The ferry sank off Tallinn. Divers searched the wreck of the ferry.");
        let wreck = signature("Divers found the wreck of a ferry that had sunk near Tallinn.");
        let bank = signature("The central bank raised interest rates to curb inflation.");
        assert!(ferry.likeness(&wreck) > 0.5);
        assert!(ferry.likeness(&bank) < 0.1);
    }
}
