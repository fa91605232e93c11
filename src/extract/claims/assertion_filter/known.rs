//! Whether one who has not read the article knows what an argument is.
//!
//! A triple is read alone. *The agency*, *a rope*, *his car* tell nobody which, so that
//! a subject needs a name: its own, that of a mention of the same, or one in its words;
//! an object needs a name or words that tell it from others of its kind.

use super::Reading;
use super::argument::is_clear_owner;
use crate::analyse::syntax::{Definiteness, definiteness, is_owner};
use crate::extract::claims::argument::{argument as whole, cluster_of, extended, mention_at};
use crate::extract::claims::certainty::FAIR;
use crate::extract::claims::named::{MANY, has_name};
use crate::extract::{Argument, ArgumentKind};
use crate::text::{ClusterId, Deprel, FunctionWord, MentionKind, TokenId, Upos};

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
                _ if self.is_named(subject) => object.is_none_or(|o| {
                    self.is_told(o) || self.is_surely_some_thing(o) || self.is_surely_joined(o)
                }),
                Some(object) => {
                    self.is_some_kind(subject) && self.is_named(object)
                        || self.is_surely_some_kind(subject) && self.is_told(object)
                        || self.is_measured(subject, object)
                }
                None => false,
            }
    }

    /// Whether the subject has a name, and the object one in its own words or the claim a time.
    pub(super) fn names_both(&self) -> bool {
        let document = self.graph.document;
        let Some(object) = &self.claim.object else { return false };
        let mut words = document.tokens_in(object.span).iter();
        self.is_named(&self.claim.subject)
            && (self.claim.when.is_some() || words.any(|t| document.name_at(t).is_some()))
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
                || (is_owner(document, t) || document.tree.is(t, Deprel::NmodPoss))
                    && mention_at(document, t).is_some_and(|m| has_name(document, m.cluster))
        };
        let cluster = cluster_of(document, argument.head).filter(told);
        let proper = self.certainty >= FAIR && self.is_proper(argument.head);
        let is_somebody = self.is_some_officer(argument.head);
        proper
            || cluster.is_some_and(|cluster| has_name(document, cluster))
            || !is_somebody && document.tokens_in(argument.span).iter().any(tells)
    }

    /// A word that was read as a name, in capitals or more than once, though none was found:
    /// *SUM* has 11 schools; no office, which may be anybody's: *the CEO*.
    fn is_proper(&self, word: TokenId) -> bool {
        let document = self.graph.document;
        let cluster = cluster_of(document, word);
        let often = cluster.is_some_and(|c| document.mentions_of(c).take(2).count() > 1);
        let letters = document.form(word);
        let acronym = letters.len() > 1 && letters.bytes().all(|b| b.is_ascii_uppercase());
        document.tag(word).upos == Upos::Propn && !self.is_office(word) && (acronym || often)
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
            && !(self.certainty >= FAIR && self.has_article(noun))
    }

    /// Whether an object tells something by itself.
    fn is_told(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let words = document.tokens_in(object.span);
        let completed = words.last().is_some_and(|t| t > object.head);
        let mut owners = words.iter().filter(|&t| is_owner(document, t));
        let known = |t| self.is_other_by_name(t) || self.is_of_subject(t, object.head);
        if object.kind == ArgumentKind::Value && !owners.all(known) {
            return false;
        }
        match document.tag(object.head).upos {
            Upos::Adj | Upos::Adv => completed || self.claim.relation.lemmas.len() > 1,
            Upos::Num if !is_digits(document.form(object.head)) => completed,
            Upos::Num | Upos::Sym => true,
            _ if self.is_named(object) || completed || self.has_proper_noun(object) => true,
            _ if self.is_told_elsewhere(object) => true,
            _ if self.is_open_determined(object.head) => {
                self.telling(object) > 1
                    && (self.is_what_somebody_is(object) || self.is_surely_one(object))
            }
            _ => self.is_what_somebody_is(object) || self.telling(object) > 1,
        }
    }

    /// Whether the first mention of what a definite noun means tells more of it, by the same
    /// noun: *the law* that was *a law on river fisheries* first.
    fn is_told_elsewhere(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let noun = argument.kind == ArgumentKind::Entity
            && document.tag(argument.head).upos == Upos::Noun
            && self.graph.is_definite(argument.head);
        let Some(cluster) = cluster_of(document, argument.head) else { return false };
        let mut mentions = document.mentions_of(cluster).take(MANY);
        let first = mentions.find(|m| m.kind != MentionKind::Pronoun);
        let Some(first) = first.filter(|m| m.kind == MentionKind::Nominal) else { return false };
        let whole = whole(self.graph, self.lexicon, first.head, None, &[]);
        noun && first.head != argument.head
            && document.lemma(first.head) == document.lemma(argument.head)
            && self.telling(&whole) >= TELLING
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

    /// Whether an owner within a description is the subject, which is named: "a man who sold
    /// *his* house"; not "*his* man".
    fn is_of_subject(&self, owner: TokenId, noun: TokenId) -> bool {
        let document = self.graph.document;
        let subject = &self.claim.subject;
        let cluster = cluster_of(document, owner);
        document.tree.head(owner) != Some(noun)
            && cluster.is_some()
            && cluster == cluster_of(document, subject.head)
            && self.is_named(subject)
    }

    /// *The*, *this*, *such*: which is said elsewhere.
    fn is_open_determined(&self, noun: TokenId) -> bool {
        let known = definiteness(self.graph.document, noun);
        !matches!(known, Definiteness::Bare | Definiteness::Indefinite)
    }

    /// The one of its kind that its words tell, which is certainly what the verb is done to:
    /// *the ice thickness*; not *the same thing*, *the last one*.
    fn is_surely_one(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let points = |t: TokenId| {
            let lemma = document.lemma(t).to_lowercase();
            document.tree.is(t, Deprel::NmodPoss)
                || self.lexicon.has("pointing", None, &lemma)
                || document.tag(t).feats.has("NumType", "Ord")
        };
        self.certainty >= FAIR
            && self.has_article(object.head)
            && document.tree.has(object.head, Deprel::Compound)
            && !document.tokens_in(object.span).iter().any(points)
    }

    fn has_article(&self, noun: TokenId) -> bool {
        let document = self.graph.document;
        let mut determiners = document.tree.children_by(noun, Deprel::Det);
        determiners.any(|t| document.words.is(document.lemma(t), FunctionWord::The))
    }

    /// An office or trade that a verb of being gives somebody.
    fn is_what_somebody_is(&self, object: &Argument) -> bool {
        let verb = self.claim.relation.lemmas.first().map_or("", |l| l.as_str());
        let being = self.is_be(verb) || self.lexicon.has("copulas", None, verb);
        let member = self.claim.relation.lemmas.len() > 1 && object.kind == ArgumentKind::Value;
        being && (member || self.is_office(object.head))
    }

    /// A subject of which a reader needs to know no more where the object is named.
    fn is_some_kind(&self, subject: &Argument) -> bool {
        self.is_described(subject)
            || self.is_told_elsewhere(subject)
            || self.are_officers(subject)
            || self.is_the_officer(subject)
    }

    /// A subject of which a reader needs to know no more where the object is told.
    fn is_surely_some_kind(&self, subject: &Argument) -> bool {
        self.is_surely_described(subject)
            || self.are_officers(subject)
            || self.is_told_elsewhere(subject) && self.certainty >= FAIR
    }

    /// What several words tell, and how much it is: *the overall death toll* rose to *31*; not
    /// *the share price*, which may be anybody's.
    fn is_measured(&self, subject: &Argument, object: &Argument) -> bool {
        let upos = self.graph.document.tag(object.head).upos;
        matches!(upos, Upos::Num | Upos::Sym)
            && self.is_told(object)
            && self.telling(subject) >= TELLING
            && !self.is_adnominal()
    }

    /// One who has an office that several words tell: *the majority leader*.
    fn is_the_officer(&self, subject: &Argument) -> bool {
        self.certainty >= FAIR
            && self.is_office(subject.head)
            && self.has_article(subject.head)
            && self.telling(subject) > 1
    }

    /// Officers of some place or other, of whom a reader need not know more where the verb's
    /// object is named: *police* searched Baker's house.
    fn are_officers(&self, subject: &Argument) -> bool {
        let document = self.graph.document;
        self.certainty >= FAIR
            && !self.is_adnominal()
            && definiteness(document, subject.head) == Definiteness::Bare
            && self.lexicon.has("officers", None, &document.lemma(subject.head).to_lowercase())
    }

    /// What has no article, as there are not several to choose from: sentenced to *death*,
    /// studies *medicine*.
    fn is_surely_joined(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        let bare = definiteness(document, object.head) == Definiteness::Bare;
        let noun = document.tag(object.head).xpos == "NN";
        let verb = document.lemma(self.claim.relation.head);
        self.certainty >= FAIR
            && (self.claim.relation.lemmas.len() > 1
                || !self.lexicon.has("light-verbs", None, verb))
            && object.kind == ArgumentKind::Entity
            && bare
            && noun
            && !self.lexicon.has("incomplete", Some("giving"), verb)
            && !self.lexicon.has("incomplete-nouns", None, document.lemma(object.head))
            && extended(self.graph, self.lexicon, object).is_none()
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
        let described = tree.head(self.predicate);
        let object = self.claim.object_head();
        (object.is_none() || described != object)
            && matches!(tree.deprel(self.predicate), Deprel::Acl | Deprel::AclRelcl)
    }

    /// One thing or person of some kind, told by all its words, that is certainly what the
    /// verb is done to: *issued a subpoena*; not *the matter*, which is told elsewhere.
    fn is_surely_some_thing(&self, object: &Argument) -> bool {
        let document = self.graph.document;
        self.certainty >= FAIR
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
        self.certainty >= FAIR
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
