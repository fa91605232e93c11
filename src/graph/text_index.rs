//! Where the words of labels and passages are found: a file beside the
//! database, one line a text.
//!
//! SPARQL's `CONTAINS(LCASE(?label), "kirby")` would look at every label of the
//! store. This file holds their texts in lower case, one after another, so that
//! those with some words in them are found by one search through plain text.
//! It may hold more than the store does (a text is appended before what has it
//! is stored, and stays when that is taken out), never less: whoever asks it
//! checks what it finds.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use memchr::memmem::Finder;
use oxigraph::store::StorageError;
use oxrdf::{Literal, NamedNodeRef, Term};

use super::QuadView;
use super::text_line::{escaped, text_with};
use super::text_words::TextWords;
use super::vocabulary::{oa, schema, skos};

const FILE: &str = "reportedly.texts";
/// So many bytes are searched at a time.
const BLOCK: usize = 4 << 20;

/// The kinds of text, each by the predicates that lead to it.
const KINDS: [(u8, &[NamedNodeRef<'static>]); 2] =
    // A name that an article has for an entity may become its label.
    [(b'l', &[skos::PREF_LABEL, schema::NAME]), (b'e', &[oa::EXACT])];

fn kind(predicate: NamedNodeRef<'_>) -> Option<u8> {
    KINDS.iter().find(|(_, predicates)| predicates.contains(&predicate)).map(|&(kind, _)| kind)
}

/// The file of a store.
pub(super) struct TextIndex {
    path: PathBuf,
}

impl TextIndex {
    /// That of the store in a folder.
    pub(super) fn of(folder: &Path) -> Self {
        Self { path: folder.join(FILE) }
    }

    /// Whether the texts behind a predicate stand in it.
    pub(super) fn has(predicate: NamedNodeRef<'_>) -> bool {
        kind(predicate).is_some()
    }

    /// Its words, for whoever asks often; what was indexed before is taken from there.
    pub(super) fn words(&self, older: Option<&TextWords>) -> io::Result<Option<TextWords>> {
        if self.exists() { TextWords::of(&self.path, older).map(Some) } else { Ok(None) }
    }

    /// Whether the file is there.
    pub(super) fn exists(&self) -> bool {
        self.path.exists()
    }

    /// Adds the texts of quads that are about to be stored.
    pub(super) fn add<'q>(
        &self,
        quads: impl IntoIterator<Item: Into<QuadView<'q>>>,
    ) -> io::Result<()> {
        let lines: BTreeSet<Vec<u8>> = quads.into_iter().filter_map(line).collect();
        if lines.is_empty() {
            return Ok(());
        }
        let mut file = File::options().read(true).append(true).create(true).open(&self.path)?;
        // A line that a killed writer left half done ends here.
        let mut all = vec![b'\n'];
        for line in &lines {
            all.extend_from_slice(line);
        }
        file.write_all(&all)?;
        file.sync_data()
    }

    /// Writes the file anew, from all that a database holds.
    pub(super) fn rebuild(&self, database: &oxigraph::store::Store) -> Result<(), StorageError> {
        let half_done = self.path.with_extension("new");
        let mut file = io::BufWriter::new(File::create(&half_done)?);
        for predicate in KINDS.iter().flat_map(|(_, predicates)| *predicates) {
            let mut last = None;
            for quad in database.quads_for_pattern(None, Some(*predicate), None, None) {
                // The quads come ordered by their objects.
                let line = line(&quad?);
                if line != last {
                    file.write_all(line.as_deref().unwrap_or_default())?;
                }
                last = line;
            }
        }
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_data()?;
        Ok(std::fs::rename(half_done, &self.path)?)
    }

    /// The texts with some words in them, whatever their case, that stand behind
    /// a predicate. None where the file cannot tell: it has no such texts, is
    /// not there, or has more than `most` of them.
    pub(super) fn containing(
        &self,
        predicate: NamedNodeRef<'_>,
        words: &str,
        most: usize,
    ) -> io::Result<Option<Vec<Literal>>> {
        let Some(kind) = kind(predicate) else { return Ok(None) };
        let mut file = match File::open(&self.path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(error) => return Err(error),
        };
        let wanted = escaped(&words.to_lowercase());
        let mut search =
            Search { kind, finder: Finder::new(&wanted), most, found: BTreeSet::new() };
        let mut block = Vec::with_capacity(BLOCK);
        loop {
            let rest = block.len();
            let read = (&mut file).take(BLOCK as u64).read_to_end(&mut block)?;
            let end = block.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
            let (whole, _) = block.split_at(if read == 0 { rest } else { end });
            if !search.look_through(whole) {
                return Ok(None);
            }
            if read == 0 {
                return Ok(Some(search.found.into_iter().map(Literal::from).collect()));
            }
            block.drain(..end);
        }
    }
}

/// The line of a quad's object: its kind, its text in lower case, and behind a
/// tab the text itself where that differs.
fn line<'q>(quad: impl Into<QuadView<'q>>) -> Option<Vec<u8>> {
    let quad = quad.into();
    let Term::Literal(literal) = quad.object else { return None };
    let kind = kind(quad.predicate.as_ref())?;
    let (text, lower) = (literal.value(), literal.value().to_lowercase());
    let mut line = vec![kind];
    line.extend(escaped(&lower));
    if lower != text {
        line.push(b'\t');
        line.extend(escaped(text));
    }
    line.push(b'\n');
    Some(line)
}

/// A search through whole lines.
struct Search<'w> {
    kind: u8,
    finder: Finder<'w>,
    most: usize,
    found: BTreeSet<String>,
}

impl Search<'_> {
    /// Notes the texts with the words in them; whether there are not too many.
    fn look_through(&mut self, lines: &[u8]) -> bool {
        let mut at = 0;
        while let Some(hit) = lines.get(at..).and_then(|rest| self.finder.find(rest)) {
            let hit = at + hit;
            let (before, after) = lines.split_at(hit);
            let start = before.iter().rposition(|&b| b == b'\n').map_or(0, |at| at + 1);
            let length = after.iter().position(|&b| b == b'\n').unwrap_or(after.len());
            at = hit + length + 1;
            self.note(lines.get(start..hit + length).unwrap_or_default());
            if self.found.len() > self.most {
                return false;
            }
        }
        true
    }

    fn note(&mut self, line: &[u8]) {
        // The words may stand in the other column, or be the kind and what follows.
        if line.first() == Some(&self.kind) {
            self.found.extend(text_with(line, &self.finder));
        }
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::{GraphName, NamedNode, Quad};

    use super::*;

    fn label(text: &str) -> Quad {
        let node = NamedNode::new_unchecked("https://example.org/x");
        let text = Literal::new_simple_literal(text);
        Quad::new(node, skos::PREF_LABEL, text, GraphName::DefaultGraph)
    }

    fn found(index: &TextIndex, words: &str) -> Vec<String> {
        let found = index.containing(skos::PREF_LABEL, words, 10).unwrap().unwrap();
        found.into_iter().map(|literal| literal.value().to_owned()).collect()
    }

    #[test]
    fn texts_are_found_whatever_their_case() {
        let folder = tempfile::tempdir().unwrap();
        let index = TextIndex::of(folder.path());
        index.add(&[label("John Kirby"), label("the mayor of Kirby")]).unwrap();
        index.add(&[label("Élan"), label("a\tb\nc\\d")]).unwrap();
        assert_eq!(found(&index, "KIRBY"), ["John Kirby", "the mayor of Kirby"]);
        assert_eq!(found(&index, "élan"), ["Élan"]);
        assert_eq!(found(&index, "b\nc\\"), ["a\tb\nc\\d"]);
        assert_eq!(found(&index, "ljohn"), [""; 0]);
        assert_eq!(found(&index, "mayor of kirby the"), [""; 0]);
        assert!(index.containing(oa::EXACT, "kirby", 10).unwrap().unwrap().is_empty());
    }

    #[test]
    fn too_many_texts_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let index = TextIndex::of(folder.path());
        assert!(index.containing(skos::PREF_LABEL, "a", 1).unwrap().is_none());
        index.add(&[label("a"), label("ab")]).unwrap();
        assert!(index.containing(skos::PREF_LABEL, "a", 1).unwrap().is_none());
        assert!(index.containing(schema::HEADLINE, "a", 1).unwrap().is_none());
    }

    #[test]
    fn a_line_half_written_hides_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let index = TextIndex::of(folder.path());
        index.add(&[label("John Kirby")]).unwrap();
        std::fs::write(&index.path, b"ljohn kirby\tJohn Kirby\nlada br").unwrap();
        index.add(&[label("Ada Brook")]).unwrap();
        assert_eq!(found(&index, "kirby"), ["John Kirby"]);
        assert_eq!(found(&index, "brook"), ["Ada Brook"]);
    }

    #[test]
    fn blocks_end_anywhere() {
        let folder = tempfile::tempdir().unwrap();
        let index = TextIndex::of(folder.path());
        let long = "pier ".repeat(BLOCK / 12);
        index.add(&[label(&format!("{long} a")), label(&format!("{long} b")), label("Z")]).unwrap();
        assert_eq!(found(&index, "Z"), ["Z"]);
        assert_eq!(found(&index, "pier  a").len(), 1);
        assert_eq!(found(&index, "pier ").len(), 2);
    }
}
