//! Gold sentences as the network sees them: features and class numbers, and
//! the disguises they wear so that it learns to read news of every kind.

use fastrand::Rng;
use reportedly::analyse::Inventory;
use reportedly::analyse::name_tags::{beginning, inside};
use reportedly::text::Upos;

use super::data::{Allowed, PERSON, Sentence};

/// No class: the gold data do not say.
pub(crate) const UNKNOWN: u16 = u16::MAX;

/// A sentence in numbers.
#[derive(Clone, Debug, Default)]
pub(crate) struct Example {
    pub(crate) forms: Vec<String>,
    /// Part of speech, Penn tag, features of each word, or [`UNKNOWN`].
    pub(crate) tags: Vec<[u16; 3]>,
    /// 0 for the root, else one more than the head's index; `None` if not known.
    pub(crate) heads: Option<Vec<usize>>,
    pub(crate) relations: Vec<u16>,
    pub(crate) names: Vec<Allowed>,
}

fn place<T: PartialEq<str>>(all: &[T], one: &str) -> u16 {
    all.iter().position(|x| x == one).map_or(UNKNOWN, |i| i as u16)
}

impl Example {
    pub(crate) fn new(sentence: &Sentence, inventory: &Inventory) -> Self {
        let upos = |tag: &str| Upos::parse(tag).map_or(UNKNOWN, |t| t as u16);
        let mut this = Self { names: sentence.names.clone(), ..Self::default() };
        for word in &sentence.words {
            this.forms.push(word.form.clone());
            this.tags.push([
                upos(&word.upos),
                place(&inventory.xpos, &word.xpos),
                if sentence.parsed { place(&inventory.feats, &word.feats) } else { UNKNOWN },
            ]);
            this.relations.push(place(&inventory.relations, &word.deprel));
        }
        this.heads = sentence.parsed.then(|| sentence.words.iter().map(|w| w.head).collect());
        this
    }

    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }

    /// The sentence in a disguise, most often none.
    pub(crate) fn disguised(&self, rng: &mut Rng, people: &[String]) -> Self {
        let mut this = self.clone();
        if rng.u32(0..100) < 30 {
            this.rename(rng, people);
        }
        match rng.u32(0..100) {
            0..3 => this.recase(str::to_lowercase),
            3..5 => this.recase(str::to_uppercase),
            5..9 => this.recase(title_case),
            _ => {}
        }
        if rng.u32(0..100) < 8 {
            this.drop_final_stop();
        }
        this
    }

    /// Other people take the places of those in the sentence.
    fn rename(&mut self, rng: &mut Rng, people: &[String]) {
        let person = 1 << beginning(PERSON) | 1 << inside(PERSON);
        for (form, allowed) in self.forms.iter_mut().zip(&self.names) {
            let sure = allowed & !person == 0;
            if sure && form.len() > 2 && form.starts_with(char::is_uppercase) {
                form.clone_from(&people[rng.usize(..people.len())]);
            }
        }
    }

    fn recase(&mut self, to: impl Fn(&str) -> String) {
        for form in &mut self.forms {
            *form = to(form);
        }
    }

    /// Headlines end without a stop. Nothing may hang on it.
    fn drop_final_stop(&mut self) {
        let last = self.len();
        let is_stop = self.forms.last().is_some_and(|f| f == "." || f == "!");
        let bears = self.heads.as_ref().is_some_and(|h| h.contains(&last) || h.last() == Some(&0));
        if last < 3 || !is_stop || bears {
            return;
        }
        self.forms.pop();
        self.tags.pop();
        self.relations.pop();
        self.names.pop();
        if let Some(heads) = &mut self.heads {
            heads.pop();
        }
    }
}

/// As headlines are written: small words stay small.
fn title_case(form: &str) -> String {
    const SMALL: [&str; 16] = [
        "a", "an", "the", "of", "in", "on", "at", "to", "for", "and", "or", "as", "by", "n't",
        "'s", "with",
    ];
    let mut chars = form.chars();
    match chars.next() {
        Some(first) if !SMALL.contains(&form) => first.to_uppercase().chain(chars).collect(),
        _ => form.to_owned(),
    }
}
