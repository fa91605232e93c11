//! The words by which trees are put right.

use crate::analyse::lists::shipped;
use crate::text::{ClassedWords, word_classes};

word_classes! {
    /// What a word tells of those behind it.
    pub(in crate::analyse) enum MendWord in "mend-words" {
        /// Can have a day for its object: *choose*.
        Day = "day",
        /// A day, counted from today: *yesterday*.
        Deictic = "deictic",
        /// Its object does the infinitive behind it: *ask*.
        Asking = "asking",
        /// Is not said without what is told: *acknowledge*.
        Telling = "telling",
        /// As a participle, tells what somebody says: *calling*.
        Voicing = "voicing",
        /// Has a second object that names the first: *call*.
        Naming = "naming",
        /// Has a second object that the first becomes: *elect*.
        Making = "making",
        /// Keeps an object in the passive: *given a prize*.
        Giving = "giving",
        /// Has an object or stands in the passive, be it without an auxiliary: *indict*.
        Done = "done",
        /// Ends a sentence with who tells it: "…, a poll *found*".
        Closing = "closing",
        /// Before a participle, tells what the object is seen as: *as*.
        SeenAs = "seen-as",
        /// Stands before what is told, which is said by it too: *in* a statement.
        ToldIn = "told-in",
        /// Is told by the clause behind *is*: *goal*.
        Aim = "aim",
    }
}

/// The words by which trees are put right, by class.
pub(in crate::analyse) type MendWords = ClassedWords<MendWord>;

/// The shipped words.
#[allow(clippy::expect_used)]
pub(in crate::analyse) fn shipped_words() -> MendWords {
    MendWords::new(&shipped(&["mend-words"])).expect("a test reads the shipped lists")
}
