//! Whether one who has not read the article knows what an argument is.
//!
//! A triple is read alone. *The agency*, *a rope*, *his car* tell nobody which, so that
//! a subject needs a name: its own, that of a mention of the same, or one in its words;
//! an object needs a name or words that tell it from others of its kind.

use super::Reading;
use super::argument::{has_name, is_clear_owner};
use crate::analyse::syntax::{Definiteness, definiteness, is_owner};
use crate::extract::claims::argument::{cluster_of, extended, mention_at};
use crate::extract::claims::certainty::SURE;
use crate::extract::{Argument, ArgumentKind};
use crate::text::{ClusterId, Deprel, TokenId, Upos};

/// How many words that tell something make up for a name.
const TELLING: usize = 3;

impl Reading<'_> {
    /// Whether subject and object are known to a reader of the triple alone.
    pub(super) fn is_known_alone(&self) -> bool {
        let (subject, object) = (&self.claim.subject, self.claim.object.as_ref());
        !self.is_open_ended(subject)
            && !self.is_mere_sum(subject.head)
            && object.is_none_or(|o| !self.is_open_ended(o))
            && match object {
                _ if self.is_named(subject) => {
                    object.is_none_or(|o| self.is_told(o) || self.is_surely_some_thing(o))
                }
                Some(object) => {
                    self.is_described(subject) && self.is_named(object)
                        || self.is_surely_described(subject) && self.is_told(object)
                }
                None => false,
            }
    }

    /// Whether it has a name, by its head, by a mention of the same, or in its words.
    fn is_named(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let told = |cluster: &ClusterId| {
            let subject = argument.head == self.claim.subject.head;
            subject || Some(*cluster) != cluster_of(document, self.claim.subject.head)
        };
        let tells = |t: TokenId| {
            document.name_at(t).is_some()
                || is_owner(document, t)
                    && mention_at(document, t).is_some_and(|m| has_name(document, m.cluster))
        };
        let cluster = cluster_of(document, argument.head).filter(told);
        let is_somebody = self.is_some_officer(argument.head);
        cluster.is_some_and(|cluster| has_name(document, cluster))
            || !is_somebody && document.tokens_in(argument.span).iter().any(tells)
    }

    /// One who has an office and no name: *a former Acme director* may be anybody.
    fn is_some_officer(&self, noun: TokenId) -> bool {
        let document = self.graph.document;
        let one = document.tag(noun).upos == Upos::Noun
            && !document.tag(noun).feats.has("Number", "Plur");
        one && noun == self.claim.subject.head
            && self.is_office(noun)
            && document.name_at(noun).is_none()
            && !document.tree.has(noun, Deprel::NmodPoss)
    }

    /// Whether an object tells something by itself.
    fn is_told(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let words = document.tokens_in(object.span);
        let completed = words.last().is_some_and(|t| t > object.head);
        let mut owners = words.iter().filter(|&t| is_owner(document, t));
        if object.kind == ArgumentKind::Value && !owners.all(|t| self.is_other_by_name(t)) {
            return false;
        }
        match document.tag(object.head).upos {
            Upos::Adj | Upos::Adv => completed || self.claim.relation.lemmas.len() > 1,
            Upos::Num if !is_digits(document.form(object.head)) => completed,
            Upos::Num | Upos::Sym => true,
            _ if self.is_named(object) || completed || self.has_proper_noun(object) => true,
            _ if self.is_open_determined(object.head) => {
                self.is_what_somebody_is(object) && self.telling(object) > 1
            }
            _ => self.is_what_somebody_is(object) || self.telling(object) > 1,
        }
    }

    /// A name that nobody found: *the Orm Valley Initiative*.
    fn has_proper_noun(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let proper = |t: &TokenId| document.tag(*t).upos == Upos::Propn;
        document.tokens_in(argument.span).iter().filter(proper).count() > 1
    }

    /// Whether an owner is clearly one that is named elsewhere, and not the subject: "his own
    /// man".
    fn is_other_by_name(&self, owner: TokenId) -> bool {
        let document = self.graph.document;
        let cluster = cluster_of(document, owner);
        cluster != cluster_of(document, self.claim.subject.head)
            && is_clear_owner(document, owner)
            && cluster.is_some_and(|cluster| has_name(document, cluster))
    }

    /// *The*, *this*, *such*: which is said elsewhere.
    fn is_open_determined(&self, noun: TokenId) -> bool {
        let known = definiteness(self.graph.document, noun);
        !matches!(known, Definiteness::Bare | Definiteness::Indefinite)
    }

    /// An office or trade that a verb of being gives somebody.
    fn is_what_somebody_is(&self, object: &Argument) -> bool {
        let verb = self.claim.relation.lemmas.first().map_or("", |l| l.as_str());
        let being = self.is_be(verb) || self.lexicon.has("copulas", None, verb);
        let member = self.claim.relation.lemmas.len() > 1 && object.kind == ArgumentKind::Value;
        being && (member || self.is_office(object.head))
    }

    /// Whether words make up for a name, and do not just say what the claim says: *at least
    /// seven people*, *the lawyer of the two brothers*.
    fn is_described(&self, subject: &Argument) -> bool {
        let document = self.graph.document;
        let words = document.tokens_in(subject.span);
        let completed = words.last().is_some_and(|t| t > subject.head);
        let counted = document.tree.has(subject.head, Deprel::Nummod);
        subject.kind == ArgumentKind::Entity
            && !self.is_adnominal()
            && (completed || !self.is_open_determined(subject.head))
            && (counted || completed && self.telling(subject) >= TELLING)
    }

    /// Whether the claim's clause tells only which of its kind is meant: *several rules that
    /// support traders*.
    fn is_adnominal(&self) -> bool {
        let tree = &self.graph.document.tree;
        [Deprel::Acl, Deprel::AclRelcl].iter().any(|&r| tree.is(self.predicate, r))
    }

    /// One thing or person of some kind, told by all its words, that is certainly what the
    /// verb is done to: *issued a subpoena*; not *the matter*, which is told elsewhere.
    fn is_surely_some_thing(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        self.certainty >= SURE
            && object.kind == ArgumentKind::Entity
            && document.tag(object.head).upos == Upos::Noun
            && definiteness(document, object.head) == Definiteness::Indefinite
            && extended(self.graph, self.lexicon, object).is_none()
    }

    /// Something of a kind that words tell, which is certainly what the verb is said of:
    /// *many institutions in the north*, *newly printed money*.
    fn is_surely_described(&self, subject: &Argument) -> bool {
        let document = self.graph.document;
        let words = document.tokens_in(subject.span);
        self.certainty >= SURE
            && !self.is_adnominal()
            && subject.kind == ArgumentKind::Entity
            && document.tag(subject.head).upos == Upos::Noun
            && (!self.is_open_determined(subject.head)
                || words.last().is_some_and(|t| t > subject.head))
            && self.telling(subject) > 1
    }

    /// How many words of an argument tell something.
    fn telling(&self, argument: &Argument) -> usize {
        let document = self.graph.document;
        let tells = |t: &TokenId| {
            let upos = document.tag(*t).upos;
            matches!(upos, Upos::Noun | Upos::Propn | Upos::Adj | Upos::Num | Upos::Verb)
        };
        document.tokens_in(argument.span).iter().filter(tells).count()
    }

    /// Whether an argument ends with a word that something must follow: *between what is
    /// right and what*, *a post stating that the paper*.
    fn is_open_ended(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let words = document.tokens_in(argument.span);
        words.last().is_some_and(|t| {
            let verb = document.tree.head(t).filter(|&verb| verb >= words.end);
            if verb.is_some() && document.tree.is(t, Deprel::Nsubj) && t != argument.head {
                return true;
            }
            let tag = document.tag(t);
            let joins = matches!(tag.upos, Upos::Adp | Upos::Det | Upos::Cconj | Upos::Sconj);
            let particle = document.tree.is(t, Deprel::CompoundPrt);
            t != argument.head && !particle && (joins || tag.xpos.starts_with('W'))
        })
    }

    /// A sum or measure that does nothing: "was cut by R2bn".
    fn is_mere_sum(&self, head: TokenId) -> bool {
        let document = self.graph.document;
        let number = matches!(document.tag(head).upos, Upos::Num | Upos::Sym);
        let figures = document.form(head).contains(|c: char| c.is_ascii_digit());
        number || figures && document.name_at(head).is_none()
    }
}

fn is_digits(form: &str) -> bool {
    form.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '$' | '€' | '£'))
}
