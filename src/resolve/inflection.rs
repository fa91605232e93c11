//! English verbs in the forms that names of relations take.
//!
//! In: a verb's lemma in lower case. Out: its third person singular (*guards*)
//! or its past participle (*guarded*), by the rules of spelling where no table
//! has the verb.

use std::collections::HashMap;

use compact_str::CompactString;

use super::lists::shipped;
use crate::text::lexicon::Lexicon;

/// The verbs that the rules of spelling do not inflect rightly.
#[derive(Clone, Debug)]
pub struct Inflection {
    third_persons: HashMap<CompactString, CompactString>,
    /// One or more for each verb.
    participles: HashMap<CompactString, Vec<CompactString>>,
}

impl Default for Inflection {
    /// The shipped verbs.
    fn default() -> Self {
        Self::new(&shipped(&["irregular", "participles"]))
    }
}

impl Inflection {
    /// The verbs of the lists `irregular` and `participles`.
    pub fn new(lexicon: &Lexicon) -> Self {
        let third_persons = lexicon.rows("irregular");
        let third_persons =
            third_persons.map(|row| (row.key().into(), row.text("form").into())).collect();
        let mut participles: HashMap<_, Vec<_>> = HashMap::new();
        for row in lexicon.rows("participles") {
            participles.entry(row.key().into()).or_default().push(row.text("participle").into());
        }
        Self { third_persons, participles }
    }

    /// The third person singular of a verb: *guards*, *reaches*, *denies*, *is*.
    pub(super) fn third_person(&self, verb: &str) -> String {
        if let Some(form) = self.third_persons.get(verb) {
            return form.to_string();
        }
        if !verb.ends_with(char::is_alphabetic) {
            return verb.to_owned();
        }
        if let Some(stem) = stem_before_y(verb) {
            return format!("{stem}ies");
        }
        let hisses = ["s", "x", "z", "ch", "sh", "o"].iter().any(|end| verb.ends_with(end));
        format!("{verb}{}", if hisses { "es" } else { "s" })
    }

    /// The past participle of a verb: *guarded*, *denied*, *stopped*, *made*. Of several the
    /// one that is written, else the first: *born*, *borne*.
    pub(super) fn participle(&self, verb: &str, written: &str) -> String {
        if let Some(forms) = self.participles.get(verb) {
            let as_written = forms.iter().find(|form| form.eq_ignore_ascii_case(written));
            if let Some(form) = as_written.or(forms.first()) {
                return form.to_string();
            }
        }
        if verb.ends_with('e') {
            return format!("{verb}d");
        }
        if let Some(stem) = stem_before_y(verb) {
            return format!("{stem}ied");
        }
        match doubled_consonant(verb) {
            Some(last) => format!("{verb}{last}ed"),
            None => format!("{verb}ed"),
        }
    }
}

/// What stands before a last *y* that becomes *i*: *den* of *deny*; none of *play*.
fn stem_before_y(verb: &str) -> Option<&str> {
    let stem = verb.strip_suffix('y')?;
    let before = stem.chars().next_back()?;
    (!is_vowel(before)).then_some(stem)
}

/// The last consonant of a verb that is written twice before *-ed*: the *p* of *stop*.
fn doubled_consonant(verb: &str) -> Option<char> {
    let mut from_end = verb.chars().rev();
    let (last, vowel) = (from_end.next()?, from_end.next()?);
    let before_vowel = from_end.next();
    (doubles(last) && is_vowel(vowel) && is_short(verb, before_vowel)).then_some(last)
}

/// Whether a last consonant may be doubled.
fn doubles(last: char) -> bool {
    last.is_ascii_alphabetic() && !"aeiouwxy".contains(last)
}

/// Whether a verb has one syllable, with one vowel before its last consonant:
/// *stop*, not *repeat* or *open*.
fn is_short(verb: &str, before_vowel: Option<char>) -> bool {
    let vowels = verb.chars().filter(|c| "aeiouy".contains(*c)).count();
    vowels == 1 && before_vowel.is_some() || verb.starts_with("qu") && vowels == 2
}

fn is_vowel(letter: char) -> bool {
    "aeiou".contains(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn third_persons_are_spelt_as_english_spells_them() {
        let check = |verb, expected| {
            assert_eq!(Inflection::default().third_person(verb), expected, "{verb}");
        };
        check("guard", "guards");
        check("carry", "carries");
        check("play", "plays");
        check("reach", "reaches");
        check("veto", "vetoes");
        check("have", "has");
        check("undergo", "undergoes");
        check("%", "%");
    }

    #[test]
    fn participles_are_spelt_as_english_spells_them() {
        let participle = |verb, written| Inflection::default().participle(verb, written);
        let check = |verb, expected| assert_eq!(participle(verb, ""), expected, "{verb}");
        check("make", "made");
        check("guard", "guarded");
        check("deny", "denied");
        check("stop", "stopped");
        check("open", "opened");
        check("repeat", "repeated");
        check("destroy", "destroyed");
        check("quiz", "quizzed");
        check("commit", "committed");
        check("fix", "fixed");
        check("y", "yed");
        check("bear", "born");
        assert_eq!(participle("bear", "Borne"), "borne");
        assert_eq!(participle("hang", "hanged"), "hanged");
        assert_eq!(participle("make", "mad"), "made");
    }
}
