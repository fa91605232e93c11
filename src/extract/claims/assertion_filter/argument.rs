//! Whether an argument names something.

use std::collections::BTreeSet;

use super::Reading;
use crate::analyse::syntax::{is_negation, is_owner, pronoun};
use crate::extract::claims::argument::{
    argument as whole, cluster_of, is_party_letter, mention_at,
};
use crate::extract::claims::certainty::SURE;
use crate::extract::claims::named::{MANY, has_name};
use crate::extract::{Argument, ArgumentKind};
use crate::text::{
    ClusterId, Deprel, Document, Mention, MentionKind, NameKind, Pronoun, SentenceId, TokenId, Upos,
};

impl Reading<'_> {
    /// Whether subject and object name something, each another thing.
    pub(super) fn names_its_arguments(&self) -> bool {
        let (subject, object) = (&self.claim.subject, self.claim.object.as_ref());
        let named = |a: &Argument| match a.kind {
            ArgumentKind::Entity => self.names_something(a),
            ArgumentKind::Value => self.is_property(a),
            ArgumentKind::Clause => {
                self.is_deed(a) && (!self.is_thing(a) || self.names_something(a))
            }
        };
        subject.kind == ArgumentKind::Entity
            && self.names_something(subject)
            && object.is_none_or(|o| named(o) && !self.is_same(subject, o))
    }

    /// Whether a text begins with a thing: *the mayor* to close the bridge.
    fn is_thing(&self, argument: &Argument) -> bool {
        self.graph.document.tree.is(argument.head, Deprel::Obj)
    }

    fn names_something(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let head = argument.head;
        if self.is_figure(argument) {
            return !is_cut(document, argument);
        }
        let noun = matches!(document.tag(head).upos, Upos::Noun | Upos::Propn);
        (noun || is_clear_pronoun(document, head) || self.is_clear_thing(head))
            && !self.is_time(head)
            && !self.has_open_determiner(head)
            && !asks(document, argument)
            && !is_cut(document, argument)
            && !self.wants_more(argument)
            && !self.is_empty_shell(argument)
            && (self.is_office(head) || keeps_names_whole(document, argument))
    }

    /// A noun that says nothing without what completes it, which it does not have: *the
    /// idea*, *plans*.
    fn wants_more(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let lemma = document.lemma(argument.head).to_lowercase();
        let listed = |class| self.lexicon.has("incomplete-nouns", Some(class), &lemma);
        let bare = || !self.graph.is_definite(argument.head);
        let words = document.tokens_in(argument.span);
        let owner = |t| document.tag(t).upos == Upos::Pron && document.tree.is(t, Deprel::NmodPoss);
        let describes =
            |t: TokenId| t != argument.head && !document.tree.is(t, Deprel::Det) && !owner(t);
        (listed("always") || listed("indefinite") && bare()) && !words.iter().any(describes)
    }

    /// *It*, where it goes on with the named thing that the sentence before was about.
    fn is_clear_thing(&self, head: TokenId) -> bool {
        let document = self.graph.document;
        let it = pronoun(document, head) == Some(Pronoun::It) && !is_owner(document, head);
        let Some(mention) = mention_at(document, head) else { return false };
        let subject = head == self.claim.subject.head
            && matches!(document.tree.deprel(head), Deprel::Nsubj | Deprel::NsubjPass);
        let copula = document.tree.has(self.predicate, Deprel::Cop);
        it && subject
            && !copula
            && self.certainty >= SURE
            && has_name(document, mention.cluster)
            && subject_before(document, head) == Some(mention.cluster)
    }

    /// A sum that is an object: *more than $1 million*.
    fn is_figure(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        matches!(document.tag(argument.head).upos, Upos::Sym | Upos::Num)
            && document.name_at(argument.head).is_some()
            && argument.head != self.claim.subject.head
            && !self.is_time(argument.head)
    }

    /// A number, or what a verb of being or becoming says somebody is.
    fn is_property(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let verb = self.claim.relation.lemmas.first().map_or("", |l| l.as_str());
        let number = matches!(document.tag(argument.head).upos, Upos::Num | Upos::Sym);
        let words = document.tokens_in(argument.phrase);
        (number || self.is_be(verb) || self.lexicon.has("copulas", None, verb))
            && !(words.len() <= SHELL && self.has_open_determiner(argument.head))
            && !self.is_time(argument.head)
            && !asks(document, argument)
            && !is_cut(document, argument)
            && !words.iter().any(|t| is_negation(document, t))
    }

    /// A noun for what somebody is, often part of the name behind it.
    pub(super) fn is_office(&self, word: TokenId) -> bool {
        self.lexicon.has("roles", None, &self.graph.document.lemma(word).to_lowercase())
    }

    fn is_time(&self, head: TokenId) -> bool {
        let document = self.graph.document;
        document.time_at(head).is_some()
            || self.lexicon.has("time-words", None, &document.lemma(head).to_lowercase())
    }

    /// *No decision*, *any decision*, *what decision*; but "denied *any* debt" tells what is
    /// denied, and "*another* candidate, Ada Baker" whom it means.
    fn has_open_determiner(&self, head: TokenId) -> bool {
        let document = self.graph.document;
        let verb = document.lemma(self.claim.relation.head);
        let told = self.lexicon.has("complements", Some("denies"), verb)
            || head == self.claim.subject.head && self.has_name_behind(head);
        let class = told.then_some("negative");
        let mut children = document.tree.children(head).iter();
        children.any(|&c| {
            matches!(
                document.tree.deprel(c),
                Deprel::Det | Deprel::Amod | Deprel::Advmod | Deprel::Nummod | Deprel::CcPreconj
            ) && self.lexicon.has("determiners", class, &document.lemma(c).to_lowercase())
        })
    }

    /// "Another candidate, *Ada Baker*".
    fn has_name_behind(&self, noun: TokenId) -> bool {
        let document = self.graph.document;
        let mut behind = document.tree.children_by(noun, Deprel::Appos);
        behind.any(|name| document.name_at(name).is_some())
    }

    /// *The move*, *this idea*: a noun for what other words tell, alone, where no
    /// mention of the same says more.
    fn is_empty_shell(&self, argument: &Argument) -> bool {
        let document = self.graph.document;
        let head = argument.head;
        let alone = |t: TokenId| t == head || document.tree.is(t, Deprel::Det);
        self.lexicon.has("shell-nouns", None, &document.lemma(head).to_lowercase())
            && self.graph.is_definite(head)
            && document.tokens_in(argument.phrase).iter().all(alone)
            && cluster_of(document, head).is_none_or(|cluster| {
                !document.mentions_of(cluster).take(MANY).any(|m| self.says_more(m))
            })
    }

    /// Whether a mention is more than a noun with its determiner.
    fn says_more(&self, mention: &Mention) -> bool {
        let document = self.graph.document;
        let span = match mention.kind {
            MentionKind::Name => return true,
            MentionKind::Nominal => whole(self.graph, self.lexicon, mention.head, None, &[]).span,
            _ => mention.span,
        };
        document.tokens_in(span).len() > SHELL
    }

    /// The same words, or mentions of the same thing.
    fn is_same(&self, a: &Argument, b: &Argument) -> bool {
        let document = self.graph.document;
        let cluster = cluster_of(document, a.head);
        a.head == b.head
            || document.slice(a.phrase).eq_ignore_ascii_case(document.slice(b.phrase))
            || (b.kind == ArgumentKind::Entity
                && cluster.is_some()
                && cluster == cluster_of(document, b.head))
    }
}

/// Whether a relative or interrogative word stands in the phrase up to its head.
fn asks(document: &Document, argument: &Argument) -> bool {
    let mut words = document.tokens_in(argument.phrase).iter().take_while(|&t| t <= argument.head);
    words.any(|t| document.tag(t).xpos.starts_with('W'))
}

/// Whether a phrase ends in the middle of a word with hyphens; the letter of a party and the
/// state behind it are two: *D-Ohio*.
fn is_cut(document: &Document, argument: &Argument) -> bool {
    if is_of_party_tag(document, argument.head) {
        return false;
    }
    let text = document.article.text.as_str();
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '/');
    [argument.span, argument.phrase].iter().any(|span| {
        let before = text.get(..span.start as usize).and_then(|t| t.chars().next_back());
        let after = text.get(span.end as usize..).and_then(|t| t.chars().next());
        before.is_some_and(joins) || after.is_some_and(joins)
    })
}

/// Whether a word is the letter of a party, or hangs on it: *D*-*Ohio*.
fn is_of_party_tag(document: &Document, word: TokenId) -> bool {
    let letter = |t: TokenId| is_party_letter(document, t);
    letter(word) || document.tree.head(word).is_some_and(letter)
}

/// Whether the name that the head is part of lies within the phrase: else the
/// tree and the names do not agree on where the phrase ends.
fn keeps_names_whole(document: &Document, argument: &Argument) -> bool {
    document.name_at(argument.head).is_none_or(|name| argument.phrase.contains(name.span))
}

/// How many words a noun has that stands alone with its determiner.
const SHELL: usize = 2;

/// How many sentences before a pronoun may hold whom it means.
const WINDOW: u32 = 2;

/// *He*, *she*: where only one person is named nearby whom it may mean, or the last
/// subject before it is the one.
fn is_clear_pronoun(document: &Document, head: TokenId) -> bool {
    !is_owner(document, head) && is_clear_person(document, head)
}

/// Whether it is clear whose something is: *its*; *his* and *her* as [`is_clear_pronoun`],
/// though the subject before may well be somebody else.
pub(super) fn is_clear_owner(document: &Document, owner: TokenId) -> bool {
    let person = pronoun(document, owner).is_some_and(Pronoun::is_he_or_she);
    !person || is_clear_person(document, owner)
}

fn is_clear_person(document: &Document, head: TokenId) -> bool {
    let stands = pronoun(document, head).filter(|p| p.is_he_or_she());
    let Some((pronoun, mention)) = stands.zip(mention_at(document, head)) else { return false };
    let before = people_before(document, head);
    let people: BTreeSet<ClusterId> =
        before.iter().filter(|m| m.kind == MentionKind::Name).map(|m| m.cluster).collect();
    let mut others = people.iter().filter(|&&c| c != mention.cluster);
    let subject =
        |m: &&&Mention| matches!(document.tree.deprel(m.head), Deprel::Nsubj | Deprel::NsubjPass);
    let last = before.iter().filter(subject).max_by_key(|m| m.head);
    let alone = others.all(|&c| is_other_sex(document, c, pronoun));
    let goes_on = !is_owner(document, head) && last.is_some_and(|m| m.cluster == mention.cluster);
    let nearby = before.iter().any(|m| m.cluster == mention.cluster);
    nearby && has_name(document, mention.cluster) && (alone || goes_on)
}

/// What the last subject before a word is, no further back than the sentence before.
fn subject_before(document: &Document, word: TokenId) -> Option<ClusterId> {
    let sentence = document.sentence_of(word)?;
    let first = SentenceId::new(sentence.number().saturating_sub(1));
    let from = document.sentence(first)?.span.start;
    let start = document.mentions.partition_point(|m| m.span.start < from);
    let end = document.mentions.partition_point(|m| m.span.start < document.span(word).start);
    let near = document.mentions.get(start..end)?;
    let mut last = None;
    for mention in near {
        let role = document.tree.deprel(mention.head);
        let is_subject = matches!(role, Deprel::Nsubj | Deprel::NsubjPass) && mention.head < word;
        if is_subject && last.is_none_or(|(head, _)| head < mention.head) {
            last = Some((mention.head, mention.cluster));
        }
    }
    Some(last?.1)
}

/// The mentions of persons in the sentences before a word, and in its own up to it.
fn people_before(document: &Document, word: TokenId) -> Vec<&Mention> {
    let Some(sentence) = document.sentence_of(word) else { return Vec::new() };
    let first = SentenceId::new(sentence.number().saturating_sub(WINDOW));
    let from = document.sentence(first).map_or(0, |s| s.span.start);
    let start = document.mentions.partition_point(|m| m.span.start < from);
    let end = document.mentions.partition_point(|m| m.span.start < document.span(word).start);
    let near = document.mentions.get(start..end).unwrap_or(&[]);
    let person = |m: &&Mention| {
        let cluster = document.clusters.get(m.cluster.index());
        m.entity == Some(NameKind::Person)
            || cluster.is_some_and(|c| c.kind == Some(NameKind::Person))
    };
    near.iter().filter(|m| m.head < word).filter(person).collect()
}

/// Whether a pronoun of the other sex stands for somebody.
fn is_other_sex(document: &Document, cluster: ClusterId, own: Pronoun) -> bool {
    let mut pronouns =
        document.mentions_of(cluster).take(MANY).filter_map(|m| pronoun(document, m.head));
    pronouns.any(|p| p.is_he_or_she() && p != own)
}
