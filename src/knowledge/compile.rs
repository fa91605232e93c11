//! Inputs to one file: read, brought together by id, sorted by name.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::Path;

use super::Options;
use super::error::KnowledgeError;
use super::format::Format;
use super::merge::merge;
use super::readers::{Counts, Sink, read};
use super::sorter::{Sorted, Sorter};
use crate::read::{Input, Progress, Stream};
use crate::resolve::{CompiledWriter, Entry, NameItem, NameUse, fold_name, pack, unpack};

/// What became of the inputs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Summary {
    /// How many lines, or triples, were read.
    pub read: u64,
    /// How many entities the file has.
    pub entities: u64,
    /// How many different names.
    pub names: u64,
    /// How many entities had no name in the languages that were asked for.
    pub nameless: u64,
    /// Kinds that are not known, and how often they came: their entities have none.
    pub unknown_kinds: Vec<(String, u64)>,
}

/// The file in which the parts of an output are written before it is whole.
const UNFINISHED: &str = "unfinished";

/// Compiles inputs to a file, which takes its place when it is whole.
///
/// # Errors
/// The first input, line or write that fails; what stood in the output's place stays.
pub fn compile(
    inputs: &[Input],
    output: &Path,
    options: &Options,
    progress: &Progress,
) -> Result<Summary, KnowledgeError> {
    let parts = scratch(output)?;
    let unfinished = parts.path().join(UNFINISHED);
    let mut summary = Summary::default();
    let sorter = Sorter::new(parts.path().to_owned(), options.memory);
    let sorted = read_all(inputs, sorter, options, progress, &mut summary)?;
    write(sorted, parts.path(), &unfinished, options, &mut summary)?;
    if summary.entities == 0 {
        return Err(KnowledgeError::Nothing);
    }
    fs::rename(&unfinished, output).map_err(|source| failed(output, source))?;
    Ok(summary)
}

/// A folder beside the output, so that the finished file can be moved to its place.
fn scratch(output: &Path) -> Result<tempfile::TempDir, KnowledgeError> {
    let folder = match output.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    tempfile::Builder::new()
        .prefix(".reportedly-kb-")
        .tempdir_in(folder)
        .map_err(|source| failed(output, source))
}

fn failed(path: &Path, source: io::Error) -> KnowledgeError {
    KnowledgeError::Io { path: path.to_owned(), source }
}

/// Reads all inputs; parts of an entity come together.
fn read_all(
    inputs: &[Input],
    mut sorter: Sorter,
    options: &Options,
    progress: &Progress,
    summary: &mut Summary,
) -> Result<Sorted, KnowledgeError> {
    let folder = sorter.folder().to_owned();
    let mut push = |entry: &Entry| {
        let pushed = sorter.push(entry.slug.as_bytes(), &pack(entry));
        pushed.map_err(|source| failed(&folder, source))
    };
    let mut sink = Sink::new(options, &mut push);
    for input in inputs {
        let mut stream = Stream::open(input, progress)?;
        let format = match options.format {
            Some(format) => format,
            None => Format::of(&mut stream)?,
        };
        read(stream, format, &mut sink)?;
    }
    let Counts { read, unknown_kinds, .. } = sink.counts;
    summary.read = read;
    summary.unknown_kinds = unknown_kinds.into_iter().collect();
    sorter.finish().map_err(|source| failed(&folder, source))
}

/// Writes the entities in the order of their ids, then the names.
fn write(
    mut entities: Sorted,
    folder: &Path,
    path: &Path,
    options: &Options,
    summary: &mut Summary,
) -> Result<(), KnowledgeError> {
    let io = |source| failed(path, source);
    let compiled = |source| KnowledgeError::Compiled { path: path.to_owned(), source };
    let out = BufWriter::new(File::create(path).map_err(io)?);
    let scratch = tempfile::tempfile_in(folder).map_err(io)?;
    let mut writer = CompiledWriter::new(out, Scratch::new(scratch)).map_err(compiled)?;
    let mut names = Sorter::new(folder.to_owned(), options.memory);
    while let Some((_, parts)) = entities.group().map_err(io)? {
        let parts =
            parts.iter().map(|part| unpack(part).expect("this program packed it")).collect();
        let Some(mut entry) = merge(parts) else {
            summary.nameless += 1;
            continue;
        };
        if entry.sort.is_none()
            && let Some(description) = &entry.description
        {
            entry.sort = options.kinds.described(description);
        }
        let offset = writer.entity(&entry).map_err(compiled)?;
        summary.entities += 1;
        push_names(&mut names, &entry, offset).map_err(io)?;
    }
    let mut names = names.finish().map_err(io)?;
    while let Some((name, values)) = names.group().map_err(io)? {
        let name = String::from_utf8_lossy(&name);
        writer.name(&name, &items(&values)).map_err(compiled)?;
        summary.names += 1;
    }
    writer.finish().map_err(compiled)?;
    Ok(())
}

/// Adds the names of an entity, so that of those who share one the best known comes first.
fn push_names(sorter: &mut Sorter, entry: &Entry, offset: u64) -> io::Result<()> {
    let label = std::slice::from_ref(&entry.label);
    // In the order of `NameUse::OF_NAMES`.
    let lists = [label, &entry.aliases, &entry.local_names, &entry.demonyms];
    for (names, used) in lists.into_iter().zip(0_u8..) {
        for name in names {
            let folded = fold_name(name);
            if folded.is_empty() {
                continue;
            }
            let mut value = (u32::MAX - entry.weight).to_be_bytes().to_vec();
            value.extend(offset.to_be_bytes());
            value.push(used);
            sorter.push(folded.as_bytes(), &value)?;
        }
    }
    Ok(())
}

/// What a name means, by the values of [`push_names`]: each entity once, by its best use.
fn items(values: &[Box<[u8]>]) -> Vec<NameItem> {
    let mut items: Vec<NameItem> = Vec::new();
    for value in values {
        let mut offset = [0; 8];
        offset.copy_from_slice(&value[4..12]);
        let offset = u64::from_be_bytes(offset);
        if items.last().is_none_or(|last| last.offset != offset) {
            items.push(NameItem { offset, used: NameUse::OF_NAMES[usize::from(value[12])] });
        }
    }
    items
}

/// A buffered file that is written, then read.
struct Scratch {
    file: BufWriter<File>,
}

impl Scratch {
    fn new(file: File) -> Self {
        Self { file: BufWriter::new(file) }
    }
}

impl io::Write for Scratch {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl io::Read for Scratch {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        self.file.get_mut().read(buffer)
    }
}

impl io::Seek for Scratch {
    fn seek(&mut self, to: io::SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}
