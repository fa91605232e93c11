//! The clusters of an article that may become entities, before anything is
//! known of their names.

mod apart;
mod cast;
mod joint;
mod owners;
mod speakers;
mod voices;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;

use self::apart::{AreTwo, Parting};
pub(super) use self::joint::joined_by;
pub(super) use self::owners::{described, joins_clause};
use super::entity::Occurrence;
use super::time::time_of_qualifier;
use crate::analyse::syntax::{has_stray_stop, is};
use crate::analyse::{Gender, PersonLexicon, core_of_name};
use crate::extract::{ArgumentKind, Extraction};
use crate::text::{
    Deprel, Document, FunctionWord, Mention, MentionId, MentionKind, NameKind, Sort, Span, TokenId,
    TokenRange, Upos,
};

/// What follows *of* tells what something is called if it has no more words than
/// this.
const LONGEST_PART: usize = 8;

/// No word of so many letters is an abbreviation at the end of a sentence.
const SHORTEST_WORD: usize = 3;

/// An entity in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// What most of its mentions are.
    pub(super) kind: Option<NameKind>,
    /// The names that are used of it.
    pub(super) names: BTreeSet<CompactString>,
    /// In order of their start.
    pub(super) mentions: Vec<Occurrence>,
    /// What its titles tell of a person: *Mrs. Roe*.
    pub(super) gender: Option<Gender>,
    /// What sort of thing its names are known to mean.
    pub(super) sort: Option<Sort>,
    /// The words of its names.
    pub(super) words: BTreeSet<TokenId>,
    /// Whether all its names only modify another noun: *Ukrainian* troops.
    pub(super) adjectival: bool,
    /// The phrases in which it is an unnamed source.
    pub(super) unnamed: Vec<Span>,
    /// What it is called in full, as its noun alone may say little: *a group of
    /// farmers*, *the man who fired*.
    pub(super) whole: Option<Span>,
    /// What it is called where no words of the text call it anything: *Ada Brook's
    /// side*.
    pub(super) called: Option<CompactString>,
}

impl Draft {
    /// The order of entities: that of their first mentions.
    pub(super) fn position(&self) -> (Span, TokenId) {
        self.mentions.first().map_or((Span::new(0, 0), TokenId::default()), |m| (m.span, m.head))
    }

    /// The phrase that describes it.
    pub(super) fn phrase(&self) -> Option<Span> {
        self.whole.or_else(|| self.first_telling().map(|m| m.span))
    }

    /// The first mention that is no pronoun, where there is one: *the Texas governor* of
    /// one who first says *I*.
    fn first_telling(&self) -> Option<&Occurrence> {
        let mut telling = self.mentions.iter().filter(|m| m.kind != MentionKind::Pronoun);
        telling.next().or(self.mentions.first())
    }

    /// Learns what an argument is called as a whole, where its noun or pronoun is one of
    /// the mentions.
    fn describe(&mut self, wanted: &Wanted, head: TokenId) {
        let Some(mention) = self.mentions.iter().find(|m| m.head == head) else { return };
        let whole = wanted.whole.filter(|whole| {
            mention.kind != MentionKind::Name
                && whole.contains(mention.span)
                && whole.len() > mention.span.len()
        });
        self.whole = self.whole.or(whole);
    }

    /// Learns what follows the noun of a mention with *of*; `phrases` has that by
    /// its head.
    fn widen(&mut self, document: &Document, phrases: &BTreeMap<TokenId, Span>, head: TokenId) {
        let nominal = |m: &&Occurrence| m.head == head && m.kind == MentionKind::Nominal;
        let Some(mention) = self.mentions.iter().find(nominal) else { return };
        let after = document.tokens_in(mention.span).end;
        let follows = |&part: &TokenId| {
            document.tree.is(after, Deprel::Case) && document.tree.head(after) == Some(part)
        };
        let mut parts = document
            .tree
            .children_by(head, Deprel::Nmod)
            .filter(|_| is(document, after, FunctionWord::Of));
        let short = |part: &&Span| document.tokens_in(**part).len() <= LONGEST_PART;
        let part = parts.find(follows).and_then(|part| phrases.get(&part)).filter(short);
        self.whole = self.whole.or_else(|| part.map(|part| mention.span.cover(*part)));
    }
}

/// A phrase that claims or attributions speak of.
#[derive(Clone, Copy, Debug)]
struct Wanted {
    /// The least words that name it.
    span: Span,
    /// The whole argument of a claim.
    whole: Option<Span>,
    unnamed: bool,
}

/// Drafts of everything worth an entity: what has a name, what is mentioned
/// more than once, and what a claim or an attribution speaks of.
pub(super) fn drafts(
    document: &Document,
    extraction: &Extraction,
    persons: &PersonLexicon,
    are_two: AreTwo<'_>,
) -> Vec<Draft> {
    let wanted = wanted(document, extraction);
    let parting = Parting { document, persons, are_two };
    let mut drafts: Vec<Draft> = document
        .clusters
        .iter()
        .flat_map(|cluster| parting.parts(cluster).into_iter().map(|part| (cluster.kind, part)))
        .map(|(kind, mentions)| from_mentions(document, persons, kind, &mentions))
        .filter(|draft| {
            draft.mentions.len() > 1
                || !draft.names.is_empty()
                || draft.mentions.iter().any(|m| wanted.contains_key(&m.head))
        })
        .collect();
    let at = index(&drafts);
    let is_full = |m: &&Mention| !matches!(m.kind, MentionKind::Pronoun | MentionKind::Clause);
    let full = document.mentions.iter().filter(is_full);
    let phrases: BTreeMap<_, _> = full.map(|m| (m.head, m.span)).collect();
    let by_span = by_span(&drafts);
    for (&head, phrase) in &wanted {
        let found = at.get(&head).or_else(|| by_span.get(&phrase.span));
        match found.and_then(|&i| drafts.get_mut(i)) {
            Some(draft) => {
                // The tree and the mention may take another word for its head.
                draft.words.extend((!at.contains_key(&head)).then_some(head));
                draft.unnamed.extend(phrase.unnamed.then_some(phrase.span));
                draft.describe(phrase, head);
                draft.widen(document, &phrases, head);
            }
            None => drafts.push(from_phrase(document, head, *phrase)),
        }
    }
    let mut drafts = voices::settle(document, persons, &extraction.attributions, drafts);
    owners::name(document, &mut drafts);
    drafts.sort_by_key(Draft::position);
    drafts
}

/// Which draft the head of each mention and each word of a name belongs to.
pub(super) fn index(drafts: &[Draft]) -> BTreeMap<TokenId, usize> {
    let words = drafts.iter().enumerate().flat_map(|(i, d)| d.words.iter().map(move |&w| (w, i)));
    let heads =
        drafts.iter().enumerate().flat_map(|(i, d)| d.mentions.iter().map(move |m| (m.head, i)));
    words.chain(heads).collect()
}

/// Which draft has a mention that is exactly a phrase.
fn by_span(drafts: &[Draft]) -> BTreeMap<Span, usize> {
    let spans = drafts.iter().enumerate();
    spans.flat_map(|(i, d)| d.mentions.iter().map(move |m| (m.span, i))).collect()
}

fn wanted(document: &Document, extraction: &Extraction) -> BTreeMap<TokenId, Wanted> {
    let mut wanted: BTreeMap<TokenId, Wanted> = BTreeMap::new();
    for claim in &extraction.claims {
        // A time is no entity.
        let qualifiers = claim.qualifiers.iter();
        let others = qualifiers.filter(|q| time_of_qualifier(document, q).is_none());
        let own = std::iter::once(&claim.subject).chain(&claim.object);
        for argument in own.chain(others.map(|qualifier| &qualifier.argument)) {
            if argument.kind == ArgumentKind::Entity {
                // Beside the clause that tells of it, an argument lacks that clause.
                let known = wanted.get(&argument.head).and_then(|known| known.whole);
                let whole = known.into_iter().chain([argument.span]).max_by_key(|w| w.len());
                let span = argument.core;
                wanted.insert(argument.head, Wanted { span, whole, unnamed: false });
            }
        }
    }
    // That a source is unnamed is known of sources only.
    for source in extraction.attributions.iter().filter_map(|a| a.source.as_ref()) {
        let (span, unnamed) = (source.span, source.unnamed);
        let whole = wanted.get(&source.head).and_then(|argument: &Wanted| argument.whole);
        wanted.insert(source.head, Wanted { span, whole, unnamed });
    }
    wanted
}

fn from_mentions(
    document: &Document,
    persons: &PersonLexicon,
    kind: Option<NameKind>,
    members: &[MentionId],
) -> Draft {
    let mut draft = Draft { kind, adjectival: true, ..Draft::default() };
    let members = members.iter().filter_map(|&m| document.mentions.get(m.index()));
    // What a clause tells is no entity.
    for mention in members.filter(|m| m.kind != MentionKind::Clause) {
        let Mention { span, head, kind, .. } = *mention;
        draft.mentions.push(Occurrence { span, head, kind });
        if kind == MentionKind::Name {
            let (name, words) = name_of(document, mention);
            let by_title = || persons.gender_by_title(document.slice(span));
            draft.gender = draft.gender.or_else(by_title);
            draft.sort = draft.sort.or(document.name_at(head).and_then(|name| name.sort));
            draft.adjectival &= is_modifier(document, head);
            draft.names.insert(tidy(document, name));
            draft.words.extend(words);
        }
    }
    draft.mentions.sort_by_key(|m| (m.span, m.head));
    draft.adjectival &= !draft.names.is_empty();
    draft
}

fn from_phrase(document: &Document, head: TokenId, phrase: Wanted) -> Draft {
    let kind = match document.tag(head).upos {
        Upos::Pron => MentionKind::Pronoun,
        Upos::Propn => MentionKind::Name,
        _ => MentionKind::Nominal,
    };
    let mut draft =
        Draft { mentions: vec![Occurrence { span: phrase.span, head, kind }], ..Draft::default() };
    if kind == MentionKind::Name {
        draft.names.insert(tidy(document, phrase.span));
    }
    draft.unnamed.extend(phrase.unnamed.then_some(phrase.span));
    draft.describe(&phrase, head);
    draft
}

/// The name in a mention by name: the one that its head is a word of.
fn name_of(document: &Document, mention: &Mention) -> (Span, TokenRange) {
    let i = document.names.partition_point(|name| name.tokens.end <= mention.head);
    let name = document.names.get(i).and_then(|name| core_of_name(name, &document.tokens));
    match name.filter(|name| name.tokens.contains(mention.head)) {
        Some(name) => (name.span, name.tokens),
        None => (mention.span, mention.head.through(mention.head)),
    }
}

fn is_modifier(document: &Document, head: TokenId) -> bool {
    [Deprel::Amod, Deprel::Compound, Deprel::NmodDesc]
        .into_iter()
        .any(|r| document.tree.is(head, r))
}

/// A name or phrase on one line, without the full stop of its sentence and without `'s`.
pub(super) fn tidy(document: &Document, span: Span) -> CompactString {
    let name = squeeze(document.slice(span));
    let owner = name.rfind(['\'', '’']).and_then(|at| name.split_at_checked(at));
    let bare = owner.filter(|(_, end)| document.words.is(end, FunctionWord::Possessive));
    let name = bare.map_or(&*name, |(bare, _)| bare);
    // Behind a short word the stop is that of an abbreviation, but at the sentence's end.
    let last = document.tokens_in(span).last().unwrap_or_default();
    let ends = has_stray_stop(document, last);
    let shortest = if ends { SHORTEST_WORD } else { SHORTEST_WORD + 1 };
    let stopped = name.strip_suffix('.').filter(|rest| {
        let last = rest.rsplit(' ').next().unwrap_or(rest);
        !last.contains('.') && last.chars().count() >= shortest
    });
    stopped.unwrap_or(name).into()
}

/// A phrase on one line.
pub(super) fn squeeze(text: &str) -> CompactString {
    text.split_whitespace().collect::<Vec<_>>().join(" ").into()
}
