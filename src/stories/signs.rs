//! What speaks for and against two claims of a story saying the same, in numbers.
//!
//! In: all claims of a story, and two of them with how alike they are at first sight. Out:
//! their [`Signs`], by which [`Odds`](super::odds::Odds) decides. A word that many claims
//! of a story have tells little there, however rare it is elsewhere, so that words weigh
//! less the more claims of the story have them.

use std::collections::HashMap;

use super::likeness::FirstSight;
use super::saying::{Party, Saying};
use super::terms::{Term, Terms};

/// Declares the signs, so that they can be called by name.
macro_rules! signs {
    ($($(#[$doc:meta])+ $name:ident),+ $(,)?) => {
        /// What speaks for and against two claims saying the same; mostly from 0 to 1.
        #[derive(Clone, Copy, Debug, Default, PartialEq)]
        pub struct Signs {
            $($(#[$doc])+ pub $name: f32),+
        }

        impl Signs {
            /// The names of the signs.
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];

            /// Their values, in the order of the names.
            pub fn values(&self) -> [f32; Self::NAMES.len()] {
                [$(self.$name),+]
            }
        }
    };
}

signs! {
    /// How alike they are by hand-set weights.
    first_sight,
    /// How alike the two arguments are by which they are compared.
    anchor,
    /// How alike the others are.
    second,
    /// How nearly the relations mean the same.
    relation,
    /// Anchor and second together, where both claims have both.
    both_arguments,
    /// Anchor, second and relation together, where both claims have both arguments.
    all_three,
    /// The smaller share of either's words, beyond the anchor, that the other has.
    shared,
    /// The same with words weighed by the story.
    shared_in_story,
    /// The mean of both shares, so weighed.
    shared_mean,
    /// The smaller share of the words of relation and arguments only.
    core_shared,
    /// The mean of both shares of these.
    core_mean,
    /// The weight of the rarest shared word beyond the anchor.
    rarest_shared,
    /// The weight of all shared words.
    shared_weight,
    /// The weight of what the one says beyond the other, of the larger rest.
    unshared_weight,
    /// The smaller share of the words of the two clauses.
    clause_shared,
    /// The larger one.
    clause_contained,
    /// The smaller share of the words around the two clauses.
    context_shared,
    /// The larger one.
    context_contained,
    /// How many words stand in the same order in both clauses, up to ten, in tenths.
    same_wording,
    /// Which part of the shorter clause that is.
    wording_share,
    /// How nearly the heads of the objects mean the same.
    heads,
    /// Which part of an object's heads the other claim has anywhere.
    heads_elsewhere,
    /// The weight of the plainer relation.
    plainer_relation,
    /// The weight of the rarer relation.
    rarer_relation,
    /// Whether they are one proposition.
    same_proposition,
    /// Whether both affirm or both deny.
    same_polarity,
    /// Whether they are claimed in the same way, as plans or as facts.
    same_modality,
    /// How alike what they say besides is.
    others,
    /// How much more alike they are than the next best of either article.
    ahead,
    /// How many claims of either article are alike.
    rivals,
    /// How many entities they share, up to three, in thirds.
    shared_entities,
}

/// Below it, claims of another article are no rivals.
const RIVAL: f32 = 0.5;
/// What a claim is compared with where an article has no other like it.
pub(super) const NO_RIVAL: f32 = 0.25;
/// How alike arguments count that are not there.
const ABSENT: f32 = 0.4;
/// The same of what is said besides.
const NOTHING_BESIDES: f32 = 0.3;
/// The share of no words at all.
const NO_WORDS: f32 = 0.5;
/// How alike arguments count together where not both claims have two.
const NOT_BOTH: f32 = 0.5;
/// Longer runs of the same words tell no more.
const LONGEST_RUN: usize = 10;
/// Higher weights tell no more.
const MOST_SHARED: f32 = 2.0;
const MOST_UNSHARED: f32 = 4.0;
const MOST_ENTITIES: usize = 3;

/// The claims of a story, ready to be compared.
pub(super) struct Story<'a> {
    terms: &'a Terms<'a>,
    sayings: &'a [Saying],
    /// The weight of each term among the claims.
    in_claims: Vec<f32>,
    /// Its weight among the clauses.
    in_clauses: Vec<f32>,
    /// How alike the claims of each article are to a claim, for those that are at all.
    likest: HashMap<(usize, usize), Likest>,
}

/// The claims of an article that are most like a claim of another.
#[derive(Clone, Copy, Debug)]
struct Likest {
    first: f32,
    next: f32,
    rivals: usize,
}

impl Default for Likest {
    fn default() -> Self {
        Self { first: NO_RIVAL, next: NO_RIVAL, rivals: 0 }
    }
}

impl<'a> Story<'a> {
    /// The claims of a story, with all pairs of them that are alike at first sight.
    pub(super) fn new(
        terms: &'a Terms<'a>,
        sayings: &'a [Saying],
        pairs: &[((usize, usize), f32)],
    ) -> Self {
        let mut likest: HashMap<(usize, usize), Likest> = HashMap::new();
        for &((one, other), score) in pairs {
            for (claim, of) in [(one, other), (other, one)] {
                likest.entry((claim, sayings[of].article)).or_default().add(score);
            }
        }
        let in_claims = story_weights(terms, sayings, |saying| &saying.terms);
        let in_clauses = story_weights(terms, sayings, |saying| &saying.clause);
        Self { terms, sayings, in_claims, in_clauses, likest }
    }

    /// The signs of two claims.
    pub(super) fn signs(&self, (one, other): (usize, usize), sight: &FirstSight) -> Signs {
        let (x, y) = (&self.sayings[one], &self.sayings[other]);
        let mut signs = Signs {
            first_sight: sight.score,
            same_polarity: as_number(x.holds == y.holds),
            same_modality: as_number(x.modality == y.modality),
            same_proposition: as_number(x.proposition.is_some() && x.proposition == y.proposition),
            others: self.besides(x, y),
            shared_entities: self.shared_entities(x, y),
            ..Signs::default()
        };
        add_arguments(&mut signs, sight);
        self.add_relations(&mut signs, x, y);
        self.add_words(&mut signs, x, y, sight);
        self.add_clauses(&mut signs, x, y);
        self.add_heads(&mut signs, x, y);
        let ranks = [self.rank(one, y.article, sight), self.rank(other, x.article, sight)];
        signs.ahead = ranks[0].0.min(ranks[1].0);
        signs.rivals = ((1 + ranks[0].1 + ranks[1].1) as f32).ln();
        signs
    }

    fn add_relations(&self, signs: &mut Signs, one: &Saying, other: &Saying) {
        let heaviest = |saying: &Saying| {
            saying.relation.iter().map(|&term| self.terms.weight(term)).fold(0.0, f32::max)
        };
        let (x, y) = (heaviest(one), heaviest(other));
        (signs.plainer_relation, signs.rarer_relation) = (x.min(y), x.max(y));
    }

    fn add_words(&self, signs: &mut Signs, one: &Saying, other: &Saying, sight: &FirstSight) {
        let [rest, other_rest] = &sight.beyond_anchor;
        let weigh = |term: Term| self.in_claims[term.place()];
        let share = |of: &[Term], within: &[Term]| self.terms.share_by(of, within, weigh);
        let shares = [share(rest, &other.terms), share(other_rest, &one.terms)];
        signs.shared_in_story = shares[0].min(shares[1]);
        signs.shared_mean = (shares[0] * shares[1]).sqrt();
        let unshared = |terms: &[Term], share: f32| {
            terms.iter().map(|&term| weigh(term)).sum::<f32>() * (1.0 - share)
        };
        let rests = [unshared(rest, shares[0]), unshared(other_rest, shares[1])];
        signs.unshared_weight = rests[0].max(rests[1]).min(MOST_UNSHARED);
        let both = rest.iter().filter(|term| other.terms.contains(term)).map(|&term| weigh(term));
        signs.shared_weight = both.clone().sum::<f32>().min(MOST_SHARED);
        signs.rarest_shared = both.fold(0.0, f32::max);
        let core = |rest: &[Term], saying: &Saying, within: &[Term]| {
            let core: Vec<Term> = rest.iter().copied().filter(|t| saying.is_core(*t)).collect();
            if core.is_empty() { NO_WORDS } else { share(&core, within) }
        };
        let cores = [core(rest, one, &other.terms), core(other_rest, other, &one.terms)];
        signs.core_shared = cores[0].min(cores[1]);
        signs.core_mean = (cores[0] * cores[1]).sqrt();
    }

    fn add_clauses(&self, signs: &mut Signs, one: &Saying, other: &Saying) {
        let clauses = self.common(&one.clause, &other.clause);
        (signs.clause_shared, signs.clause_contained) = clauses;
        let contexts = self.common(&one.context, &other.context);
        (signs.context_shared, signs.context_contained) = contexts;
        let run = longest_run(&one.wording, &other.wording);
        let shorter = one.wording.len().min(other.wording.len()).max(1);
        signs.same_wording = run.min(LONGEST_RUN) as f32 / LONGEST_RUN as f32;
        signs.wording_share = run as f32 / shorter as f32;
    }

    fn add_heads(&self, signs: &mut Signs, one: &Saying, other: &Saying) {
        let (x, y) = (object_heads(one), object_heads(other));
        let elsewhere = |heads: &[Term], of: &Saying| {
            if heads.is_empty() { ABSENT } else { self.terms.share(heads, &of.terms) }
        };
        let is_absent = x.is_empty() || y.is_empty();
        signs.heads = if is_absent { ABSENT } else { self.terms.nearest(x, y) };
        signs.heads_elsewhere = elsewhere(x, other).max(elsewhere(y, one));
    }

    /// The shares of the words that two texts have in common, the smaller first.
    fn common(&self, one: &[Term], other: &[Term]) -> (f32, f32) {
        let weight = |terms: &[Term]| -> f32 {
            terms.iter().map(|term| self.in_clauses[term.place()]).sum()
        };
        let both: Vec<Term> =
            one.iter().copied().filter(|term| other.binary_search(term).is_ok()).collect();
        let both = weight(&both);
        let share = |of: &[Term]| both / weight(of).max(f32::MIN_POSITIVE);
        let (x, y) = (share(one), share(other));
        (x.min(y), x.max(y))
    }

    fn besides(&self, one: &Saying, other: &Saying) -> f32 {
        let pairs = one.others.iter().flat_map(|x| other.others.iter().map(move |y| (x, y)));
        let alike = |(x, y): (&Party, &Party)| super::likeness::parties(x, y, self.terms);
        pairs.map(alike).reduce(f32::max).unwrap_or(NOTHING_BESIDES)
    }

    fn shared_entities(&self, one: &Saying, other: &Saying) -> f32 {
        let is_shared = |term: &&Term| self.terms.is_entity(**term) && other.terms.contains(term);
        let count = one.terms.iter().filter(is_shared).count();
        count.min(MOST_ENTITIES) as f32 / MOST_ENTITIES as f32
    }

    /// How much more alike a claim is to this one of an article than to the next best
    /// there, and how many are alike there.
    fn rank(&self, claim: usize, article: usize, sight: &FirstSight) -> (f32, usize) {
        let likest = self.likest.get(&(claim, article)).copied().unwrap_or_default();
        let next = if sight.score >= likest.first { likest.next } else { likest.first };
        (sight.score - next, likest.rivals)
    }
}

impl Likest {
    fn add(&mut self, score: f32) {
        self.rivals += usize::from(score > RIVAL);
        if score > self.first {
            self.next = self.first;
            self.first = score;
        } else if score > self.next {
            self.next = score;
        }
    }
}

fn add_arguments(signs: &mut Signs, sight: &FirstSight) {
    signs.anchor = sight.anchor;
    signs.second = sight.second;
    signs.relation = sight.relation;
    signs.shared = sight.less_shared;
    signs.both_arguments = NOT_BOTH;
    if sight.given == 2 {
        signs.both_arguments = sight.anchor * sight.second;
        signs.all_three = sight.anchor * sight.relation * sight.second;
    }
}

/// The weights of all terms, less for those that many claims of the story have.
fn story_weights<'a>(
    terms: &Terms<'_>,
    sayings: &'a [Saying],
    of: impl Fn(&'a Saying) -> &'a Vec<Term>,
) -> Vec<f32> {
    let mut counts = vec![0.0f32; terms.count()];
    for term in sayings.iter().flat_map(of) {
        counts[term.place()] += 1.0;
    }
    let all = sayings.len() as f32 + 1.0;
    let weights = terms.all().zip(counts).map(|(term, count)| {
        let rarity = if count > 0.0 { (all / (count + 0.5)).ln() / all.ln() } else { 1.0 };
        terms.weight(term) * rarity
    });
    weights.collect()
}

/// The heads of what a claim is done to.
fn object_heads(saying: &Saying) -> &[Term] {
    saying.patient.as_ref().map_or(&[], |patient| &patient.heads)
}

/// How many words stand in the same order in two texts, without a gap.
fn longest_run(one: &[Term], other: &[Term]) -> usize {
    let mut longest = 0;
    let mut before = vec![0; other.len() + 1];
    for x in one {
        let mut ends = vec![0; other.len() + 1];
        for (place, y) in other.iter().enumerate() {
            if x == y {
                ends[place + 1] = before[place] + 1;
                longest = longest.max(ends[place + 1]);
            }
        }
        before = ends;
    }
    longest
}

fn as_number(is_so: bool) -> f32 {
    f32::from(u8::from(is_so))
}

#[cfg(test)]
mod tests {
    use super::super::telling::{Argument, Claim, Telling};
    use super::super::words::Words;
    use super::*;

    fn claim(subject: &str, label: &str, object: &str) -> Claim {
        let argument = |text: &str| Argument { text: text.to_owned(), ..Argument::default() };
        Claim {
            subject: argument(subject),
            label: label.to_owned(),
            object: Some(argument(object)),
            ..Claim::default()
        }
    }

    /// The signs of the first claims of two articles.
    fn signs(articles: [Vec<Claim>; 2]) -> Signs {
        let tellings = articles.map(|claims| Telling { claims, ..Telling::default() });
        let all = super::super::signs(&tellings, Words::english());
        let first = all.iter().find(|(claims, _)| *claims == [(0, 0), (1, 0)]);
        first.expect("claims that are alike at first sight").1
    }

    #[test]
    fn values_stand_in_the_order_of_their_names() {
        let signs = Signs { first_sight: 1.0, shared_entities: 3.0, ..Signs::default() };
        let named: Vec<_> = Signs::NAMES.iter().zip(signs.values()).collect();
        assert_eq!(named.first(), Some(&(&"first_sight", 1.0)));
        assert_eq!(named.last(), Some(&(&"shared_entities", 3.0)));
    }

    #[test]
    fn a_word_that_many_claims_of_a_story_have_tells_less() {
        let one = || claim("marines", "guard", "the harbour");
        let other = || claim("marines", "protect", "the harbour");
        let more = |verb| claim("sailors", verb, "the harbour");
        let alone = signs([vec![one()], vec![other()]]);
        let often = ["enter", "leave", "paint", "sweep"].map(more);
        let among_many = signs([[vec![one()], often.to_vec()].concat(), vec![other()]]);
        assert!(among_many.rarest_shared < alone.rarest_shared);
    }

    #[test]
    fn another_claim_that_is_as_like_is_a_rival() {
        let one = || claim("marines", "guard", "the embassy");
        let other = || claim("marines", "guard", "an embassy");
        let alone = signs([vec![one()], vec![other()]]);
        let beside_its_like = signs([vec![one()], vec![other(), other()]]);
        assert!(beside_its_like.ahead < alone.ahead);
        assert!(beside_its_like.rivals > alone.rivals);
    }

    #[test]
    fn the_longest_run_has_no_gap() {
        let mut terms = Terms::new(Words::english());
        let (one, other) = (terms.of("troops guard embassy"), terms.of("troops leave embassy"));
        assert_eq!(longest_run(&one, &one), 3);
        assert_eq!(longest_run(&one, &other), 1);
        assert_eq!(longest_run(&one, &[]), 0);
    }
}
