//! Archives: ZIP (and WACZ, which is ZIP) and tar, with files of any kind in
//! them; the kinds of documents that are ZIP files themselves go to `office`.
//!
//! Members are read one after the other as they lie there, none is unpacked to
//! disk. Archives may stand in archives, three deep, and unpack to two hundred
//! times their size and some; what goes beyond is refused.

mod members;

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use zip::{CompressionMethod, ZipArchive};

use super::format::{Ending, Format, Kind};
use super::stream::Stream;
use super::{Origin, Part, ReadError, Reader, Reads, office, single};
use members::{Members, Tar};

pub(super) const ZIP: Kind = Kind {
    format: Format::Zip,
    name: "ZIP",
    endings: &["zip", "wacz", "docx", "odt", "epub"],
    begins: |start| start.starts_with(b"PK\x03\x04"),
    read: |reader, part| read_zip(reader, part).unwrap_or_else(|error| single(Err(error))),
};

pub(super) const TAR: Kind = Kind {
    format: Format::Tar,
    name: "tar",
    endings: &["tar", "tgz"],
    begins: |start| start.get(257..262) == Some(b"ustar"),
    read: |reader, part| {
        let tar = Tar { bytes: part.stream.into_bytes(), left: 0, padding: 0 };
        let shared = Arc::new(Mutex::new(tar));
        Box::new(Members::new(reader, part.origin, Source::Tar(shared)))
    },
};

/// Archives may stand in each other so deep.
pub(super) const DEEPEST: u8 = 3;
/// The most bytes of an archive that is read as a whole, as it has no file of
/// its own.
const LONGEST: u64 = 512 << 20;
/// What an archive may unpack to, of its own size, and beside that.
const MOST_TIMES: u64 = 200;
const MOST_BESIDES: u64 = 64 << 20;

/// Where the members of an archive come from.
enum Source {
    Zip { file: ZipBytes, members: std::vec::IntoIter<ZipMember>, left: Arc<AtomicU64> },
    Tar(Arc<Mutex<Tar>>),
}

/// The bytes of a ZIP file: a file, or memory.
#[derive(Clone)]
pub(super) enum ZipBytes {
    File(PathBuf),
    Memory(Arc<[u8]>),
}

/// A member of a ZIP file, and where it lies.
pub(super) struct ZipMember {
    path: String,
    start: u64,
    length: u64,
    method: CompressionMethod,
    encrypted: bool,
}

trait Seeking: Read + Seek + Send {}
impl<T: Read + Seek + Send> Seeking for T {}

impl ZipBytes {
    fn open(&self) -> io::Result<Box<dyn Seeking>> {
        Ok(match self {
            Self::File(path) => Box::new(io::BufReader::new(File::open(path)?)),
            Self::Memory(bytes) => Box::new(io::Cursor::new(Arc::clone(bytes))),
        })
    }

    fn len(&self) -> u64 {
        match self {
            Self::File(path) => std::fs::metadata(path).map_or(0, |file| file.len()),
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// The contents of a member, decompressed.
    pub(super) fn member(&self, member: &ZipMember) -> io::Result<Box<dyn Read + Send>> {
        if member.encrypted {
            return Err(io::Error::other("it is encrypted"));
        }
        let mut bytes = self.open()?;
        bytes.seek(SeekFrom::Start(member.start))?;
        let bytes = bytes.take(member.length);
        match member.method {
            CompressionMethod::Stored => Ok(Box::new(bytes)),
            CompressionMethod::Deflated => Ok(Box::new(flate2::read::DeflateDecoder::new(bytes))),
            other => Err(io::Error::other(format!("compression {other:?} is not read"))),
        }
    }
}

fn read_zip(reader: &Arc<Reader>, part: Part) -> Result<Reads, ReadError> {
    let Part { stream, origin } = part;
    let name = origin.name.to_string();
    let broken =
        |reason: String| ReadError::Broken { name: name.clone(), kind: "ZIP file", reason };
    let file = match &origin.path {
        Some(path) if origin.depth == 0 && !stream.is_compressed() => ZipBytes::File(path.clone()),
        _ => ZipBytes::Memory(stream.all(LONGEST)?.into()),
    };
    let members = zip_members(&file).map_err(broken)?;
    if let Some(document) = office::kind(&members) {
        return Ok(office::read(reader, &origin, &file, &members, document));
    }
    let most = file.len().saturating_mul(MOST_TIMES).saturating_add(MOST_BESIDES);
    let left = Arc::new(AtomicU64::new(most));
    let source = Source::Zip { file, members: members.into_iter(), left };
    Ok(Box::new(Members::new(reader, origin, source)))
}

fn zip_members(file: &ZipBytes) -> Result<Vec<ZipMember>, String> {
    let bytes = file.open().map_err(|e| e.to_string())?;
    let mut archive = ZipArchive::new(bytes).map_err(|e| e.to_string())?;
    let mut members = Vec::new();
    for i in 0..archive.len() {
        let member = archive.by_index_raw(i).map_err(|e| e.to_string())?;
        if member.is_file() {
            members.push(ZipMember {
                path: member.name().map_err(|e| e.to_string())?.into_owned(),
                start: member.data_start().unwrap_or(0),
                length: member.compressed_size(),
                method: member.compression(),
                encrypted: member.encrypted(),
            });
        }
    }
    Ok(members)
}

impl ZipMember {
    pub(super) fn path(&self) -> &str {
        &self.path
    }
}

/// Counts down what an archive may still unpack to.
struct Limited {
    bytes: Box<dyn Read + Send>,
    left: Arc<AtomicU64>,
}

impl Read for Limited {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.bytes.read(buffer)?;
        let taken = self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
            left.checked_sub(read as u64)
        });
        match taken {
            Ok(_) => Ok(read),
            Err(_) => Err(io::Error::other("the archive unpacks to far more than its size")),
        }
    }
}

/// What is read of a member by its name: nothing of folders, hidden files and
/// what macOS adds.
fn is_read(path: &str) -> bool {
    let mut parts = path.split('/');
    !path.ends_with('/') && parts.all(|part| !part.starts_with('.') && part != "__MACOSX")
}

/// The articles of a member, or `None` for one that is no article.
fn read_member(
    reader: &Arc<Reader>,
    around: &Origin,
    path: &str,
    bytes: Box<dyn Read + Send>,
) -> Option<Reads> {
    let name = format!("{}!{path}", around.name);
    let origin = Origin {
        name: name.as_str().into(),
        path: Some(PathBuf::from(path)),
        depth: around.depth + 1,
    };
    if origin.depth > DEEPEST {
        return Some(single(Err(ReadError::TooDeep { name })));
    }
    let ending = Ending::of(path.as_ref());
    if let Ending::Unsupported(kind) = ending {
        return Some(single(Err(ReadError::Unsupported { path: name.into(), kind })));
    }
    let mut stream = match Stream::new(name, bytes) {
        Ok(stream) => stream,
        Err(error) => return Some(single(Err(error))),
    };
    let format = match ending {
        Ending::Known(format) => Some(format),
        _ => match stream.start() {
            Ok(start) => {
                let format = Format::of_start(start, Some(Format::Text));
                if format == Format::Text {
                    tracing::debug!(member = %origin.name, "passed over: no article's ending");
                    return None;
                }
                Some(format)
            }
            Err(error) => return Some(single(Err(error))),
        },
    };
    Some(reader.read_part(Part { stream, origin }, format))
}
