//! Who bears the office before a name: in "Orm Council of Peers leader Ada Moss said" it is
//! she who said it, not the council; "founder and chief Ada Moss" is one, and so is
//! "Secretary of State Ada Moss", who is no *State Ada Moss*.

use super::{Repair, View};
use crate::text::{Deprel, Name, NameKind, TokenId, Upos};

/// How many words an office has between the body and the name.
const OFFICE: u32 = 5;

/// What to change where the tree takes the body for who is meant.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for person in view.names {
        if person.kind == NameKind::Person {
            let found = repair(view, person).or_else(|| both_titles(view, person));
            repairs.extend(found.or_else(|| whole_title(view, person)).into_iter().flatten());
        }
    }
    repairs
}

/// The first of two offices of one person, which the tree takes for somebody else.
fn both_titles(view: &View<'_>, person: &Name) -> Option<Vec<Repair>> {
    let tree = view.tree;
    let bearer = view.outermost(person);
    let first = tree.head_by(bearer, Deprel::Conj)?;
    let second = person.tokens.start.previous()?;
    let joint = tree.child(bearer, Deprel::Cc).or_else(|| tree.child(second, Deprel::Cc))?;
    let title = tree.is(second, Deprel::NmodDesc) && tree.head(second) == Some(bearer);
    let bare = !tree.has_any(first, &[Deprel::Det, Deprel::NmodPoss, Deprel::Nummod]);
    let office = |word| view.upos(word) == Upos::Noun && view.is_person_noun(word);
    if !title || !bare || first + 1 != joint || !office(first) {
        return None;
    }
    let relation = |word: TokenId, head, relation| Repair { word, head: Some(head), relation };
    let mut repairs = vec![
        Repair { word: bearer, head: tree.head(first), relation: tree.deprel(first) },
        relation(first, bearer, Deprel::NmodDesc),
        relation(second, first, Deprel::Conj),
        relation(joint, second, Deprel::Cc),
    ];
    repairs.retain(|repair| repair.head != Some(repair.word));
    Some(repairs)
}

/// An office whose second noun the tree hangs on the name: *Secretary of State* Moss.
fn whole_title(view: &View<'_>, person: &Name) -> Option<Vec<Repair>> {
    let tree = view.tree;
    let bearer = view.outermost(person);
    let titles = || tree.children_by(bearer, Deprel::NmodDesc).filter(|&c| c < bearer);
    let part = titles().find(|&c| tree.has(c, Deprel::Case))?;
    let mut offices = tree.children_by(part, Deprel::NmodDesc).chain(titles());
    let is_before_case = |office: TokenId| Some(office + 1) == tree.child(part, Deprel::Case);
    let office = offices.find(|&office| office != part && is_before_case(office))?;
    Some(vec![
        Repair { word: office, head: Some(bearer), relation: Deprel::NmodDesc },
        Repair { word: part, head: Some(office), relation: Deprel::Nmod },
    ])
}

fn repair(view: &View<'_>, person: &Name) -> Option<Vec<Repair>> {
    let office = person.tokens.start.previous()?;
    let body = body_before(view, office)?;
    let (top, bearer) = (view.outermost(body), view.outermost(person));
    let tree = view.tree;
    let mut repairs = vec![
        Repair { word: bearer, head: tree.head(top), relation: tree.deprel(top) },
        Repair { word: office, head: Some(bearer), relation: Deprel::NmodDesc },
        Repair { word: top, head: Some(office), relation: Deprel::Compound },
    ];
    for word in body.tokens.end.through(bearer) {
        if !tree.dominates(top, word) {
            return None;
        }
        if word < office && is_child_of(view, word, body) {
            repairs.push(Repair { word, head: Some(office), relation: Deprel::Compound });
        }
    }
    for from in body.tokens {
        repairs.extend(view.moved(from, person.tokens.end - 1, bearer));
    }
    Some(repairs)
}

fn is_child_of(view: &View<'_>, word: TokenId, name: &Name) -> bool {
    matches!(view.tree.head(word), Some(head) if name.tokens.contains(head))
}

/// The body right before the words of an office, which end with this one.
fn body_before<'a>(view: &'a View<'_>, office: TokenId) -> Option<&'a Name> {
    if view.upos(office) != Upos::Noun {
        return None;
    }
    let mut last = office;
    while is_of_office(view, last) && office.number() - last.number() <= OFFICE {
        last = last.previous()?;
    }
    let body = view.name_at(last)?;
    let beside = body.tokens.end == last + 1 && last < office;
    (body.kind == NameKind::Organization && beside).then_some(body)
}

fn is_of_office(view: &View<'_>, word: TokenId) -> bool {
    matches!(view.upos(word), Upos::Noun | Upos::Adj) && view.name_at(word).is_none()
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel, Document};

    fn document(text: &str) -> Document {
        Analyser::english().unwrap().analyse(Article::paragraph("a", text))
    }

    #[test]
    fn whoever_bears_the_office_is_meant() {
        let text = "Liberal Democratic Party of Norland leader Yoshihiko Noda pressed the mayor.";
        let document = document(text);
        let tree = &document.tree;
        let pressed = document.token_ids().iter().find(|&t| document.form(t) == "pressed").unwrap();
        let subject = tree.child(pressed, Deprel::Nsubj).unwrap();
        assert_eq!(document.form(subject), "Yoshihiko");
    }

    #[test]
    fn two_offices_are_of_one_person() {
        let document = document("Harbour Works founder and CEO Bernard Moss has endorsed Troy.");
        let tree = &document.tree;
        let verb = document.token_ids().iter().find(|&t| document.form(t) == "endorsed").unwrap();
        let subject = tree.child(verb, Deprel::Nsubj).unwrap();
        assert_eq!(document.form(subject), "Bernard");
    }

    #[test]
    fn no_office_is_its_own() {
        let document =
            document("Press spokesman Secretary’s Moruo’s told The Orm Post that it pays.");
        for word in document.token_ids() {
            let above = document.tree.ancestors(word).take(document.tokens.len() + 1).count();
            assert!(above < document.tokens.len(), "{}", document.form(word));
        }
    }

    #[test]
    fn an_office_of_two_nouns_is_whole() {
        let document = document("Secretary of State Antony Moss said the talks had failed.");
        let state = document.token_ids().iter().find(|&t| document.form(t) == "State").unwrap();
        let office = document.tree.head(state).unwrap();
        assert_eq!(document.form(office), "Secretary");
    }
}
