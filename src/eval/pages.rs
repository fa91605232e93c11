//! Articles found in pages, against what people marked in them.
//!
//! In: gold of the two shapes that sets of pages have, and the articles read
//! from the pages. Out: precision and recall of four-word shingles, averaged
//! over pages as the article extraction benchmark of Scrapinghub does it, and how many titles, days and
//! authors are as marked.

use std::collections::HashMap;

use serde::Deserialize;

use crate::text::{Article, BlockKind};

/// What people marked in one page. Fields that nobody marked are `None`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PageGold {
    /// The body.
    #[serde(alias = "articleBody")]
    pub text: String,
    /// The headline.
    #[serde(default)]
    pub title: Option<String>,
    /// The day, ISO 8601.
    #[serde(default)]
    pub date: Option<String>,
    /// The authors, with commas between.
    #[serde(default)]
    pub author: Option<String>,
}

/// How well pages were read.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageScore {
    /// How many pages.
    pub pages: usize,
    precision: f64,
    recall: f64,
    /// Titles as marked, and all that are marked.
    pub titles: (usize, usize),
    /// Days as marked, and all that are marked.
    pub days: (usize, usize),
    /// Authors as marked, and all that are marked.
    pub authors: (usize, usize),
}

impl PageScore {
    /// Adds a page, and gives the precision and recall of its body; no article
    /// is one with nothing in it.
    pub fn add(&mut self, gold: &PageGold, found: Option<&Article>) -> (f64, f64) {
        let body = found.map(body).unwrap_or_default();
        let (precision, recall) = shingle_overlap(&gold.text, &body);
        self.pages += 1;
        self.precision += precision;
        self.recall += recall;
        let title = found.and_then(|article| article.title.clone());
        let day = found.and_then(|article| article.published).map(|p| p.day().to_string());
        let author = found.and_then(|article| article.byline.clone());
        count(&mut self.titles, gold.title.as_deref(), title.as_deref());
        count(&mut self.days, gold.date.as_deref(), day.as_deref());
        count(&mut self.authors, gold.author.as_deref(), author.as_deref());
        (precision, recall)
    }

    /// The mean precision of the pages.
    pub fn precision(&self) -> f64 {
        self.precision / self.pages.max(1) as f64
    }

    /// The mean recall of the pages.
    pub fn recall(&self) -> f64 {
        self.recall / self.pages.max(1) as f64
    }

    /// The harmonic mean of both.
    pub fn f1(&self) -> f64 {
        let (precision, recall) = (self.precision(), self.recall());
        2.0 * precision * recall / (precision + recall).max(f64::EPSILON)
    }
}

/// The words of an article's body: all blocks but title and boilerplate.
pub fn body(article: &Article) -> String {
    let of_body = |kind| !matches!(kind, BlockKind::Title | BlockKind::Boilerplate);
    let blocks = article.blocks.iter().filter(|block| of_body(block.kind));
    blocks.map(|block| block.span.slice(&article.text)).collect::<Vec<_>>().join("\n\n")
}

/// Counts something marked, and whether its letters and digits were found.
fn count(of: &mut (usize, usize), gold: Option<&str>, found: Option<&str>) {
    let Some(gold) = gold else { return };
    let bare = |words: &str| -> String {
        words.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
    };
    of.0 += usize::from(found.is_some_and(|found| bare(found) == bare(gold)));
    of.1 += 1;
}

/// Precision and recall of the runs of four words, each counted as often as it stands.
fn shingle_overlap(gold: &str, found: &str) -> (f64, f64) {
    let (gold, found) = (shingles(gold), shingles(found));
    let both: usize =
        found.iter().map(|(run, n)| gold.get(run).map_or(0, |gold| *n.min(gold))).sum();
    let share = |of: &HashMap<Vec<&str>, usize>| {
        let all: usize = of.values().sum();
        if all == 0 { f64::from(u8::from(gold.is_empty())) } else { both as f64 / all as f64 }
    };
    (share(&found), share(&gold))
}

fn shingles(text: &str) -> HashMap<Vec<&str>, usize> {
    const WORDS: usize = 4;
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = words.collect();
    let mut runs = HashMap::new();
    if !words.is_empty() && words.len() < WORDS {
        runs.insert(words, 1);
        return runs;
    }
    for run in words.windows(WORDS) {
        *runs.entry(run.to_vec()).or_insert(0) += 1;
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(gold: &str, found: &str, expected: (f64, f64)) {
        assert_eq!(shingle_overlap(gold, found), expected, "{found}");
    }

    #[test]
    fn shingles_are_counted_as_often_as_they_stand() {
        check("one two three four five", "one two three four five", (1.0, 1.0));
        check("one two three four five", "One two three four", (0.0, 0.0));
        check("one two three four five", "one two three four", (1.0, 0.5));
        check("a b c d", "a b c d a b c d", (0.2, 1.0));
        check("a b", "a, b!", (1.0, 1.0));
        check("a b c d", "", (0.0, 0.0));
    }
}
