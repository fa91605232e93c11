//! The English model: the network, what its classes mean, and the lemma rules.

use compact_str::CompactString;

use super::lemma::Lemmatiser;
use super::network::Frozen;
use super::tagger::Tagger;
use crate::text::{Deprel, NameKind, Upos};

/// The kinds of names the network tells apart, in the order of its classes.
pub const NAME_KINDS: [NameKind; 8] = [
    NameKind::Person,
    NameKind::Organization,
    NameKind::Place,
    NameKind::Facility,
    NameKind::Event,
    NameKind::Group,
    NameKind::Product,
    NameKind::Other,
];

/// How many classes of name tags there are: outside, and beginning and inside
/// of each kind.
pub const NAME_CLASSES: usize = 1 + 2 * NAME_KINDS.len();

/// What the network's classes mean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Inventory {
    /// Penn tags.
    pub xpos: Vec<CompactString>,
    /// Feature bundles.
    pub feats: Vec<CompactString>,
    /// Relations, without `root`.
    pub relations: Vec<Deprel>,
    /// The combinations of part of speech (index into [`Upos::ALL`]), Penn tag
    /// and features that occur; no other is ever given.
    pub analyses: Vec<[u16; 3]>,
}

impl Inventory {
    /// The part of speech of an analysis.
    pub fn upos(&self, analysis: usize) -> Upos {
        let index = self.analyses.get(analysis).map_or(usize::MAX, |a| a[0] as usize);
        Upos::ALL.get(index).copied().unwrap_or_default()
    }

    /// The Penn tag of an analysis.
    pub fn xpos(&self, analysis: usize) -> CompactString {
        let index = self.analyses.get(analysis).map_or(usize::MAX, |a| a[1] as usize);
        self.xpos.get(index).cloned().unwrap_or_default()
    }

    /// The features of an analysis.
    pub fn feats(&self, analysis: usize) -> CompactString {
        let index = self.analyses.get(analysis).map_or(usize::MAX, |a| a[2] as usize);
        self.feats.get(index).cloned().unwrap_or_default()
    }
}

/// All that analysis knows of English.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// What the network's classes mean.
    pub inventory: Inventory,
    /// Finds the best analysis of a word.
    pub(super) tagger: Tagger,
    /// The network.
    pub network: Frozen,
    /// The lemma rules.
    pub lemmatiser: Lemmatiser,
}
