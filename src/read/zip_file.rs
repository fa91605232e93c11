//! ZIP files: where their members lie, and what these hold.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::PathBuf;
use std::sync::Arc;

use zip::{CompressionMethod, ZipArchive};

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

    pub(super) fn len(&self) -> u64 {
        match self {
            Self::File(path) => std::fs::metadata(path).map_or(0, |file| file.len()),
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// So many of its bytes at most.
    #[cfg(feature = "office")]
    pub(super) fn all(&self, most: u64) -> io::Result<Vec<u8>> {
        let mut all = Vec::new();
        self.open()?.take(most).read_to_end(&mut all)?;
        Ok(all)
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

/// A kind of document that is a ZIP file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Document {
    Docx,
    Odt,
    Epub,
}

impl Document {
    /// How people call it.
    #[cfg(not(feature = "office"))]
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Docx => "DOCX",
            Self::Odt => "ODT",
            Self::Epub => "EPUB",
        }
    }

    /// What kind of document a ZIP file is, if it is one.
    pub(super) fn of(members: &[ZipMember]) -> Option<Self> {
        let has = |path: &str| members.iter().any(|member| member.path() == path);
        match () {
            () if has("word/document.xml") => Some(Self::Docx),
            () if has("META-INF/container.xml") => Some(Self::Epub),
            () if has("content.xml") && has("mimetype") => Some(Self::Odt),
            () => None,
        }
    }
}

/// The members of a ZIP file, in its order; `Err` says why it is none.
pub(super) fn zip_members(file: &ZipBytes) -> Result<Vec<ZipMember>, String> {
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
