//! Word lists: what the rules know about words.
//!
//! In: tab-separated files (`lexicon/*.tsv`). Out: a [`Lexicon`] that is handed
//! to whoever needs it. The first line of a file names its columns; the first
//! column is the word's lemma in lower case, the second, where there is one, its
//! class. Lines that start with `#` are comments. A word may stand in several
//! lines with different classes.

use std::collections::BTreeMap;

use compact_str::{CompactString, ToCompactString};

/// A broken word list.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{file}:{line}: {problem}")]
pub struct LexiconError {
    /// The file's name.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub problem: &'static str,
}

/// All word lists, by the names of their files without the extension.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    lists: BTreeMap<CompactString, WordList>,
}

/// One word list.
#[derive(Clone, Debug, Default)]
pub struct WordList {
    columns: Vec<CompactString>,
    rows: BTreeMap<CompactString, Vec<Row>>,
}

/// The cells of one line after the lemma.
type Row = Vec<CompactString>;

impl Lexicon {
    /// Reads lists from pairs of file name and contents; a later file of the
    /// same name replaces an earlier one.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, LexiconError> {
        let mut lists = BTreeMap::new();
        for (file, text) in files {
            let name = file.strip_suffix(".tsv").unwrap_or(file);
            lists.insert(name.to_compact_string(), WordList::read(file, text)?);
        }
        Ok(Self { lists })
    }

    /// The list of this name.
    pub fn list(&self, name: &str) -> Option<&WordList> {
        self.lists.get(name)
    }

    /// Whether a list has this word, in the class if one is given.
    pub fn has(&self, list: &str, class: Option<&str>, lemma: &str) -> bool {
        self.list(list).is_some_and(|l| l.has(class, lemma))
    }

    /// The cell of a word in a named column; the first, where the word has
    /// several lines.
    pub fn value(&self, list: &str, lemma: &str, column: &str) -> Option<&str> {
        self.list(list)?.value(lemma, column)
    }
}

impl WordList {
    fn read(file: &str, text: &str) -> Result<Self, LexiconError> {
        let broken = |line: usize, problem| LexiconError { file: file.to_owned(), line, problem };
        let mut lines =
            text.lines().enumerate().filter(|(_, l)| !l.trim().is_empty() && !l.starts_with('#'));
        let (_, header) = lines.next().ok_or_else(|| broken(1, "no line of column names"))?;
        let columns: Vec<_> = header.split('\t').skip(1).map(|c| c.trim().into()).collect();
        let mut list = Self { columns, rows: BTreeMap::new() };
        for (i, line) in lines {
            let mut cells = line.split('\t').map(|c| CompactString::from(c.trim()));
            let lemma = cells.next().filter(|c| !c.is_empty());
            let lemma = lemma.ok_or_else(|| broken(i + 1, "no word in the first column"))?;
            let row: Row = cells.collect();
            if row.len() != list.columns.len() {
                return Err(broken(i + 1, "not as many cells as columns"));
            }
            list.rows.entry(lemma).or_default().push(row);
        }
        Ok(list)
    }

    /// Whether it has this word, in the class if one is given.
    pub fn has(&self, class: Option<&str>, lemma: &str) -> bool {
        self.rows.get(lemma).is_some_and(|rows| rows.iter().any(|r| in_class(r, class)))
    }

    /// Its words, in order, of the class if one is given.
    pub fn words<'a>(&'a self, class: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        let fits = move |rows: &Vec<Row>| rows.iter().any(|r| in_class(r, class));
        self.rows.iter().filter(move |(_, rows)| fits(rows)).map(|(lemma, _)| lemma.as_str())
    }

    /// All lines in order: a lemma and the cells after it.
    pub fn rows(&self) -> impl Iterator<Item = (&str, &[CompactString])> {
        let all = self.rows.iter();
        all.flat_map(|(lemma, rows)| rows.iter().map(|row| (lemma.as_str(), row.as_slice())))
    }

    /// The cell of a word in a named column.
    pub fn value(&self, lemma: &str, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|c| c == column)?;
        self.rows.get(lemma)?.first()?.get(at).map(CompactString::as_str)
    }
}

/// The class is the first cell after the lemma.
fn in_class(row: &Row, class: Option<&str>) -> bool {
    class.is_none_or(|class| row.first().is_some_and(|c| c == class))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERBS: &str =
        "# verbs\nlemma\tclass\tnoun\nsay\tstate\tsaying\nask\task\t\nsay\task\t-\n";

    fn check(text: &str, expected: Result<Vec<&str>, &str>) {
        let read = WordList::read("verbs.tsv", text).map_err(|e| e.to_string());
        let words = read.as_ref().map(|l| l.words(Some("ask")).collect::<Vec<_>>());
        assert_eq!(words.map_err(String::as_str), expected, "{text}");
    }

    #[test]
    fn reads_classes_and_names_broken_lines() {
        check(VERBS, Ok(vec!["ask", "say"]));
        check("lemma\n", Ok(vec![]));
        check("", Err("verbs.tsv:1: no line of column names"));
        check("lemma\tclass\nsay\n", Err("verbs.tsv:2: not as many cells as columns"));
        check("lemma\n\tx\n", Err("verbs.tsv:2: no word in the first column"));
    }

    #[test]
    fn looks_up_cells() {
        let lexicon = Lexicon::read([("verbs.tsv", VERBS)]).unwrap();
        assert_eq!(lexicon.value("verbs", "say", "noun"), Some("saying"));
        assert_eq!(lexicon.value("verbs", "shout", "noun"), None);
        assert!(lexicon.has("verbs", None, "ask") && !lexicon.has("nouns", None, "ask"));
    }
}
