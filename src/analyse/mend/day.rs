//! Days that the tree takes for objects or subjects: "the council voted *Wednesday* to close
//! it". Few verbs have a day for their object.

use super::words::MendWord;
use super::{Repair, View};
use crate::text::{Deprel, TokenId, Upos};

/// What to change where the tree takes when something is done for what is done to.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for sentence in view.sentences {
        for word in sentence.tokens {
            if view.is_bare_day(word) {
                repairs.extend(view.day_of(word).into_iter().flatten());
            }
        }
    }
    repairs
}

impl View<'_> {
    /// A day with nothing before it but its own name.
    fn is_bare_day(&self, word: TokenId) -> bool {
        let tree = self.tree;
        let day = self.is_day(word) || self.listed(word, MendWord::Deictic);
        let own = [Deprel::Det, Deprel::Case, Deprel::NmodPoss, Deprel::Amod, Deprel::Nummod];
        day && !tree.has_any(word, &own)
    }

    /// The verb that a day is a time of, and the infinitive that the tree hangs on the day.
    fn day_of(&self, day: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let head = tree.head(day)?;
        let verb = match tree.deprel(day) {
            Deprel::Obj | Deprel::Iobj => head,
            Deprel::Nsubj if self.is_to_infinitive(head) && day < head => {
                tree.head(head).filter(|&verb| verb < day)?
            }
            _ => return None,
        };
        if self.upos(verb) != Upos::Verb || self.listed(verb, MendWord::Day) {
            return None;
        }
        let mut repairs =
            vec![Repair { word: day, head: Some(verb), relation: Deprel::OblUnmarked }];
        for &child in tree.children(day) {
            if day < child && tree.is(child, Deprel::Acl) && self.is_to_infinitive(child) {
                repairs.push(Repair { word: child, head: Some(verb), relation: Deprel::Xcomp });
            }
        }
        Some(repairs)
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel};

    #[test]
    fn a_day_is_when() {
        let analyser = Analyser::english().unwrap();
        for (text, day, relation) in [
            ("The council voted Wednesday to close the mill.", "Wednesday", Deprel::OblUnmarked),
            ("The council chose Wednesday for the vote.", "Wednesday", Deprel::Obj),
        ] {
            let document = analyser.analyse(Article::paragraph("a", text));
            let found = document.token_ids().iter().find(|&t| document.form(t) == day);
            assert_eq!(found.map(|t| document.tree.deprel(t)), Some(relation), "{text}");
        }
    }
}
