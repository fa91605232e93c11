//! Word lists: what the program knows about words.
//!
//! In: tables (`*.tsv` beside the modules that need them, and those of users; how they
//! are written stands in [`table`](super::table)). Out: a [`Lexicon`] that is handed to
//! whoever needs it.
//! The first column of a list is the word's lemma, the second, where there is one,
//! its class. A word may stand in several lines with different classes.

use std::collections::BTreeMap;

use compact_str::{CompactString, ToCompactString};

use super::table::{Row, Table, TableError, TableProblem, list_name};

/// All word lists, by the names of their files without the extension.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    lists: BTreeMap<CompactString, WordList>,
}

/// One word list.
#[derive(Clone, Debug)]
pub struct WordList {
    table: Table,
    /// The numbers of the lines of each lemma, in order.
    lines: BTreeMap<CompactString, Vec<usize>>,
}

impl Lexicon {
    /// Reads lists from pairs of file name and contents.
    ///
    /// # Errors
    /// The first mistake in one of them.
    pub fn read<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
    ) -> Result<Self, TableError> {
        Self::merged(files, [], |_| false)
    }

    /// Reads lists, and merges users' lists with those of the same name, line by
    /// line (see [`Table::merge`]). A user's list of another name is one more, if it
    /// `is_used` by rules; else its name must be a slip.
    ///
    /// # Errors
    /// The first mistake in one of them.
    pub fn merged<'a, 'b>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        users: impl IntoIterator<Item = (&'b str, &'b str)>,
        is_used: impl Fn(&str) -> bool,
    ) -> Result<Self, TableError> {
        let mut tables: BTreeMap<CompactString, Table> = BTreeMap::new();
        for (file, text) in files {
            tables.insert(list_name(file).to_compact_string(), Table::read(file, text)?);
        }
        for (file, text) in users {
            let name = list_name(file);
            if let Some(table) = tables.get_mut(name) {
                table.merge(file, text)?;
            } else if is_used(name) {
                tables.insert(name.to_compact_string(), Table::read(file, text)?);
            } else {
                let known: Vec<&str> = tables.keys().map(CompactString::as_str).collect();
                return Err(TableError::new(file, 1, 1, TableProblem::unknown_table(name, &known)));
            }
        }
        for table in tables.values() {
            table.check_references(|name| tables.get(name))?;
        }
        let lists = tables.into_iter().map(|(name, table)| (name, WordList::new(table))).collect();
        Ok(Self { lists })
    }

    /// Reads those of some files whose lists have these names; they ship, and tests
    /// hold that they are whole.
    ///
    /// # Panics
    /// Where one is broken.
    #[allow(clippy::panic)] // no input reaches it
    pub fn shipped(files: &[(&str, &str)], names: &[&str]) -> Self {
        let files = files.iter().copied().filter(|(file, _)| names.contains(&list_name(file)));
        Self::read(files).unwrap_or_else(|error| panic!("shipped list: {error}"))
    }

    /// The lines of a list, in the order of its file; those of a user come last.
    pub fn rows(&self, name: &str) -> impl Iterator<Item = Row<'_>> {
        self.list(name).into_iter().flat_map(|list| list.table.rows())
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
    fn new(table: Table) -> Self {
        let mut lines: BTreeMap<CompactString, Vec<usize>> = BTreeMap::new();
        for (number, row) in table.rows().enumerate() {
            lines.entry(row.key().into()).or_default().push(number);
        }
        Self { table, lines }
    }

    /// Whether it has this word, in the class if one is given.
    pub fn has(&self, class: Option<&str>, lemma: &str) -> bool {
        self.rows_of(lemma).any(|row| in_class(row, class))
    }

    /// Its words, in order, of the class if one is given.
    pub fn words<'a>(&'a self, class: Option<&'a str>) -> impl Iterator<Item = &'a str> {
        self.lines.keys().map(CompactString::as_str).filter(move |lemma| self.has(class, lemma))
    }

    /// All lines: by lemma, those of one lemma in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.lines.values().flatten().filter_map(|&number| self.table.row(number))
    }

    /// Whether it has a column of this name.
    pub fn has_column(&self, column: &str) -> bool {
        self.table.columns().iter().any(|known| known.name == column)
    }

    /// The cell of a word in a named column: that of its first line.
    pub fn value(&self, lemma: &str, column: &str) -> Option<&str> {
        let row = self.rows_of(lemma).next().filter(|_| self.has_column(column))?;
        row.get(column)
    }

    fn rows_of(&self, lemma: &str) -> impl Iterator<Item = Row<'_>> {
        self.lines.get(lemma).into_iter().flatten().filter_map(|&number| self.table.row(number))
    }
}

/// The class is the first cell after the lemma.
fn in_class(row: Row<'_>, class: Option<&str>) -> bool {
    class.is_none_or(|class| row.cells().get(1).is_some_and(|cell| cell == class))
}

#[cfg(test)]
mod tests {
    use super::*;

    const VERBS: (&str, &str) = (
        "verbs.tsv",
        "lemma\tclass: one of state | ask\tnoun: lemma?\nsay\tstate\tsaying\nask\task\t-\n\
         say\task\t-\n",
    );

    #[test]
    fn looks_up_words_and_cells() {
        let lexicon = Lexicon::read([VERBS]).unwrap();
        let verbs = lexicon.list("verbs").unwrap();
        assert_eq!(verbs.words(Some("ask")).collect::<Vec<_>>(), ["ask", "say"]);
        let rows: Vec<String> = verbs.rows().map(|row| row.cells()[..2].join(" ")).collect();
        assert_eq!(rows, ["ask ask", "say state", "say ask"]);
        assert_eq!(lexicon.value("verbs", "say", "noun"), Some("saying"));
        assert_eq!(lexicon.value("verbs", "ask", "noun"), None);
        assert_eq!(lexicon.value("verbs", "shout", "noun"), None);
        assert!(lexicon.has("verbs", None, "ask") && !lexicon.has("nouns", None, "ask"));
    }

    #[test]
    fn merges_lists_of_users_and_names_what_is_unknown() {
        let users = ("verbs.tsv", "lemma\tclass\tnoun\n-ask\nclaim\tstate\tclaim\n");
        let lexicon = Lexicon::merged([VERBS], [users], |_| false).unwrap();
        assert!(lexicon.has("verbs", Some("state"), "claim") && lexicon.has("verbs", None, "say"));
        assert!(!lexicon.has("verbs", None, "ask"));
        let misnamed = ("verb.tsv", "lemma\nsay\n");
        let error = Lexicon::merged([VERBS], [misnamed], |_| false).unwrap_err().to_string();
        let expected = "verb.tsv:1:1: `verb` is no word list of this program, and no rule of \
                        yours names it (did you mean `verbs`?); word lists are: verbs";
        assert_eq!(error, expected);
        let own = Lexicon::merged([VERBS], [misnamed], |name| name == "verb").unwrap();
        assert!(own.has("verb", None, "say"));
    }
}
