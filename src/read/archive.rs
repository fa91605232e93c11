//! Archives: ZIP (and WACZ, which is ZIP) and tar, with files of any kind in
//! them; the kinds of documents that are ZIP files themselves go to `office`.
//!
//! Members are read one after the other as they lie there, none is unpacked to
//! disk. Archives may stand in archives, three deep, and unpack to two hundred
//! times their size and some; what goes beyond is refused.

mod members;
mod tar;

use std::io::{self, Read};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use super::zip_file::{Document, ZipBytes, ZipMember, zip_members};
use super::{Origin, Part, ReadError, Reader, Reads, single};
use members::Members;
use tar::{Tar, TarMember};

/// The most bytes of an archive that is read as a whole, as it has no file of
/// its own.
const LONGEST: u64 = 512 << 20;
/// What an archive may unpack to, of its own size, and beside that.
const MOST_TIMES: u64 = 200;
const MOST_BESIDES: u64 = 64 << 20;

/// The articles in a ZIP file, or of the document that it is.
pub(super) fn read_zip(reader: &Arc<Reader>, part: Part) -> Reads {
    zip(reader, part).unwrap_or_else(|error| single(Err(error)))
}

/// The articles in a tar archive.
pub(super) fn read_tar(reader: &Arc<Reader>, part: Part) -> Reads {
    let tar = Arc::new(Mutex::new(Tar::new(part.stream.into_bytes())));
    Box::new(Members::new(reader, part.origin, Source::Tar(tar)))
}

fn zip(reader: &Arc<Reader>, part: Part) -> Result<Reads, ReadError> {
    let Part { stream, origin } = part;
    let file = match &origin.path {
        Some(path) if origin.depth == 0 && !stream.is_compressed() => ZipBytes::File(path.clone()),
        _ => ZipBytes::Memory(stream.all_unnoted(LONGEST)?.into()),
    };
    let members = zip_members(&file).map_err(|reason| {
        let name = origin.name.to_string();
        ReadError::Broken { name, kind: "ZIP file", reason }
    })?;
    if let Some(document) = Document::of(&members) {
        #[cfg(feature = "office")]
        return document_in(reader, &origin, &file, &members, document);
        #[cfg(not(feature = "office"))]
        return Err(ReadError::not_built(&origin.name, document.name(), "office"));
    }
    let members = without_index(members);
    let most = file.len().saturating_mul(MOST_TIMES).saturating_add(MOST_BESIDES);
    let left = Arc::new(AtomicU64::new(most));
    let source = Source::Zip { file, members: members.into_iter(), left };
    Ok(Box::new(Members::new(reader, origin, source)))
}

/// The articles of a document, whose original is the whole file.
#[cfg(feature = "office")]
fn document_in(
    reader: &Arc<Reader>,
    origin: &Origin,
    file: &ZipBytes,
    members: &[ZipMember],
    document: Document,
) -> Result<Reads, ReadError> {
    let io = |source| ReadError::Io { name: origin.name.to_string(), source };
    let original = reader.original(&file.all(LONGEST).map_err(io)?);
    let reads = super::office::read(reader, origin, file, members, document);
    Ok(Box::new(reads.map(move |read| Ok(read?.with_original(original.clone())))))
}

/// Of a WACZ file the web archives: the rest tells what is in them.
fn without_index(mut members: Vec<ZipMember>) -> Vec<ZipMember> {
    const FOLDER: &str = "archive/";
    let is_wacz = members.iter().any(|member| member.path() == "datapackage.json")
        && members.iter().any(|member| member.path().starts_with(FOLDER));
    if is_wacz {
        members.retain(|member| member.path().starts_with(FOLDER));
    }
    members
}

/// Where the members of an archive come from.
enum Source {
    Zip { file: ZipBytes, members: std::vec::IntoIter<ZipMember>, left: Arc<AtomicU64> },
    Tar(Arc<Mutex<Tar>>),
}

/// A member of an archive: its path, and its bytes or why there are none.
struct Member {
    path: String,
    bytes: io::Result<Box<dyn Read + Send>>,
}

impl Source {
    /// The next member; `None` at the end, `Err` where the archive is broken.
    fn next(&mut self) -> io::Result<Option<Member>> {
        match self {
            Self::Zip { file, members, left } => {
                let spent = left.load(Ordering::Relaxed) == 0;
                let Some(member) = members.next().filter(|_| !spent) else { return Ok(None) };
                let bytes = file.member(&member);
                let left = Arc::clone(left);
                let bytes = bytes.map(|bytes| Box::new(Limited { bytes, left }) as Box<_>);
                Ok(Some(Member { path: member.path().to_owned(), bytes }))
            }
            Self::Tar(tar) => {
                let path = tar.lock().expect("only a panic poisons it").next()?;
                let bytes = Ok(Box::new(TarMember(Arc::clone(tar))) as Box<_>);
                Ok(path.map(|path| Member { path, bytes }))
            }
        }
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
