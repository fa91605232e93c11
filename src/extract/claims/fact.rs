//! One claim for one fact.
//!
//! In: the claims of all rules, often several of one verb or noun: "returned to
//! Lviv", "returned from Poland", "returned on Monday". Out: one of them, whose
//! relation has the preposition of what completes the verb, with the rest as
//! qualifiers; of a title the whole one; of two that say the same from two sides
//! ("the miller has a brother", "Adams is his brother") the one that says more.
//!
//! Claims that hold in another way, or of another clause, are never one; nor are
//! those about things that are coordinated ("sold the mill and the farm").

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use super::draft::Draft;
use crate::extract::{Argument, ArgumentKind, Claim, Graph, Modality, Polarity, Qualifier};
use crate::text::{Deprel, FunctionWord, SentenceId, TokenId, Upos};

/// What claims of one fact share beside their subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Predicate {
    sentence: SentenceId,
    word: TokenId,
    /// Where the words begin that stand for a verb left out.
    gap: Option<u32>,
    polarity: Polarity,
    modality: Modality,
}

/// How much of its fact a claim says, from little to much.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Shape {
    /// What stands in front: "in Lisbon the envoy resigned".
    Fronted,
    /// No object.
    Bare,
    /// What it was before: "cut *from 11* to 5".
    Before,
    /// What a preposition joins to it; the nearer, the more.
    Joined(Reverse<u32>),
    /// What it is like: "is unsafe".
    Property,
    /// What completes a property: "afraid of wolves".
    Completed,
    /// What a clause says.
    Clause,
    /// An object of its own; or only that it is there.
    Direct,
    /// The office before a name, and behind it where that is held.
    Office,
}

/// One claim for each fact, in the order of [`Draft::key`].
pub(super) fn facts(graph: &Graph, drafts: Vec<Draft>) -> Vec<Draft> {
    let mut groups: BTreeMap<Predicate, BTreeMap<TokenId, Vec<Draft>>> = BTreeMap::new();
    for draft in drafts {
        let group = groups.entry(predicate(graph, &draft)).or_default();
        group.entry(draft.claim.subject.head).or_default().push(draft);
    }
    let mut facts = Vec::new();
    for (predicate, by_subject) in groups {
        let told = by_subject.into_values().flat_map(|drafts| united(graph, drafts)).collect();
        facts.extend(told_once(graph, predicate.word, told));
    }
    facts.sort_by_key(Draft::key);
    facts
}

fn predicate(graph: &Graph, draft: &Draft) -> Predicate {
    let claim = &draft.claim;
    let gap = draft.restored.then_some(claim.relation.span.start);
    Predicate {
        sentence: claim.sentence,
        word: predicate_word(graph, claim),
        gap,
        polarity: claim.polarity,
        modality: claim.modality,
    }
}

/// The verb, or the noun or adjective that somebody is.
fn predicate_word(graph: &Graph, claim: &Claim) -> TokenId {
    let tree = &graph.document.tree;
    let head = claim.relation.head;
    let object = claim.object_head().filter(|_| head == claim.subject.head);
    let described = tree.head_by(head, Deprel::Cop);
    object.or(described).unwrap_or(head)
}

/// The claims of one subject: the one that says most takes in the others.
fn united(graph: &Graph, mut drafts: Vec<Draft>) -> Vec<Draft> {
    drafts.sort_by_key(|draft| Reverse(shape(graph, &draft.claim)));
    let mut facts: Vec<Draft> = Vec::new();
    for draft in drafts {
        let Some(main) = facts.first() else {
            facts.push(draft);
            continue;
        };
        if stands_beside(graph, &main.claim, &draft.claim) {
            facts.push(draft);
        } else if let Some(main) = facts.first_mut() {
            take_in(graph, &mut main.claim, draft.claim);
        }
    }
    facts
}

fn shape(graph: &Graph, claim: &Claim) -> Shape {
    let document = graph.document;
    let Some(object) = &claim.object else {
        let exists = document.tree.has(claim.relation.head, Deprel::Expl);
        return if exists { Shape::Direct } else { Shape::Bare };
    };
    let word = predicate_word(graph, claim);
    let property = |t: TokenId| matches!(document.tag(t).upos, Upos::Adj | Upos::Adv);
    if is_office_somewhere(claim, object) {
        return Shape::Office;
    }
    if claim.joint(document).is_empty() {
        return match object.kind {
            ArgumentKind::Clause => Shape::Clause,
            _ if property(object.head) => Shape::Property,
            _ => Shape::Direct,
        };
    }
    let start = document.tokens_in(object.phrase).start;
    if property(word) && start > word && start - word <= COMPLETION {
        Shape::Completed
    } else if object.head < claim.subject.head && document.tree.head(object.head) == Some(word) {
        Shape::Fronted
    } else if is_figure_before(graph, claim, object.head) {
        Shape::Before
    } else {
        Shape::Joined(Reverse(object.head.abs_diff(word)))
    }
}

/// "*Governor* Baker *of Ohio*": the relation is the office, and the place stands behind the name.
fn is_office_somewhere(claim: &Claim, place: &Argument) -> bool {
    let (role, who) = (claim.relation.head, claim.subject.head);
    claim.relation.lemmas.len() == OFFICE && role < who && who < place.head
}

/// How many words name an office somewhere: *be*, *governor*, *of*.
const OFFICE: usize = 3;

/// Whether a figure is the one that changed: "cut *from 11* to 5".
fn is_figure_before(graph: &Graph, claim: &Claim, figure: TokenId) -> bool {
    let document = graph.document;
    let digits = document.form(figure).contains(|c: char| c.is_ascii_digit());
    let number = digits || document.tree.has(figure, Deprel::Nummod);
    number && claim.relation.lemmas.last().is_some_and(|l| document.words.is(l, FunctionWord::From))
}

/// How far behind an adjective begins what completes it, in words, at most: with
/// its preposition and no word between.
const COMPLETION: u32 = 2;

/// Whether a claim tells another fact than the main one of its verb: about what is
/// coordinated with its object, or about a second object.
fn stands_beside(graph: &Graph, main: &Claim, other: &Claim) -> bool {
    let document = graph.document;
    let (Some(a), Some(b)) = (&main.object, &other.object) else { return false };
    let joint = other.joint(document);
    a.head != b.head
        && b.head != predicate_word(graph, main)
        && main.joint(document) == joint
        && (are_coordinated(graph, a, b)
            || (joint.is_empty() && main.qualifiers.iter().all(|q| q.argument.head != b.head)))
}

fn are_coordinated(graph: &Graph, a: &Argument, b: &Argument) -> bool {
    graph.first_conjunct(a.head) == graph.first_conjunct(b.head)
}

/// Makes what another claim says of one fact a qualifier of the main claim, unless
/// that says it already.
fn take_in(graph: &Graph, main: &mut Claim, other: Claim) {
    let is_joined = !other.joint(graph.document).is_empty();
    let preposition = other.relation.lemmas.last().cloned();
    main.clause = main.clause.cover(other.clause);
    main.when = main.when.take().or(other.when);
    let (Some(argument), Some(preposition)) = (other.object, preposition) else { return };
    let said = main.subject.phrase.contains(argument.phrase)
        || arguments(main).any(|known| are_coordinated(graph, known, &argument))
        || main.qualifiers.iter().any(|known| argument.span.contains(known.argument.span));
    if is_joined && !said {
        main.qualifiers.push(Qualifier { preposition, argument });
    }
}

/// What a claim is about.
fn arguments(claim: &Claim) -> impl Iterator<Item = &Argument> {
    let others = claim.qualifiers.iter().map(|q| &q.argument);
    std::iter::once(&claim.subject).chain(&claim.object).chain(others)
}

/// How many claims of one word about one thing are compared, at most.
const COMPARED: usize = 8;

/// Leaves out what says no more than another claim of the same word does from the
/// side of another subject.
fn told_once(graph: &Graph, word: TokenId, drafts: Vec<Draft>) -> Vec<Draft> {
    let words: Vec<BTreeSet<TokenId>> =
        drafts.iter().map(|draft| words_of(graph, word, &draft.claim)).collect();
    let mut about: BTreeMap<TokenId, Vec<usize>> = BTreeMap::new();
    for (i, words) in words.iter().enumerate() {
        for &word in words {
            about.entry(word).or_default().push(i);
        }
    }
    let is_covered = |i: usize, other: usize| {
        drafts[other].weight > drafts[i].weight
            && drafts[other].claim.subject.head != drafts[i].claim.subject.head
            && words[i].is_subset(&words[other])
    };
    let is_told = |i: usize| {
        let subject = drafts[i].claim.subject.head;
        let mut others = about.get(&subject).into_iter().flatten().take(COMPARED);
        others.any(|&other| is_covered(i, other))
    };
    let told: Vec<bool> = (0..drafts.len()).map(is_told).collect();
    let with = drafts.into_iter().zip(told);
    with.filter(|(_, told)| !told).map(|(draft, _)| draft).collect()
}

/// The heads of what a claim is about, its own word and the owners of what it says
/// that somebody is.
fn words_of(graph: &Graph, word: TokenId, claim: &Claim) -> BTreeSet<TokenId> {
    let tree = &graph.document.tree;
    let heads = arguments(claim).map(|argument| argument.head);
    heads.chain([word]).chain(tree.children_by(word, Deprel::NmodPoss)).collect()
}
