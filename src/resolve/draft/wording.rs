//! What drafts are called: the words for them in labels and slugs.

use std::cmp::Reverse;

use compact_str::CompactString;

use super::{Draft, tidy};
use crate::resolve::name::{fold, slug};
use crate::text::{Document, FunctionWord, FunctionWords, Span, TokenId, Upos};

/// How many words of a description its slug has, at most.
const LONGEST_SLUG: usize = 6;

impl Draft {
    /// Its names from the fullest to the least: the most words, then the most
    /// letters, then in order of the alphabet.
    pub(in crate::resolve) fn names_by_fullness(&self) -> Vec<CompactString> {
        let mut names: Vec<_> = self.names.iter().cloned().collect();
        names.sort_by_key(|name| fullness(name));
        names
    }

    /// The fullest of its names.
    pub(in crate::resolve) fn fullest_name(&self) -> Option<&CompactString> {
        self.names.iter().min_by_key(|name| fullness(name))
    }

    /// What it is called for people: by name, else by what describes it.
    pub(in crate::resolve) fn label(&self, document: &Document) -> CompactString {
        let name = self.called.as_ref().or(self.fullest_name()).cloned();
        name.unwrap_or_else(|| self.description(document))
    }

    /// What describes it, whatever its names.
    pub(in crate::resolve) fn description(&self, document: &Document) -> CompactString {
        let phrase = self.phrase().map(|span| affirmed(&tidy(document, span), &document.words));
        phrase.unwrap_or_default()
    }

    /// A slug of the words that describe it: its phrase's nouns, adjectives and
    /// numbers, or the pronoun.
    pub(in crate::resolve) fn slug(&self, document: &Document) -> CompactString {
        if let Some(called) = &self.called {
            return slug(&fold(called));
        }
        let Some((first, phrase)) = self.first_telling().zip(self.phrase()) else {
            return "thing".into();
        };
        let identifying = |&t: &TokenId| {
            matches!(document.tag(t).upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num)
        };
        let words_of = |phrase: Span| -> Vec<String> {
            let words = document.tokens_in(phrase).iter().filter(identifying);
            let words = words.chain(std::iter::once(first.head)).map(|t| fold(document.lemma(t)));
            words.filter(|word| !word.is_empty()).collect()
        };
        let whole = words_of(phrase);
        // Of a long description the words nearest to the head tell most.
        let words = if whole.len() > LONGEST_SLUG { words_of(first.span) } else { whole };
        let mut words = words.as_slice();
        // The head comes twice where it is itself identifying.
        if let [rest @ .., last] = words
            && rest.contains(last)
        {
            words = rest;
        }
        let words = words.get(words.len().saturating_sub(LONGEST_SLUG)..).unwrap_or(words);
        if words.is_empty() { "thing".into() } else { slug(&words.join(" ")) }
    }
}

fn fullness(name: &str) -> (Reverse<usize>, Reverse<usize>) {
    (Reverse(name.split(' ').count()), Reverse(name.chars().count()))
}

/// Without the words that deny it: "no weapons" are weapons, of which something
/// does not hold. "No one" stays.
fn affirmed(phrase: &str, words: &FunctionWords) -> CompactString {
    let behind = |phrase: &'_ str, class| {
        let (first, rest) = phrase.split_once(' ')?;
        let stays = words.is(rest, FunctionWord::One);
        (words.is(first, class) && !stays).then(|| rest.to_owned())
    };
    let Some(rest) = behind(phrase, FunctionWord::Denial) else { return phrase.into() };
    let is_not = behind(phrase, FunctionWord::Not).is_some();
    let bare = behind(&rest, FunctionWord::Article).filter(|_| is_not);
    bare.unwrap_or(rest).into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_deny_nothing() {
        let words = FunctionWords::shipped();
        let check = |phrase, label| assert_eq!(affirmed(phrase, &words), label, "{phrase}");
        check("No weapons", "weapons");
        check("not an umbrella", "umbrella");
        check("neither side", "side");
        check("no one", "no one");
        check("notable sign", "notable sign");
        check("é", "é");
    }
}
