//! Whether somebody can be what a claim says that they are.

use super::Reading;
use super::attachment::is_dash;
use crate::extract::{Argument, ArgumentKind};
use crate::text::{Deprel, FunctionWord, NameKind, TokenId, TokenRange, Upos};

/// What an argument of *be* is, as far as it shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Person,
    Body,
    Place,
    Unknown,
}

impl Reading<'_> {
    /// Whether subject and object can be the same, or the subject have the
    /// office; true of all claims but those of *be*.
    pub(super) fn identifies_plausibly(&self) -> bool {
        let relation = &self.claim.relation;
        let Some(object) = &self.claim.object else { return true };
        let is_other = relation.lemmas.first().is_none_or(|l| !self.is_be(l));
        if is_other || self.is_verbal() {
            return true;
        }
        if self.is_somewhere() {
            return !self.is_former();
        }
        if self.is_cut_role() {
            return false;
        }
        if self.is_list() {
            return false;
        }
        if self.is_turned_round() && !self.is_office(object.head) && !self.is_owned(object) {
            return false;
        }
        let title = self.graph.document.tag(object.head).upos == Upos::Propn;
        if object.kind == ArgumentKind::Value && !title {
            return !self.was_once(object)
                && !self.is_odd_title(object)
                && !self.names_another(object)
                && !self.is_apart_from(object)
                && !self.is_of_the_clause(object)
                && !self.is_body_of_somebody(object);
        }
        !self.is_odd_title(object)
            && !self.names_another(object)
            && !self.is_apart_from(object)
            && !self.is_of_the_clause(object)
            && !self.is_former()
            && !self.is_behind_other_name(object)
            && !self.is_cut_title(object)
            && self.fits(object)
            && self.is_set_off(object)
    }

    /// Whether another name stands between a thing and what it is said to be: of *Orm
    /// College in Lisbon, a large town*, the town is the other.
    fn is_behind_other_name(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let (subject, head) = (self.claim.subject.head, object.head);
        let own = document.name_at(subject);
        let other = |t: TokenId| {
            document.name_at(t).is_some_and(|n| own.is_none_or(|o| o.tokens != n.tokens))
        };
        let start = document.tokens_in(object.span).start;
        self.claim.relation.head == head
            && subject < start
            && self.kind(subject) != Kind::Person
            && (subject + 1).until(start).iter().any(other)
    }

    /// Whether a title before a name holds what no title does: a participle with its object
    /// ("money *recruiting* Senator Hale"), a time ("the *day* president Hale flew").
    fn is_odd_title(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let words = document.tokens_in(object.span);
        let joined = |t: TokenId| t.previous().is_some_and(|before| document.form(before) == "-");
        let odd = |t: TokenId| {
            let tag = document.tag(t);
            let noun = tag.upos == Upos::Noun
                && !document.form(t).starts_with(char::is_uppercase)
                && !self.is_office(t)
                && self.is_title_of_name(object.head);
            let time = self.lexicon.has("time-words", None, &tag.lemma.to_lowercase());
            tag.xpos == "VBG" && t != words.start || t != object.head && noun || time && !joined(t)
        };
        let cut = words.start.previous().filter(|_| words.len() > 1);
        let of = cut.filter(|&t| document.words.is(document.lemma(t), FunctionWord::Of));
        let named = of.and_then(TokenId::previous).map(|t| document.tag(t).upos);
        object.head < self.claim.subject.head
            && document.form(words.end) != ","
            && (words.iter().any(odd) || named == Some(Upos::Propn))
    }

    /// A title that is written like a name: *Senator*, of which no small noun is a part.
    fn is_title_of_name(&self, head: TokenId) -> bool {
        self.graph.document.tag(head).upos == Upos::Propn
    }

    /// Whether what somebody is said to be is somebody else by name.
    fn names_another(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let subject = self.claim.subject.head;
        let person = |t: TokenId| self.kind_of_name(t) == Some(NameKind::Person);
        let beside = |t: TokenId| {
            let relation = document.tree.deprel(t).main();
            let hangs = document.tree.head(t) == Some(object.head);
            hangs && matches!(relation, Deprel::Flat | Deprel::Appos)
        };
        let own = document.name_at(subject).map(|name| name.tokens);
        let mut words = document.tokens_in(object.phrase).iter();
        person(subject)
            && words.any(|t| person(t) && beside(t) && !own.is_some_and(|own| own.contains(t)))
    }

    /// Whether words that are not of the subject stand between it and an apposition: "tabled
    /// the budget *on Friday*, his third attempt".
    fn is_apart_from(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let subject = self.claim.subject.head;
        let start = document.tokens_in(object.phrase).start;
        let foreign =
            |t: TokenId| document.tag(t).upos != Upos::Punct && !tree.dominates(subject, t);
        tree.is(object.head, Deprel::Appos)
            && subject < start
            && (subject + 1).until(start).iter().any(foreign)
    }

    /// Whether a person is said to be a body, or what stands behind the name of one: "an
    /// analyst at Orm Research, *a think tank*".
    fn is_body_of_somebody(&self, object: &Argument) -> bool {
        let (who, what) = (self.kind(self.claim.subject.head), self.kind(object.head));
        (who, what) == (Kind::Person, Kind::Body)
    }

    /// Whether the noun behind the name of somebody or of a body takes up the whole clause:
    /// "jailed Tom Hale, *a decision* that angered the town".
    fn is_of_the_clause(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let noun = document.lemma(object.head).to_lowercase();
        let listed = |list: &str| self.lexicon.has(list, None, &noun);
        let takes_up = match self.kind(self.claim.subject.head) {
            Kind::Person => listed("shell-nouns") || listed("nominal-events"),
            Kind::Body => listed("shell-nouns"),
            Kind::Place | Kind::Unknown => false,
        };
        takes_up && document.tree.is(object.head, Deprel::Appos) && !self.is_office(object.head)
    }

    /// Whether the name in apposition has become the subject: "the next speaker, Baker".
    fn is_turned_round(&self) -> bool {
        self.claim.relation.head == self.claim.subject.head
    }

    /// Whether somebody's thing stands before its name: "Ada's *village*, Orm".
    fn is_owned(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        document.tree.has(object.head, Deprel::NmodPoss)
            && document.tag(object.head).upos == Upos::Noun
            && document.name_at(self.claim.subject.head).is_some()
    }

    /// Whether a preposition that hangs on the object, or a comma, tells where a named thing
    /// is: Faro *in* Portugal; or what somebody is about, at or in now: "is famous *for* its
    /// wine". Where somebody was, and an office, is told as who somebody is.
    fn is_somewhere(&self) -> bool {
        let document = self.graph.document;
        let relation = &self.claim.relation;
        let Some(object) = &self.claim.object else { return false };
        let copula = document.tree.has(self.predicate, Deprel::Cop);
        if copula {
            return relation.lemmas.len() > 1
                && document.tree.has(object.head, Deprel::Case)
                && !self.is_past()
                && !self.is_office(relation.head);
        }
        relation.lemmas.len() == 2
            && (document.tree.is(relation.head, Deprel::Case) || object.head == relation.head)
    }

    fn is_verbal(&self) -> bool {
        self.graph.document.tag(self.claim.relation.head).upos == Upos::Verb
    }

    /// Whether it was so, or will be, or is only said to be: *former*, *acting*,
    /// *alleged*; an office somebody had. Who is said to be "a *former* mayor" is one.
    fn is_former(&self) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let object = self.claim.object_head();
        let heads = [self.claim.subject.head, self.claim.relation.head].into_iter().chain(object);
        let mut modifiers = heads.flat_map(|t| tree.children(t).iter().copied());
        let past = self.is_past();
        let office = object.is_some_and(|o| self.lexicon.has("roles", None, document.lemma(o)))
            || self.claim.relation.lemmas.len() > 2;
        let words = self.claim.object.as_ref().map(|o| document.tokens_in(o.span));
        let names = |words: TokenRange| {
            words.iter().any(|t| self.kind_of_name(t) == Some(NameKind::Person))
        };
        let words = words.filter(|&words| !names(words));
        let told = |m: TokenId| words.is_some_and(|words| words.contains(m));
        let hedged = modifiers.any(|m| {
            let word = document.form(m).to_lowercase();
            let once = self.lexicon.has("hedges", Some("former"), &word) || word.starts_with("ex-");
            if once { !told(m) } else { self.lexicon.has("hedges", None, &word) }
        });
        hedged || (past && office)
    }

    /// Whether it was so at a time, or had a number then, which need not be so now: "she was
    /// 12 in 1976".
    fn was_once(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let number = matches!(document.tag(object.head).upos, Upos::Num | Upos::Sym)
            && document
                .tree
                .children_by(object.head, Deprel::Nmod)
                .all(|of| document.time_at(of).is_some());
        self.is_past() && (number || self.claim.when.is_some())
    }

    fn is_past(&self) -> bool {
        let document = self.graph.document;
        let copula = document.tree.child(self.predicate, Deprel::Cop);
        copula.is_some_and(|c| document.tag(c).feats.has("Tense", "Past"))
    }

    /// Whether an office is but a part of a title: *General* of *Attorney General*.
    fn is_cut_title(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let words = document.tokens_in(object.span);
        let part = |t: TokenId| {
            let lemma = document.lemma(t).to_lowercase();
            self.lexicon.has("title-parts", None, &lemma)
        };
        let name = |t: TokenId| document.tag(t).upos == Upos::Propn;
        let before = words.start.checked_sub(1);
        self.is_office(object.head)
            && (words.end > object.head && part(words.end)
                || before.is_some_and(|t| part(t) || name(t) && self.is_office(t)))
    }

    /// Whether a title goes on behind the word for the office: *Attorney* of *Attorney General*,
    /// which was read as part of the name.
    fn is_cut_role(&self) -> bool {
        let document = self.graph.document;
        let (role, next) = (self.claim.relation.head, self.claim.relation.head + 1);
        next <= self.claim.subject.head
            && self.is_office(role)
            && document.tag(next).upos == Upos::Propn
            && self.lexicon.has("title-parts", None, &document.lemma(next).to_lowercase())
    }

    /// Whether something is coordinated with an apposition: *the minister, the
    /// head of the bank and the mayor* are three as often as two.
    fn is_list(&self) -> bool {
        let tree = &self.graph.document.tree;
        let appositions = [self.claim.relation.head, self.predicate].into_iter();
        let object = self.claim.object_head();
        appositions.chain(object).filter(|&t| tree.is(t, Deprel::Appos)).any(|t| {
            let beside = tree.head(t).and_then(|head| tree.child(head, Deprel::Conj));
            tree.has(t, Deprel::Conj)
                || beside.is_some_and(|conjunct| self.is_of_conjunct(t, conjunct))
        })
    }

    /// Whether what is in apposition to the first of two may be so to the second: "Hale and
    /// *Brook, a nurse*"; or be the last of a list.
    fn is_of_conjunct(&self, apposition: TokenId, conjunct: TokenId) -> bool {
        let is_name = self.graph.document.name_at(apposition).is_some();
        if conjunct < apposition { !is_name } else { !self.describes_person(apposition) }
    }

    /// Whether an apposition with an article or owner tells who a named person is: "Hale, *a
    /// nurse*, and Brook".
    fn describes_person(&self, word: TokenId) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        let name = tree.head(word).and_then(|head| document.name_at(head));
        name.is_some_and(|name| name.kind == NameKind::Person)
            && document.name_at(word).is_none()
            && tree.has_any(word, &[Deprel::Det, Deprel::NmodPoss])
    }

    /// Whether the kinds of the two go together, and their numbers.
    fn fits(&self, object: &Argument) -> bool {
        let subject = &self.claim.subject;
        let office = self.claim.relation.lemmas.len() > 2;
        let (who, what) = (self.kind(subject.head), self.kind(object.head));
        if office {
            return matches!(who, Kind::Person | Kind::Unknown);
        }
        let same = who == what || who == Kind::Unknown || what == Kind::Unknown;
        let copula = self.graph.document.tree.has(self.predicate, Deprel::Cop);
        if !copula && (who, what) == (Kind::Unknown, Kind::Person) && !self.is_office(object.head) {
            return false;
        }
        same && !self.are_two_names(subject.head, object.head)
            && self.number(subject.head) == self.number(object.head)
    }

    /// A name in apposition to another name is a list, or a place in a place.
    fn are_two_names(&self, a: TokenId, b: TokenId) -> bool {
        let document = self.graph.document;
        let copula = document.tree.has(self.predicate, Deprel::Cop);
        let name = |t: TokenId| document.tag(t).upos == Upos::Propn && !self.is_office(t);
        !copula && name(a) && name(b) && !self.is_acronym(b)
    }

    /// Whether a name is made of the first letters of the subject's words.
    fn is_acronym(&self, name: TokenId) -> bool {
        let document = self.graph.document;
        let words = document.slice(self.claim.subject.phrase).split([' ', '-']);
        let first = |only: fn(&char) -> bool| -> String {
            let letters = words.clone().filter_map(|w| w.chars().next()).filter(only);
            letters.flat_map(char::to_uppercase).collect()
        };
        let form = document.form(name);
        form == first(|_| true) || form == first(|c| c.is_uppercase())
    }

    /// Whether a noun without a copula tells what it is: with a determiner or
    /// owner, or as an office.
    fn describes(&self, word: TokenId) -> bool {
        let document = self.graph.document;
        let tree = &document.tree;
        document.tag(word).upos == Upos::Propn
            || self.is_office(word)
            || tree.has(word, Deprel::Det)
            || tree.has(word, Deprel::NmodPoss)
    }

    fn number(&self, word: TokenId) -> Option<&str> {
        let copula = self.graph.document.tree.has(self.predicate, Deprel::Cop);
        self.graph.document.tag(word).feats.get("Number").filter(|_| !copula)
    }

    fn kind_of_name(&self, word: TokenId) -> Option<NameKind> {
        self.graph.document.name_kind_at(word)
    }

    fn kind(&self, word: TokenId) -> Kind {
        match self.kind_of_name(word) {
            Some(NameKind::Person) => Kind::Person,
            Some(NameKind::Place | NameKind::Facility) => Kind::Place,
            Some(NameKind::Organization) => Kind::Body,
            _ if self.is_office(word) => Kind::Person,
            None if self.is_noun_of_body(word) => Kind::Body,
            _ => Kind::Unknown,
        }
    }

    /// A noun for bodies of people, which nobody is: *a think tank*.
    fn is_noun_of_body(&self, word: TokenId) -> bool {
        let document = self.graph.document;
        let noun = document.lemma(word);
        let part = document.tree.children_by(word, Deprel::Compound).last();
        let joined = part.map(|part| format!("{} {noun}", document.lemma(part)));
        let is_body =
            |noun: &str| self.lexicon.value("nouns", noun, "kind") == Some("organization");
        joined.is_some_and(|joined| is_body(&joined)) || is_body(noun)
    }

    /// Whether a noun with other words stands right before the name of a thing: "the Norse
    /// *company* Orm Bank".
    fn is_right_before_name(&self, noun: TokenId) -> bool {
        let document = self.graph.document;
        let name = document.name_at(self.claim.subject.head);
        let own = [Deprel::Amod, Deprel::Compound, Deprel::NmodPoss];
        name.is_some_and(|name| name.kind != NameKind::Person && name.tokens.start == noun + 1)
            && document.tag(noun).upos == Upos::Noun
            && document.tree.has_any(noun, &own)
    }

    /// Whether a description with its article stands right behind a dash that only a name
    /// stands before: "Orm Bank – *a lender* – …"; not what the whole clause is: "sold it to Orm
    /// Bank – *a decision* that …".
    fn is_behind_dash(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let start = document.tokens_in(object.span).start;
        let name = document.name_at(self.claim.subject.head).map(|name| name.tokens.end);
        let shell = document.lemma(object.head).to_lowercase();
        start.previous().is_some_and(|t| is_dash(document.form(t)) && name == Some(t))
            && document.tree.has(object.head, Deprel::Det)
            && !self.lexicon.has("shell-nouns", None, &shell)
    }

    /// Whether a sign or an office stands between what is said to be the same
    /// without a verb.
    fn is_set_off(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let (a, b) = (self.claim.subject.head, object.head);
        let role = self.claim.relation.head;
        let is_title = role < a && self.is_office(role);
        if document.tree.has(self.predicate, Deprel::Cop) || is_title || self.is_office(a.min(b)) {
            return true;
        }
        if self.is_right_before_name(b) {
            return true;
        }
        if !self.describes(a) || !self.describes(b) {
            return false;
        }
        let between = (a.min(b) + 1).until(a.max(b));
        let is = |t: TokenId, signs: &[&str]| signs.contains(&document.form(t));
        let dashed = self.is_behind_dash(object);
        (dashed || between.iter().any(|t| is(t, &[",", "("])))
            && !between.iter().any(|t| is(t, &[";", ":"]) || !dashed && is_dash(document.form(t)))
    }
}
