//! Whether a text is English, and if not, what it is.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that make up a third of any English text and hardly any of another's.
/// Words that are common in other languages, too (*in*, *a*, *is*, *an*, *me*,
/// *as*, *do*, *no*), are not among them.
const ENGLISH: &str = include_str!("english.txt");

/// Shorter texts are taken to be English: names and figures could be anything.
const SHORTEST: usize = 40;
/// Of the words of an English text at least one of so many is in the list.
const ONE_OF: usize = 12;
/// Where hardly any is, the text is not English whatever it looks like to
/// statistics of letters, which know few languages of Africa.
const HARDLY: usize = 150;

/// The name of a text's language where it is plainly not English. The tag that
/// came with the text counts only for the name: many pages claim to be English.
pub(crate) fn other_than_english(text: &str, tag: &str) -> Option<String> {
    const MOST: usize = 600;
    let mut counts = Counts::default();
    let words = text.split(|c: char| !c.is_alphabetic() && c != '\'').filter(|w| !w.is_empty());
    words.take(MOST).for_each(|word| counts.add(word));
    let unspaced = text.chars().filter(|c| matches!(c, '\u{3040}'..='\u{9FFF}')).count();
    let foreign = if unspaced > SHORTEST && counts.other_script * 2 > counts.words {
        true
    } else if counts.words < SHORTEST || counts.english * ONE_OF >= counts.words {
        false
    } else {
        // Tables of results are names and figures, and English all the same.
        let prose = counts.lower * 2 > counts.words;
        prose && counts.english * HARDLY < counts.words
            || guess(text).is_some_and(|guess| guess.reliable)
    };
    foreign.then(|| name(text, tag))
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

fn name(text: &str, tag: &str) -> String {
    let declared = tag.split('-').next().filter(|tag| !tag.is_empty() && *tag != "en");
    match (declared, guess(text)) {
        (_, Some(guess)) if guess.reliable => guess.name.to_owned(),
        (Some(tag), _) => format!("a language tagged {tag}"),
        (None, Some(guess)) => format!("perhaps {}", guess.name),
        (None, None) => "another language".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, tag: &str, expected: Option<&str>) {
        assert_eq!(other_than_english(text, tag).as_deref(), expected, "{text}");
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
        check(swahili, "sw", Some("a language tagged sw"));
        let chinese = "港口负责人周五表示，两艘渡轮在春季都接受过检查，没有发现任何故障。\
                       没有人受伤。船主说，潜水员检查船体之后，航线将在一周内重新开放。";
        check(chinese, "en", Some("Mandarin"));
    }
}
