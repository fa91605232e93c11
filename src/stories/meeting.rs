//! Which claims of a story say the same.
//!
//! In: the [`Telling`]s of a story. Out: [`Meeting`]s, groups of claims that say the
//! same, of two articles at least. Pairs are joined from the most alike to the least,
//! and two groups become one only where their claims are alike on average and no two of
//! them speak against it.

use std::collections::{BTreeMap, BTreeSet};

use super::likeness::{FirstSight, first_sight};
use super::odds::Odds;
use super::saying::{Saying, sayings};
use super::signs::{NO_RIVAL, Signs, Story};
use super::telling::Telling;
use super::terms::{Term, Terms};
use super::words::Words;

/// Claims at or above this probability say the same. Set on 100 facts that outlets share
/// and on readings of pairs and groups, of stories for development.
pub(super) const SAME: f32 = 0.55;
/// How far below it the average of two groups may be.
const SLACK: f32 = 0.05;
/// Two claims less alike never stand in one group.
const APART: f32 = 0.3;
/// A word must tell as much to make two claims worth comparing.
const TELLING: f32 = 0.45;
/// A term that more claims of a story have is no reason to compare two of them.
const MOST_CLAIMS: usize = 400;

/// Claims of several articles that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Meeting {
    /// The claims: article by its place in the story, claim by its place there.
    pub claims: Vec<(usize, usize)>,
    /// Which of the claims says it best: it has most of what they have in common, in the
    /// fewest words.
    pub best: usize,
    /// How alike the least alike are of those pairs that joined the group.
    pub score: f32,
    /// Which words the pairs that joined it have in common.
    pub shared: Vec<String>,
}

/// The claims of a story, compared.
pub(super) struct Compared<'w> {
    pub(super) terms: Terms<'w>,
    pub(super) sayings: Vec<Saying>,
    /// Pairs that are worth a look, in order.
    pub(super) pairs: BTreeMap<(usize, usize), Likeness>,
}

/// How likely two claims say the same.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Likeness {
    /// The probability.
    pub(super) score: f32,
    /// What it would be if numbers, opposites, polarity and modality did not stand
    /// against it.
    pub(super) otherwise: f32,
    /// How much of the smaller part of either claim's words the other has.
    pub(super) less_shared: f32,
    /// Whether the relations are opposites.
    pub(super) is_opposite: bool,
    /// Whether both have numbers, and none in common.
    pub(super) numbers_differ: bool,
}

impl Likeness {
    fn new(sight: &FirstSight, signs: &Signs, odds: &Odds) -> Self {
        let is_different = sight.is_opposite || sight.numbers_differ;
        let relation = if sight.is_opposite { 1.0 } else { signs.relation };
        let as_if_agreed = Signs { same_polarity: 1.0, same_modality: 1.0, relation, ..*signs };
        Self {
            score: if is_different { 0.0 } else { odds.probability(signs) },
            otherwise: odds.probability(&as_if_agreed),
            less_shared: sight.less_shared,
            is_opposite: sight.is_opposite,
            numbers_differ: sight.numbers_differ,
        }
    }
}

impl<'w> Compared<'w> {
    pub(super) fn new(tellings: &[Telling], words: &'w Words) -> Self {
        let (terms, sayings) = read(tellings, words);
        let sights = sights(&sayings, &terms);
        let story = Story::new(&terms, &sayings, &sights);
        let odds = Odds::shipped();
        let mut pairs = BTreeMap::new();
        let of_two_clauses = |((one, other), _): &&((usize, usize), f32)| {
            !of_one_clause(&sayings[*one], &sayings[*other])
        };
        for &((one, other), _) in sights.iter().filter(of_two_clauses) {
            let sight = first_sight(&sayings[one], &sayings[other], &terms);
            let likeness = Likeness::new(&sight, &story.signs((one, other), &sight), odds);
            if likeness.otherwise >= APART {
                pairs.insert((one, other), likeness);
            }
        }
        Self { terms, sayings, pairs }
    }

    /// The article and the place in it of a claim.
    pub(super) fn place(&self, saying: usize) -> (usize, usize) {
        (self.sayings[saying].article, self.sayings[saying].claim)
    }

    fn score(&self, one: usize, other: usize) -> f32 {
        self.pairs.get(&(one.min(other), one.max(other))).map_or(0.0, |likeness| likeness.score)
    }
}

fn read<'w>(tellings: &[Telling], words: &'w Words) -> (Terms<'w>, Vec<Saying>) {
    let mut terms = Terms::new(words);
    let mut all = Vec::new();
    for (article, telling) in tellings.iter().enumerate() {
        all.extend(sayings(article, telling, &mut terms));
    }
    (terms, all)
}

/// Whether two claims stand in one clause of an article, or one in a clause of the other's:
/// *the unions want to close the port* tells what they want and what may be closed, in nearly
/// the same words, and means two things.
fn of_one_clause(one: &Saying, other: &Saying) -> bool {
    one.article == other.article
        && one.range.start < other.range.end
        && other.range.start < one.range.end
}

/// The pairs of claims that are alike at first sight, with how much, in order.
fn sights(sayings: &[Saying], terms: &Terms<'_>) -> Vec<((usize, usize), f32)> {
    let mut sights = Vec::new();
    for (one, other) in candidates(sayings, terms) {
        let score = first_sight(&sayings[one], &sayings[other], terms).score;
        if score >= NO_RIVAL {
            sights.push(((one, other), score));
        }
    }
    sights
}

/// The signs of all pairs of claims of two articles that are alike at first sight, each
/// claim as article and place there: what the weights are learned from.
pub fn signs(tellings: &[Telling], words: &Words) -> Vec<([(usize, usize); 2], Signs)> {
    let (terms, sayings) = read(tellings, words);
    let sights = sights(&sayings, &terms);
    let story = Story::new(&terms, &sayings, &sights);
    let mut all = Vec::new();
    for &((one, other), _) in &sights {
        let (x, y) = (&sayings[one], &sayings[other]);
        if x.article != y.article {
            let signs = story.signs((one, other), &first_sight(x, y, &terms));
            all.push(([(x.article, x.claim), (y.article, y.claim)], signs));
        }
    }
    all
}

/// Pairs of claims that share an entity or a word that tells something.
fn candidates(sayings: &[Saying], terms: &Terms<'_>) -> BTreeSet<(usize, usize)> {
    let mut with: BTreeMap<Term, Vec<usize>> = BTreeMap::new();
    for (place, saying) in sayings.iter().enumerate() {
        for &term in &saying.terms {
            if terms.weight(term) > TELLING {
                with.entry(term).or_default().push(place);
            }
        }
    }
    let mut pairs = BTreeSet::new();
    for places in with.values().filter(|places| places.len() <= MOST_CLAIMS) {
        for (i, &one) in places.iter().enumerate() {
            pairs.extend(places[i + 1..].iter().map(|&other| (one, other)));
        }
    }
    pairs
}

/// The groups of two articles at least.
pub(super) fn meetings(compared: &Compared<'_>, groups: &[Group]) -> Vec<Meeting> {
    let mut all = Vec::new();
    for group in groups {
        let claims: Vec<_> = group.claims.iter().map(|&claim| compared.place(claim)).collect();
        let articles: BTreeSet<usize> = claims.iter().map(|(article, _)| *article).collect();
        if articles.len() > 1 {
            let common = common(&group.claims, compared);
            let best = best(&group.claims, &common, compared);
            let shared = texts(&common, compared);
            all.push(Meeting { claims, best, score: group.score, shared });
        }
    }
    all
}

/// A group of claims, by their places among all.
#[derive(Clone, Debug)]
pub(super) struct Group {
    pub(super) claims: Vec<usize>,
    pub(super) score: f32,
}

/// Joins pairs, the most alike first.
pub(super) fn groups(compared: &Compared<'_>) -> Vec<Group> {
    let mut edges: Vec<((usize, usize), f32)> = compared
        .pairs
        .iter()
        .map(|(&pair, likeness)| (pair, likeness.score))
        .filter(|(_, score)| *score >= SAME)
        .collect();
    edges.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(&other.0)));
    let mut group_of: Vec<usize> = (0..compared.sayings.len()).collect();
    let mut groups: Vec<Group> =
        group_of.iter().map(|&claim| Group { claims: vec![claim], score: 1.0 }).collect();
    for ((one, other), score) in edges {
        let (one, other) = (group_of[one], group_of[other]);
        if one != other && may_join(&groups[one].claims, &groups[other].claims, compared) {
            let (into, from) = (one.min(other), one.max(other));
            let moved = std::mem::take(&mut groups[from].claims);
            for &claim in &moved {
                group_of[claim] = into;
            }
            groups[into].claims.extend(moved);
            groups[into].score = groups[into].score.min(groups[from].score).min(score);
        }
    }
    groups.retain(|group| group.claims.len() > 1);
    for group in &mut groups {
        group.claims.sort_unstable();
    }
    groups
}

/// Whether two groups say the same on the whole.
fn may_join(one: &[usize], other: &[usize], compared: &Compared<'_>) -> bool {
    let pairs = one.iter().flat_map(|&x| other.iter().map(move |&y| compared.score(x, y)));
    let (mut sum, mut least) = (0.0, f32::MAX);
    for score in pairs {
        sum += score;
        least = least.min(score);
    }
    least >= APART && sum / (one.len() * other.len()) as f32 >= SAME - SLACK
}

/// The terms that most of the claims have, in order.
fn common(claims: &[usize], compared: &Compared<'_>) -> Vec<Term> {
    let mut counts: BTreeMap<Term, usize> = BTreeMap::new();
    for &claim in claims {
        for &term in &compared.sayings[claim].terms {
            *counts.entry(term).or_default() += 1;
        }
    }
    counts.retain(|_, count| 2 * *count > claims.len());
    counts.into_keys().collect()
}

/// The place of the claim with most of the common terms, and the fewest others.
fn best(claims: &[usize], common: &[Term], compared: &Compared<'_>) -> usize {
    let rank = |place: &usize| {
        let terms = &compared.sayings[claims[*place]].terms;
        let shared = terms.iter().filter(|term| common.contains(term)).count();
        (std::cmp::Reverse(shared), terms.len(), *place)
    };
    (0..claims.len()).min_by_key(rank).expect("a group has claims")
}

/// The words among terms.
fn texts(terms: &[Term], compared: &Compared<'_>) -> Vec<String> {
    let words = terms.iter().filter(|term| !compared.terms.is_entity(**term));
    let mut texts: Vec<String> = words.map(|&term| compared.terms.text(term).to_owned()).collect();
    texts.sort_unstable();
    texts
}
