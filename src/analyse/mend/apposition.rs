//! What stands in apposition to what.
//!
//! Of a phrase of several nouns a name belongs to who can bear it: "a spokesman for Mr. Hale,
//! Ian Brook" is Brook, who is no Hale; "the bank's director, Ada Moss" is the director. Of
//! two that are joined one noun describes the last ("Hale and Moss, *a nurse*"); a noun for
//! bodies or places describes the name of one right before it ("an analyst at Orm Research,
//! *a think tank*").

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
    for sentence in view.sentences {
        for word in sentence.tokens {
            if view.tree.is(word, Deprel::Appos) && view.upos(word) == Upos::Noun {
                repairs.extend(of_last(view, word).or_else(|| of_body(view, word)));
            }
        }
    }
    repairs
}

/// What one noun describes that the tree hangs on the first of two: the last.
fn of_last(view: &View<'_>, word: TokenId) -> Option<Repair> {
    let tree = view.tree;
    let first = tree.head(word).filter(|&first| first < word)?;
    let before = |c: &TokenId| *c < word && tree.has(*c, Deprel::Cc);
    let last = tree.children_by(first, Deprel::Conj).filter(before).last()?;
    let one = |word: TokenId| !view.is_plural(word);
    let nominal = matches!(view.upos(last), Upos::Noun | Upos::Propn);
    let known = tree.has_any(word, &[Deprel::Det, Deprel::NmodPoss]);
    let alone = one(word) && one(last) && known && nominal && !tree.has(word, Deprel::Conj);
    (alone && view.ends_before(last, word)).then_some(Repair {
        word,
        head: Some(last),
        relation: Deprel::Appos,
    })
}

/// The name of a body or place right before a noun for such, which the tree hangs on
/// somebody.
fn of_body(view: &View<'_>, word: TokenId) -> Option<Repair> {
    let tree = view.tree;
    let above = tree.head(word).filter(|&above| above < word)?;
    let kind = view.kind_of_noun(word)?;
    let comma = view.comma_before(word)?;
    let name = view.name_at(comma.previous()?).filter(|name| !name.tokens.contains(above))?;
    let body = |kind| matches!(kind, NameKind::Organization | NameKind::Place | NameKind::Facility);
    let head = view.outermost(name);
    let fits = body(kind) && body(name.kind) && view.is_somebody(above);
    (fits && !tree.is(head, Deprel::Conj) && !tree.dominates(word, head)).then_some(Repair {
        word,
        head: Some(head),
        relation: Deprel::Appos,
    })
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

    /// Whether a word is of a person's name, or says what people are.
    fn is_somebody(&self, word: TokenId) -> bool {
        self.is_person(word) || self.is_person_noun(word)
    }

    /// What a noun says of what sort of thing it refers to; of *think tank* the two words do.
    fn kind_of_noun(&self, word: TokenId) -> Option<NameKind> {
        let lemma = |word: TokenId| self.tags.get(word.index()).map(|tag| tag.lemma.as_str());
        let own = lemma(word)?;
        let joined = self.tree.children_by(word, Deprel::Compound).last().and_then(lemma);
        let joined = joined.and_then(|part| self.reference.noun(&format!("{part} {own}")));
        joined.or_else(|| self.reference.noun(own)).map(|noun| noun.kind)
    }

    fn is_plural(&self, word: TokenId) -> bool {
        self.tags.get(word.index()).is_some_and(|tag| tag.feats.has("Number", "Plur"))
    }

    /// Whether a phrase ends right before the comma before another.
    fn ends_before(&self, phrase: TokenId, other: TokenId) -> bool {
        let Some(comma) = self.comma_before(other) else { return false };
        let last = self.tree.subtree(phrase).into_iter().filter(|&t| t < comma).max();
        last.is_some_and(|last| last + 1 == comma)
    }

    /// The comma that a phrase begins with, or that stands right before it.
    fn comma_before(&self, word: TokenId) -> Option<TokenId> {
        let start = self.tree.subtree(word).first().copied()?;
        let is_comma = |&t: &TokenId| self.form(t) == ",";
        Some(start).filter(is_comma).or_else(|| start.previous().filter(is_comma))
    }

    /// Whether people are what a noun says: *director*.
    pub(super) fn is_person_noun(&self, word: TokenId) -> bool {
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
            ("Tom Hale and Ada Moss, a nurse who lived there, denied it.", "nurse", "Ada"),
        ] {
            let document = document(text);
            let (name, bearer) = (word(&document, name), word(&document, bearer));
            assert!(document.tree.is(name, Deprel::Appos), "{text}");
            assert_eq!(document.tree.head(name), Some(bearer), "{text}");
        }
    }
}
