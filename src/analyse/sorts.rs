//! What is known of names beforehand goes with them.
//!
//! In: names, and who knows some: the known names, and the words that tell news media.
//! Out: the names with their [`Sort`].

use super::known_names::KnownNames;
use super::media::MediaLexicon;
use crate::text::{Name, Sort, Token};

/// Gives each name the sort of its bearer, where that is known beforehand or a word of
/// the name tells it.
pub(super) fn set_sorts(
    known: &KnownNames,
    media: &MediaLexicon,
    tokens: &[Token],
    names: &mut [Name],
) {
    for name in names {
        let range = name.tokens.start.index()..name.tokens.end.index();
        let words = tokens.get(range).unwrap_or_default();
        let told = || media.names_medium(words).then_some(Sort::Media);
        name.sort = known.sort(words).or_else(told).filter(|sort| sort.fits(name.kind));
    }
}
