//! The names of an article while they are settled, and what is known of its words.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::test::{Predicate, Test};
use crate::analyse::name_words::{NameLexicon, WordClass, WordClasses, is_acronym};
use crate::analyse::network::phrases::Phrases;
use crate::analyse::reference::ReferenceLexicon;
use crate::text::{Name, NameKind, Sentence, Tag, Token, TokenId, TokenRange, Upos};

/// Unknown acronyms are names when they stand so often, proper nouns twice.
const OFTEN: usize = 6;

/// The layers that names are settled by, and what is known of words.
#[derive(Clone, Copy)]
pub(in crate::analyse) struct Words<'a> {
    pub(in crate::analyse) lexicon: &'a NameLexicon,
    pub(in crate::analyse) reference: &'a ReferenceLexicon,
    pub(in crate::analyse) phrases: &'a Phrases,
    pub(in crate::analyse) sentences: &'a [Sentence],
    pub(in crate::analyse) tokens: &'a [Token],
    pub(in crate::analyse) tags: &'a [Tag],
}

/// The names as they are now. Words are numbered over the article, from 0.
pub(super) struct Draft<'a> {
    pub(super) words: Words<'a>,
    /// The classes of each word.
    classes: Vec<WordClasses>,
    /// In order, without overlaps.
    pub(super) names: Vec<Name>,
    /// For each word the name that it is of, by index; `NONE` for none.
    name_of: Vec<u32>,
    /// The acronyms that the article spells out, with their kinds.
    pub(super) acronyms: BTreeMap<String, NameKind>,
    /// The words of persons' names of several words.
    of_persons: OnceCell<BTreeSet<String>>,
    /// Acronyms that the article has again and again, and no list knows.
    frequent: BTreeSet<String>,
}

/// No name.
const NONE: u32 = u32::MAX;

impl<'a> Draft<'a> {
    pub(super) fn new(words: Words<'a>, names: Vec<Name>) -> Self {
        let classes = words.tokens.iter().map(|t| words.lexicon.classes(&t.form)).collect();
        let mut draft = Self {
            words,
            classes,
            names: Vec::new(),
            name_of: Vec::new(),
            acronyms: BTreeMap::new(),
            of_persons: OnceCell::new(),
            frequent: BTreeSet::new(),
        };
        draft.frequent = draft.frequent_acronyms();
        draft.set_names(names);
        draft
    }

    /// Takes these names, in order and without overlaps, for those there are.
    pub(super) fn set_names(&mut self, names: Vec<Name>) {
        self.name_of.clear();
        self.name_of.resize(self.words.tokens.len(), NONE);
        for (i, name) in (0..).zip(&names) {
            self.name_of[name.tokens.indices()].fill(i);
        }
        self.names = names;
        self.of_persons.take();
    }

    /// Gives a name another kind.
    pub(super) fn retag(&mut self, name: usize, kind: NameKind) {
        self.names[name].kind = kind;
        self.of_persons.take();
    }

    fn words_of_persons(&self) -> BTreeSet<String> {
        let full = |n: &&Name| n.kind == NameKind::Person && n.tokens.len() > 1;
        let words = self.names.iter().filter(full).flat_map(|n| n.tokens.indices());
        words.map(|t| self.form(t).to_owned()).collect()
    }

    /// The number of words of the article.
    pub(super) fn len(&self) -> usize {
        self.words.tokens.len()
    }

    /// The name that a word is of, by index.
    pub(super) fn name_at(&self, word: usize) -> Option<usize> {
        self.name_of.get(word).filter(|&&i| i != NONE).map(|&i| i as usize)
    }

    /// The name that a word is of.
    fn named(&self, word: usize) -> Option<&Name> {
        self.name_at(word).map(|i| &self.names[i])
    }

    /// A word; nothing outside of the article.
    pub(super) fn form(&self, word: usize) -> &'a str {
        self.words.tokens.get(word).map_or("", |t| &t.form)
    }

    /// The words of a name.
    pub(super) fn words_of(&self, name: &Name) -> String {
        self.text(name.tokens.indices())
    }

    /// Some words with spaces between them.
    pub(super) fn text(&self, words: Range<usize>) -> String {
        self.forms(words).join(" ")
    }

    fn forms(&self, words: Range<usize>) -> Vec<&'a str> {
        words.map(|word| self.form(word)).collect()
    }

    pub(super) fn upos(&self, word: usize) -> Upos {
        self.words.tags.get(word).map_or(Upos::X, |tag| tag.upos)
    }

    pub(super) fn is(&self, word: usize, class: WordClass) -> bool {
        self.classes.get(word).is_some_and(|classes| classes.has(class))
    }

    /// Whether some words together are of a class.
    pub(super) fn are(&self, words: Range<usize>, class: WordClass) -> bool {
        match words.len() {
            1 => self.is(words.start, class),
            _ if !self.is(words.start, WordClass::Begins) => false,
            _ => self.words.lexicon.is(&self.text(words), class),
        }
    }

    /// Whether some words are a place of the model's list.
    pub(super) fn is_place(&self, words: Range<usize>) -> bool {
        self.words.phrases.is_place(&self.forms(words))
    }

    /// A name, unless it goes on into the next sentence.
    pub(super) fn name(&self, words: Range<usize>, kind: NameKind) -> Option<Name> {
        let first = TokenId::from_index(words.start);
        let tokens: TokenRange = first.until(TokenId::from_index(words.end));
        let sentences = self.words.sentences;
        let sentence = sentences.partition_point(|sentence| sentence.tokens.end <= first);
        sentences.get(sentence).filter(|sentence| tokens.end <= sentence.tokens.end)?;
        let start = self.words.tokens.get(words.start)?.span;
        let end = self.words.tokens.get(words.end.checked_sub(1)?)?.span;
        Some(Name::new(start.cover(end), tokens, kind))
    }

    /// Puts names in place of those that they overlap. They come in order; of two
    /// that overlap, the earlier one stays.
    pub(super) fn put(&mut self, new: Vec<Name>) {
        if new.is_empty() {
            return;
        }
        let mut old = std::mem::take(&mut self.names).into_iter().peekable();
        let mut all: Vec<Name> = Vec::new();
        for name in new {
            if all.last().is_some_and(|before| name.tokens.start < before.tokens.end) {
                continue;
            }
            while let Some(before) = old.next_if(|n| n.tokens.end <= name.tokens.start) {
                all.push(before);
            }
            while old.next_if(|n| n.tokens.start < name.tokens.end).is_some() {}
            all.push(name);
        }
        all.extend(old);
        self.set_names(all);
    }

    /// Whether a word passes all tests.
    pub(super) fn passes(&self, token: usize, tests: &[Test]) -> bool {
        tests.iter().all(|test| match test {
            Test::Class(class) => self.is(token, *class),
            Test::Upos(tags) => tags.contains(&self.upos(token)),
            Test::Form(forms) => forms.iter().any(|form| form == self.form(token)),
            Test::Is(predicate) => self.holds(*predicate, token),
            Test::Not(tests) => !self.passes(token, tests),
        })
    }

    fn holds(&self, predicate: Predicate, token: usize) -> bool {
        let form = self.form(token);
        match predicate {
            Predicate::Capital => is_name_like(form),
            Predicate::Small => form.starts_with(char::is_lowercase),
            Predicate::Letter => form.chars().count() == 1,
            Predicate::Code => form.len() == 2 && form.chars().all(|c| c.is_ascii_uppercase()),
            Predicate::Acronym => form.len() > 2 && is_acronym(form),
            Predicate::Capitals => form.len() > 3 && form.chars().all(char::is_uppercase),
            Predicate::Shouted => self.is_shouted(token),
            Predicate::Address => {
                form.starts_with(char::is_lowercase) && form.contains(['.', '@', '/'])
            }
            Predicate::Hyphened => {
                token.checked_sub(1).is_some_and(|t| self.form(t).ends_with('-'))
            }
            Predicate::Number => self.is_number(token),
            Predicate::Syllable => self.is_syllable(token),
            Predicate::EventNoun => {
                let noun = self.words.reference.noun(form);
                noun.is_some_and(|noun| noun.kind == NameKind::Event)
            }
            Predicate::Known => self.words.phrases.is_person_or_place(form),
            Predicate::Several => self.named(token).is_some_and(|name| name.tokens.len() > 1),
            Predicate::KnownPlace => {
                self.named(token).is_some_and(|name| self.is_place(name.tokens.indices()))
            }
            Predicate::EndsPlace => {
                token.checked_sub(1).is_some_and(|t| self.is_place(t..token + 1))
            }
            Predicate::OfPerson => {
                self.of_persons.get_or_init(|| self.words_of_persons()).contains(form)
            }
            Predicate::SpelledOut => self.acronyms.contains_key(form),
            Predicate::Frequent => self.frequent.contains(form) && self.is_unknown_acronym(token),
        }
    }

    fn is_number(&self, token: usize) -> bool {
        let digits = self.form(token).starts_with(|c: char| c.is_ascii_digit());
        digits || self.upos(token) == Upos::Num
    }

    /// Whether a word after a hyphen may belong to a given name.
    fn is_syllable(&self, token: usize) -> bool {
        let form = self.form(token);
        let small = !form.is_empty() && form.chars().all(char::is_lowercase);
        let Some(hyphen) = token.checked_sub(1) else { return false };
        let tight = hyphen.checked_sub(1).is_some_and(|before| self.touch(before, hyphen))
            && self.touch(hyphen, token);
        let modifies = form.ends_with("ed") || self.is(token, WordClass::Modifier);
        small && (self.upos(token) == Upos::Propn || tight && form.len() <= 5 && !modifies)
    }

    /// Whether nothing stands between two words.
    fn touch(&self, before: usize, after: usize) -> bool {
        let span = |t: usize| self.words.tokens.get(t).map(|t| t.span);
        span(before).zip(span(after)).is_some_and(|(before, after)| before.end == after.start)
    }

    /// Whether the words beside a token are in capitals.
    fn is_shouted(&self, token: usize) -> bool {
        let small = |t: usize| self.form(t).contains(char::is_lowercase);
        !(token.checked_sub(1).is_some_and(small) || small(token + 1))
    }

    fn is_unknown_acronym(&self, token: usize) -> bool {
        let form = self.form(token);
        let noun = matches!(self.upos(token), Upos::Propn | Upos::Noun);
        let letters = form.len() > 2 && is_acronym(form);
        noun && letters
            && !self.is(token, WordClass::Common)
            && !self.words.phrases.is_person_or_place(form)
            && !self.is_shouted(token)
    }

    /// Acronyms that stand after an article, and again and again.
    fn frequent_acronyms(&self) -> BTreeSet<String> {
        let mut seen: BTreeMap<&str, (usize, bool)> = BTreeMap::new();
        for token in (0..self.len()).filter(|&t| self.is_unknown_acronym(t)) {
            let (times, article) = seen.entry(self.form(token)).or_default();
            *times += 1 + usize::from(self.upos(token) == Upos::Propn);
            *article |=
                token.checked_sub(1).is_some_and(|t| self.words.lexicon.is_article(self.form(t)));
        }
        seen.retain(|_, (times, article)| *times >= OFTEN && *article);
        seen.into_keys().map(str::to_owned).collect()
    }
}

/// Whether a word can be a name by itself: a capital, and not just an initial.
pub(super) fn is_name_like(form: &str) -> bool {
    form.starts_with(char::is_uppercase) && form.chars().count() > 2
}
