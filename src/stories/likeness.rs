//! How alike two claims of one story are at first sight.
//!
//! In: two [`Saying`]s. Out: a [`FirstSight`], a score from 0 to about 1 by hand-set
//! weights, and what it was made of; what stands out is looked at once more by
//! [`Signs`](super::signs::Signs). A pair of arguments in the same role is the *anchor*;
//! the other arguments, the relations and the words that are left must agree as well, and
//! what one claim says beyond the other costs less than what stands against it.

use super::saying::{Party, Saying};
use super::terms::{Term, Terms};

/// What each part counts.
const ANCHOR: f32 = 0.2;
const RELATION: f32 = 0.2;
const OTHER_ARGUMENT: f32 = 0.1;
/// The geometric mean of what either claim shares of the other's words.
const SHARED: f32 = 0.5;

/// How well two relations agree that are nothing but *is*.
const ONLY_IS: f32 = 0.4;
/// A relation that only stands among the other claim's words counts less: it may be
/// told of, not claimed.
const ELSEWHERE: f32 = 0.7;
/// Two second arguments that are less alike speak against it.
const OTHER_OBJECT: f32 = 0.35;
/// What somebody *is* must be more alike: all that is said stands there.
const OTHER_PREDICATE: f32 = 0.5;

/// Arguments that are less alike are not the same.
const SAME_ARGUMENT: f32 = 0.35;
/// How alike an argument is that only a pronoun tells of.
const UNKNOWN: f32 = 0.4;
/// How well a second argument fits where one of the claims has none.
const NO_SECOND: f32 = 0.45;
/// How well it fits where neither has one.
const NEITHER_SECOND: f32 = 0.75;

/// Claims with fewer words beyond the anchor say too little to be compared.
const LITTLE: f32 = 0.45;
const NOT_MUCH: f32 = 0.8;

/// How alike two claims are at first sight.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct FirstSight {
    /// From 0 to about 1, as if numbers and opposites did not stand against it.
    pub(super) score: f32,
    /// How alike the arguments of the anchor are.
    pub(super) anchor: f32,
    /// How well the others agree.
    pub(super) second: f32,
    /// How many of the two claims have another.
    pub(super) given: usize,
    /// How nearly the relations mean the same.
    pub(super) relation: f32,
    /// How much of the smaller part of either claim's words the other has.
    pub(super) less_shared: f32,
    /// What either claim says beyond the anchor.
    pub(super) beyond_anchor: [Vec<Term>; 2],
    /// Whether the relations are opposites.
    pub(super) is_opposite: bool,
    /// Whether both have numbers, and none in common.
    pub(super) numbers_differ: bool,
}

const NUMBERS_AGREE: f32 = 0.04;
const OTHER_TIME: f32 = 0.1;

/// Compares two claims.
pub(super) fn first_sight(one: &Saying, other: &Saying, terms: &Terms<'_>) -> FirstSight {
    let relation = relation(one, other, terms);
    let mut best = FirstSight::default();
    for anchor in anchors(one, other, terms) {
        let found = by_anchor(&anchor, one, other, relation.max(0.0), terms);
        if found.score > best.score {
            best = found;
        }
    }
    if best.score <= 0.0 {
        return best;
    }
    if !may_be_one_time(one.when.as_deref(), other.when.as_deref()) {
        best.score -= OTHER_TIME;
    }
    let has_numbers = !one.numbers.is_empty() && !other.numbers.is_empty();
    let share_number = one.numbers.iter().any(|number| other.numbers.contains(number));
    if share_number {
        best.score += NUMBERS_AGREE;
    }
    best.is_opposite = relation < 0.0;
    best.numbers_differ = has_numbers && !share_number;
    best
}

/// Whether two times may be one: a day is of its month and year.
fn may_be_one_time(one: Option<&str>, other: Option<&str>) -> bool {
    let (Some(one), Some(other)) = (one, other) else { return true };
    one.starts_with(other) || other.starts_with(one)
}

/// Two arguments that may be the same, and how well the others then agree.
struct Anchor<'a> {
    one: &'a Party,
    other: &'a Party,
    alike: f32,
    second: Second,
}

/// How well the second arguments agree.
#[derive(Clone, Copy)]
struct Second {
    alike: f32,
    /// How many of the two claims have one.
    given: usize,
}

/// The pairs of arguments in the same role. What is done to somebody in a passive may
/// be what somebody does in a verb without object: *the mine closed*, *was closed*.
fn anchors<'a>(one: &'a Saying, other: &'a Saying, terms: &Terms<'_>) -> Vec<Anchor<'a>> {
    let (agent, patient) = (one.agent.as_ref(), one.patient.as_ref());
    let (other_agent, other_patient) = (other.agent.as_ref(), other.patient.as_ref());
    let second = |x: Option<&Party>, y: Option<&Party>| Second {
        alike: second(x, one, y, other, terms),
        given: usize::from(x.is_some()) + usize::from(y.is_some()),
    };
    let mut pairs = vec![
        (agent, other_agent, 1.0, second(patient, other_patient)),
        (patient, other_patient, 1.0, second(agent, other_agent)),
    ];
    if patient.is_none() {
        pairs.push((agent, other_patient, 0.95, second(None, other_agent)));
    }
    if other_patient.is_none() {
        pairs.push((patient, other_agent, 0.95, second(agent, None)));
    }
    let mut anchors = Vec::new();
    for (one, other, by, second) in pairs {
        if let (Some(one), Some(other)) = (one, other) {
            let alike = by * parties(one, other, terms);
            if alike >= SAME_ARGUMENT {
                anchors.push(Anchor { one, other, alike, second });
            }
        }
    }
    anchors
}

fn by_anchor(
    anchor: &Anchor<'_>,
    one: &Saying,
    other: &Saying,
    relation: f32,
    terms: &Terms<'_>,
) -> FirstSight {
    let is_same = anchor.alike >= 0.95;
    let is_anchor = |term: &Term| {
        let (in_one, in_other) =
            (anchor.one.terms.contains(term), anchor.other.terms.contains(term));
        if is_same { in_one || in_other } else { in_one && in_other }
    };
    let rest = |of: &Saying| -> Vec<Term> {
        of.terms.iter().copied().filter(|term| !is_anchor(term)).collect()
    };
    let (rest_of_one, rest_of_other) = (rest(one), rest(other));
    let shares = [terms.share(&rest_of_one, &other.terms), terms.share(&rest_of_other, &one.terms)];
    let (less, more) = (shares[0].min(shares[1]), shares[0].max(shares[1]));
    let anywhere =
        terms.share(&one.relation, &other.terms).max(terms.share(&other.relation, &one.terms));
    let is_only_is = one.relation.is_empty() && other.relation.is_empty();
    let agree = if is_only_is { ONLY_IS } else { relation.max(ELSEWHERE * anywhere) };
    let mass = terms.mass(&rest_of_one).min(terms.mass(&rest_of_other));
    let score = ANCHOR * anchor.alike
        + RELATION * agree
        + OTHER_ARGUMENT * anchor.second.alike
        + SHARED * (less * more).sqrt()
        - against(agree, is_only_is, &anchor.second, mass);
    FirstSight {
        score,
        anchor: anchor.alike,
        second: anchor.second.alike,
        given: anchor.second.given,
        relation,
        less_shared: less,
        beyond_anchor: [rest_of_one, rest_of_other],
        ..FirstSight::default()
    }
}

/// What speaks against it: too few words, other verbs, another object.
fn against(relation: f32, is_only_is: bool, second: &Second, mass: f32) -> f32 {
    let mut against = match mass {
        mass if mass < LITTLE => 0.2,
        mass if mass < NOT_MUCH => 0.03,
        _ => 0.0,
    };
    if relation < 0.35 {
        against += 0.08;
    }
    let least = if is_only_is { OTHER_PREDICATE } else { OTHER_OBJECT };
    match second.given {
        2 if second.alike < least => against += 0.15,
        1 => against += 0.03,
        _ => {}
    }
    against
}

/// How nearly the relations mean the same; -1 for opposites.
fn relation(one: &Saying, other: &Saying, terms: &Terms<'_>) -> f32 {
    if one.proposition.is_some() && one.proposition == other.proposition {
        return 1.0;
    }
    let (Some(&first), Some(&second)) = (one.relation.first(), other.relation.first()) else {
        // Relations of nothing but *is* and prepositions.
        return if one.relation.is_empty() && other.relation.is_empty() { 1.0 } else { 0.0 };
    };
    if terms.kinship(first, second) < 0.0 {
        return -1.0;
    }
    terms.nearest(&one.relation, &other.relation)
}

/// How well the second arguments agree: with each other, or with what is said besides.
fn second(
    one: Option<&Party>,
    of_one: &Saying,
    other: Option<&Party>,
    of_other: &Saying,
    terms: &Terms<'_>,
) -> f32 {
    let among = |party: &Party, others: &[Party]| {
        0.9 * others.iter().map(|o| parties(party, o, terms)).fold(0.0, f32::max)
    };
    match (one, other) {
        (None, None) => NEITHER_SECOND,
        (None, Some(other)) => among(other, &of_one.others).max(NO_SECOND),
        (Some(one), None) => among(one, &of_other.others).max(NO_SECOND),
        (Some(one), Some(other)) => parties(one, other, terms)
            .max(among(one, &of_other.others))
            .max(among(other, &of_one.others)),
    }
}

/// How likely two arguments are the same.
pub(super) fn parties(one: &Party, other: &Party, terms: &Terms<'_>) -> f32 {
    if one.terms.is_empty() || other.terms.is_empty() {
        return UNKNOWN;
    }
    let heads = terms.nearest(&one.heads, &other.heads);
    match (one.entity, other.entity) {
        (Some(one), Some(other)) => f32::from(u8::from(one == other)),
        (Some(entity), None) => known_and_described(entity, other, heads),
        (None, Some(entity)) => known_and_described(entity, one, heads),
        (None, None) => {
            let shares =
                [terms.share(&one.terms, &other.terms), terms.share(&other.terms, &one.terms)];
            0.25 * shares[0].min(shares[1]) + 0.4 * shares[0].max(shares[1]) + 0.35 * heads
        }
    }
}

/// An entity and something that is only described: the same where the article calls the
/// entity so, perhaps where the description names it.
fn known_and_described(entity: Term, described: &Party, heads: f32) -> f32 {
    if described.terms.contains(&entity) {
        return 0.6;
    }
    if heads >= 0.9 { 0.8 * heads } else { 0.3 * heads }
}
