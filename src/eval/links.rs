//! Links of names to Wikidata: is each name the item that it should be, or none?
//!
//! In: the lines of a set of ELEVANT (Bast, Hertel and Prange 2023, "A Fair and In-Depth
//! Evaluation of Existing End-to-End Entity Linking Systems", EMNLP): a text, the part of
//! it that is annotated, and what stands for what in that part; the analyses of these
//! texts. Out: how many links are right, and of what can be found, how much is.
//!
//! As there, only names count (no pronouns or descriptions, amounts, dates, or things
//! that are written small), the span must be the same, but for a *the* or a full stop, and a link where
//! the gold has none is wrong. What the gold calls optional, or a part of another name,
//! may be found or not. Sets differ in what a name takes in (*President Brook*), and some
//! leave out names that modify others ("a U.S. official"), so links are counted once more
//! by overlap, where the gold has something at all. Adjectives (*Portuguese*) are no names
//! here, whatever they are linked to.

use std::collections::{BTreeMap, BTreeSet};

use compact_str::CompactString;
use serde::Deserialize;

use super::Score;
use crate::analyse::core_of_name;
use crate::pipeline::Analysis;
use crate::resolve::Authority;
use crate::text::{Article, Block, BlockKind, MentionKind, Span, Upos};

/// A text and what its names mean.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinksGold {
    /// The text.
    pub text: String,
    /// The part that is annotated, in bytes.
    pub evaluated: Span,
    /// What stands in it.
    labels: BTreeMap<Span, Label>,
}

/// What is said of a span.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Label {
    /// The item; none where there is none of it.
    item: Option<CompactString>,
    demand: Demand,
}

/// Whether what is annotated has to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Demand {
    /// A name.
    Named,
    /// A name that may be left out.
    Optional,
    /// No name, so that it is not asked about.
    Unnamed,
}

/// A line of the file; offsets are in characters.
#[derive(Deserialize)]
struct Line {
    text: String,
    labels: Vec<RawLabel>,
    evaluation_span: [usize; 2],
}

#[derive(Deserialize)]
struct RawLabel {
    span: [usize; 2],
    entity_id: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    coref: bool,
    #[serde(default)]
    optional: bool,
    #[serde(default)]
    parent: Option<u64>,
}

/// Reads a file; `Err` is the number of a broken line.
///
/// # Errors
/// Where a line is no JSON of this shape, or points outside its text.
pub fn read_links(text: &str) -> Result<Vec<LinksGold>, usize> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(i, line)| LinksGold::read(line).ok_or(i + 1)).collect()
}

impl LinksGold {
    fn read(line: &str) -> Option<Self> {
        let line: Line = serde_json::from_str(line).ok()?;
        let mut bytes: Vec<usize> = line.text.char_indices().map(|(at, _)| at).collect();
        bytes.push(line.text.len());
        let span = |[start, end]: [usize; 2]| Some(Span::of(*bytes.get(start)?..*bytes.get(end)?));
        let mut labels = BTreeMap::new();
        for raw in &line.labels {
            labels.insert(bare(&line.text, span(raw.span)?), Label::new(raw));
        }
        let evaluated = span(line.evaluation_span)?;
        Some(Self { text: line.text, evaluated, labels })
    }

    /// The text as an article: each line that is not blank is a paragraph.
    pub fn article(&self, id: &str) -> Article {
        let mut blocks = Vec::new();
        let mut start = 0;
        for line in self.text.split_inclusive('\n') {
            let span = Span::of(start..start + line.trim_end().len());
            if !span.is_empty() {
                blocks.push(Block { span, kind: BlockKind::Paragraph });
            }
            start += line.len();
        }
        Article::laid_out(id, self.text.clone(), blocks)
    }

    /// Which of the names have to be found.
    fn wanted(&self) -> impl Iterator<Item = (Span, &CompactString)> {
        let inside = self.labels.iter().filter(|(span, _)| self.evaluated.contains(**span));
        let named = inside.filter(|(_, label)| label.demand == Demand::Named);
        named.filter_map(|(span, label)| Some((*span, label.item.as_ref()?)))
    }
}

impl Label {
    fn new(raw: &RawLabel) -> Self {
        let number = raw.entity_id.strip_prefix('Q');
        let is_item = number.is_some_and(|n| n.bytes().all(|byte| byte.is_ascii_digit()));
        let is_small = raw.name.chars().next().is_some_and(char::is_lowercase);
        let demand = match is_item {
            true if raw.coref || is_small => Demand::Unnamed,
            true if raw.optional || raw.parent.is_some() => Demand::Optional,
            true => Demand::Named,
            false => Demand::Unnamed,
        };
        Self { item: is_item.then(|| raw.entity_id.as_str().into()), demand }
    }
}

/// A span without a *the* in front and a full stop behind.
fn bare(text: &str, span: Span) -> Span {
    let words = span.slice(text);
    let rest = words.strip_prefix("The ").or_else(|| words.strip_prefix("the ")).unwrap_or(words);
    let start = span.range().end - rest.len();
    Span::of(start..start + rest.trim_end_matches('.').len())
}

/// The items that names were linked to.
pub fn found_links(analysis: &Analysis) -> BTreeMap<Span, CompactString> {
    let mut found = BTreeMap::new();
    for entity in analysis.entities() {
        let mut links = entity.links.iter();
        let Some(link) = links.find(|link| link.authority == Authority::Wikidata) else {
            continue;
        };
        for mention in entity.mentions.iter().filter(|m| m.kind == MentionKind::Name) {
            let document = analysis.document();
            let name = document.name_at(mention.head);
            let name = name.and_then(|name| core_of_name(name, &document.tokens));
            if let Some(name) = name.filter(|_| document.tag(mention.head).upos != Upos::Adj) {
                let span = bare(&document.article.text, name.span);
                found.insert(span, link.id.clone());
            }
        }
    }
    found
}

/// How names were linked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LinksScore {
    /// All names of the gold, and all links.
    pub names: Score,
    /// The same where a link is right that overlaps a name of its item, without the links
    /// of which the gold says nothing.
    pub annotated: Score,
    /// Those that mean something which is in one of the bases.
    pub known: Score,
    /// What is wrong or missed: the words, the item found, the item wanted.
    pub cases: Vec<LinksCase>,
}

/// A name that is linked wrongly, or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinksCase {
    /// The name among the words beside it.
    pub words: String,
    /// The item that it was linked to.
    pub found: Option<CompactString>,
    /// The item that it is.
    pub wanted: Option<CompactString>,
}

/// So many bytes, at least, are shown on each side of a name.
const BESIDE: usize = 30;

impl LinksScore {
    /// Adds a text: what was found in it, and the items that some base knows.
    pub fn add(
        &mut self,
        gold: &LinksGold,
        found: &BTreeMap<Span, CompactString>,
        known: &BTreeSet<CompactString>,
    ) {
        for (span, item) in gold.wanted() {
            self.names.gold += 1;
            self.names.right += usize::from(found.get(&span) == Some(item));
            let links: Vec<_> = overlapping(found, span).collect();
            let is_right = links.contains(&item);
            self.annotated.gold += 1;
            self.annotated.right += usize::from(is_right);
            if known.contains(item) {
                self.known.gold += 1;
                self.known.right += usize::from(is_right);
                self.known.found += usize::from(!links.is_empty());
            }
            if links.is_empty() {
                self.tell(gold, span, None, Some(item));
            }
        }
        for (&span, item) in found.iter().filter(|(span, _)| gold.evaluated.contains(**span)) {
            self.judge(gold, span, item);
        }
    }

    /// Counts a link, unless nothing is asked about what it links.
    fn judge(&mut self, gold: &LinksGold, span: Span, item: &CompactString) {
        let label = gold.labels.get(&span);
        let wanted = label.and_then(|label| label.item.as_ref());
        let is_right = wanted == Some(item);
        if is_right && label.is_some_and(|label| label.demand != Demand::Named) {
            return;
        }
        self.names.found += 1;
        self.annotated.found += usize::from(gold.labels.keys().any(|label| label.overlaps(span)));
        if !is_right {
            self.tell(gold, span, Some(item), wanted);
        }
    }

    fn tell(
        &mut self,
        gold: &LinksGold,
        span: Span,
        found: Option<&CompactString>,
        wanted: Option<&CompactString>,
    ) {
        let words = in_context(&gold.text, span);
        self.cases.push(LinksCase { words, found: found.cloned(), wanted: wanted.cloned() });
    }
}

/// The links that overlap a span.
fn overlapping(
    found: &BTreeMap<Span, CompactString>,
    span: Span,
) -> impl Iterator<Item = &CompactString> {
    found.iter().filter(move |(link, _)| link.overlaps(span)).map(|(_, item)| item)
}

/// A name in brackets with the words beside it, on one line.
fn in_context(text: &str, span: Span) -> String {
    let start = text.floor_char_boundary(span.range().start.saturating_sub(BESIDE));
    let end = text.ceil_char_boundary(span.range().end + BESIDE);
    let before = text.get(start..span.range().start).unwrap_or_default();
    let after = text.get(span.range().end..end).unwrap_or_default();
    let line = format!("{before}[{}]{after}", span.slice(text));
    line.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"text": "Zoë of Orm met Zoë.\n\nThe mayor of Orm left on Monday for Upper Orm.",
        "evaluation_span": [0, 66], "labels": [
        {"span": [0, 3], "entity_id": "Q1", "name": "Zoë Brook"},
        {"span": [7, 10], "entity_id": "Q2", "name": "Orm"},
        {"span": [15, 18], "entity_id": "<NIL>", "name": "Unknown"},
        {"span": [25, 30], "entity_id": "Q3", "name": "mayor"},
        {"span": [34, 37], "entity_id": "Q2", "name": "Orm", "parent": 3},
        {"span": [46, 52], "entity_id": "DATETIME", "name": "Monday"},
        {"span": [57, 66], "entity_id": "Q4", "name": "Upper Orm", "coref": false}]}"#;

    fn gold() -> LinksGold {
        let line = LINE.replace('\n', " ");
        let mut gold = read_links(&format!("\n{line}\n")).unwrap();
        gold.remove(0)
    }

    fn check(found: &[(&str, usize, &str)], names: (usize, usize, usize), known: (usize, usize)) {
        let gold = gold();
        let place = |words: &str, nth: usize| {
            let start = gold.text.match_indices(words).nth(nth).unwrap().0;
            Span::of(start..start + words.len())
        };
        let found = found.iter().map(|&(words, nth, item)| (place(words, nth), item.into()));
        let in_base = ["Q1", "Q2"].map(CompactString::from).into();
        let mut score = LinksScore::default();
        score.add(&gold, &found.collect(), &in_base);
        let Score { right, found, gold } = score.names;
        assert_eq!((right, found, gold), names);
        assert_eq!((score.known.right, score.known.gold), known);
    }

    #[test]
    fn links_are_counted() {
        check(&[], (0, 0, 3), (0, 2));
        check(&[("Zoë", 0, "Q1"), ("Upper Orm", 0, "Q4")], (2, 2, 3), (1, 2));
    }

    #[test]
    fn a_link_where_there_is_none_is_wrong() {
        check(&[("Zoë", 1, "Q1"), ("Monday", 0, "Q5")], (0, 2, 3), (0, 2));
        // By overlap, it is found.
        check(&[("Zoë of", 0, "Q1")], (0, 1, 3), (1, 2));
    }

    #[test]
    fn what_is_no_name_or_a_part_of_one_may_be_found() {
        check(&[("mayor", 0, "Q3"), ("Orm", 1, "Q2")], (0, 0, 3), (0, 2));
        check(&[("mayor", 0, "Q9"), ("Orm", 1, "Q9")], (0, 2, 3), (0, 2));
    }

    #[test]
    fn broken_lines_are_named() {
        assert_eq!(read_links("{}"), Err(1));
        assert_eq!(read_links(&LINE.replace('\n', " ").replace("[0, 66]", "[0, 99]")), Err(1));
    }

    #[test]
    fn every_line_of_a_text_is_a_paragraph() {
        let article = gold().article("orm");
        let blocks: Vec<&str> =
            article.blocks.iter().map(|b| b.span.slice(&article.text)).collect();
        assert_eq!(blocks.len(), 2);
        assert!(blocks[1].ends_with("Upper Orm."));
    }
}
