//! *They* who did something together: "Ada Moss and Ben Hale said *they* would pay"; and
//! whose word it is.
//!
//! In: drafts. Out: drafts; such pronouns, and the phrases of such sources, are mentions of
//! one that is called by the names of both, *Ada Moss and Ben Hale*. The head of such a
//! phrase is the *and*, for its other words stand for one of them. So is *the pair* of the
//! two persons who were last named together.

mod counted;

use std::collections::BTreeMap;

use compact_str::CompactString;

use super::cast::{Cast, Part};
use super::{Draft, squeeze};
use crate::analyse::syntax::{is, is_quoted, pronoun};
use crate::extract::{Attribution, Source};
use crate::resolve::entity::Occurrence;
use crate::text::{Deprel, Document, FunctionWord, MentionKind, NameKind, Pronoun, TokenId, Tree};

/// How many clauses a pronoun may stand below those whom it means.
const DEEPEST: usize = 8;
/// How many may be joined.
const MOST: usize = 4;

/// Gives each *they* of a joint subject, each source of several persons and each *pair* to a
/// draft of all who are joined.
pub(super) fn settle(document: &Document, spoken: &[Attribution], cast: &mut Cast) {
    let mut joints = Joints { document, known: BTreeMap::new() };
    for source in spoken.iter().filter_map(|a| a.source.as_ref()) {
        let Some(and) = joined_by(document, source) else { continue };
        let Some(parts) = parts(document, cast, source.head) else { continue };
        let is_body = |&part: &Part| cast.draft(part).kind == Some(NameKind::Organization);
        // Newspapers that report together each report it.
        if parts.iter().any(is_body) {
            continue;
        }
        let kind = MentionKind::Nominal;
        let mention = Occurrence { span: source.span, head: and, kind };
        joints.give(cast, mention, source.head, &parts);
    }
    for mention in document.mentions.iter().filter(|m| m.kind == MentionKind::Pronoun) {
        let word = mention.head;
        if pronoun(document, word) != Some(Pronoun::They) {
            continue;
        }
        let subject = subject_above(document, word).or_else(|| subject_before(document, word));
        let Some(subject) = subject else { continue };
        let Some(parts) = parts(document, cast, subject) else { continue };
        if is_free(cast, word, &parts) {
            let mention = Occurrence { span: mention.span, head: word, kind: mention.kind };
            joints.give(cast, mention, subject, &parts);
        }
    }
    counted::settle(document, cast, &mut joints);
}

/// Those who are joined, by the first of them.
struct Joints<'a> {
    document: &'a Document,
    known: BTreeMap<TokenId, Part>,
}

impl Joints<'_> {
    /// Gives a mention to the draft of all who are joined to the first of them.
    fn give(&mut self, cast: &mut Cast, mention: Occurrence, first: TokenId, parts: &[Part]) {
        let joint = match self.known.get(&first) {
            Some(&joint) => joint,
            None => cast.add(Draft::called(called(self.document, cast, parts))),
        };
        self.known.insert(first, joint);
        cast.give(mention, joint);
    }
}

/// The *and* of a source of several: "Ada Moss *and* Ben Hale said".
pub(in crate::resolve) fn joined_by(document: &Document, source: &Source) -> Option<TokenId> {
    let tree = &document.tree;
    let mut and = None;
    for joined in tree.children_by(source.head, Deprel::Conj) {
        if document.span(joined).end > source.span.end {
            return None;
        }
        let mut words = tree.children_by(joined, Deprel::Cc);
        and = and.or_else(|| words.find(|&w| is(document, w, FunctionWord::And)));
    }
    and
}

impl Draft {
    /// Several together, by what all are called.
    fn called(called: CompactString) -> Self {
        Self { kind: Some(NameKind::Group), called: Some(called), ..Self::default() }
    }
}

/// Whether a pronoun that is spoken of means nothing else: nothing, or but one of those who
/// are joined.
fn is_free(cast: &Cast, word: TokenId, parts: &[Part]) -> bool {
    cast.part(word).is_some_and(|part| {
        let mentions = &cast.draft(part).mentions;
        parts.contains(&part) || mentions.iter().all(|m| m.kind == MentionKind::Pronoun)
    })
}

/// The subject of the nearest clause around a pronoun that has one before it, where that is
/// a joint one.
fn subject_above(document: &Document, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let mut below = word;
    for clause in tree.ancestors(word).take(DEEPEST) {
        let subject = subject(tree, clause).filter(|&s| s < word && s != below);
        if let Some(subject) = subject {
            // Whom the joint ones do something to are others: *Moss and Hale saw them*.
            let is_object = below == word && !tree.is(word, Deprel::NmodPoss);
            return (!is_object).then_some(subject).filter(|&s| is_joint(document, s, word));
        }
        below = clause;
    }
    None
}

/// The joint subject of the sentence before, where the pronoun is the subject of its own.
fn subject_before(document: &Document, word: TokenId) -> Option<TokenId> {
    let tree = &document.tree;
    let verb = tree.head_by(word, Deprel::Nsubj)?;
    if tree.head(verb).is_some() {
        return None;
    }
    let before = document.sentence_of(word)?.index().checked_sub(1)?;
    let words = document.sentences.get(before)?.tokens;
    let root = words.iter().find(|&t| tree.head(t).is_none())?;
    subject(tree, root).filter(|&s| is_joint(document, s, word))
}

fn subject(tree: &Tree, clause: TokenId) -> Option<TokenId> {
    tree.child(clause, Deprel::Nsubj).or_else(|| tree.child(clause, Deprel::NsubjPass))
}

/// Whether a subject is several joined by *and*, in the same voice as a pronoun.
fn is_joint(document: &Document, subject: TokenId, word: TokenId) -> bool {
    let tree = &document.tree;
    let mut conjuncts = tree.children_by(subject, Deprel::Conj);
    let joined =
        |c: TokenId| tree.children_by(c, Deprel::Cc).any(|w| is(document, w, FunctionWord::And));
    conjuncts.any(joined) && is_quoted(document, subject) == is_quoted(document, word)
}

/// All who are joined: persons and bodies.
fn parts(document: &Document, cast: &Cast, subject: TokenId) -> Option<Vec<Part>> {
    let conjuncts = document.tree.children_by(subject, Deprel::Conj);
    let mut parts = Vec::new();
    for head in std::iter::once(subject).chain(conjuncts) {
        let part = cast.part(head)?;
        let kind = cast.draft(part).kind?;
        let acts = matches!(kind, NameKind::Person | NameKind::Organization | NameKind::Group);
        if !acts || parts.contains(&part) {
            return None;
        }
        parts.push(part);
    }
    (parts.len() <= MOST).then_some(parts)
}

/// What several are called together.
fn called(document: &Document, cast: &Cast, parts: &[Part]) -> CompactString {
    let mut called = String::new();
    for (i, &part) in parts.iter().enumerate() {
        called.push_str(match i {
            0 => "",
            _ if i + 1 == parts.len() => " and ",
            _ => ", ",
        });
        called.push_str(&one_called(document, cast.draft(part)));
    }
    called.into()
}

/// What one is called: by name, else as first described.
fn one_called(document: &Document, draft: &Draft) -> CompactString {
    let name = draft.called.clone().or_else(|| draft.fullest_name().cloned());
    name.unwrap_or_else(|| {
        draft.phrase().map_or_else(CompactString::default, |p| squeeze(document.slice(p)))
    })
}
