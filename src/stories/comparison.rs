//! The claims of a story, compared.
//!
//! In: the [`Telling`]s of a story. Out: a [`Comparison`]: which claims say the same, and
//! which stand against each other.

use super::difference::{Difference, differences};
use super::meeting::{Compared, Meeting, groups, meetings};
use super::telling::Telling;
use super::words::Words;

/// What comes of comparing the claims of a story.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The claims that say the same.
    pub meetings: Vec<Meeting>,
    /// The claims that stand against each other.
    pub differences: Vec<Difference>,
}

/// Compares the claims of the articles of a story.
///
/// ```
/// use reportedly::stories::{Argument, Claim, Telling, Voice, Words, compare};
///
/// let argument = |text: &str| Argument { text: text.to_owned(), ..Argument::default() };
/// let claim = |subject, label: &str, object, voice| Claim {
///     subject: argument(subject),
///     label: label.to_owned(),
///     object: Some(argument(object)),
///     voice,
///     ..Claim::default()
/// };
/// let one = claim("marines", "guards", "the American embassy", Voice::Active);
/// let other = claim("the American embassy", "is protected by", "marines", Voice::PassiveBy);
/// let article = |claim| Telling { claims: vec![claim], ..Telling::default() };
///
/// let found = compare(&[article(one), article(other)], Words::english());
/// assert_eq!(found.meetings[0].claims, [(0, 0), (1, 0)]);
/// ```
pub fn compare(tellings: &[Telling], words: &Words) -> Comparison {
    let compared = Compared::new(tellings, words);
    Comparison {
        meetings: meetings(&compared, &groups(&compared)),
        differences: differences(tellings, &compared),
    }
}
