//! Orders: which words stand in a row around a cue.
//!
//! What stands before the cue is kept from the cue leftwards, so that it is read from
//! there on, and no word is ever looked at but those near a cue.

use compact_str::CompactString;

use crate::text::NameKind;
use crate::text::sequence::{Part, Sequence};

/// The word of an order line that stands for the cue.
pub(super) const CUE: &str = "cue";

/// Which words stand in a row around a cue; `T` is what is asked of a word.
#[derive(Clone, Debug)]
pub struct Orders<T> {
    /// Where it is looked for.
    pub stretch: Stretch,
    /// Whether it takes the place of what the tree found for the same cue.
    pub overrides: bool,
    /// What may be the cue, the best first.
    pub(super) cues: Vec<CueForm<T>>,
    /// The orders, tried one after the other.
    pub(super) orders: Vec<Order<T>>,
}

/// Words within which a rule is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Stretch {
    /// A sentence.
    #[default]
    Sentence,
    /// A paragraph, title or other block.
    Block,
    /// What stands behind a quotation, up to the next one or the end of the sentence.
    BehindQuotation,
    /// What stands before a quotation, the nearest word first.
    BeforeQuotation,
}

/// A word that may be the cue.
#[derive(Clone, Debug)]
pub(super) struct CueForm<T> {
    pub(super) tests: Vec<T>,
    /// What the list of cues has to allow it; nothing for a word that need not
    /// stand there.
    pub(super) takes: Vec<CompactString>,
}

/// What stands around a cue.
#[derive(Clone, Debug)]
pub(super) struct Order<T> {
    /// Before it, from the cue leftwards.
    pub(super) left: Sequence<Atom<T>>,
    /// Behind it.
    pub(super) right: Sequence<Atom<T>>,
}

/// What may stand in an order.
#[derive(Clone, Debug)]
pub(super) enum Atom<T> {
    /// `[tests]`, `[tests]|[tests]`, `{class}`: a word.
    Word(Vec<Vec<T>>),
    /// `<person|place>`: a whole name of one of these kinds; `<name>`: of any;
    /// `<name with [tests]>`: one of whose words passes tests.
    Name(Vec<NameKind>, Vec<Vec<T>>),
    /// `<quotation>`: a whole quotation.
    Quotation,
    /// `<aside>`: words between two commas, with these.
    Aside,
    /// `^`: the start of the stretch.
    Start,
    /// `$`: its end.
    End,
}

impl<T> Default for Orders<T> {
    fn default() -> Self {
        let (cues, orders) = (Vec::new(), Vec::new());
        Self { stretch: Stretch::default(), overrides: false, cues, orders }
    }
}

impl<T> Orders<T> {
    /// What the list of cues has to allow the cues of the rule.
    pub fn frames(&self) -> impl Iterator<Item = &str> {
        self.cues.iter().flat_map(|cue| &cue.takes).map(CompactString::as_str)
    }

    /// Whether there are cues and orders.
    pub(super) fn is_whole(&self) -> bool {
        !self.cues.is_empty() && !self.orders.is_empty()
    }

    /// The same with another form of its tests.
    pub(super) fn try_map<U, E>(
        &self,
        mut map: impl FnMut(&[T]) -> Result<Vec<U>, E>,
    ) -> Result<Orders<U>, E> {
        let mut mapped =
            Orders { stretch: self.stretch, overrides: self.overrides, ..Orders::default() };
        for cue in &self.cues {
            mapped.cues.push(CueForm { tests: map(&cue.tests)?, takes: cue.takes.clone() });
        }
        for order in &self.orders {
            let left = map_sequence(&order.left, &mut map)?;
            mapped.orders.push(Order { left, right: map_sequence(&order.right, &mut map)? });
        }
        Ok(mapped)
    }
}

fn map_sequence<T, U, E>(
    sequence: &Sequence<Atom<T>>,
    map: &mut impl FnMut(&[T]) -> Result<Vec<U>, E>,
) -> Result<Sequence<Atom<U>>, E> {
    let mut parts = Vec::new();
    for part in &sequence.0 {
        parts.push(match part {
            Part::Atom { atom, least, most, keeps } => {
                let (least, most, keeps) = (*least, *most, *keeps);
                Part::Atom { atom: map_atom(atom, map)?, least, most, keeps }
            }
            Part::Open(node) => Part::Open(*node),
            Part::Close(node) => Part::Close(*node),
        });
    }
    Ok(Sequence(parts))
}

fn map_atom<T, U, E>(
    atom: &Atom<T>,
    map: &mut impl FnMut(&[T]) -> Result<Vec<U>, E>,
) -> Result<Atom<U>, E> {
    Ok(match atom {
        Atom::Word(words) => {
            Atom::Word(words.iter().map(|tests| map(tests)).collect::<Result<_, _>>()?)
        }
        Atom::Name(kinds, words) => {
            let words = words.iter().map(|tests| map(tests)).collect::<Result<_, _>>()?;
            Atom::Name(kinds.clone(), words)
        }
        Atom::Quotation => Atom::Quotation,
        Atom::Aside => Atom::Aside,
        Atom::Start => Atom::Start,
        Atom::End => Atom::End,
    })
}
