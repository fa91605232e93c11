//! Gold sentences as the network sees them: features and class numbers, and
//! the disguises they wear so that it learns to read news of every kind.

use std::collections::BTreeMap;

use fastrand::Rng;
use reportedly::analyse::Inventory;
use reportedly::analyse::name_tags::{beginning, inside};
use reportedly::text::{Deprel, Upos};

use super::data::{Allowed, FACILITY, ORGANIZATION, PERSON, PLACE, Sentence, View, to_one};

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
    /// What teachers think of each word; none, or one a word.
    pub(crate) soft: Vec<Soft>,
    /// Whether the network gets no hints from lists of names.
    pub(crate) unmarked: bool,
}

/// What teachers share out among answers, each to one in all; empty where the
/// one answer of the [`Example`] holds.
#[derive(Clone, Debug, Default)]
pub(crate) struct Soft {
    pub(crate) heads: Vec<(usize, f32)>,
    pub(crate) relations: Vec<(usize, f32)>,
    pub(crate) names: Vec<(Allowed, f32)>,
}

/// Names that take the places of others.
pub(crate) struct StandIns {
    /// Words of people's names.
    pub(crate) people: Vec<String>,
    /// Places and organisations by their number of words.
    pub(crate) others: [BTreeMap<usize, Vec<Vec<String>>>; 2],
}

fn place<T: PartialEq<str>>(all: &[T], one: &str) -> u16 {
    all.iter().position(|x| x == one).map_or(UNKNOWN, |i| i as u16)
}

fn relation(inventory: &Inventory, label: &str) -> u16 {
    let relation = Deprel::parse(label);
    inventory.relations.iter().position(|&r| r == relation).map_or(UNKNOWN, |i| i as u16)
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
            this.relations.push(relation(inventory, &word.deprel));
        }
        this.soft = sentence.views.iter().map(|view| Soft::new(view, inventory)).collect();
        this.heads = sentence.parsed.then(|| sentence.words.iter().map(|w| w.head).collect());
        this
    }

    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }

    /// The sentence in a disguise, most often none.
    pub(crate) fn disguised(&self, rng: &mut Rng, stand_ins: &StandIns) -> Self {
        let mut this = self.clone();
        this.unmarked = rng.u32(0..100) < 15;
        if rng.u32(0..100) < 30 {
            this.rename(rng, &stand_ins.people);
        }
        for (kinds, names) in
            [&[PLACE, FACILITY][..], &[ORGANIZATION]].iter().zip(&stand_ins.others)
        {
            if rng.u32(0..100) < 20 {
                this.replace(rng, kinds, names);
            }
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

    /// Other names of as many words take the places of those of some kinds.
    fn replace(
        &mut self,
        rng: &mut Rng,
        kinds: &[usize],
        names: &BTreeMap<usize, Vec<Vec<String>>>,
    ) {
        let of = |class: fn(usize) -> usize| kinds.iter().fold(0, |bits, &k| bits | 1 << class(k));
        let (begins, goes_on): (Allowed, Allowed) = (of(beginning), of(inside));
        let mut first = 0;
        while first < self.len() {
            let sure = self.names[first] & !begins == 0;
            let inner = self.names[first + 1..].iter().take_while(|&a| a & !goes_on == 0).count();
            let length = 1 + inner;
            if let Some(names) = names.get(&length).filter(|_| sure) {
                let name = &names[rng.usize(..names.len())];
                self.forms[first..first + length].clone_from_slice(name);
            }
            first += if sure { length } else { 1 };
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
        self.soft.truncate(self.forms.len());
        for soft in &mut self.soft {
            soft.heads.retain(|&(head, _)| head < last);
            to_one(&mut soft.heads);
        }
    }
}

impl Soft {
    fn new(view: &View, inventory: &Inventory) -> Self {
        let relations = view.relations.iter();
        let relations = relations.map(|(name, share)| (relation(inventory, name), *share));
        let known = relations.filter(|(relation, _)| *relation != UNKNOWN);
        let mut this = Self {
            heads: view.heads.clone(),
            relations: known.map(|(relation, share)| (usize::from(relation), share)).collect(),
            names: view.names.clone(),
        };
        to_one(&mut this.relations);
        this
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
