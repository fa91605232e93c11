//! Words by what they do: the small sets that code asks for.
//!
//! In: a list whose first column is the word and whose column `class` names what the
//! word does; a word may stand in several lines. Out: [`ClassedWords`], which tells all
//! classes of a word with one look-up. Which classes there are is an enum's business;
//! which words they have, the table's alone.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fmt::Debug;
use std::marker::PhantomData;

use compact_str::CompactString;

use super::lexicon::Lexicon;
use super::table::TableError;

/// A class of words of one list. Made by `word_classes!`.
pub trait WordClass: Copy + Debug + 'static {
    /// The name of the list.
    const LIST: &'static str;
    /// All classes, 64 at most, with the words that the list has for them.
    const NAMES: &'static [(Self, &'static str)];

    /// The place of a class among them.
    fn place(self) -> u32;

    /// The class of this name.
    fn named(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, own)| *own == name).map(|(class, _)| *class)
    }
}

/// Declares the classes of the words of a list, each with its name there.
macro_rules! word_classes {
    ($(#[$about:meta])* $visibility:vis enum $name:ident in $list:literal {
        $($(#[$means:meta])* $class:ident = $word:literal,)+
    }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[allow(clippy::enum_variant_names)] // variants are named as the table names them
        $visibility enum $name {
            $($(#[$means])* $class,)+
        }

        const _: () = assert!(
            <$name as $crate::text::WordClass>::NAMES.len() <= u64::BITS as usize,
            "a bit for each class"
        );

        impl $crate::text::WordClass for $name {
            const LIST: &'static str = $list;
            const NAMES: &'static [(Self, &'static str)] = &[$((Self::$class, $word)),+];

            fn place(self) -> u32 {
                self as u32
            }
        }
    };
}
pub(crate) use word_classes;

/// The classes of one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Classes<C> {
    bits: u64,
    of: PhantomData<C>,
}

impl<C: WordClass> Classes<C> {
    /// No class at all.
    pub const NONE: Self = Self { bits: 0, of: PhantomData };

    /// Whether the class is among them.
    pub fn has(self, class: C) -> bool {
        self.bits >> class.place() & 1 == 1
    }

    fn and(self, class: C) -> Self {
        Self { bits: self.bits | 1 << class.place(), of: PhantomData }
    }
}

/// The words of a list, by class.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassedWords<C> {
    words: HashMap<CompactString, Classes<C>>,
}

impl<C: WordClass> ClassedWords<C> {
    /// The words of the list of these classes.
    ///
    /// # Errors
    /// Where a line has a class that is none.
    pub fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let mut words: HashMap<CompactString, Classes<C>> = HashMap::new();
        for row in lexicon.rows(C::LIST) {
            let class = row.parse("class", C::named)?;
            let classes = words.entry(row.key().into()).or_insert(Classes::NONE);
            *classes = classes.and(class);
        }
        Ok(Self { words })
    }

    /// The classes of a word as it stands in the list.
    pub fn classes(&self, word: &str) -> Classes<C> {
        self.words.get(word).copied().unwrap_or(Classes::NONE)
    }

    /// Whether a word, as it stands in the list, is of a class.
    pub fn is(&self, word: &str, class: C) -> bool {
        self.classes(word).has(class)
    }

    /// The words of a class, in order of the alphabet.
    pub fn of(&self, class: C) -> Vec<&str> {
        let words = self.words.iter().filter(|(_, classes)| classes.has(class));
        let mut words: Vec<&str> = words.map(|(word, _)| word.as_str()).collect();
        words.sort_unstable();
        words
    }
}

/// A word in small letters, as most lists have it.
pub fn small(word: &str) -> Cow<'_, str> {
    if word.contains(char::is_uppercase) { word.to_lowercase().into() } else { word.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    word_classes! {
        /// Two classes.
        enum Colour in "colours" {
            /// Warm ones.
            Warm = "warm",
            /// Dark ones.
            Dark = "dark",
        }
    }

    fn read(lines: &str) -> Result<ClassedWords<Colour>, TableError> {
        let text = format!("word: lemma\tclass: text\n{lines}");
        ClassedWords::new(&Lexicon::read([("colours.tsv", &*text)]).unwrap())
    }

    #[test]
    fn words_have_all_their_classes() {
        let colours = read("maroon\twarm\nmaroon\tdark\nnavy\tdark\n").unwrap();
        let of = |word: &str| [Colour::Warm, Colour::Dark].map(|class| colours.is(word, class));
        assert_eq!(
            [of("maroon"), of("navy"), of("Navy"), of("")],
            [[true, true], [false, true], [false, false], [false, false]]
        );
        assert_eq!(colours.of(Colour::Warm), ["maroon"]);
        let error = read("navy\tcold\n").unwrap_err().to_string();
        assert!(error.starts_with("colours.tsv:2:6"), "{error}");
    }

    #[test]
    fn small_letters() {
        assert_eq!(["Élan", "its"].map(small), ["élan", "its"]);
    }
}
