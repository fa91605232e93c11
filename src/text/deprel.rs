//! The relations of Universal Dependencies that English uses.

use std::fmt;

use compact_str::CompactString;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Declares [`Deprel`] with the label of each relation, in the order of the labels.
macro_rules! relations {
    ($($name:ident $label:literal)*) => {
        /// A dependency relation with its subtype
        /// (<https://universaldependencies.org/en/dep/>): [`Deprel::NsubjPass`] is
        /// `nsubj:pass`. Ordered by their labels.
        ///
        /// ```
        /// use reportedly::text::Deprel;
        ///
        /// let relation = Deprel::parse("nsubj:pass");
        /// assert_eq!(relation, Deprel::NsubjPass);
        /// assert!(relation.is(Deprel::Nsubj));
        /// assert_ne!(relation, Deprel::Nsubj);
        /// ```
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs)] // the names are the specification's
        pub enum Deprel {
            $($name,)*
            /// A relation that Universal Dependencies does not have.
            Other,
        }

        impl Deprel {
            /// All of them but [`Deprel::Other`], in the order of their labels.
            pub const ALL: &'static [Self] = &[$(Self::$name),*];

            /// The relation as CoNLL-U writes it; empty for [`Deprel::Other`].
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$name => $label,)*
                    Self::Other => "",
                }
            }
        }
    };
}

relations! {
    Acl "acl"
    AclRelcl "acl:relcl"
    Advcl "advcl"
    AdvclRelcl "advcl:relcl"
    Advmod "advmod"
    AdvmodEmph "advmod:emph"
    Amod "amod"
    Appos "appos"
    Aux "aux"
    AuxPass "aux:pass"
    Case "case"
    Cc "cc"
    CcPreconj "cc:preconj"
    Ccomp "ccomp"
    Clf "clf"
    Compound "compound"
    CompoundPrt "compound:prt"
    Conj "conj"
    Cop "cop"
    Csubj "csubj"
    CsubjOuter "csubj:outer"
    CsubjPass "csubj:pass"
    Dep "dep"
    Det "det"
    DetPredet "det:predet"
    Discourse "discourse"
    Dislocated "dislocated"
    Expl "expl"
    Fixed "fixed"
    Flat "flat"
    FlatForeign "flat:foreign"
    FlatName "flat:name"
    Goeswith "goeswith"
    Iobj "iobj"
    List "list"
    Mark "mark"
    Nmod "nmod"
    NmodDesc "nmod:desc"
    NmodNpmod "nmod:npmod"
    NmodPoss "nmod:poss"
    NmodTmod "nmod:tmod"
    NmodUnmarked "nmod:unmarked"
    Nsubj "nsubj"
    NsubjOuter "nsubj:outer"
    NsubjPass "nsubj:pass"
    Nummod "nummod"
    Obj "obj"
    Obl "obl"
    OblAgent "obl:agent"
    OblNpmod "obl:npmod"
    OblTmod "obl:tmod"
    OblUnmarked "obl:unmarked"
    Orphan "orphan"
    Parataxis "parataxis"
    Punct "punct"
    Ref "ref"
    Reparandum "reparandum"
    Root "root"
    Vocative "vocative"
    Xcomp "xcomp"
}

impl Deprel {
    /// The relation of exactly this label.
    pub fn known(label: &str) -> Option<Self> {
        let at = Self::ALL.binary_search_by_key(&label, |relation| relation.as_str()).ok()?;
        Self::ALL.get(at).copied()
    }

    /// The relation of this label: without its subtype where English has no
    /// such subtype, [`Deprel::Other`] where the relation itself is unknown.
    pub fn parse(label: &str) -> Self {
        let main = label.split(':').next().unwrap_or(label);
        Self::known(label).or_else(|| Self::known(main)).unwrap_or(Self::Other)
    }

    /// Without the subtype: `nsubj` of `nsubj:pass`.
    #[must_use]
    pub fn main(self) -> Self {
        match self {
            Self::AclRelcl => Self::Acl,
            Self::AdvclRelcl => Self::Advcl,
            Self::AdvmodEmph => Self::Advmod,
            Self::AuxPass => Self::Aux,
            Self::CcPreconj => Self::Cc,
            Self::CompoundPrt => Self::Compound,
            Self::CsubjOuter | Self::CsubjPass => Self::Csubj,
            Self::DetPredet => Self::Det,
            Self::FlatForeign | Self::FlatName => Self::Flat,
            Self::NmodDesc
            | Self::NmodNpmod
            | Self::NmodPoss
            | Self::NmodTmod
            | Self::NmodUnmarked => Self::Nmod,
            Self::NsubjOuter | Self::NsubjPass => Self::Nsubj,
            Self::OblAgent | Self::OblNpmod | Self::OblTmod | Self::OblUnmarked => Self::Obl,
            main => main,
        }
    }

    /// Whether it is this relation: with any subtype where `relation` has none.
    pub fn is(self, relation: Self) -> bool {
        self == relation || self.main() == relation
    }
}

impl fmt::Display for Deprel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for Deprel {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Deprel {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let label = CompactString::deserialize(deserializer)?;
        Ok(Self::parse(&label))
    }
}

/// A set of relations, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct DeprelSet(u64);

impl DeprelSet {
    /// Every relation, [`Deprel::Other`] included.
    pub const ALL: Self = Self(u64::MAX);

    /// The relations that a relation covers: itself, and all its subtypes where
    /// it has none.
    pub fn covered(by: Deprel) -> Self {
        Deprel::ALL.iter().copied().filter(|relation| relation.is(by)).collect()
    }

    /// Whether a relation is among them.
    pub fn contains(self, relation: Deprel) -> bool {
        self.0 & 1 << relation as u8 != 0
    }

    /// These and others.
    #[must_use]
    pub fn union(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl From<Deprel> for DeprelSet {
    fn from(relation: Deprel) -> Self {
        Self(1 << relation as u8)
    }
}

impl FromIterator<Deprel> for DeprelSet {
    fn from_iter<T: IntoIterator<Item = Deprel>>(relations: T) -> Self {
        relations.into_iter().fold(Self::default(), |set, one| set.union(one.into()))
    }
}

/// The label of an edge as CoNLL-U writes it, which may say more than the
/// relation: the preposition or conjunction of an enhanced edge (`obl:in`,
/// `conj:and`), a subtype of another treebank.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct EdgeLabel {
    /// The relation.
    pub relation: Deprel,
    /// What follows it behind a colon; the whole label where the relation is
    /// [`Deprel::Other`].
    pub addition: Option<CompactString>,
}

impl EdgeLabel {
    /// Reads a label; [`fmt::Display`] writes the same again.
    pub fn parse(label: &str) -> Self {
        let relation = Deprel::parse(label);
        let addition = match label.strip_prefix(relation.as_str()) {
            Some("") => None,
            Some(rest) if relation != Deprel::Other => rest.strip_prefix(':').map(Into::into),
            _ => Some(label.into()),
        };
        Self { relation, addition }
    }
}

impl From<Deprel> for EdgeLabel {
    fn from(relation: Deprel) -> Self {
        Self { relation, addition: None }
    }
}

impl fmt::Display for EdgeLabel {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (&self.addition, self.relation) {
            (Some(label), Deprel::Other) => f.write_str(label),
            (Some(addition), relation) => write!(f, "{relation}:{addition}"),
            (None, relation) => write!(f, "{relation}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_in_order_and_read_back() {
        assert!(Deprel::ALL.is_sorted_by_key(|relation| relation.as_str()));
        for &relation in Deprel::ALL {
            assert_eq!(Deprel::parse(relation.as_str()), relation);
            let main = relation.as_str().split(':').next();
            assert_eq!(Some(relation.main().as_str()), main, "{relation}");
        }
    }

    #[test]
    fn foreign_labels_keep_what_is_known() {
        assert_eq!(Deprel::parse("obl:lmod"), Deprel::Obl);
        assert_eq!(Deprel::parse("nosuch:pass"), Deprel::Other);
        assert_eq!(Deprel::parse(""), Deprel::Other);
    }

    #[test]
    fn relations_cover_their_subtypes() {
        let set = DeprelSet::covered(Deprel::Nsubj);
        assert!(set.contains(Deprel::Nsubj) && set.contains(Deprel::NsubjPass));
        assert!(!set.contains(Deprel::Csubj));
        assert!(!DeprelSet::covered(Deprel::NsubjPass).contains(Deprel::Nsubj));
        assert!(DeprelSet::ALL.contains(Deprel::Other));
    }

    #[test]
    fn any_label_reads_back() {
        proptest::proptest!(|(label in "(nsubj|obl|conj|acl:relcl|x|é)?(:(pass|in|and|))?")| {
            proptest::prop_assert_eq!(EdgeLabel::parse(&label).to_string(), label);
        });
    }
}
