//! What features there are: kinds of features, each with so many values.
//!
//! In: a kind and a value. Out: the number of the feature, below [`COUNT`].

/// A feature, by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Feature(u16);

impl Feature {
    /// The row of a table that has one for each feature.
    pub fn index(self) -> usize {
        usize::from(self.0)
    }
}

/// How many sorts of mentions are told apart.
pub(in crate::analyse) const SORTS: usize = 23;
/// The first sort of descriptions; those before are names.
pub(in crate::analyse) const FIRST_NOMINAL: usize = 5;
/// The first sort of pronouns.
pub(in crate::analyse) const FIRST_PRONOUN: usize = 13;
/// The sorts of *he* and *she*.
pub(super) const PERSONAL: [usize; 2] = [FIRST_PRONOUN + 3, FIRST_PRONOUN + 4];
/// The sort of *it*.
pub(super) const IT: usize = FIRST_PRONOUN + 5;
/// The sort of clauses; those before are names and descriptions.
pub(super) const CLAUSE: usize = FIRST_NOMINAL + 7;
/// The sorts of *this* and *these*.
pub(super) const DEMONSTRATIVES: [usize; 2] = [FIRST_PRONOUN + 8, FIRST_PRONOUN + 9];
/// How many numbers the words of heads share.
const WORDS: usize = 512;

/// Declares the kinds of features with the number of their values.
macro_rules! templates {
    ($($name:ident = $size:expr),* $(,)?) => {
        /// A kind of features.
        #[derive(Clone, Copy, Debug)]
        pub(in crate::analyse) enum Template { $($name),* }

        const SIZES: &[usize] = &[$($size),*];
    };
}

templates! {
    // Of the mention whose antecedent is sought.
    OwnSort = SORTS,
    OwnRole = SORTS * 5,
    OwnNumber = SORTS * 3,
    OwnWord = WORDS,
    OwnGovernor = 256,
    OwnModifiers = SORTS * 4,
    OwnParts = SORTS * 2,
    OwnEntity = 10,
    OwnQuoted = SORTS * 2,
    OwnRepeats = SORTS * 4,
    OwnClause = SORTS * 2,
    OwnPlace = SORTS * 6,
    OwnRelation = 64,
    OwnFirstWord = 64,
    OwnComplement = SORTS * 2,
    // Of the mention that may be the antecedent.
    Sort = SORTS,
    Role = SORTS * 5,
    Number = SORTS * 3,
    Word = WORDS,
    MainSubject = SORTS * 2,
    Quoted = SORTS * 2,
    Entity = 10,
    Conjunct = SORTS * 2,
    Relation = 64,
    Modifiers = SORTS * 4,
    // Of its cluster.
    Size = SORTS * 5,
    Animacy = SORTS * 4,
    Gender = SORTS * 4,
    ClusterNumber = SORTS * 3,
    Named = SORTS * 2,
    EntityOfCluster = SORTS * 10,
    FirstNamed = SORTS * 5,
    Largest = SORTS * 3,
    Latest = SORTS * 2,
    ClusterRank = SORTS * 6,
    // Of the two.
    Sentences = SORTS * 8,
    Mentions = SORTS * 8,
    Sorts = SORTS * SORTS,
    SameRole = SORTS * 2,
    SameNumber = SORTS * 3,
    Animacies = SORTS * 16,
    SameWord = 2 * 9 * 8,
    Words = SORTS * 5,
    SamePhrase = 2 * 9,
    SameForm = SORTS * 2,
    Quotations = SORTS * 4,
    ClauseAbove = SORTS * 2,
    Rank = SORTS * 6,
    WordEntity = WORDS,
    Subjects = SORTS * 4,
    SameGovernor = SORTS * 2,
    Title = 9 * 2,
    NameWords = 9 * 4,
    NewsMedium = 2,
    SaysBoth = SORTS * 4,
    Entities = 10 * 10,
    Blocks = SORTS * 4,
    RoleDistance = SORTS * 15,
    Speaker = SORTS * 4,
    Likeness = SORTS * 9,
    LikenessOfKinds = 9 * 9,
    // Of there being no antecedent.
    New = SORTS,
    NewRepeats = SORTS * 3,
    NewChoice = SORTS * 5,
    NewClusters = SORTS * 6,
    NewLikeness = SORTS * 9,
}

/// How many kinds there are.
const KINDS: usize = SIZES.len();

/// Where the features of each kind begin.
const STARTS: [usize; KINDS + 1] = {
    let mut starts = [0; KINDS + 1];
    let mut i = 0;
    while i < KINDS {
        starts[i + 1] = starts[i] + SIZES[i];
        i += 1;
    }
    starts
};

/// How many features there are.
pub const COUNT: usize = STARTS[KINDS];

impl Template {
    /// The feature of this kind with a value, which counts from 0.
    pub(in crate::analyse) fn value(self, value: usize) -> Feature {
        let kind = self as usize;
        debug_assert!(value < SIZES[kind], "{self:?} has no value {value}");
        Feature((STARTS[kind] + value.min(SIZES[kind] - 1)) as u16)
    }

    /// The feature for words: those whose hashes agree share one.
    pub(in crate::analyse) fn word(self, word: &str) -> Feature {
        self.words(&[word])
    }

    /// The same for several words in a row.
    pub(in crate::analyse) fn words(self, words: &[&str]) -> Feature {
        self.value(hash(words) as usize % SIZES[self as usize])
    }
}

/// FNV-1a, of 32 bits.
fn hash(words: &[&str]) -> u32 {
    let bytes = words.iter().flat_map(|word| word.bytes().chain([0]));
    let hash = bytes
        .fold(0x811C_9DC5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    hash ^ (hash >> 15)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_do_not_overlap() {
        assert_eq!(Template::OwnSort.value(0).index(), 0);
        assert_eq!(Template::OwnRole.value(0).index(), SORTS);
        assert_eq!(Template::NewLikeness.value(SORTS * 9 - 1).index(), COUNT - 1);
        assert!(COUNT < usize::from(u16::MAX));
    }

    #[test]
    fn words_have_one_number_each() {
        assert_eq!(Template::Word.word("mine"), Template::Word.word("mine"));
        assert_ne!(Template::Word.word("mine"), Template::OwnWord.word("mine"));
    }
}
