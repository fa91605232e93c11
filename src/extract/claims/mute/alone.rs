//! Claims that say nothing without the sentence that they stand in.
//!
//! In: a claim. Out: whether what it is about is only told by a word that the sentence left
//! out (*the other*, *about 10%*), by the clause that makes the claim ("a *way* that works"),
//! or by the phrase that it repeats ("the *pond* in Norland is in Norland"); whether what its
//! verb or adjective needs is not there; whether it is half of a word or of a verb.

use crate::analyse::syntax::{is, pronoun};
use crate::extract::claims::argument::cluster_of;
use crate::extract::claims::relation::predicate;
use crate::extract::lexicon::Lexicon;
use crate::extract::{Argument, Claim, Graph, Modality, Polarity};
use crate::text::{Deprel, Document, FunctionWord, MentionKind, Pronoun, TokenId, Upos};

/// The list of words with which a claim says nothing alone.
const LIST: &str = "alone";

/// How many mentions of one thing are looked at.
const LOOKED_AT: usize = 256;

/// Whether a claim says nothing alone.
pub(super) fn says_nothing_alone(graph: &Graph, lexicon: &Lexicon, claim: &Claim) -> bool {
    let words = Words { graph, lexicon, document: graph.document, claim };
    words.is_elliptic(claim.subject.head)
        || words.only_repeats_its_phrase()
        || words.lacks_what_completes()
        || words.lacks_its_gap()
        || words.is_bare_existence()
        || words.is_paraphrase()
        || words.is_half_a_word()
        || words.is_condition_of_anybody()
        || words.calls_nothing()
        || words.is_kin_of_nobody()
}

/// Whether a noun is told of by the clause behind it alone: *a way* that works, *three* who fled.
pub(super) fn is_generic(graph: &Graph, lexicon: &Lexicon, noun: TokenId) -> bool {
    let document = graph.document;
    let lemma = document.lemma(noun).to_lowercase();
    let number = document.tag(noun).upos == Upos::Num;
    let one = is(document, noun, FunctionWord::One);
    let listed = lexicon.has(LIST, Some("generic"), &lemma) || number;
    listed
        && (one || number || !graph.is_definite(noun))
        && !document.tree.has(noun, Deprel::Nmod)
        && !is_named(document, noun)
}

/// Whether what a word stands for has a name.
pub(super) fn is_named(document: &Document, word: TokenId) -> bool {
    let cluster = cluster_of(document, word).and_then(|c| document.clusters.get(c.index()));
    let mut mentions = cluster.into_iter().flat_map(|c| &c.mentions).take(LOOKED_AT);
    let name = mentions
        .any(|m| document.mentions.get(m.index()).is_some_and(|m| m.kind == MentionKind::Name));
    name || document.name_at(word).is_some()
}

/// Whether a number counts a noun that is left out: *30 others*.
fn is_counted(document: &Document, word: TokenId) -> bool {
    document.tag(word).upos == Upos::Noun && document.tree.has(word, Deprel::Nummod)
}

struct Words<'a> {
    graph: &'a Graph<'a>,
    lexicon: &'a Lexicon,
    document: &'a Document,
    claim: &'a Claim,
}

impl Words<'_> {
    fn listed(&self, class: &str, word: TokenId) -> bool {
        self.lexicon.has(LIST, Some(class), &self.document.lemma(word).to_lowercase())
    }

    /// *The other*, *the second*, *about 10%* without the noun that is meant.
    fn is_elliptic(&self, word: TokenId) -> bool {
        let tree = &self.document.tree;
        let of = |c: TokenId| {
            tree.children_by(c, Deprel::Case).any(|t| is(self.document, t, FunctionWord::Of))
        };
        let told = tree.children_by(word, Deprel::Nmod).any(of)
            || tree.has_any(word, &[Deprel::Compound, Deprel::Flat])
            || is_counted(self.document, word) && !self.listed("share", word);
        let upos = self.document.tag(word).upos;
        let left_out = matches!(upos, Upos::Adj | Upos::Noun | Upos::Det | Upos::Pron | Upos::Adv)
            && self.listed("elliptic", word);
        let share = self.listed("share", word);
        (left_out || share) && !told && !is_named(self.document, word)
    }

    /// Whether all it says stands in the phrase that names its subject: *the pond in Norland*
    /// is in Norland. Who has another name is told something by it.
    fn only_repeats_its_phrase(&self) -> bool {
        let tree = &self.document.tree;
        let Some(object) = &self.claim.object else { return false };
        let case = self.claim.relation.head;
        tree.is(case, Deprel::Case)
            && tree.head(case) == Some(object.head)
            && tree.is(object.head, Deprel::Nmod)
            && tree.head(object.head) == Some(self.claim.subject.head)
            && !is_named(self.document, self.claim.subject.head)
    }

    /// A verb or adjective without what it needs to say anything: "she *is able*".
    fn lacks_what_completes(&self) -> bool {
        match &self.claim.object {
            None => self.is_bare() && self.is_listed_verb(),
            Some(object) => self.is_bare_adjective(object),
        }
    }

    /// Whether nothing but adverbs tells more of it.
    fn is_bare(&self) -> bool {
        let adverb = |word: TokenId| self.document.tag(word).upos == Upos::Adv;
        self.claim.qualifiers.iter().all(|q| adverb(q.argument.head))
    }

    fn is_listed_verb(&self) -> bool {
        let verb = self.claim.relation.head;
        let passive = self.graph.is_passive(verb);
        let listed = if passive { self.listed("passive", verb) } else { self.listed("verb", verb) };
        let be = |lemma: &str| passive && self.document.words.is(lemma, FunctionWord::Be);
        self.claim.relation.lemmas.iter().filter(|lemma| !be(lemma)).count() == 1
            && self.document.tag(verb).upos == Upos::Verb
            && !self.document.tree.has(verb, Deprel::Expl)
            && listed
    }

    /// *Able*, *sure of*: an adjective that what completes it was cut off from.
    fn is_bare_adjective(&self, object: &Argument) -> bool {
        let words = self.document.tokens_in(object.span);
        let adjective = self.document.tag(object.head).upos == Upos::Adj;
        let last = words.last().unwrap_or(object.head);
        let open = last > object.head && self.document.tag(last).upos == Upos::Adp;
        let alone = last == object.head
            && self.claim.qualifiers.iter().all(|q| {
                let head = q.argument.head;
                matches!(self.document.tag(head).upos, Upos::Adv) || head < object.head
            });
        let made = self.claim.relation.head == object.head
            && self.document.tag(object.head).feats.has("Degree", "Cmp");
        adjective && (open || alone && (self.listed("adjective", object.head) || made))
    }

    /// A clause that tells which thing, by leaving out the word for it ("the campaign that he
    /// *ran*"), or that asks where or how ("*where* it came from").
    fn lacks_its_gap(&self) -> bool {
        if self.claim.object.is_some() || !self.is_bare() {
            return false;
        }
        let predicate = predicate(self.document, &self.claim.relation);
        self.asks_for(predicate) || self.describes(predicate)
    }

    /// Whether a question word that is no subject belongs to a clause.
    fn asks_for(&self, predicate: TokenId) -> bool {
        let tree = &self.document.tree;
        let asked = [FunctionWord::How, FunctionWord::What];
        let place = |t: TokenId| {
            self.lexicon.has(
                "joined-prepositions",
                Some("place"),
                &self.document.lemma(t).to_lowercase(),
            )
        };
        let mut before = tree.children(predicate).iter().copied().filter(|&t| t < predicate);
        before.any(|t| {
            self.document.tag(t).xpos.starts_with('W')
                && t != self.claim.subject.head
                && matches!(tree.deprel(t).main(), Deprel::Advmod | Deprel::Obj | Deprel::Obl)
                && (place(t) || asked.iter().any(|&class| is(self.document, t, class)))
        })
    }

    /// Whether a clause in the active voice describes a thing that is not of the claim.
    fn describes(&self, predicate: TokenId) -> bool {
        let tree = &self.document.tree;
        let mut clause = predicate;
        while let Some(above) = tree.head_by(clause, Deprel::Xcomp) {
            clause = above;
        }
        let Some(noun) = tree.head_by(clause, Deprel::Acl) else {
            return false;
        };
        let relative = tree.deprel(clause) == Deprel::AclRelcl;
        let own = tree.children_by(clause, Deprel::Nsubj).any(|s| s == self.claim.subject.head);
        let lemma = self.document.lemma(noun).to_lowercase();
        let no_object = self.lexicon.has("control", Some("no-object"), &lemma)
            || self.lexicon.has("time-words", None, &lemma)
            || self.document.time_at(noun).is_some();
        relative && own && !no_object && noun < clause && !self.graph.is_passive(predicate)
    }

    /// "There is *one*", "there are *some strings*".
    fn is_bare_existence(&self) -> bool {
        let tree = &self.document.tree;
        let head = self.claim.subject.head;
        let tag = self.document.tag(head);
        let exists = tree.has(self.claim.relation.head, Deprel::Expl);
        let lemma = self.document.lemma(head).to_lowercase();
        let quantity = self.lexicon.has("incomplete-nouns", Some("always"), &lemma);
        let described = tree.has_any(head, &[Deprel::Nmod, Deprel::Acl, Deprel::AclRelcl]);
        let empty = matches!(tag.upos, Upos::Pron | Upos::Num | Upos::Det)
            || is(self.document, head, FunctionWord::One)
            || self.some_of_its_kind(head);
        exists
            && self.claim.object.is_none()
            && self.claim.polarity == Polarity::Positive
            && self.is_bare()
            && (quantity && !tree.has(head, Deprel::Acl) || empty && !described)
    }

    /// *Some strings*: a noun with nothing but a determiner.
    fn some_of_its_kind(&self, head: TokenId) -> bool {
        let words = self.document.tokens_in(self.claim.subject.span);
        words.len() == 2
            && self.document.tree.is(words.start, Deprel::Det)
            && self.document.tree.head(words.start) == Some(head)
            && self.document.tag(words.start).xpos == "DT"
    }

    /// "*Is going* to leave", "*used* to work", "*remains* to be seen": what is done is told of
    /// the infinitive.
    fn is_paraphrase(&self) -> bool {
        let tree = &self.document.tree;
        let verb = self.claim.relation.head;
        let form = self.document.form(verb).to_lowercase();
        let lemma = self.document.lemma(verb).to_lowercase();
        let says_so = |deed: TokenId| {
            let both = format!("{lemma} {}", self.document.lemma(deed).to_lowercase());
            self.lexicon.has(LIST, Some("paraphrase"), &form)
                || self.lexicon.has(LIST, Some("paraphrase"), &both)
        };
        let deed = match &self.claim.object {
            Some(object) => tree.is(object.head, Deprel::Xcomp).then_some(object.head),
            None => tree.child(verb, Deprel::Xcomp).or_else(|| tree.child(verb, Deprel::Advcl)),
        };
        deed.is_some_and(|deed| {
            tree.head(deed) == Some(verb) && self.graph.is_infinitive(deed) && says_so(deed)
        })
    }

    /// *Would-be* shields, an *ill-advised* plan: nobody is shields or advised. Of the
    /// *London-based* bank both halves are told.
    fn is_half_a_word(&self) -> bool {
        let document = self.document;
        let verb = self.claim.relation.head;
        let hyphen = |t: TokenId| document.tag(t).xpos == "HYPH";
        let Some(before) = verb.previous().filter(|&t| hyphen(t)) else {
            return false;
        };
        let prefix = before.previous();
        let same = prefix.is_some_and(|t| {
            self.lexicon.has(LIST, Some("before"), &document.form(t).to_lowercase())
                || self.claim.object_head() == Some(t)
        });
        let be = is(document, verb, FunctionWord::Be);
        let helped = document.tree.has_any(verb, &[Deprel::Aux, Deprel::AuxPass]);
        !same && (be || self.graph.is_passive(verb) && !helped)
    }

    /// "If *you look* at the stars, …": what anybody would have to do says nothing without what
    /// comes of it.
    fn is_condition_of_anybody(&self) -> bool {
        let you = pronoun(self.document, self.claim.subject.head) == Some(Pronoun::You);
        you && self.claim.modality == Modality::Conditional
            && !is_named(self.document, self.claim.subject.head)
    }

    /// "*What* he calls a farce": what is called so is not told.
    fn calls_nothing(&self) -> bool {
        let tree = &self.document.tree;
        let verb = self.claim.relation.head;
        let what = tree.head(verb).filter(|_| tree.deprel(verb) == Deprel::AclRelcl);
        let own = tree.children_by(verb, Deprel::Obj).next();
        let free = what.or(own).is_some_and(|t| is(self.document, t, FunctionWord::What));
        free && self.lexicon.has("incomplete", Some("naming"), self.document.lemma(verb))
    }

    /// "*Colleague* Ada Moss": whose she is, is not told; *attorney general* is one office.
    fn is_kin_of_nobody(&self) -> bool {
        let document = self.document;
        let tree = &document.tree;
        let Some(object) = &self.claim.object else { return false };
        let beside = [self.claim.subject.head, object.head].contains(&self.claim.relation.head);
        let lemma = document.lemma(object.head).to_lowercase();
        let kin = self.lexicon.has("roles", Some("kin"), &lemma);
        let whose = tree.has_any(object.head, &[Deprel::NmodPoss, Deprel::Nmod]);
        let words = document.tokens_in(object.span);
        let possessive = words.iter().any(|t| tree.is(t, Deprel::NmodPoss));
        let part = words.start == object.head
            && document.tokens_in(self.claim.subject.span).end == words.start
            && self.lexicon.has("title-parts", None, &lemma);
        beside && (part || kin && !whose && !possessive)
    }
}
