//! The bytes of a Parquet file, any part of which may be asked for: it is read from its
//! end.
//!
//! In: an input. Out: its bytes, on disk or in memory, and what stands at their end.

use std::fs::File;
use std::io::Read;
use std::sync::Arc;

use bytes::Bytes;
use parquet::errors::{ParquetError, Result};
use parquet::file::properties::ReaderProperties;
use parquet::file::reader::{ChunkReader, FileReader, Length};
use parquet::file::serialized_reader::{ReadOptionsBuilder, SerializedFileReader};

use crate::read::stream::Stream;
use crate::read::{Origin, ReadError};

/// The most bytes of a file that is read as a whole, as it cannot be read from its end:
/// a stream, a member of an archive.
const LONGEST: u64 = 512 << 20;

/// The bytes of a file: on disk, or in memory.
#[derive(Clone)]
pub(super) enum Source {
    File(Arc<File>),
    Memory(Bytes),
}

impl Source {
    /// Those of an input. A compressed one is in memory as a whole.
    pub(super) fn of(stream: Stream, origin: &Origin) -> std::result::Result<Self, ReadError> {
        let name = || origin.name.to_string();
        match &origin.path {
            Some(path) if origin.depth == 0 && !stream.is_compressed() && path.is_file() => {
                let file = File::open(path);
                Ok(Self::File(Arc::new(
                    file.map_err(|source| ReadError::Io { name: name(), source })?,
                )))
            }
            _ => Ok(Self::Memory(stream.all_unnoted(LONGEST)?.into())),
        }
    }
}

impl Length for Source {
    fn len(&self) -> u64 {
        match self {
            Self::File(file) => Length::len(&**file),
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }
}

impl ChunkReader for Source {
    type T = Box<dyn Read>;

    fn get_read(&self, start: u64) -> Result<Self::T> {
        Ok(match self {
            Self::File(file) => Box::new(file.get_read(start)?),
            Self::Memory(bytes) => Box::new(bytes.get_read(start)?),
        })
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes> {
        let end = start.checked_add(length as u64);
        if end.is_none_or(|end| end > Length::len(self)) {
            return Err(ParquetError::General("it is cut off".to_owned()));
        }
        match self {
            Self::File(file) => file.get_bytes(start, length),
            Self::Memory(bytes) => bytes.get_bytes(start, length),
        }
    }
}

/// What stands at the end of a file: its columns and row groups.
pub(super) fn open(source: &Source) -> std::result::Result<Box<dyn FileReader>, String> {
    // What was written by older programs may be of any size.
    let properties = ReaderProperties::builder().set_backward_compatible_lz4(false).build();
    let options = ReadOptionsBuilder::new().with_reader_properties(properties).build();
    match SerializedFileReader::new_with_options(source.clone(), options) {
        Ok(file) => Ok(Box::new(file)),
        Err(error) => Err(super::words_of(&error)),
    }
}
