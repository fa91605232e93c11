//! The words of English's closed classes, which every module asks for by what they do:
//! pronouns, articles, negations, prepositions that join.
//!
//! In: the lists `pronouns` and `function-words`. Out: [`FunctionWords`], which each
//! [`Document`](super::Document) carries, so that whoever has a document knows them.

use std::collections::HashMap;
use std::sync::{Arc, LazyLock};

use compact_str::CompactString;

use super::lexicon::Lexicon;
use super::table::TableError;
use super::word_class::{ClassedWords, WordClass, small, word_classes};

include!(concat!(env!("OUT_DIR"), "/text_lists.rs"));

/// Whom or what a pronoun stands for by its form, whatever its case: *he*, *him*,
/// *his* and *himself* are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)] // each is named by its first form
pub enum Pronoun {
    I,
    We,
    You,
    He,
    She,
    It,
    They,
    /// A relative or interrogative pronoun of persons.
    Who,
    /// *this*, *that*: one thing that is pointed at.
    This,
    /// *these*, *those*: several.
    These,
}

impl Pronoun {
    const ALL: [(Self, &'static str); 10] = [
        (Self::I, "i"),
        (Self::We, "we"),
        (Self::You, "you"),
        (Self::He, "he"),
        (Self::She, "she"),
        (Self::It, "it"),
        (Self::They, "they"),
        (Self::Who, "who"),
        (Self::This, "this"),
        (Self::These, "these"),
    ];

    /// The pronoun of which this is the name in `pronouns.tsv`.
    fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, own)| *own == name).map(|(pronoun, _)| *pronoun)
    }

    /// Whether it stands for somebody or something that is spoken of.
    pub fn is_third_person(self) -> bool {
        matches!(self, Self::He | Self::She | Self::It | Self::They)
    }

    /// Whether it stands for one man or woman who is spoken of.
    pub fn is_he_or_she(self) -> bool {
        matches!(self, Self::He | Self::She)
    }

    /// Whether it points at something.
    pub fn is_demonstrative(self) -> bool {
        matches!(self, Self::This | Self::These)
    }

    /// Who is meant, where it is of the first or second person.
    pub fn voice(self) -> Option<Voice> {
        match self {
            Self::I => Some(Voice::I),
            Self::We => Some(Voice::We),
            Self::You => Some(Voice::You),
            _ => None,
        }
    }
}

/// Who is meant by a pronoun of the first or second person, whatever its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs)] // each is named by its first form
pub enum Voice {
    I,
    We,
    You,
}

word_classes! {
    /// What a word of a closed class does.
    pub enum FunctionWord in "function-words" {
        /// *the*
        The = "the",
        /// Of a kind that was spoken of: *such*.
        Such = "such",
        /// Marks an infinitive: *to*.
        To = "to",
        /// Marks a reason or a result.
        Reason = "reason",
        /// Marks a clause that is no condition of the one that it hangs on: *because*, *to*.
        Unconditional = "unconditional",
        /// Marks what is so while something else is: *as*, *while*.
        Meanwhile = "meanwhile",
        /// Marks what is so beside something else: *with the gates closed*.
        With = "with",
        /// Refers to its verb's own subject or object: *himself*.
        Reflexive = "reflexive",
        /// Says that there is something: *there is*.
        Existential = "existential",
        /// What *it* does that means nothing: *when it comes to that*.
        Comes = "comes",
        /// Asks for, or stands for, a thing: *what*.
        What = "what",
        /// Negates what it depends on or stands for: *not*, *nobody*.
        Negation = "negation",
        /// A verb the subject of which does not do what follows: *refuse to say*.
        Refusal = "refusal",
        /// A verb that tells what others make of what is said: *deny*, *reject*.
        Dispute = "dispute",
        /// A verb the subject or object of which does not do what follows *from* or *of*:
        /// *refrain from saying*.
        Abstention = "abstention",
        /// Stands for somebody of whom nobody is told: *some*, *others*.
        Indefinite = "indefinite",
        /// Opens a relative clause, and stands for what it is about.
        Relative = "relative",
        /// Stands for something, not for somebody, more often than not.
        Thing = "thing",
        /// A word of an office that stands before a name: *Secretary of State*.
        OfOffice = "of-office",
        /// Joins to a verb what it says of its object: *accused of*.
        Complement = "complement",
        /// Takes a side: *for*, *against*.
        Side = "side",
        /// Before a gerund: what somebody is kept from or talked into.
        ByObject = "by-object",
        /// Before a gerund: what somebody is blamed or praised for.
        ForDeed = "for-deed",
        /// Takes back a *not* before it: *not only*.
        Only = "only",
        /// Denies what follows: *not*.
        Not = "not",
        /// Before a noun, tells that there is none of it: *no weapons*.
        Denial = "denial",
        /// An article that may follow a denial: *not a*.
        Article = "article",
        /// Stands for a person or thing of any kind: *no one*.
        One = "one",
        /// Joins the words of a longer name, and does not tell it from another.
        InName = "in-name",
        /// Need not have a letter in the acronym of a name.
        Unlettered = "unlettered",
        /// Stands at the edge of a name and does not belong to it.
        NameEdge = "name-edge",
        /// A country that is written as two small letters: *us*.
        ShortCountry = "short-country",
        /// The last word of the name of a company, which short forms drop.
        Company = "company",
        /// Tells the legal form of a firm at the end of its name: *Inc.*
        LegalForm = "legal-form",
        /// Begins with an apostrophe where it is written in full without a letter: *'em*.
        Clipped = "clipped",
        /// Tells that a duration reaches up to now: *the last three months*.
        UpToNow = "up-to-now",
        /// Tells that a duration goes on from now: *the next three months*.
        FromNow = "from-now",
        /// The verb of a passive, and of what something is: *be*.
        Be = "be",
        /// Stands for a thing, or for something that happens: *it*.
        It = "it",
        /// A verb that says nothing by itself: *do it*.
        Do = "do",
        /// The verb of what somebody has, and of what is past: *have*.
        Have = "have",
        /// The plainest verb of speech: *say*.
        Say = "say",
        /// Asks for the way: *how*.
        How = "how",
        /// Stands before a verb for what was said: *so does the mayor*.
        Echo = "echo",
        /// Joins a noun to what it is of: *of*.
        Of = "of",
        /// Leads to a source: *according to*.
        ToSource = "to-source",
        /// Opens a relative clause, or one that completes a verb: *that*.
        That = "that",
        /// Joins a clause that goes on from the one before: *and*.
        GoesOn = "goes-on",
        /// Stands for nobody who could speak, where it is a subject: *it*, *there*.
        NoSpeaker = "no-speaker",
        /// Opens a clause that contrasts with what is said before: *although*.
        Contrast = "contrast",
        /// Joins what contrasts with the verb before: *but*.
        But = "but",
        /// Joins: *and*.
        And = "and",
        /// Joins what may hold to what may hold instead: *or*.
        Or = "or",
        /// Before a noun, tells that there is none: *no*.
        No = "no",
        /// The form of *be* for several in the past: *were*.
        Were = "were",
        /// Counts things as well as times: *second*.
        Second = "second",
        /// Stands for nothing that relations hold of: *nobody*.
        Nobody = "nobody",
        /// The ending of an owner, written at the name: *'s*.
        Possessive = "possessive",
        /// Before who does it: *by*.
        By = "by",
        /// Before what something was until it changed: *from 11 to 5*.
        From = "from",
        /// Before what is so all the same: *despite winning*.
        Despite = "despite",
        /// Means two who were named together: *the pair*.
        Pair = "pair",
        /// Means three of them: *the trio*.
        Trio = "trio",
    }
}

/// The words of closed classes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FunctionWords {
    pronouns: HashMap<CompactString, Pronoun>,
    classes: ClassedWords<FunctionWord>,
}

impl FunctionWords {
    /// The words of the lists `pronouns` and `function-words`.
    ///
    /// # Errors
    /// Where a line has a class that is none.
    pub fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut pronouns = HashMap::new();
        for row in lexicon.rows("pronouns") {
            pronouns.insert(row.key().into(), row.parse("pronoun", Pronoun::named)?);
        }
        Ok(Self { pronouns, classes: ClassedWords::new(lexicon)? })
    }

    /// Those that ship, read once.
    ///
    /// # Panics
    /// Where they are broken, which a test rules out.
    pub fn shipped() -> Arc<Self> {
        static SHIPPED: LazyLock<Arc<FunctionWords>> = LazyLock::new(|| {
            let lists = Lexicon::shipped(LISTS, &["pronouns", FunctionWord::LIST]);
            Arc::new(FunctionWords::new(&lists).expect("a test reads the shipped lists"))
        });
        Arc::clone(&SHIPPED)
    }

    /// Whether a word, whatever its capitals, is of a class.
    pub fn is(&self, word: &str, class: FunctionWord) -> bool {
        self.classes.is(&small(word), class)
    }

    /// The pronoun of a form, whatever its capitals.
    pub fn pronoun(&self, form: &str) -> Option<Pronoun> {
        self.pronouns.get(&*small(form)).copied()
    }

    /// Who is meant by a form of the first or second person.
    pub fn voice(&self, form: &str) -> Option<Voice> {
        self.pronoun(form).and_then(Pronoun::voice)
    }
}

/// The lists, by file.
pub fn word_lists() -> impl Iterator<Item = (&'static str, &'static str)> {
    LISTS.iter().copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_class_has_words() {
        let words = FunctionWords::shipped();
        let empty =
            FunctionWord::NAMES.iter().filter(|(class, _)| words.classes.of(*class).is_empty());
        assert_eq!(empty.map(|(_, name)| *name).collect::<Vec<_>>(), [""; 0]);
    }

    #[test]
    fn forms_of_one_pronoun() {
        let words = FunctionWords::shipped();
        assert_eq!(
            ["Him", "hers", "mine", "ferry"].map(|form| words.pronoun(form)),
            [Some(Pronoun::He), Some(Pronoun::She), Some(Pronoun::I), None]
        );
        assert_eq!([words.voice("Ours"), words.voice("its")], [Some(Voice::We), None]);
        assert!(words.is("Never", FunctionWord::Negation) && !words.is("ever", FunctionWord::Not));
    }
}
