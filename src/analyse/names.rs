//! The names of a whole article, of what the model says of each sentence.
//!
//! In: the model's names, the sentences, tokens and tags. Out: names that agree
//! with one another (a surname alone is the person named in full elsewhere; the
//! same words have the same kind; acronyms have that of what they stand for), that
//! begin and end where they should, with the kinds that words tell, a town apart
//! from its country, and amounts of money. None crosses a sentence.
//!
//! What is done stands in `names/names.rule`, step by step: each reads the names
//! that those before it left, once through the article.

mod draft;
mod lex;
mod rule;
mod run;
mod steps;
mod test;

pub(super) use draft::Words;

use self::draft::Draft;
use self::rule::Step;
use super::name_words::{NameLexicon, WordClass};
use super::reference::ReferenceLexicon;
use crate::text::{Name, NameKind, Span, Token, TokenId};

/// The steps on the way from the names that the network found to the right ones.
#[derive(Clone, Debug)]
pub(super) struct NameRules(Vec<Step>);

impl NameRules {
    /// The shipped steps.
    #[allow(clippy::panic)] // a test reads them
    pub(super) fn shipped() -> Self {
        let steps = rule::steps(include_str!("names/names.rule"));
        Self(steps.unwrap_or_else(|error| panic!("{error}")))
    }

    /// Settles the names of an article; in order, without overlaps.
    pub(super) fn resolve(&self, words: Words<'_>, names: Vec<Name>) -> Vec<Name> {
        let mut draft = Draft::new(words, names);
        for step in &self.0 {
            match step {
                Step::Rule(rule) => draft.run(rule),
                Step::Algorithm(algorithm) => draft.step(*algorithm),
            }
        }
        draft.names
    }
}

/// Takes away what only stands before a name, as *the* and *Gen* do; drops names of a
/// title alone.
pub(super) fn trim(
    reference: &ReferenceLexicon,
    lexicon: &NameLexicon,
    tokens: &[Token],
    names: Vec<Name>,
) -> Vec<Name> {
    let form = |t: TokenId| tokens.get(t.index()).map_or("", |t| &t.form);
    let trimmed = |name: Name| {
        let person = name.kind == NameKind::Person;
        let title =
            |form: &str| reference.persons.is_title(form) && !lexicon.is(form, WordClass::Style);
        let is_before = |t: TokenId| lexicon.is_article(form(t)) || person && title(form(t));
        let first = name.tokens.iter().find(|&t| !is_before(t))?;
        let start = tokens.get(first.index())?.span.start;
        let span = Span::new(start, name.span.end);
        Some(Name { tokens: first.until(name.tokens.end), span, ..name })
    };
    names.into_iter().filter_map(trimmed).collect()
}

#[cfg(test)]
mod tests;
