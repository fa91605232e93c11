//! Two subjects of one verb that are one phrase.
//!
//! The second of two that stand side by side is the name of whom the first is a title of
//! (*spokesman Tom Hale*), the noun that the first modifies (*the work ethic*), joined to it
//! (*the rise and the fall*), or a day (*the court Thursday ruled*). No verb has two.

use super::{Repair, View};
use crate::analyse::name_words::WordClass;
use crate::text::{Deprel, TokenId, Upos};

/// What is to be changed for verbs to have one subject, as far as that is told.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for sentence in view.sentences {
        for verb in sentence.tokens {
            repairs.extend(view.first_repair(verb));
        }
    }
    repairs
}

impl View<'_> {
    /// What is wrong with the subjects of a verb: the first two that stand side by side.
    fn first_repair(&self, verb: TokenId) -> Vec<Repair> {
        let mut before: Option<TokenId> = None;
        for &child in self.tree.children(verb) {
            if !matches!(self.tree.deprel(child), Deprel::Nsubj | Deprel::NsubjPass) {
                continue;
            }
            if let Some(repairs) = before.and_then(|first| self.repair(first, child)) {
                return repairs;
            }
            before = Some(child);
        }
        Vec::new()
    }

    /// What joins two subjects, if they stand side by side.
    fn repair(&self, first: TokenId, second: TokenId) -> Option<Vec<Repair>> {
        if !self.is_noun(first) || !self.is_noun(second) || !self.are_beside(first, second) {
            return None;
        }
        let (head, relation) = if self.tree.has(second, Deprel::Cc) {
            (Some(first), Deprel::Conj)
        } else if self.is_day(second) {
            (self.tree.head(second), Deprel::OblUnmarked)
        } else {
            return self.title(first, second);
        };
        Some(vec![Repair { word: second, head, relation }])
    }

    /// What makes the first of two nouns a title or a modifier of the second.
    fn title(&self, first: TokenId, second: TokenId) -> Option<Vec<Repair>> {
        if self.tree.has(second, Deprel::Det) {
            return None;
        }
        let relation = if self.is_person(second) && !self.is_person(first) {
            Deprel::NmodDesc
        } else if first + 1 == second {
            Deprel::Compound
        } else {
            return None;
        };
        let mut repairs = vec![Repair { word: first, head: Some(second), relation }];
        repairs.extend(self.moved(first, second, second));
        Some(repairs)
    }

    fn is_noun(&self, word: TokenId) -> bool {
        matches!(self.upos(word), Upos::Noun | Upos::Propn)
    }

    /// Whether nothing stands between what hangs on two words but the stop of a title.
    fn are_beside(&self, first: TokenId, second: TokenId) -> bool {
        let below = self.tree.subtree(second);
        let start = below.first().copied().unwrap_or(second);
        let mut end = first;
        for word in self.tree.subtree(first) {
            if word < start {
                end = end.max(word);
            }
        }
        let stop = self.upos(end + 1) == Upos::Punct && self.is_person(second);
        end + 1 == start || stop && end + 2 == start
    }

    /// A day of the week: *Thursday*.
    pub(super) fn is_day(&self, word: TokenId) -> bool {
        let Some(token) = self.tokens.get(word.index()) else { return false };
        self.lexicon.is(&token.form, WordClass::Weekday)
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel, Document};

    fn document(text: &str) -> Document {
        Analyser::english().unwrap().analyse(Article::paragraph("a", text))
    }

    #[test]
    fn no_verb_has_two_subjects_side_by_side() {
        let document = document(
            "“It is rare,” Senate Minority Whip Ada Moss, D-Orm., told the outlet. \
             U.S. Rep. Tom Hale and his wife were indicted on Tuesday.",
        );
        let tree = &document.tree;
        for token in document.token_ids() {
            let subjects =
                tree.children(token).iter().filter(|&&c| tree.is(c, Deprel::Nsubj)).count();
            assert!(subjects < 2, "{}", document.form(token));
        }
    }
}
