//! Which words the store's file of texts has, and where: for whoever asks it often.
//!
//! In: the file of `text_index.rs`. Out: its texts with some words in them, without a
//! look at the others. It is held in memory, and grows with the file: a part of the file
//! that was indexed is not read again until about as much has come after it.

use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use memchr::memmem::{self, Finder};

use super::text_line::{self, TextKind};

/// Words that are part of so many lines are too many to look at.
const MOST_LINES: usize = 2_000_000;
/// A part is indexed at a time that is no longer.
const MOST_BYTES: u64 = 1 << 30;

/// The words of a file of texts.
pub struct TextWords {
    file: Mutex<File>,
    /// The last bytes that were indexed, by which a file that was written anew is known.
    last: Vec<u8>,
    parts: Vec<Arc<Part>>,
}

/// Which of the texts that have some words in them are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    /// The shortest.
    Shortest,
    /// Those that were added last.
    Latest,
}

/// The lines of a part of the file.
struct Part {
    start: u64,
    end: u64,
    labels: Lines,
    passages: Lines,
}

/// The lines of one kind: where they begin, how long they are, and which words they have.
#[derive(Default)]
struct Lines {
    starts: Vec<u32>,
    lengths: Vec<u32>,
    /// How long their texts are, up to the most that fits.
    ranks: Vec<u16>,
    /// All words, a line feed before and behind each.
    vocabulary: String,
    /// Where each begins in that.
    places: Vec<u32>,
    of: HashMap<Box<str>, u32>,
    /// The lines that have each word, in order.
    with: Vec<Vec<u32>>,
}

/// A line that was found.
struct Found {
    rank: u16,
    at: u64,
    length: u32,
}

/// How a word of what is asked for may go on in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Word<'w> {
    text: &'w str,
    is_open_before: bool,
    is_open_behind: bool,
}

impl TextWords {
    /// Those of a file; of a part that was indexed before they are taken from there.
    pub(super) fn of(path: &Path, older: Option<&Self>) -> io::Result<Self> {
        let mut file = File::open(path)?;
        let length = whole_lines(&mut file)?;
        let mut parts = match older.filter(|older| older.is_beginning_of(&mut file, length)) {
            Some(older) => older.parts.clone(),
            None => Vec::new(),
        };
        let mut start = parts.last().map_or(0, |part| part.end);
        // Parts double, so that there are few.
        while let Some(last) = parts.last()
            && start < length
            && 2 * (length - last.end) >= last.end - last.start
            && length - last.start <= MOST_BYTES
        {
            start = last.start;
            parts.pop();
        }
        while start < length {
            let part = Part::of(&mut file, start, length.min(start + MOST_BYTES))?;
            start = part.end;
            parts.push(Arc::new(part));
        }
        let last = tail(&mut file, length)?;
        Ok(Self { file: Mutex::new(file), last, parts })
    }

    /// Whether a file goes on where this one ended.
    fn is_beginning_of(&self, file: &mut File, length: u64) -> bool {
        let end = self.parts.last().map_or(0, |part| part.end);
        end <= length && tail(file, end).is_ok_and(|last| last == self.last)
    }

    /// So many of the texts of a kind with some words in them; none where there are too
    /// many to look at.
    pub fn containing(
        &self,
        kind: TextKind,
        words: &str,
        wanted: Wanted,
        many: usize,
    ) -> io::Result<Option<Vec<String>>> {
        let lower = words.to_lowercase();
        let asked = words_of(&lower);
        if asked.is_empty() {
            return Ok(Some(Vec::new()));
        }
        let mut found: Vec<Found> = Vec::new();
        for part in &self.parts {
            let lines = part.lines(kind);
            let Some(with) = lines.with_all(&asked) else { return Ok(None) };
            for line in with {
                let (line, start) = (line as usize, part.start);
                let at = start + u64::from(lines.starts[line]);
                found.push(Found { rank: lines.ranks[line], at, length: lines.lengths[line] });
            }
        }
        match wanted {
            Wanted::Shortest => found.sort_unstable_by_key(|line| (line.rank, line.at)),
            Wanted::Latest => found.sort_unstable_by_key(|line| std::cmp::Reverse(line.at)),
        }
        self.read(&found, &lower, many).map(Some)
    }

    /// The texts of the first lines that have the words in them.
    fn read(&self, lines: &[Found], lower: &str, many: usize) -> io::Result<Vec<String>> {
        let wanted = text_line::escaped(lower);
        let finder = Finder::new(&wanted);
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let (mut texts, mut seen, mut line) = (Vec::new(), HashSet::new(), Vec::new());
        for found in lines {
            if texts.len() >= many {
                break;
            }
            line.resize(found.length as usize, 0);
            file.seek(SeekFrom::Start(found.at))?;
            file.read_exact(&mut line)?;
            if let Some(text) = text_line::text_with(&line, &finder)
                && seen.insert(text.clone())
            {
                texts.push(text);
            }
        }
        Ok(texts)
    }
}

impl Part {
    /// The whole lines from one byte of a file to another.
    fn of(file: &mut File, start: u64, end: u64) -> io::Result<Self> {
        let mut bytes = Vec::new();
        file.seek(SeekFrom::Start(start))?;
        file.take(end - start).read_to_end(&mut bytes)?;
        let whole = memchr::memrchr(b'\n', &bytes).map_or(bytes.len(), |at| at + 1);
        bytes.truncate(whole);
        let mut part = Self {
            start,
            end: start + bytes.len() as u64,
            labels: Lines::default(),
            passages: Lines::default(),
        };
        let mut at = 0;
        for line in bytes.split_inclusive(|&byte| byte == b'\n') {
            let text = line.strip_suffix(b"\n").unwrap_or(line);
            if let Some(kind) = text_line::kind_of(text) {
                part.lines_mut(kind).add(at, text);
            }
            at += line.len() as u32;
        }
        part.labels.close();
        part.passages.close();
        Ok(part)
    }

    fn lines(&self, kind: TextKind) -> &Lines {
        match kind {
            TextKind::Label => &self.labels,
            TextKind::Passage => &self.passages,
        }
    }

    fn lines_mut(&mut self, kind: TextKind) -> &mut Lines {
        match kind {
            TextKind::Label => &mut self.labels,
            TextKind::Passage => &mut self.passages,
        }
    }
}

impl Lines {
    fn add(&mut self, start: u32, line: &[u8]) {
        let number = self.starts.len() as u32;
        self.starts.push(start);
        self.lengths.push(line.len() as u32);
        let lower = text_line::lower_of(line);
        self.ranks.push(u16::try_from(lower.len()).unwrap_or(u16::MAX));
        for word in words_of(&lower) {
            let lines = self.word(word.text);
            if lines.last() != Some(&number) {
                lines.push(number);
            }
        }
    }

    /// The lines that have a word.
    fn word(&mut self, word: &str) -> &mut Vec<u32> {
        let id = match self.of.get(word) {
            Some(&id) => id as usize,
            None => {
                self.of.insert(word.into(), self.with.len() as u32);
                self.vocabulary.push('\n');
                self.places.push(self.vocabulary.len() as u32);
                self.vocabulary.push_str(word);
                self.with.push(Vec::new());
                self.with.len() - 1
            }
        };
        &mut self.with[id]
    }

    /// Ends the list of words.
    fn close(&mut self) {
        self.vocabulary.push('\n');
        self.with.iter_mut().for_each(Vec::shrink_to_fit);
    }

    /// The lines that have all of some words, in order; none where there are too many.
    fn with_all(&self, words: &[Word<'_>]) -> Option<Vec<u32>> {
        let mut all: Option<Vec<u32>> = None;
        for word in words {
            let with = self.with_one(*word)?;
            all = Some(match all {
                Some(mut before) => {
                    before.retain(|line| with.binary_search(line).is_ok());
                    before
                }
                None => with,
            });
        }
        all
    }

    /// The lines that have a word, or one that goes on where it may.
    fn with_one(&self, word: Word<'_>) -> Option<Vec<u32>> {
        if !word.is_open_before && !word.is_open_behind {
            let id = self.of.get(word.text);
            return Some(id.map_or_else(Vec::new, |&id| self.with[id as usize].clone()));
        }
        let (before, behind) = (["\n", ""], ["\n", ""]);
        let pattern = before[usize::from(word.is_open_before)].to_owned()
            + word.text
            + behind[usize::from(word.is_open_behind)];
        let mut lines = Vec::new();
        let mut last = None;
        for hit in memmem::find_iter(self.vocabulary.as_bytes(), &pattern) {
            let at = (hit + usize::from(!word.is_open_before)) as u32;
            let id = self.places.partition_point(|&place| place <= at) - 1;
            if last != Some(id) {
                lines.extend_from_slice(&self.with[id]);
                last = Some(id);
            }
            if lines.len() > MOST_LINES {
                return None;
            }
        }
        lines.sort_unstable();
        lines.dedup();
        Some(lines)
    }
}

/// The words of a text in lower case. What stands at its ends may be part of a word.
fn words_of(text: &str) -> Vec<Word<'_>> {
    let mut words = Vec::new();
    let mut at = 0;
    for run in text.split(|c: char| !c.is_alphanumeric()) {
        if !run.is_empty() {
            words.push(Word {
                text: run,
                is_open_before: at == 0,
                is_open_behind: at + run.len() == text.len(),
            });
        }
        // Behind a run stands one character, of any length.
        let behind = text[at + run.len()..].chars().next();
        at += run.len() + behind.map_or(0, char::len_utf8);
    }
    words
}

/// How many bytes of a file are whole lines.
fn whole_lines(file: &mut File) -> io::Result<u64> {
    let length = file.metadata()?.len();
    let last = tail(file, length)?;
    let open = memchr::memrchr(b'\n', &last).map_or(last.len(), |at| last.len() - at - 1);
    Ok(length - open as u64)
}

/// The bytes before one of a file.
fn tail(file: &mut File, end: u64) -> io::Result<Vec<u8>> {
    const LENGTH: u64 = 64 << 10;
    let start = end.saturating_sub(LENGTH);
    let mut bytes = Vec::new();
    file.seek(SeekFrom::Start(start))?;
    file.take(end - start).read_to_end(&mut bytes)?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    const TEXTS: &str = "\nljohn kirby\tJohn Kirby\nlthe mayor of kirby\nejohn kirby sold the mill.\n\
                         lmckirby's\\nmill\nlélan\tÉlan\n";

    fn found(words: &TextWords, asked: &str, wanted: Wanted) -> Vec<String> {
        words.containing(TextKind::Label, asked, wanted, 9).unwrap().unwrap()
    }

    #[test]
    fn texts_are_found_by_words_and_parts_of_them() {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), TEXTS).unwrap();
        let words = TextWords::of(file.path(), None).unwrap();
        let kirby = ["John Kirby", "the mayor of kirby", "mckirby's\nmill"];
        assert_eq!(found(&words, "KIRBY", Wanted::Shortest), [kirby[0], kirby[2], kirby[1]]);
        assert_eq!(found(&words, "kirby", Wanted::Latest), [kirby[2], kirby[1], kirby[0]]);
        assert_eq!(found(&words, "n kirb", Wanted::Latest), ["John Kirby"]);
        assert_eq!(found(&words, "Élan", Wanted::Latest), ["Élan"]);
        assert_eq!(found(&words, "'s\nmi", Wanted::Latest), ["mckirby's\nmill"]);
        assert_eq!(found(&words, "kirby mayor", Wanted::Latest), [""; 0]);
        assert_eq!(found(&words, "—", Wanted::Latest), [""; 0]);
        let passages = words.containing(TextKind::Passage, "mill", Wanted::Latest, 9).unwrap();
        assert_eq!(passages.unwrap(), ["john kirby sold the mill."]);
    }

    #[test]
    fn it_grows_with_the_file() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut words: Option<TextWords> = None;
        for number in 0..40 {
            let mut texts = File::options().append(true).open(file.path()).unwrap();
            texts.write_all(format!("\nlpier {number}\nlhalf").as_bytes()).unwrap();
            let grown = TextWords::of(file.path(), words.as_ref()).unwrap();
            assert_eq!(found(&grown, "pier", Wanted::Latest).len(), 9.min(number + 1));
            assert_eq!(found(&grown, &format!("pier {number}"), Wanted::Latest).len(), 1);
            assert!(grown.parts.len() < 8);
            words = Some(grown);
        }
        std::fs::write(file.path(), "lquay\n").unwrap();
        let anew = TextWords::of(file.path(), words.as_ref()).unwrap();
        assert_eq!(found(&anew, "quay", Wanted::Latest), ["quay"]);
        assert_eq!(found(&anew, "pier", Wanted::Latest), [""; 0]);
    }
}
