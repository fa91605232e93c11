//! Whether a text is English, and if not, what it is.
//!
//! In: a text, the tag that it came with, and the list `languages`. Out: the name of its
//! language, where that is not English.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use crate::text::lexicon::Lexicon;
use crate::text::table::TableError;

/// Words that make up a third of any English text and hardly any of another's.
/// Words that are common in other languages, too (*in*, *a*, *is*, *an*, *me*,
/// *as*, *do*, *no*), are not among them.
const ENGLISH: &str = include_str!("english.txt");

/// In a shorter text one word of English is enough: names and figures could be anything.
const SHORT: usize = 40;
/// Shorter texts are taken to be English, unless they are in other letters.
const SHORTEST: usize = 12;
/// As many words are looked at.
const MOST: usize = 600;
/// Of the words of an English text at least one of so many is in the list.
const ONE_OF: usize = 12;
/// Where hardly any is, the text is not English whatever it looks like to
/// statistics of letters, which know few languages of Africa.
const HARDLY: usize = 150;

/// The languages that articles may be in.
#[derive(Debug)]
pub(crate) struct Languages(Vec<Language>);

#[derive(Debug)]
struct Language {
    name: String,
    tag: String,
    /// Its frequent words, where statistics of letters do not know it.
    words: Vec<String>,
}

impl Languages {
    /// The languages of the list `languages`.
    pub(crate) fn new(lexicon: &Lexicon) -> Result<Self, TableError> {
        let language = |row: crate::text::table::Row<'_>| {
            let words = row.get("words").unwrap_or_default().split_whitespace();
            let words = words.map(str::to_owned).collect();
            Ok(Language { name: row.key().to_owned(), tag: row.text("tag").to_owned(), words })
        };
        lexicon.rows("languages").map(language).collect::<Result<_, _>>().map(Self)
    }

    /// The name of a text's language where it is plainly not English. The tag that
    /// came with the text counts only for the name: many pages claim to be English.
    pub(crate) fn other_than_english(&self, text: &str, tag: &str) -> Option<String> {
        let mut counts = Counts::default();
        words(text).for_each(|word| counts.add(word));
        is_foreign(text, &counts).then(|| self.name(text, tag))
    }

    fn name(&self, text: &str, tag: &str) -> String {
        let declared = tag.split('-').next().filter(|tag| !tag.is_empty() && *tag != "en");
        if let Some(language) = self.by_words(text) {
            return language.name.clone();
        }
        match (declared, guess(text)) {
            (Some(tag), _) => match self.0.iter().find(|language| language.tag == tag) {
                Some(language) => language.name.clone(),
                None => format!("a language tagged {tag}"),
            },
            (None, Some(guess)) if guess.reliable => guess.name.to_owned(),
            (None, Some(guess)) => format!("perhaps {}", guess.name),
            (None, None) => "another language".to_owned(),
        }
    }

    /// The language most of whose frequent words stand in a text, and often.
    fn by_words(&self, text: &str) -> Option<&Language> {
        /// So many of them are there, and of all words one of so many is one of them.
        const FEWEST: usize = 3;
        const ONE_OF: usize = 10;
        let all: Vec<String> = words(text).map(str::to_lowercase).collect();
        let found = |language: &Language| {
            let is_own = |word: &&String| language.words.contains(word);
            let own: Vec<&String> = all.iter().filter(is_own).collect();
            let different: BTreeSet<&&String> = own.iter().collect();
            (different.len(), own.len())
        };
        let best = self.0.iter().max_by_key(|language| found(language))?;
        let (different, own) = found(best);
        (different >= FEWEST && own * ONE_OF >= all.len()).then_some(best)
    }
}

/// The first words of a text.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let is_between = |c: char| !c.is_alphabetic() && !matches!(c, '\'' | '\u{300}'..='\u{36F}');
    text.split(is_between).filter(|word| !word.is_empty()).take(MOST)
}

/// Whether a text is plainly not English.
fn is_foreign(text: &str, counts: &Counts) -> bool {
    const FEWEST_UNSPACED: usize = 40;
    const FEWEST_OTHER: usize = 5;
    let unspaced = text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9FFF}')).count();
    let in_other_letters = counts.other_script * 2 > counts.words;
    if in_other_letters && (unspaced > FEWEST_UNSPACED || counts.other_script >= FEWEST_OTHER) {
        return true;
    }
    // Tables of results are names and figures, and English all the same.
    let prose = counts.lower * 2 > counts.words;
    let reliably = || guess(text).is_some_and(|guess| guess.reliable);
    if counts.words < SHORT {
        return counts.words >= SHORTEST && counts.english == 0 && prose && reliably();
    }
    let hardly = prose && counts.english * HARDLY < counts.words;
    counts.english * ONE_OF < counts.words && (hardly || reliably())
}

/// How many words of which kind a text has.
#[derive(Default)]
struct Counts {
    words: usize,
    english: usize,
    lower: usize,
    other_script: usize,
}

impl Counts {
    fn add(&mut self, word: &str) {
        self.words += 1;
        self.english += usize::from(is_english(word));
        self.lower += usize::from(word.starts_with(char::is_lowercase));
        self.other_script += usize::from(!word.chars().any(is_latin));
    }
}

/// A language that is not English, by the letters of a text.
struct Guess {
    name: &'static str,
    reliable: bool,
}

#[cfg(feature = "languages")]
fn guess(text: &str) -> Option<Guess> {
    let found = whatlang::detect(text)?;
    let foreign = found.lang() != whatlang::Lang::Eng;
    foreign.then(|| Guess { name: found.lang().eng_name(), reliable: found.is_reliable() })
}

#[cfg(not(feature = "languages"))]
fn guess(_: &str) -> Option<Guess> {
    None
}

fn is_english(word: &str) -> bool {
    static WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| ENGLISH.lines().collect());
    WORDS.contains(word) || WORDS.contains(word.to_lowercase().as_str())
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, '\u{C0}'..='\u{24F}')
}

#[cfg(test)]
mod tests {

    fn check(text: &str, tag: &str, expected: Option<&str>) {
        let lists = crate::read::Lists::default();
        let found = lists.languages().other_than_english(text, tag);
        assert_eq!(found.as_deref(), expected, "{text}");
    }

    #[test]
    fn english_is_read_whatever_its_tag() {
        let text = "The harbour master said on Friday that both of the ferries had been inspected \
                    in spring, and that no fault was found in either. Nobody was hurt. The line \
                    reopens in a week, the owner said, once the divers have looked at the hulls.";
        check(text, "en", None);
        check(text, "fr", None);
        check("Results: Brook 3, Lee 2, Day 1, Marsh 0", "en", None);
    }

    #[cfg(feature = "languages")]
    #[test]
    fn other_languages_are_named() {
        let french = "Le capitaine du port a déclaré vendredi que les deux bateaux avaient été \
                      contrôlés au printemps et qu’aucun défaut n’avait été trouvé. Personne n’a \
                      été blessé, et la ligne rouvre dans une semaine, selon le propriétaire, dès \
                      que les plongeurs auront examiné les coques.";
        check(french, "en", Some("French"));
        let swahili = "Mkuu wa bandari alisema siku ya Ijumaa kwamba meli zote mbili zilikaguliwa \
                       wakati wa masika na hakuna kosa lililopatikana. Hakuna aliyeumia. Safari \
                       zitaanza tena baada ya wiki moja, mmiliki alisema, mara wapiga mbizi \
                       watakapoangalia meli hizo kwa makini zaidi bandarini.";
        check(swahili, "", Some("Swahili"));
        check(french, "br", Some("a language tagged br"));
        check(french, "fr-CA", Some("French"));
        let chinese = "港口负责人周五表示，两艘渡轮在春季都接受过检查，没有发现任何故障。\
                       没有人受伤。船主说，潜水员检查船体之后，航线将在一周内重新开放。";
        check(chinese, "en", Some("Mandarin"));
    }

    #[cfg(feature = "languages")]
    #[test]
    fn short_texts_are_foreign_where_no_word_is_english() {
        check("Паром затонул в порту в пятницу вечером.", "ru", Some("Russian"));
        let german = "Das Fährschiff ist am Freitag im Hafen gesunken, verletzt wurde dabei zum \
                      Glück niemand, sagte der Hafenmeister am Abend.";
        check(german, "", Some("German"));
        check("Ferry sinks: Brook, Lee and Marsh safe", "", None);
        check("Rennes 3, Nantes 1; Lille 0, Brest 0; Nice 2, Metz 2", "", None);
    }
}
