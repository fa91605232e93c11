//! Lemmas by rule: for a Penn tag and the longest known ending of the word, an
//! edit that makes the lemma. Exceptions are endings as long as their word.
//!
//! In: a form and its Penn tag. Out: its lemma. The rules are learned by
//! counting (workspace member `training`) and stand in the model; what they miss
//! of irregular and other common words stands in `lemmas.tsv`.

use std::collections::HashMap;

use compact_str::CompactString;

use crate::text::table::Table;

/// Endings are at most this many characters long, unless they are whole words.
pub const LONGEST_ENDING: usize = 6;
/// Form, Penn tags and lemma of words that learned rules miss.
const MISSED: &str = include_str!("lemmas.tsv");
/// Marks an ending that is a whole word.
const WHOLE: char = '^';

/// What is done with the letters' case first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    /// Nothing.
    Keep,
    /// All become small.
    Lower,
    /// All become small but the first.
    Title,
}

impl Case {
    fn apply(self, form: &str) -> String {
        match self {
            Self::Keep => form.to_owned(),
            Self::Lower => form.to_lowercase(),
            Self::Title => {
                let mut chars = form.chars();
                let first = chars.next().into_iter().flat_map(char::to_uppercase);
                first.chain(chars.flat_map(char::to_lowercase)).collect()
            }
        }
    }
}

/// How a lemma is made of a form.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Edit {
    /// First, the case.
    pub case: Case,
    /// Then so many characters are taken off the end.
    pub cut: usize,
    /// Then this is added.
    pub add: CompactString,
}

impl Edit {
    /// The smallest edit that makes `lemma` of `form`; names keep their case
    /// where it makes no difference, other words lose it.
    pub fn between(form: &str, lemma: &str, name: bool) -> Self {
        let order = if name {
            [Case::Keep, Case::Title, Case::Lower]
        } else {
            [Case::Lower, Case::Keep, Case::Title]
        };
        let edits = order.map(|case| Self::with_case(case, &case.apply(form), lemma));
        let [first, second, third] = edits;
        let better = |a: Self, b: Self| if b.cost() < a.cost() { b } else { a };
        better(better(first, second), third)
    }

    fn with_case(case: Case, form: &str, lemma: &str) -> Self {
        let common = form.chars().zip(lemma.chars()).take_while(|(a, b)| a == b).count();
        Self { case, cut: form.chars().count() - common, add: lemma.chars().skip(common).collect() }
    }

    fn cost(&self) -> usize {
        self.cut + self.add.chars().count()
    }

    /// The lemma; `None` where the form is too short for the edit.
    pub fn apply(&self, form: &str) -> Option<CompactString> {
        let cased = self.case.apply(form);
        let length = cased.chars().count();
        let keep = length.checked_sub(self.cut)?;
        let lemma: CompactString = cased.chars().take(keep).chain(self.add.chars()).collect();
        (!lemma.is_empty()).then_some(lemma)
    }

    /// Writes it as text, such as `L3y`.
    pub fn to_text(&self) -> String {
        let case = match self.case {
            Case::Keep => 'K',
            Case::Lower => 'L',
            Case::Title => 'T',
        };
        format!("{case}{} {}", self.cut, self.add)
    }

    /// Reads what [`Edit::to_text`] wrote.
    pub fn parse(text: &str) -> Option<Self> {
        let case = match text.chars().next()? {
            'K' => Case::Keep,
            'L' => Case::Lower,
            'T' => Case::Title,
            _ => return None,
        };
        let (cut, add) = text.get(1..)?.split_once(' ')?;
        Some(Self { case, cut: cut.parse().ok()?, add: add.into() })
    }
}

/// The rules, filed under their tag.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lemmatiser {
    rules: HashMap<CompactString, Endings>,
    edits: Vec<Edit>,
}

/// The rules of a tag: which edit whole words and endings want.
#[derive(Clone, Debug, Default, PartialEq)]
struct Endings {
    whole: HashMap<CompactString, u16>,
    endings: HashMap<CompactString, u16>,
}

impl Endings {
    /// The edits for a word in small letters, that of the longest ending first.
    fn edits(&self, lower: &str) -> impl Iterator<Item = u16> {
        let starts = lower.char_indices().rev().take(LONGEST_ENDING).map(|(at, _)| at);
        let longest = starts.last().unwrap_or(lower.len());
        let ending = move |at: usize| self.endings.get(lower.get(at..)?);
        let endings = (longest..=lower.len()).filter_map(ending);
        self.whole.get(lower).into_iter().chain(endings).copied()
    }
}

/// The endings of a word, longest first: the whole of it, then ever fewer
/// characters, to none.
pub fn endings(form: &str) -> impl Iterator<Item = CompactString> {
    let lower = form.to_lowercase();
    let starts: Vec<usize> =
        lower.char_indices().map(|(i, _)| i).rev().take(LONGEST_ENDING).collect();
    let whole = CompactString::from_iter([WHOLE]) + &lower;
    let parts: Vec<CompactString> =
        starts.into_iter().rev().map(|at| lower.get(at..).unwrap_or("").into()).collect();
    std::iter::once(whole).chain(parts).chain(std::iter::once(CompactString::default()))
}

impl Lemmatiser {
    /// Reads rules, one a line: tag, tab, ending, tab, edit. The number of the
    /// line that is no rule, else.
    pub fn parse(text: &str) -> Result<Self, usize> {
        let mut this = Self::default();
        let mut known: HashMap<&str, u16> = HashMap::new();
        for (number, line) in text.lines().enumerate() {
            let (key, edit) = line.rsplit_once('\t').ok_or(number + 1)?;
            let (tag, ending) = key.split_once('\t').ok_or(number + 1)?;
            let next = u16::try_from(known.len()).map_err(|_| number + 1)?;
            let index = *known.entry(edit).or_insert(next);
            if index == next {
                this.edits.push(Edit::parse(edit).ok_or(number + 1)?);
            }
            let rules = this.rules.entry(tag.into()).or_default();
            match ending.strip_prefix(WHOLE) {
                Some(word) => rules.whole.insert(word.into(), index),
                None => rules.endings.insert(ending.into(), index),
            };
        }
        Ok(this)
    }

    /// With the words that rules miss, where no rule has the whole word.
    pub(super) fn with_missed_words(mut self) -> Self {
        let missed = Table::shipped("lemmas.tsv", MISSED);
        for row in missed.rows() {
            let (form, tags, lemma) = (row.text("form"), row.text("tags"), row.text("lemma"));
            let Ok(index) = u16::try_from(self.edits.len()) else { break };
            self.edits.push(Edit::between(form, lemma, false));
            for tag in tags.split(',') {
                let rules = self.rules.entry(tag.into()).or_default();
                rules.whole.insert(form.into(), index);
            }
        }
        self
    }

    /// The lemma of a form with this Penn tag; the form itself where nothing is known.
    pub fn lemma(&self, form: &str, tag: &str) -> CompactString {
        let lower = form.to_lowercase();
        let edits = self.rules.get(tag).into_iter().flat_map(|rules| rules.edits(&lower));
        edits
            .filter_map(|edit| self.edits.get(edit as usize)?.apply(form))
            .find(|lemma| !cuts_single_consonant(&lower, lemma))
            .unwrap_or_else(|| form.into())
    }
}

impl Lemmatiser {
    /// How words must be written that lemmas are to be compared with, a verb first:
    /// `Holds talks with` as `hold talk with`. None where they are right as they
    /// are, as far as endings tell; of verbs without one (*held*) they tell nothing.
    pub fn as_lemmas(&self, words: &str) -> Option<String> {
        let lower: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let last = lower.len().saturating_sub(1);
        let lemma = |(place, word): (usize, &String)| match place {
            0 => self.verb(word),
            // That is the preposition, if there is one.
            _ if place == last => None,
            _ => self.noun(word),
        };
        let right: Vec<String> = lower
            .iter()
            .enumerate()
            .map(|(place, word)| lemma((place, word)).unwrap_or_else(|| word.clone()))
            .collect();
        let right = right.join(" ");
        (right != words).then_some(right)
    }

    /// The lemma of a verb that has an ending, which a lemma cannot have.
    fn verb(&self, word: &str) -> Option<String> {
        let has_vowel = |stem: &str| stem.contains(['a', 'e', 'i', 'o', 'u', 'y']);
        let is_long = |ending: &str| word.strip_suffix(ending).is_some_and(has_vowel);
        let tag = if is_long("ing") {
            "VBG"
        } else if is_long("ed") && !ends_so(word, VERBS_IN_ED) {
            "VBD"
        } else if word.ends_with('s') {
            "VBZ"
        } else {
            return None;
        };
        let lemma = self.lemma(word, tag).to_string();
        let is_regular = word.starts_with(&lemma);
        let is_doubtful = tag == "VBZ" && is_regular && ends_so(word, LEMMAS_IN_S);
        (lemma != word && !is_doubtful).then_some(lemma)
    }

    /// The lemma of a noun in the plural.
    fn noun(&self, word: &str) -> Option<String> {
        let is_lemma = ends_so(word, LEMMAS_IN_S) || ends_so(word, PREPOSITIONS_IN_S);
        if !word.ends_with('s') || is_lemma {
            return None;
        }
        Some(self.lemma(word, "NNS").to_string()).filter(|lemma| lemma != word)
    }
}

/// How lemmas may end that look like verbs in the past: *need*, *embed*, *sled*.
const VERBS_IN_ED: &[&str] = &["eed", "mbed", "sled"];
/// How lemmas may end that look like plurals, or verbs in the third person: *pass*,
/// *focus*, *canvas*.
const LEMMAS_IN_S: &[&str] = &["ss", "us", "as", "is", "os"];
/// How prepositions end that look like plurals: *towards*, *besides*.
const PREPOSITIONS_IN_S: &[&str] = &["wards", "sides"];

fn ends_so(word: &str, endings: &[&str]) -> bool {
    endings.iter().any(|ending| word.ends_with(ending))
}

/// Whether a lemma lacks a consonant that its form has but once: *stopped* is of
/// *stop*, but *peeped* and *peeping* not of *pee*. (*Panicked* is of *panic*.)
fn cuts_single_consonant(form: &str, lemma: &str) -> bool {
    let stem = form.strip_suffix("ed").or_else(|| form.strip_suffix("ing"));
    let Some(stem) = stem.filter(|_| form.is_ascii()) else { return false };
    let mut last = stem.bytes().rev();
    let (consonant, before) = (last.next().unwrap_or(0), last.next().unwrap_or(0));
    let single = consonant != before && (consonant, before) != (b'k', b'c');
    single
        && !b"aeiouy".contains(&consonant)
        && stem.len() == lemma.len() + 1
        && stem.starts_with(lemma)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(form: &str, lemma: &str, name: bool, expected: &str) {
        let edit = Edit::between(form, lemma, name);
        assert_eq!(edit.to_text(), expected, "{form}");
        assert_eq!(edit.apply(form).as_deref(), Some(lemma));
        assert_eq!(Edit::parse(&edit.to_text()), Some(edit));
    }

    #[test]
    fn edits() {
        check("Parties", "party", false, "L3 y");
        check("IRAQ", "Iraq", true, "T0 ");
        check("Paris", "Paris", true, "K0 ");
        check("was", "be", false, "L3 be");
    }

    #[test]
    fn consonants_are_cut_where_they_are_double() {
        let rules = "VBD\ted\tL2 \nVBD\tped\tL3 \nVBD\tked\tL3 \nVBG\ting\tL3 \nVBG\tping\tL4 ";
        let lemmatiser = Lemmatiser::parse(rules).unwrap();
        let check = |form, tag, lemma| assert_eq!(lemmatiser.lemma(form, tag), lemma);
        check("Stopped", "VBD", "stop");
        check("peeped", "VBD", "peep");
        check("panicked", "VBD", "panic");
        check("stopping", "VBG", "stop");
        check("peeping", "VBG", "peep");
    }

    #[test]
    fn the_longest_ending_wins() {
        let rules = "NNS\t\tL0 \nNNS\ts\tL1 \nNNS\ties\tL3 y\nNNS\t^series\tL0 \n";
        let lemmatiser = Lemmatiser::parse(rules).unwrap();
        let lemma = |form| lemmatiser.lemma(form, "NNS").to_string();
        assert_eq!(lemma("Parties"), "party");
        assert_eq!(lemma("cats"), "cat");
        assert_eq!(lemma("series"), "series");
        assert_eq!(lemma("Geese"), "geese");
        assert_eq!(lemmatiser.lemma("Went", "VBD"), "Went");
    }

    #[test]
    fn missed_words_are_known_by_their_tags() {
        let rules = "VBD\t\tL0 \nVBD\ted\tL1 \nVBD\t^fled\tL0 \n";
        let lemmatiser = Lemmatiser::parse(rules).unwrap().with_missed_words();
        let lemma = |form| lemmatiser.lemma(form, "VBD").to_string();
        assert_eq!(lemma("Shot"), "shoot");
        assert_eq!(lemma("occurred"), "occur");
        // The list knows better than a rule that was learned.
        assert_eq!(lemma("fled"), "flee");
        assert_eq!(lemmatiser.lemma("shot", "NN"), "shot");
    }

    #[test]
    fn words_that_are_no_lemmas_are_told() {
        let rules = "VBZ\ts\tL1 \nVBZ\t^has\tL1 ve\nVBD\ted\tL2 \nVBG\ting\tL3 \nNNS\ts\tL1 ";
        let lemmatiser = Lemmatiser::parse(rules).unwrap();
        let check = |words: &str, right: Option<&str>| {
            assert_eq!(lemmatiser.as_lemmas(words).as_deref(), right, "{words}");
        };
        for right in [
            "guard",
            "hold talk with",
            "pass",
            "focus on",
            "need",
            "embed in",
            "bring about",
            "wed",
            "move towards",
            "march towards goal of",
        ] {
            check(right, None);
        }
        check("guards", Some("guard"));
        check("Guard", Some("guard"));
        check(" guard  by", Some("guard by"));
        check("holds talks with", Some("hold talk with"));
        check("talking to", Some("talk to"));
        check("guarded", Some("guard"));
        check("has talks with", Some("have talk with"));
    }

    #[test]
    fn a_broken_rule_names_its_line() {
        assert_eq!(Lemmatiser::parse("NN\ta\tL0 \nNN a"), Err(2));
    }
}
