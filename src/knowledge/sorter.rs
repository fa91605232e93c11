//! Sorts more pairs than memory holds: runs on disk, then merged.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;

/// What a pair in memory costs beside its bytes.
const OVERHEAD: usize = 64;
/// Size of the buffer of each run, in bytes.
const BUFFER: usize = 64 * 1024;

/// A key and what belongs to it.
type Pair = (Box<[u8]>, Box<[u8]>);

/// A key and all that belongs to it.
type Group = (Box<[u8]>, Vec<Box<[u8]>>);

/// Takes pairs in any order, and gives them in the order of their bytes.
pub(super) struct Sorter {
    folder: PathBuf,
    memory: usize,
    held: usize,
    pairs: Vec<Pair>,
    runs: Vec<File>,
}

impl Sorter {
    /// A sorter whose runs lie in a folder; it holds so many bytes in memory.
    pub(super) fn new(folder: PathBuf, memory: usize) -> Self {
        Self { folder, memory, held: 0, pairs: Vec::new(), runs: Vec::new() }
    }

    /// Where its runs lie.
    pub(super) fn folder(&self) -> &std::path::Path {
        &self.folder
    }

    /// Adds a pair.
    pub(super) fn push(&mut self, key: &[u8], value: &[u8]) -> io::Result<()> {
        self.held += key.len() + value.len() + OVERHEAD;
        self.pairs.push((key.into(), value.into()));
        if self.held > self.memory { self.spill() } else { Ok(()) }
    }

    /// Writes what is held to a run of its own.
    fn spill(&mut self) -> io::Result<()> {
        self.pairs.sort_unstable();
        let mut run = BufWriter::with_capacity(BUFFER, tempfile::tempfile_in(&self.folder)?);
        for (key, value) in self.pairs.drain(..) {
            for part in [&key, &value] {
                run.write_all(&(part.len() as u32).to_le_bytes())?;
                run.write_all(part)?;
            }
        }
        self.held = 0;
        let mut run = run.into_inner().map_err(io::IntoInnerError::into_error)?;
        run.seek(SeekFrom::Start(0))?;
        self.runs.push(run);
        Ok(())
    }

    /// All pairs in order.
    pub(super) fn finish(mut self) -> io::Result<Sorted> {
        self.pairs.sort_unstable();
        let mut sources: Vec<Source> = Vec::new();
        for run in self.runs {
            sources.push(Source::Run(BufReader::with_capacity(BUFFER, run)));
        }
        sources.push(Source::Held(self.pairs.into_iter()));
        let mut sorted = Sorted { sources, next: BinaryHeap::new() };
        for source in 0..sorted.sources.len() {
            sorted.refill(source)?;
        }
        Ok(sorted)
    }
}

/// Where sorted pairs come from.
enum Source {
    Run(BufReader<File>),
    Held(std::vec::IntoIter<Pair>),
}

impl Source {
    fn next(&mut self) -> io::Result<Option<Pair>> {
        let run = match self {
            Self::Held(pairs) => return Ok(pairs.next()),
            Self::Run(run) => run,
        };
        let Some(key) = part(run)? else { return Ok(None) };
        let value = part(run)?.ok_or(io::ErrorKind::UnexpectedEof)?;
        Ok(Some((key, value)))
    }
}

/// The next key or value of a run; none at its end.
fn part(run: &mut BufReader<File>) -> io::Result<Option<Box<[u8]>>> {
    let mut length = [0; 4];
    match run.read_exact(&mut length) {
        Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        read => read?,
    }
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    run.read_exact(&mut bytes)?;
    Ok(Some(bytes.into()))
}

/// Pairs in the order of their bytes.
pub(super) struct Sorted {
    sources: Vec<Source>,
    next: BinaryHeap<Reverse<(Pair, usize)>>,
}

impl Sorted {
    fn refill(&mut self, source: usize) -> io::Result<()> {
        if let Some(pair) = self.sources[source].next()? {
            self.next.push(Reverse((pair, source)));
        }
        Ok(())
    }

    /// The next key with all its values in order.
    pub(super) fn group(&mut self) -> io::Result<Option<Group>> {
        let Some((key, value)) = self.pair()? else { return Ok(None) };
        let mut values = vec![value];
        while self.next.peek().is_some_and(|Reverse((pair, _))| pair.0 == key) {
            values.extend(self.pair()?.map(|(_, value)| value));
        }
        Ok(Some((key, values)))
    }

    fn pair(&mut self) -> io::Result<Option<Pair>> {
        let Some(Reverse((pair, source))) = self.next.pop() else { return Ok(None) };
        self.refill(source)?;
        Ok(Some(pair))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(pairs: &[(&str, &str)], memory: usize) -> String {
        let mut sorter = Sorter::new(std::env::temp_dir(), memory);
        for (key, value) in pairs {
            sorter.push(key.as_bytes(), value.as_bytes()).unwrap();
        }
        let mut sorted = sorter.finish().unwrap();
        let mut text = String::new();
        while let Some((key, values)) = sorted.group().unwrap() {
            text += &String::from_utf8_lossy(&key);
            for value in values {
                text = text + "=" + &String::from_utf8_lossy(&value);
            }
            text += " ";
        }
        text
    }

    #[test]
    fn pairs_come_in_order_however_little_memory_there_is() {
        let pairs = [("b", "2"), ("a", "1"), ("c", ""), ("b", "1"), ("", "0")];
        for memory in [0, 100, 150, 1 << 20] {
            assert_eq!(sorted(&pairs, memory), "=0 a=1 b=1=2 c= ", "{memory}");
        }
        assert_eq!(sorted(&[], 0), "");
    }
}
