//! What the articles of a story tell differently.
//!
//! In: the [`Telling`]s of a story. Out: [`Difference`]s between claims of two articles
//! that would say the same but for one thing: whether it is so, a number, or that what one
//! calls planned the other calls done. Never who is right.

use super::meeting::{Compared, Likeness, SAME};
use super::telling::{Claim, Telling};

/// Claims that differ in one thing must otherwise be more alike than those that say the
/// same, since the difference may be that they speak of something else.
const SAME_BUT_FOR_ONE: f32 = SAME + 0.08;

/// Shorter clauses may have all their words in common by chance.
const ONE_WORDING: usize = 6;

/// In what way a claim stands against another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DifferenceKind {
    /// Both cannot be so: one affirms what the other denies, or the numbers differ on the
    /// same day.
    Contradicts,
    /// A later article gives another number.
    Updates,
    /// A later article tells what became of a plan.
    Supersedes,
}

/// Two claims of different articles, each an article and the place of a claim in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// What the first does to the second.
    pub kind: DifferenceKind,
    /// The claim that differs; the later one, where that counts.
    pub one: (usize, usize),
    /// The claim that it differs from.
    pub other: (usize, usize),
}

/// What the compared claims tell differently, in order.
pub(super) fn differences(tellings: &[Telling], compared: &Compared<'_>) -> Vec<Difference> {
    let mut found = Vec::new();
    for (&(one, other), likeness) in &compared.pairs {
        let pair = Pair { tellings, one: compared.place(one), other: compared.place(other) };
        if pair.one.0 != pair.other.0 && likeness.otherwise >= SAME_BUT_FOR_ONE {
            found.extend(pair.difference(likeness));
        }
    }
    found.sort_unstable();
    found
}

/// Two claims.
struct Pair<'a> {
    tellings: &'a [Telling],
    one: (usize, usize),
    other: (usize, usize),
}

impl Pair<'_> {
    fn difference(&self, likeness: &Likeness) -> Option<Difference> {
        if self.is_one_wording() {
            None
        } else if likeness.is_opposite {
            self.opposite()
        } else if likeness.numbers_differ {
            self.numbers()
        } else {
            self.of_one_case()
        }
    }

    /// Whether one clause has all words of the other in one row: what is read of the same
    /// words in two ways is no difference between articles.
    fn is_one_wording(&self) -> bool {
        let clause = |(article, claim): (usize, usize)| {
            let telling = &self.tellings[article];
            let text = telling.text.get(telling.claims[claim].clause.clone());
            letters(text.unwrap_or_default())
        };
        let (one, other) = (clause(self.one), clause(self.other));
        let words = one.split(' ').count().min(other.split(' ').count());
        words >= ONE_WORDING && (one.contains(&other) || other.contains(&one))
    }

    fn claims(&self) -> (&Claim, &Claim) {
        let claim = |(article, claim): (usize, usize)| &self.tellings[article].claims[claim];
        (claim(self.one), claim(self.other))
    }

    /// Claims that say the same but for whether it is so, or still a plan.
    fn of_one_case(&self) -> Option<Difference> {
        let (one, other) = self.claims();
        let (is_actual, is_other_actual) = (is_actual(one), is_actual(other));
        if is_actual && is_other_actual && one.holds != other.holds && may_be_one_case(one, other) {
            return Some(self.contradiction());
        }
        match self.later()? {
            Later::One if is_actual && is_plan(other) => {
                Some(self.as_is(DifferenceKind::Supersedes))
            }
            Later::Other if is_other_actual && is_plan(one) => {
                Some(self.turned(DifferenceKind::Supersedes))
            }
            _ => None,
        }
    }

    /// Claims whose relations are opposites.
    fn opposite(&self) -> Option<Difference> {
        let (one, other) = self.claims();
        let is_said = |claim: &Claim| claim.holds && is_actual(claim);
        let is_one_case = may_be_one_case(one, other);
        (is_said(one) && is_said(other) && is_one_case).then(|| self.contradiction())
    }

    /// Claims with different numbers: an update where one is later.
    fn numbers(&self) -> Option<Difference> {
        let (one, other) = self.claims();
        if !(one.holds && other.holds && is_actual(one) && is_actual(other)) {
            return None;
        }
        Some(match self.later() {
            Some(Later::One) => self.as_is(DifferenceKind::Updates),
            Some(Later::Other) => self.turned(DifferenceKind::Updates),
            None if may_be_one_case(one, other) => self.contradiction(),
            None => return None,
        })
    }

    fn contradiction(&self) -> Difference {
        self.as_is(DifferenceKind::Contradicts)
    }

    fn as_is(&self, kind: DifferenceKind) -> Difference {
        Difference { kind, one: self.one, other: self.other }
    }

    fn turned(&self, kind: DifferenceKind) -> Difference {
        Difference { kind, one: self.other, other: self.one }
    }

    fn later(&self) -> Option<Later> {
        let day = |(article, _): (usize, usize)| self.tellings[article].day;
        match (day(self.one)?, day(self.other)?) {
            (one, other) if one > other => Some(Later::One),
            (one, other) if one < other => Some(Later::Other),
            _ => None,
        }
    }
}

enum Later {
    One,
    Other,
}

/// The letters and digits of a text, words apart.
fn letters(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

fn is_actual(claim: &Claim) -> bool {
    claim.modality == "actual"
}

fn is_plan(claim: &Claim) -> bool {
    claim.modality == "planned" || claim.modality == "future"
}

/// Whether two claims may speak of the same: where both give a time, or a qualifier with
/// one property, they share a value.
fn may_be_one_case(one: &Claim, other: &Claim) -> bool {
    let is_one_time = one.when.is_none() || other.when.is_none() || one.when == other.when;
    is_one_time
        && one.qualifiers.iter().all(|(property, _)| {
            let values = |claim: &Claim| -> Vec<String> {
                let of_property = claim.qualifiers.iter().filter(|(p, _)| p == property);
                of_property.map(|(_, value)| value.text.to_lowercase()).collect()
            };
            let (own, others) = (values(one), values(other));
            others.is_empty() || own.iter().any(|value| others.contains(value))
        })
}
