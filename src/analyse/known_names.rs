//! Names that are known beforehand, found wherever they stand.
//!
//! In: the tokens of a document, the names that the model found, and a list of
//! known names. Out: the names, put right. A small model cuts rare names short
//! (*Wall* | *Street Journal*) or takes them for the wrong kind; a list of
//! what the news writes about most knows better. The list comes from the
//! caller: this module knows no name itself.

use std::collections::{BTreeMap, HashMap};

use compact_str::{CompactString, ToCompactString};

use super::name_words::{NameLexicon, is_acronym};
use crate::text::{Name, NameKind, Sentence, Sort, Token, TokenId, one_line};

/// Names with their kinds, indexed by first word.
#[derive(Clone, Debug, Default)]
pub struct KnownNames {
    /// Names of two words or more, longest first.
    by_first: BTreeMap<CompactString, Vec<(Vec<CompactString>, NameKind)>>,
    /// Words that are names by themselves, if they are names at all.
    single: BTreeMap<CompactString, NameKind>,
    /// What sort of thing each name means, where all who bear it are of one.
    sorts: HashMap<String, Sort>,
}

impl KnownNames {
    /// Indexes names. A name with two kinds is dropped, as no list can tell
    /// which is meant.
    pub fn new<'a>(names: impl IntoIterator<Item = (&'a str, Sort)>) -> Self {
        let mut kinds: BTreeMap<Vec<CompactString>, Option<NameKind>> = BTreeMap::new();
        let mut sorts: HashMap<String, Option<Sort>> = HashMap::new();
        for (name, sort) in names {
            let kind = sort.kind();
            let known = sorts.entry(one_line(name)).or_insert(Some(sort));
            *known = known.filter(|&known| known == sort);
            let words: Vec<CompactString> = name.split_whitespace().map(Into::into).collect();
            if words.iter().any(|w| w.starts_with(char::is_uppercase)) {
                let known = kinds.entry(words).or_insert(Some(kind));
                *known = known.filter(|&k| k == kind);
            }
        }
        let sorts = sorts.into_iter().filter_map(|(name, sort)| Some((name, sort?))).collect();
        let mut this = Self { sorts, ..Self::default() };
        for (words, kind) in kinds {
            for spaced in spaced(&words) {
                if let (Some(first), Some(kind)) = (spaced.first(), kind) {
                    this.by_first.entry(first.clone()).or_default().push((spaced, kind));
                }
            }
            match (words.as_slice(), kind) {
                ([word], Some(kind)) => {
                    this.single.insert(word.clone(), kind);
                }
                ([first, ..], Some(kind)) => {
                    this.by_first.entry(first.clone()).or_default().push((words, kind));
                }
                _ => {}
            }
        }
        for names in this.by_first.values_mut() {
            names.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        this
    }

    /// Without the single words that may name something else as well.
    #[must_use]
    pub fn unless(mut self, ambiguous: impl Fn(&str) -> bool) -> Self {
        self.single.retain(|word, _| !ambiguous(word));
        self.sorts.retain(|name, _| name.contains(' ') || !ambiguous(name));
        self
    }

    /// What sort of thing a name means.
    pub(super) fn sort(&self, words: &[Token]) -> Option<Sort> {
        let (mut name, mut end) = (String::new(), None);
        for word in words {
            if end.is_some_and(|end| end < word.span.start) {
                name.push(' ');
            }
            name.push_str(&word.form);
            end = Some(word.span.end);
        }
        self.sorts.get(&*name).copied()
    }

    /// The longest known name that starts with a token.
    fn at(&self, tokens: &[Token]) -> Option<(usize, NameKind)> {
        let first = tokens.first()?;
        let fits = |words: &[CompactString]| {
            words.len() <= tokens.len() && words.iter().zip(tokens).all(|(w, t)| *w == t.form)
        };
        let (words, kind) = self.by_first.get(&first.form)?.iter().find(|(w, _)| fits(w))?;
        Some((words.len(), *kind))
    }

    /// Puts names right: a known name replaces what was found inside or across
    /// it; where a longer name was found that holds it or goes on beyond it, that
    /// one stays.
    /// An organisation of one word is not looked for, as it may be any word, but
    /// where it was found as something else it is told to be one; so is a place
    /// that goes by its letters.
    pub(super) fn correct(
        &self,
        lexicon: &NameLexicon,
        sentences: &[Sentence],
        tokens: &[Token],
        names: Vec<Name>,
    ) -> Vec<Name> {
        let known = self.find(lexicon, sentences, tokens);
        let longer = |k: &Name| {
            let more = |n: &Name| n.tokens.len() > k.tokens.len();
            let goes_on =
                |n: &Name| n.tokens.start < k.tokens.end && k.tokens.end < n.tokens.end && more(n);
            names.iter().any(|n| {
                goes_on(n) || n.tokens.start < k.tokens.start && k.tokens.end <= n.tokens.end
            })
        };
        let known: Vec<Name> = known.into_iter().filter(|k| !longer(k)).collect();
        let mut all = known.clone();
        all.extend(names.into_iter().filter(|n| !known.iter().any(|k| k.span.overlaps(n.span))));
        for name in all.iter_mut().filter(|n| n.tokens.len() == 1) {
            let form = tokens.get(name.tokens.start.index()).map_or("", |t| &t.form);
            match self.single.get(form) {
                Some(NameKind::Organization) if name.kind != NameKind::Product => {
                    name.kind = NameKind::Organization;
                }
                Some(NameKind::Place) if is_acronym(form) => name.kind = NameKind::Place,
                _ => {}
            }
        }
        all.sort_by_key(|n| n.tokens.start);
        all
    }

    /// Known names in order, without overlaps, none across sentences. An article
    /// may belong to what is looked for (*the States*), but not to the name.
    fn find(&self, lexicon: &NameLexicon, sentences: &[Sentence], tokens: &[Token]) -> Vec<Name> {
        let mut found = Vec::new();
        for sentence in sentences {
            let mut next = sentence.tokens.start.index();
            let last = (sentence.tokens.end.index()).min(tokens.len());
            while next < last {
                let here = &tokens[next..last];
                let length = self.at(here).map(|(length, kind)| {
                    let article =
                        usize::from(here.first().is_some_and(|t| lexicon.is_article(&t.form)));
                    let (words, first) = (&here[article..], TokenId::from_index(next + article));
                    found.push(name(words, first, length - article, kind));
                    length
                });
                next += length.unwrap_or(1);
            }
        }
        found
    }
}

/// The same words with spaces between their dotted letters: *U. S.*, as some
/// houses write it, and *U . S .*, as some tokenizers do.
fn spaced(words: &[CompactString]) -> Vec<Vec<CompactString>> {
    let dotted = |word: &str| {
        word.len() > 2
            && word.split_inclusive('.').all(|part| part.len() == 2 && part.ends_with('.'))
    };
    if !words.iter().any(|word| dotted(word)) {
        return Vec::new();
    }
    let apart = |stop_too: bool| {
        let mut parts: Vec<CompactString> = Vec::new();
        for word in words {
            match dotted(word) {
                true if stop_too => parts.extend(word.chars().map(|c| c.to_compact_string())),
                true => parts.extend(word.split_inclusive('.').map(CompactString::from)),
                false => parts.push(word.clone()),
            }
        }
        parts
    };
    vec![apart(false), apart(true)]
}

/// The name of the first `length` of some tokens.
fn name(tokens: &[Token], first: TokenId, length: usize, kind: NameKind) -> Name {
    let ends = tokens.first().zip(tokens.get(length - 1));
    let span = ends.map_or_else(|| crate::text::Span::new(0, 0), |(a, b)| a.span.cover(b.span));
    Name::new(span, first.until(first + length as u32), kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{BlockKind, Span, TokenRange};

    fn known() -> KnownNames {
        KnownNames::new([
            ("Northern Daily Post", Sort::Organization),
            ("Northern Daily", Sort::Organization),
            ("the Upper Orm", Sort::Place),
            ("O.R.", Sort::Place),
            ("O.R. Council", Sort::Organization),
            ("Lake Orm", Sort::Place),
            ("Lake Orm", Sort::Organization),
            ("Orm", Sort::Place),
            ("Ormnews", Sort::Organization),
            ("Dawn", Sort::Organization),
        ])
        .unless(|word| word == "Dawn")
    }

    fn tokens(text: &str) -> Vec<Token> {
        let start = |word: &str| (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
        let span = |word: &str| Span::new(start(word), start(word) + word.len() as u32);
        text.split(' ').map(|w| Token { span: span(w), form: w.into(), joined: false }).collect()
    }

    /// `found` and the outcome are ranges of tokens.
    fn check(text: &str, found: &[(u32, u32)], expected: &[(u32, u32)]) {
        let tokens = tokens(text);
        let all = TokenRange::first(tokens.len());
        let span = Span::new(0, text.len() as u32);
        let sentence = Sentence { span, tokens: all, block: BlockKind::Paragraph, block_index: 0 };
        let names = found
            .iter()
            .map(|&(first, last)| {
                let part = &tokens[first as usize..];
                name(part, TokenId::new(first), (last - first) as usize, NameKind::Person)
            })
            .collect();
        let right = known().correct(&NameLexicon::default(), &[sentence], &tokens, names);
        let ranges: Vec<_> =
            right.iter().map(|n| (n.tokens.start.number(), n.tokens.end.number())).collect();
        assert_eq!(ranges, expected, "{text}");
    }

    #[test]
    fn known_names_replace_what_is_cut_short() {
        check("the Northern Daily Post wrote", &[(2, 4)], &[(1, 4)]);
        check("the Northern Daily Post wrote", &[(0, 2), (3, 5)], &[(1, 4)]);
        check("the Northern Daily wrote", &[], &[(1, 3)]);
        check("in the Upper Orm", &[], &[(2, 4)]);
        check("O. R. Council and O . R . left", &[(0, 1)], &[(0, 3), (4, 8)]);
    }

    #[test]
    fn longer_and_ambiguous_names_stay_as_they_were_found() {
        check("the Northern Daily Gazette wrote", &[(1, 4)], &[(1, 4)]);
        check("the Northern Daily Gazette Group wrote", &[(2, 5)], &[(2, 5)]);
        check("at Lake Orm today", &[(2, 3)], &[(2, 3)]);
    }

    #[test]
    fn organisations_of_one_word_are_told_where_they_were_found() {
        let kinds = |text: &str| {
            let tokens = tokens(text);
            let names = TokenRange::first(tokens.len())
                .iter()
                .map(|i| name(&tokens[i.index()..], i, 1, NameKind::Person))
                .collect();
            let right = known().correct(&NameLexicon::default(), &[], &tokens, names);
            right.iter().map(|n| n.kind).collect::<Vec<_>>()
        };
        let (person, organization) = (NameKind::Person, NameKind::Organization);
        assert_eq!(kinds("Ormnews Dawn Orm Bo"), [organization, person, person, person]);
    }
}
