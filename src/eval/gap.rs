//! Ambiguous pronouns: does *she* mean this person, or that one?
//!
//! In: the lines of a GAP file (Webster, Recasens, Axelrod and Baldridge 2018, "Mind
//! the GAP", TACL 6): a passage, a pronoun, two names and whether each is whom the
//! pronoun means; the documents of these passages. Out: how often the cluster of the
//! pronoun has the name, for pronouns of men and of women.

use super::Score;
use crate::text::{Document, MentionKind, Pronoun, Span};

/// A passage with a pronoun and two names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GapGold {
    /// The passage.
    pub text: String,
    /// The pronoun, in bytes.
    pub pronoun: Span,
    /// The names, and whether each is whom the pronoun means.
    pub names: [(Span, bool); 2],
}

/// Reads a file; `Err` is the number of a broken line.
///
/// # Errors
/// Where a line has other columns, or points outside its passage.
pub fn read_gap(text: &str) -> Result<Vec<GapGold>, usize> {
    let lines = text.lines().enumerate().skip(1).filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(i, line)| read_line(line).ok_or(i + 1)).collect()
}

fn read_line(line: &str) -> Option<GapGold> {
    let columns: Vec<&str> = line.split('\t').collect();
    let column = |i: usize| columns.get(i).copied();
    let text = column(1)?;
    let span = |i: usize| words_at(text, column(i)?, column(i + 1)?.parse().ok()?);
    let is_meant = |i: usize| Some(column(i)?.eq_ignore_ascii_case("true"));
    let names = [(span(4)?, is_meant(6)?), (span(7)?, is_meant(9)?)];
    Some(GapGold { text: text.to_owned(), pronoun: span(2)?, names })
}

/// Words that stand at an offset in characters.
fn words_at(text: &str, words: &str, offset: usize) -> Option<Span> {
    let start = text.char_indices().nth(offset)?.0;
    let span = Span::of(start..start + words.len());
    (text.get(span.range())? == words).then_some(span)
}

/// How pronouns were understood.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GapScore {
    /// *he, him, his*
    pub masculine: Score,
    /// *she, her, hers*
    pub feminine: Score,
}

impl GapScore {
    /// All pronouns.
    pub fn overall(&self) -> Score {
        let mut all = self.masculine;
        all += self.feminine;
        all
    }

    /// F1 of women's pronouns in relation to that of men's.
    pub fn bias(&self) -> f64 {
        self.feminine.f1() / self.masculine.f1()
    }

    /// Adds a passage.
    pub fn add(&mut self, gold: &GapGold, document: &Document) {
        let form = gold.pronoun.slice(&gold.text);
        let score = match document.words.pronoun(form) {
            Some(Pronoun::She) => &mut self.feminine,
            _ => &mut self.masculine,
        };
        for (name, is_meant) in gold.names {
            let is_found = means(document, gold.pronoun, name);
            score.gold += usize::from(is_meant);
            score.found += usize::from(is_found);
            score.right += usize::from(is_meant && is_found);
        }
    }
}

/// Whether a pronoun's cluster has a mention that is headed within a name.
fn means(document: &Document, pronoun: Span, name: Span) -> bool {
    let is_there = |span: Span| document.mentions.iter().find(|m| document.span(m.head) == span);
    let cluster = is_there(pronoun).and_then(|m| document.clusters.get(m.cluster.index()));
    let members = cluster.into_iter().flat_map(|c| &c.mentions);
    let mut members = members.filter_map(|&m| document.mentions.get(m.index()));
    members.any(|m| m.kind != MentionKind::Pronoun && name.contains(document.span(m.head)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_read() {
        let head =
            "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL";
        let line = "1\tZoë saw Ann; she left.\tshe\t13\tZoë\t0\tFALSE\tAnn\t8\tTRUE\tx";
        let gold = read_gap(&format!("{head}\n{line}\n")).unwrap();
        let [gold] = &gold[..] else { panic!("one line") };
        assert_eq!(gold.pronoun.slice(&gold.text), "she");
        assert_eq!(gold.names.map(|(span, _)| span.slice(&gold.text)), ["Zoë", "Ann"]);
        assert_eq!(gold.names.map(|(_, is_meant)| is_meant), [false, true]);
        assert_eq!(read_gap(&format!("{head}\n{}\n", line.replace("13", "14"))), Err(2));
    }

    #[test]
    fn pronouns_of_men_and_women_count_apart() {
        let right = |right| Score { right, found: 2, gold: 2 };
        let score = GapScore { masculine: right(2), feminine: right(1) };
        assert_eq!(score.overall(), Score { right: 3, found: 4, gold: 4 });
        assert!((score.bias() - 0.5).abs() < 1e-9);
    }

    /// The validation passages.
    #[test]
    #[ignore = "needs the development data in ../shared"]
    fn validation_set_keeps_its_score() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/data/gap/gap-validation.tsv");
        let gold = read_gap(&std::fs::read_to_string(path).unwrap()).unwrap();
        let pipeline = crate::pipeline::Pipeline::builder().build().unwrap();
        let mut score = GapScore::default();
        for gold in &gold {
            let article = crate::text::Article::paragraph("gap", gold.text.clone());
            score.add(gold, &pipeline.document(article));
        }
        assert!(score.overall().f1() > 0.65, "{}", score.overall());
        assert!(score.bias() > 0.9, "F/M {:.3}", score.bias());
    }
}
