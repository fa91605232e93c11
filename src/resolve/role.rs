//! What the qualifiers of a claim tell: when, where, how, to whom, what for, on
//! what condition.
//!
//! In: what joins a qualifier to its relation, what sort of thing it is, the verb.
//! Out: its [`Role`], by the first line of `qualifier-roles.tsv` that fits.

use compact_str::CompactString;

use super::lists::shipped;
use crate::text::NameKind;
use crate::text::lexicon::Lexicon;
use crate::text::table::{Row, TableError};

/// What a qualifier tells.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// When, since when, how long: *on Friday*, *before the war*.
    Time,
    /// Where: *in Lisbon*.
    Place,
    /// How: *quietly*, *by cutting costs*.
    Manner,
    /// To whom something is given or told.
    Recipient,
    /// What for: *to guard the embassy*.
    Purpose,
    /// On what condition: *if the talks fail*.
    Condition,
    /// What its preposition tells.
    Preposition(CompactString),
}

impl Role {
    /// The role in a word; of one that only its preposition tells, the preposition.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Time => "time",
            Self::Place => "place",
            Self::Manner => "manner",
            Self::Recipient => "recipient",
            Self::Purpose => "purpose",
            Self::Condition => "condition",
            Self::Preposition(lemma) => lemma,
        }
    }
}

/// What sort of thing a qualifier is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QualifierKind {
    /// A clause.
    Clause,
    /// A time expression.
    Time,
    /// An entity of a kind, or of none that is known; or a value.
    Thing(Option<NameKind>),
}

/// What a line of the table asks of a qualifier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Any,
    Clause,
    Time,
    /// A place or facility.
    Place,
    /// A person, an organisation, a group.
    Actor,
    Event,
}

/// A line of the table.
#[derive(Clone, Debug)]
struct Line {
    /// None for whatever joins it.
    joint: Option<CompactString>,
    asked: Asked,
    /// Any verb, where there are none.
    verbs: Vec<CompactString>,
    /// None where the preposition is the role.
    role: Option<Role>,
}

/// Which qualifiers have which role.
#[derive(Clone, Debug)]
pub(super) struct RoleTable {
    lines: Vec<Line>,
}

impl Default for RoleTable {
    /// The table that ships.
    #[allow(clippy::expect_used)]
    fn default() -> Self {
        Self::new(&shipped(&["qualifier-roles"])).expect("a test reads the shipped list")
    }
}

impl RoleTable {
    /// The list `qualifier-roles`.
    pub(super) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let lines = lexicon.rows("qualifier-roles").map(line).collect::<Result<_, _>>()?;
        Ok(Self { lines })
    }

    /// The role of a qualifier with this joint under one of these verbs.
    pub(super) fn role(&self, joint: &str, kind: QualifierKind, verbs: &[CompactString]) -> Role {
        let lower = joint.to_lowercase();
        let line = self.lines.iter().find(|line| line.fits(&lower, kind, verbs));
        line.and_then(|line| line.role.clone())
            .unwrap_or_else(|| Role::Preposition(CompactString::from(joint)))
    }
}

impl Line {
    fn fits(&self, joint: &str, kind: QualifierKind, verbs: &[CompactString]) -> bool {
        self.joint.as_ref().is_none_or(|own| own == joint)
            && self.asked.fits(kind)
            && (self.verbs.is_empty() || verbs.iter().any(|v| self.verbs.contains(v)))
    }
}

impl Asked {
    fn fits(self, kind: QualifierKind) -> bool {
        use NameKind::{Event, Facility, Group, Organization, Person, Place};
        match (self, kind) {
            (Self::Any, _)
            | (Self::Clause, QualifierKind::Clause)
            | (Self::Time, QualifierKind::Time) => true,
            (asked, QualifierKind::Thing(Some(kind))) => match asked {
                Self::Place => matches!(kind, Place | Facility),
                Self::Actor => matches!(kind, Person | Organization | Group),
                Self::Event => kind == Event,
                Self::Any | Self::Clause | Self::Time => false,
            },
            _ => false,
        }
    }
}

fn line(row: Row<'_>) -> Result<Line, TableError> {
    let verbs = row.get("verbs").into_iter().flat_map(|verbs| verbs.split(' '));
    Ok(Line {
        joint: Some(row.key()).filter(|joint| *joint != "*").map(CompactString::from),
        asked: row.parse("of", asked_of)?,
        verbs: verbs.map(CompactString::from).collect(),
        role: row.parse("role", role_of)?,
    })
}

fn asked_of(word: &str) -> Option<Asked> {
    Some(match word {
        "any" => Asked::Any,
        "clause" => Asked::Clause,
        "time" => Asked::Time,
        "place" => Asked::Place,
        "actor" => Asked::Actor,
        "event" => Asked::Event,
        _ => return None,
    })
}

/// The role that a cell names; `-` is that of the preposition itself.
fn role_of(word: &str) -> Option<Option<Role>> {
    Some(match word {
        "-" => None,
        "time" => Some(Role::Time),
        "place" => Some(Role::Place),
        "manner" => Some(Role::Manner),
        "recipient" => Some(Role::Recipient),
        "purpose" => Some(Role::Purpose),
        "condition" => Some(Role::Condition),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(joint: &str, kind: QualifierKind, verbs: &[&str], expected: &str) {
        let verbs: Vec<CompactString> = verbs.iter().map(|v| (*v).into()).collect();
        let role = RoleTable::default().role(joint, kind, &verbs);
        assert_eq!(role.as_str(), expected, "{joint} {kind:?} {verbs:?}");
    }

    const PLACE: QualifierKind = QualifierKind::Thing(Some(NameKind::Place));
    const PERSON: QualifierKind = QualifierKind::Thing(Some(NameKind::Person));
    const THING: QualifierKind = QualifierKind::Thing(None);

    #[test]
    fn roles_follow_from_joint_kind_and_verb() {
        check("in", QualifierKind::Time, &["open"], "time");
        check("In", PLACE, &["open"], "place");
        check("in", THING, &["believe"], "in");
        check("from", PLACE, &["return"], "from");
        check("after", THING, &["leave"], "time");
        check("if", QualifierKind::Clause, &["leave"], "condition");
        check("by", QualifierKind::Clause, &["save"], "manner");
        check("by", PERSON, &["be", "save"], "by");
        check("to", PERSON, &["send"], "recipient");
        check("to", PERSON, &["be", "send"], "recipient");
        check("to", PLACE, &["send"], "to");
        check("to", PERSON, &["listen"], "to");
        check("purpose", QualifierKind::Clause, &["send"], "purpose");
        check("recipient", PERSON, &["send"], "recipient");
    }

    #[test]
    fn broken_lines_are_seen() {
        let check = |line: &str, expected: Option<&str>| {
            let text = format!("joint: lemmas\tof: text\tverbs: text?\trole: text?\n{line}\n");
            let lexicon = Lexicon::read([("qualifier-roles.tsv", text.as_str())]).unwrap();
            let error = RoleTable::new(&lexicon).err().map(|error| error.to_string());
            let place = error.as_deref().and_then(|error| error.split(": ").next());
            assert_eq!(place, expected, "{line}");
        };
        check("in\tplace\t-\tplace", None);
        check("in\ttown\t-\tplace", Some("qualifier-roles.tsv:2:4"));
        check("in\tplace\t-\twhere", Some("qualifier-roles.tsv:2:12"));
    }
}
