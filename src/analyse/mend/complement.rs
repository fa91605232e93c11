//! What completes a verb, where the tree hangs it on a word beside: "asked *aides* to print
//! it", "saw *the plan* as wasting money", "know for *a fact* that it is over", "called
//! the plan “*a farce*”", "asked *how* it was done", "urged people over *65* to wait"; and what the first of two nouns in a row is to
//! the second ("jail *terrorism suspects*").

use super::words::MendWord;
use super::{Repair, View};
use crate::analyse::syntax::is_quotation_mark;
use crate::text::{Deprel, FunctionWord, NameKind, Pronoun, TokenId, Upos};

/// What to change.
pub(super) fn repairs(view: &View<'_>) -> Vec<Repair> {
    let mut repairs = Vec::new();
    for sentence in view.sentences {
        for word in sentence.tokens {
            let found = view
                .infinitive_of_asked(word)
                .or_else(|| view.told_in(word))
                .or_else(|| view.seen_as(word))
                .or_else(|| view.named(word))
                .or_else(|| view.first_of_two(word))
                .or_else(|| view.behind_preposition(word))
                .or_else(|| view.asked_how(word))
                .or_else(|| view.pointed_at(word))
                .or_else(|| view.voiced(word))
                .or_else(|| view.told_before(word));
            repairs.extend(found.into_iter().flatten());
        }
    }
    repairs
}

impl View<'_> {
    /// "asked *aides* to print it": whom one asks does it.
    fn infinitive_of_asked(&self, deed: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let asked = tree.head(deed).filter(|_| tree.deprel(deed) == Deprel::Acl)?;
        let verb = tree.head(asked)?;
        let alone = match tree.deprel(asked) {
            Deprel::Iobj => !tree.has_any(verb, &[Deprel::Obj, Deprel::Ccomp]),
            Deprel::Obj => self.is_body(asked),
            _ => false,
        };
        let asks = self.listed(verb, MendWord::Asking) && alone && self.is_to_infinitive(deed);
        let repair = Repair { word: deed, head: Some(verb), relation: Deprel::Xcomp };
        (asks && !tree.has(verb, Deprel::Xcomp)).then(|| vec![repair])
    }

    /// "know for *a fact* that it is over", "said in *a speech* that he was leaving", where the
    /// tree takes *that* for a pronoun.
    fn told_in(&self, clause: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let noun = tree.head_by(clause, Deprel::Acl)?;
        let verb = tree.head_by(noun, Deprel::Obl)?;
        let content = [Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp, Deprel::Parataxis];
        let open = !tree.has_any(verb, &content) && !tree.is(verb, Deprel::Parataxis);
        if !open || verb > noun || !self.listed(verb, MendWord::Telling) {
            return None;
        }
        // What is told in a statement completes both, and is left as it is; behind other
        // prepositions a pronoun is one: "warned of the danger that she ignored".
        let that = noun + 1;
        let mut cases = tree.children_by(noun, Deprel::Case);
        let told_in = cases.any(|t| self.listed(t, MendWord::ToldIn));
        if told_in == (tree.deprel(that) == Deprel::Mark) {
            return None;
        }
        let opens = self.words.is(self.form(that), FunctionWord::That)
            && tree.head(that) == Some(clause)
            && tree.has_any(clause, &[Deprel::Nsubj, Deprel::NsubjPass, Deprel::Expl])
            && !matches!(tree.deprel(that), Deprel::Nsubj | Deprel::NsubjPass);
        opens.then(|| {
            vec![
                Repair { word: clause, head: Some(verb), relation: Deprel::Ccomp },
                Repair { word: that, head: Some(clause), relation: Deprel::Mark },
            ]
        })
    }

    /// "saw *the plan* as wasting money": what the object is seen as completes the verb.
    fn seen_as(&self, deed: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let object = tree.head(deed).filter(|_| tree.deprel(deed) == Deprel::Acl)?;
        let verb = tree.head_by(object, Deprel::Obj)?;
        let mut marks = tree.children_by(deed, Deprel::Mark);
        let seen = self.xpos(deed) == "VBG" && marks.any(|t| self.listed(t, MendWord::SeenAs));
        let repair = Repair { word: deed, head: Some(verb), relation: Deprel::Advcl };
        seen.then(|| vec![repair])
    }

    /// "called the plan “*a farce*”".
    fn named(&self, name: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let object = tree.head_by(name, Deprel::Appos)?;
        let verb = tree.head_by(object, Deprel::Obj)?;
        let first = tree.subtree(name).first().copied()?;
        let quoted = is_quotation_mark(self.form(first));
        let right_behind = first.previous().is_some_and(|t| self.upos(t) != Upos::Punct);
        let names = quoted && right_behind && self.listed(verb, MendWord::Naming);
        let repair = Repair { word: name, head: Some(verb), relation: Deprel::Xcomp };
        (names && !tree.has(verb, Deprel::Xcomp)).then(|| vec![repair])
    }

    /// "urged people over *65* to stay in": no object has a preposition; behind another object
    /// it tells of that.
    fn behind_preposition(&self, word: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let verb = tree.head_by(word, Deprel::Obj)?;
        let case = tree.children_by(word, Deprel::Case).find(|&case| case < word)?;
        let object = tree.children_by(verb, Deprel::Iobj).find(|&object| object < case)?;
        if self.upos(object) == Upos::Pron {
            return None;
        }
        Some(vec![
            Repair { word: object, head: Some(verb), relation: Deprel::Obj },
            Repair { word, head: Some(object), relation: Deprel::Nmod },
        ])
    }

    /// "jail *terrorism* suspects": two nouns in a row behind a verb that has one object.
    fn first_of_two(&self, second: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let verb = tree.head(second).filter(|_| tree.deprel(second) == Deprel::Xcomp)?;
        let first = second.previous().filter(|&t| tree.head(t) == Some(verb))?;
        let bare = tree.is(first, Deprel::Obj)
            && tree.children(first).is_empty()
            && self.xpos(first) == "NN"
            && self.xpos(second) == "NNS"
            && self.upos(first) == Upos::Noun
            && self.name_at(first).is_none();
        let other = self.listed(verb, MendWord::Naming) || self.listed(verb, MendWord::Making);
        if !bare || other || self.upos(verb) != Upos::Verb {
            return None;
        }
        let mut repairs = vec![
            Repair { word: first, head: Some(second), relation: Deprel::Compound },
            Repair { word: second, head: Some(verb), relation: Deprel::Obj },
        ];
        for &child in tree.children(second) {
            if tree.is(child, Deprel::Xcomp) {
                repairs.push(Repair { word: child, head: Some(verb), relation: Deprel::Advcl });
            }
        }
        Some(repairs)
    }

    /// "looked into *how* it was done": the question word belongs to the clause behind it.
    fn asked_how(&self, how: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let verb = tree.head(how).filter(|&verb| verb < how && self.xpos(how) == "WRB")?;
        let hung = matches!(tree.deprel(how).main(), Deprel::Obj | Deprel::Advmod | Deprel::Obl);
        let clause = tree.children_by(verb, Deprel::Ccomp).find(|&clause| {
            how < clause && tree.subtree(clause).first().copied() == Some(how + 1)
        })?;
        let own = tree.has_any(clause, &[Deprel::Nsubj, Deprel::NsubjPass]);
        let repair = Repair { word: how, head: Some(clause), relation: Deprel::Advmod };
        (hung && own && tree.children(how).is_empty() && self.upos(how + 1) != Upos::Punct)
            .then(|| vec![repair])
    }

    /// "they think *that* now": nothing marks a clause from behind its verb.
    fn pointed_at(&self, that: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let verb = tree.head(that).filter(|&verb| verb + 1 == that)?;
        let open = !tree.has_any(verb, &[Deprel::Obj, Deprel::Ccomp, Deprel::Xcomp]);
        let marks = tree.is(that, Deprel::Mark)
            && self.words.is(self.form(that), FunctionWord::That)
            && self.upos(verb) == Upos::Verb;
        let repair = Repair { word: that, head: Some(verb), relation: Deprel::Obj };
        (marks && open).then(|| vec![repair])
    }

    /// "the agency denied that a plane was hit, *calling* the report false": who denies it
    /// calls it so, not the plane.
    fn voiced(&self, participle: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let clause = tree.head_by(participle, Deprel::Advcl)?;
        let first = tree.subtree(participle).first().copied()?;
        let behind = clause < participle
            && self.form(first) == ","
            && self.xpos(participle) == "VBG"
            && self.listed(participle, MendWord::Voicing)
            && !tree.has_any(participle, &[Deprel::Mark, Deprel::Aux]);
        let teller = tree.head_by(clause, Deprel::Ccomp)?;
        let speaks = |verb: TokenId| {
            let mut subjects = tree.children_by(verb, Deprel::Nsubj);
            subjects.any(|t| self.is_body(t) || self.upos(t) == Upos::Pron)
        };
        let thing = !speaks(clause);
        let repair = Repair { word: participle, head: Some(teller), relation: Deprel::Advcl };
        (behind && thing && speaks(teller)).then(|| vec![repair])
    }

    /// "The plan was for *the town* to sell, says Ada Brook": what is told before a verb that
    /// stands before its subject is no second subject.
    fn told_before(&self, clause: TokenId) -> Option<Vec<Repair>> {
        let tree = self.tree;
        let verb = tree.head(clause).filter(|&verb| clause < verb)?;
        let told = tree.deprel(clause) == Deprel::Nsubj
            && tree.has_any(clause, &[Deprel::Cop, Deprel::Nsubj, Deprel::NsubjOuter]);
        let comma = verb.previous().is_some_and(|t| self.form(t) == ",");
        let mut subjects = tree.children_by(verb, Deprel::Nsubj);
        let behind = subjects.any(|t| tree.subtree(t).first() == Some(&(verb + 1)));
        let inverted = told && comma && behind && self.listed(verb, MendWord::Telling);
        let repair = Repair { word: clause, head: Some(verb), relation: Deprel::Ccomp };
        inverted.then(|| vec![repair])
    }

    /// Whether a word stands for people, or a body or place that acts as they do.
    fn is_body(&self, word: TokenId) -> bool {
        use NameKind::{Group, Organization, Person, Place};
        let named = self.name_at(word).map(|name| name.kind);
        let kind = named.or_else(|| self.reference.noun(self.lemma(word)).map(|noun| noun.kind));
        let person = self.words.pronoun(self.form(word)).is_some_and(|pronoun| {
            use Pronoun::{He, I, She, They, We, You};
            matches!(pronoun, He | I | She | They | We | You)
        });
        person || matches!(kind, Some(Group | Organization | Person | Place))
    }
}

#[cfg(test)]
mod tests {
    use crate::analyse::Analyser;
    use crate::text::{Article, Deprel};

    /// How a word hangs on which other, in a text that the model reads.
    fn check(text: &str, word: &str, relation: Deprel, head: &str) {
        let document = Analyser::english().unwrap().analyse(Article::paragraph("a", text));
        let found = document.token_ids().iter().find(|&t| document.form(t) == word).unwrap();
        let tree = &document.tree;
        let above = tree.head(found).map_or("", |t| document.form(t));
        assert_eq!((tree.deprel(found), above), (relation, head), "{text}");
    }

    #[test]
    fn complements_of_verbs() {
        check("She asked aides to print out the letter.", "print", Deprel::Xcomp, "asked");
        check("I know for a fact that the boat was sold.", "sold", Deprel::Ccomp, "know");
        check("Moss urged people over 65 to get vaccinated.", "people", Deprel::Obj, "urged");
        check("They want to find out how the boat was sold.", "how", Deprel::Advmod, "sold");
    }
}
