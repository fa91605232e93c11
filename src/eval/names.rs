//! Scores names against gold names: exact spans and kinds, on gold tokens.
//!
//! In: the contents of a gold file, and the names found over its words. Out: a
//! [`Report`]. Two formats are read, told apart by their columns: Universal
//! NER (`number form tag …`) and one `form tag` a line, both with IOB2 tags.
//!
//! A set is scored on the kinds it has. One without facilities counts ours as
//! places, as Universal NER's guidelines do; kinds that it knows and we do not
//! count (dates, `Misc`) are left out on both sides.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use thiserror::Error;

use super::score::Score;
use crate::text::{Article, Block, BlockKind, Name, NameKind, Sentence, Span, Token, TokenId};

/// Why a gold file cannot be read.
#[derive(Clone, Debug, Error, PartialEq, Eq)]
pub enum NamesError {
    /// A line has too few columns.
    #[error("line {0}: neither `number form tag` nor `form tag`")]
    Columns(usize),
    /// The third or second column is no IOB2 tag.
    #[error("line {0}: {1:?} is no IOB2 tag")]
    Tag(usize, String),
}

/// A gold name: its words, and its kind.
type GoldName = (Range<usize>, NameKind);

/// The words of an article of a gold file, with its names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Gold {
    words: Vec<String>,
    /// Ranges of words.
    sentences: Vec<Range<usize>>,
    names: BTreeSet<(usize, usize, NameKind)>,
}

/// The scores of each kind, of all together, and what went wrong.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// All kinds.
    pub all: Score,
    /// By kind.
    pub kinds: BTreeMap<NameKind, Score>,
    /// Names that are on one side only: whether found, the kind, the words.
    pub cases: Vec<(bool, NameKind, String)>,
}

impl Report {
    /// Adds the counts and cases of another article.
    pub fn add(&mut self, other: Self) {
        self.all += other.all;
        for (kind, score) in other.kinds {
            *self.kinds.entry(kind).or_default() += score;
        }
        self.cases.extend(other.cases);
    }
}

impl Gold {
    /// Reads a gold file, which says where each of its articles begins (or is one).
    ///
    /// # Errors
    /// Names the line that cannot be read.
    pub fn parse(contents: &str) -> Result<Vec<Self>, NamesError> {
        let mut articles = vec![Self::default()];
        let mut open: Option<GoldName> = None;
        for (number, line) in (1..).zip(contents.lines().chain([""])) {
            let next = line.starts_with("# newdoc") || line.starts_with("-DOCSTART-");
            if next && articles.last().is_some_and(|gold| !gold.words.is_empty()) {
                if let Some(gold) = articles.last_mut() {
                    gold.end_sentence(&mut open);
                }
                articles.push(Self::default());
            }
            let Some(gold) = articles.last_mut() else { continue };
            if line.trim().is_empty() || line.starts_with("# ") || next {
                gold.end_sentence(&mut open);
            } else {
                let (form, tag) = columns(line).ok_or(NamesError::Columns(number))?;
                let kind = parse_tag(tag).ok_or_else(|| NamesError::Tag(number, tag.to_owned()))?;
                gold.word(form, tag, kind, &mut open);
            }
        }
        Ok(articles)
    }

    fn end_sentence(&mut self, open: &mut Option<GoldName>) {
        self.close(open);
        let start = self.sentences.last().map_or(0, |sentence| sentence.end);
        if self.words.len() > start {
            self.sentences.push(start..self.words.len());
        }
    }

    fn word(&mut self, form: &str, tag: &str, kind: Option<NameKind>, open: &mut Option<GoldName>) {
        let at = self.words.len();
        self.words.push(form.to_owned());
        match (kind, open.as_mut()) {
            (Some(kind), Some((range, before))) if tag.starts_with('I') && kind == *before => {
                range.end = at + 1;
            }
            _ => {
                self.close(open);
                *open = kind.map(|kind| (at..at + 1, kind));
            }
        }
    }

    fn close(&mut self, open: &mut Option<GoldName>) {
        self.names.extend(open.take().map(|(range, kind)| (range.start, range.end, kind)));
    }

    /// The words as an article, a space between any two, with its sentences and tokens.
    pub fn lay_out(&self, id: &str) -> (Article, Vec<Sentence>, Vec<Token>) {
        let (mut text, mut tokens) = (String::new(), Vec::new());
        for word in &self.words {
            let start = text.len();
            text.push_str(word);
            let span = Span::of(start..text.len());
            tokens.push(Token { span, form: word.as_str().into(), joined: false });
            text.push(' ');
        }
        let whole = Block { span: Span::of(0..text.len()), kind: BlockKind::Paragraph };
        let sentence = |range: &Range<usize>| {
            let first = tokens.get(range.start)?.span;
            Some(Sentence {
                span: first.cover(tokens.get(range.end.checked_sub(1)?)?.span),
                tokens: TokenId::from_index(range.start).until(TokenId::from_index(range.end)),
                block: whole.kind,
                block_index: 0,
            })
        };
        let sentences = self.sentences.iter().filter_map(sentence).collect();
        let article = Article::laid_out(id, text, vec![whole]);
        (article, sentences, tokens)
    }

    /// The kinds of its names.
    pub fn kinds(&self) -> impl Iterator<Item = NameKind> + '_ {
        self.names.iter().map(|name| name.2)
    }

    /// Scores names that were found over the words of [`Gold::lay_out`], on
    /// the kinds that the set has.
    pub fn score(&self, found: &[Name], kinds: &BTreeSet<NameKind>) -> Report {
        let as_here = |kind| match kind {
            NameKind::Facility if !kinds.contains(&kind) => NameKind::Place,
            kind => kind,
        };
        let found: BTreeSet<(usize, usize, NameKind)> = found
            .iter()
            .map(|name| (name.tokens.start.index(), name.tokens.end.index(), as_here(name.kind)))
            .filter(|name| kinds.contains(&name.2))
            .collect();
        let of_kind = |names: &BTreeSet<(usize, usize, NameKind)>, kind| {
            names.iter().filter(|name| name.2 == kind).copied().collect::<BTreeSet<_>>()
        };
        let score = |kind| Score::of_sets(&of_kind(&self.names, kind), &of_kind(&found, kind));
        let wrong = self.names.symmetric_difference(&found);
        Report {
            all: Score::of_sets(&self.names, &found),
            kinds: kinds.iter().map(|&kind| (kind, score(kind))).collect(),
            cases: wrong
                .map(|name| (found.contains(name), name.2, self.in_context(name)))
                .collect(),
        }
    }

    fn in_context(&self, &(first, last, _): &(usize, usize, NameKind)) -> String {
        let words = |range: Range<usize>| self.words.get(range).unwrap_or(&[]).join(" ");
        let end = self.words.len().min(last + 4);
        format!(
            "{} [{}] {}",
            words(first.saturating_sub(4)..first),
            words(first..last),
            words(last..end)
        )
    }
}

/// The form and the tag of a word.
fn columns(line: &str) -> Option<(&str, &str)> {
    let fields: Vec<&str> = line.split('\t').collect();
    match fields.as_slice() {
        [number, form, tag, ..] if number.parse::<u32>().is_ok() && parse_tag(tag).is_some() => {
            Some((form, tag))
        }
        [form, tag, ..] => Some((form, tag)),
        _ => None,
    }
}

/// The kind a tag names: `Some(None)` for none that is scored, `None` for no tag.
fn parse_tag(tag: &str) -> Option<Option<NameKind>> {
    let kind = match tag.split_once('-') {
        None if tag == "O" => return Some(None),
        Some(("B" | "I", kind)) => kind,
        _ => return None,
    };
    Some(match kind {
        "PER" | "Person" => Some(NameKind::Person),
        "ORG" | "Organization" => Some(NameKind::Organization),
        "LOC" | "Location" => Some(NameKind::Place),
        "Facility" => Some(NameKind::Facility),
        "NORP" => Some(NameKind::Group),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const UNER: &str = "# sent_id = a\n1\tAda\tB-PER\t-\t-\n2\tLovelace\tI-PER\t-\t-\n\
                        3\tleft\tO\t-\t-\n4\tTurin\tB-LOC\t-\t-\n\n1\tShe\tO\t-\t-\n";

    fn check(contents: &str, found: &[(u32, u32, NameKind)], expected: (usize, usize, usize)) {
        let gold = Gold::parse(contents).unwrap().remove(0);
        let (article, _, tokens) = gold.lay_out("gold");
        let name = |&(first, last, kind): &(u32, u32, NameKind)| {
            let span = tokens[first as usize].span.cover(tokens[last as usize - 1].span);
            Name::new(span, (first..last).into(), kind)
        };
        let found: Vec<Name> = found.iter().map(name).collect();
        let Score { right, found, gold } = gold.score(&found, &gold.kinds().collect()).all;
        assert_eq!((right, found, gold), expected, "{}", article.text);
    }

    #[test]
    fn exact_spans_and_kinds_count() {
        use NameKind::{Event, Facility, Person, Place};
        check(UNER, &[], (0, 0, 2));
        check(UNER, &[(0, 2, Person), (3, 4, Facility), (4, 5, Event)], (2, 2, 2));
        check(UNER, &[(0, 1, Person), (3, 4, Person)], (0, 2, 2));
        check("Cairo\tB-Location\nMuseum\tB-Facility\n", &[(1, 2, Place)], (0, 1, 2));
    }

    #[test]
    fn sentences_are_told_apart() {
        let twice = format!("{UNER}# newdoc id = b\n{UNER}");
        let mut golds = Gold::parse(&twice).unwrap();
        assert_eq!(golds.len(), 2);
        let gold = golds.remove(1);
        let (article, sentences, tokens) = gold.lay_out("gold");
        assert_eq!((sentences.len(), tokens.len()), (2, 5));
        assert_eq!(sentences[1].span.slice(&article.text), "She");
    }

    #[test]
    fn bad_lines_are_named() {
        assert_eq!(Gold::parse("Ada\tB-PER\nleft"), Err(NamesError::Columns(2)));
        assert_eq!(Gold::parse("Ada\tPER"), Err(NamesError::Tag(1, "PER".into())));
    }
}
