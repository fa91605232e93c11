//! Whose name stands in apposition to a phrase of several nouns: "a spokesman for Mr. Hale,
//! Ian Brook" is Brook, who is no Hale; "the bank's director, Ada Moss" is the director.

use super::{Repair, View};
use crate::text::{Deprel, Name, NameKind, TokenId, Upos};

/// So many nouns may stand above the one that the name hangs on.
const NOUNS: usize = 4;

/// What to change where a name hangs on a noun that cannot be its bearer.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for person in view.names {
        if person.kind == NameKind::Person {
            repairs.extend(repair(view, person));
        }
    }
    repairs
}

fn repair(view: &View<'_>, person: &Name) -> Option<Repair> {
    let tree = view.tree;
    let name = view.outermost(person);
    let head = tree.head(name).filter(|&head| tree.is(name, Deprel::Appos) && head < name)?;
    if view.can_bear(head, person) || !view.is_set_off(person) {
        return None;
    }
    let mut at = head;
    for _ in 0..NOUNS {
        let is_part = matches!(tree.deprel(at).main(), Deprel::Nmod | Deprel::Compound);
        at = tree.head(at).filter(|&above| is_part && above < name)?;
        if view.is_person_noun(at) {
            // What has a name already has no other.
            let is_named = view.is_person(at) || tree.has(at, Deprel::Appos);
            return (!is_named).then_some(Repair {
                word: name,
                head: Some(at),
                relation: Deprel::Appos,
            });
        }
    }
    None
}

impl View<'_> {
    /// Whether a noun may be the person of a name: another name of theirs, or what people
    /// are.
    fn can_bear(&self, noun: TokenId, person: &Name) -> bool {
        match self.name_at(noun) {
            Some(other) if other.kind == NameKind::Person => self.share_word(other, person),
            Some(_) => false,
            None => self.is_person_noun(noun),
        }
    }

    /// Whether a comma stands before a name.
    fn is_set_off(&self, name: &Name) -> bool {
        let before = name.tokens.start.previous().and_then(|word| self.tokens.get(word.index()));
        before.is_some_and(|token| token.form == ",")
    }

    fn share_word(&self, one: &Name, other: &Name) -> bool {
        let form = |word: TokenId| self.tokens.get(word.index()).map(|token| &token.form);
        one.tokens.iter().any(|word| other.tokens.iter().any(|w| form(w) == form(word)))
    }

    /// Whether people are what a noun says: *director*.
    fn is_person_noun(&self, word: TokenId) -> bool {
        let lemma = self.tags.get(word.index()).map_or("", |tag| tag.lemma.as_str());
        self.upos(word) == Upos::Noun
            && self.reference.noun(lemma).is_some_and(|noun| noun.kind == NameKind::Person)
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel, Document, TokenId};

    fn document(text: &str) -> Document {
        Analyser::english().unwrap().analyse(Article::paragraph("a", text))
    }

    fn word(document: &Document, form: &str) -> TokenId {
        document.token_ids().iter().find(|&t| document.form(t) == form).unwrap()
    }

    #[test]
    fn a_name_belongs_to_who_can_bear_it() {
        for (text, name, bearer) in [
            ("A spokesman for Duncan Hale, Ian Brook, denied it.", "Ian", "spokesman"),
            ("The director of the bank, Ada Moss, denied it.", "Ada", "director"),
        ] {
            let document = document(text);
            let (name, bearer) = (word(&document, name), word(&document, bearer));
            assert!(document.tree.is(name, Deprel::Appos), "{text}");
            assert_eq!(document.tree.head(name), Some(bearer), "{text}");
        }
    }
}
