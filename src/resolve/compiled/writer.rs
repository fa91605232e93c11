//! Writes a compiled base front to back, whatever its size.

use std::io::{self, Read, Seek, SeekFrom, Write};

use flate2::Crc;
use sha2::{Digest, Sha256};

use super::HEADER;
use super::entity::pack;
use super::error::CompiledError;
use super::header::Header;
use super::postings::{self, NameItem};
use crate::resolve::entry::Entry;

/// Lists of entities that share a name are written when they have come to this many bytes.
const BUFFER: usize = 64 * 1024;

/// Writes a compiled base: first all entities, then all names in order. `scratch` holds
/// the names meanwhile.
pub struct CompiledWriter<W: Write + Seek, S: Read + Write + Seek> {
    out: Sums<W>,
    names: fst::MapBuilder<S>,
    postings: Vec<u8>,
    header: Header,
}

impl<W: Write + Seek, S: Read + Write + Seek> CompiledWriter<W, S> {
    /// Begins a file; both must be empty.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn new(mut out: W, scratch: S) -> Result<Self, CompiledError> {
        out.write_all(&[0; HEADER])?;
        let names = fst::MapBuilder::new(scratch).map_err(order)?;
        let out = Sums { out, crc: Crc::new(), digest: Sha256::new() };
        Ok(Self { out, names, postings: Vec::new(), header: Header::default() })
    }

    /// Adds an entity, and tells where it stands.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn entity(&mut self, entry: &Entry) -> Result<u64, CompiledError> {
        let place = self.header.lengths[0];
        let bytes = pack(entry);
        self.out.write(&bytes)?;
        self.header.lengths[0] += bytes.len() as u64;
        self.header.entities += 1;
        Ok(place)
    }

    /// Adds a folded name with what it means, the likeliest first. Names come in the
    /// order of their bytes, each once.
    ///
    /// # Errors
    /// Where it cannot be written, or a name does not come after the one before.
    pub fn name(&mut self, folded: &str, items: &[NameItem]) -> Result<(), CompiledError> {
        let value = postings::value(items, self.header.lengths[1], &mut self.postings);
        self.names.insert(folded, value).map_err(order)?;
        self.header.names += 1;
        if self.postings.len() >= BUFFER {
            self.flush_postings()?;
        }
        Ok(())
    }

    fn flush_postings(&mut self) -> io::Result<()> {
        self.out.write(&self.postings)?;
        self.header.lengths[1] += self.postings.len() as u64;
        self.postings.clear();
        Ok(())
    }

    /// Ends the file: copies the names to their place, and says at its start what it holds.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn finish(mut self) -> Result<W, CompiledError> {
        self.flush_postings()?;
        let mut scratch = self.names.into_inner().map_err(order)?;
        scratch.seek(SeekFrom::Start(0))?;
        let mut buffer = vec![0; BUFFER];
        loop {
            let read = scratch.read(&mut buffer)?;
            if read == 0 {
                break;
            }
            self.out.write(&buffer[..read])?;
            self.header.lengths[2] += read as u64;
        }
        let Sums { mut out, crc, digest } = self.out;
        self.header.sum = crc.sum();
        self.header.digest = digest.finalize().into();
        out.seek(SeekFrom::Start(0))?;
        out.write_all(&self.header.bytes())?;
        out.flush()?;
        Ok(out)
    }
}

/// Sums up what is written through it.
struct Sums<W> {
    out: W,
    crc: Crc,
    digest: Sha256,
}

impl<W: Write> Sums<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.crc.update(bytes);
        self.digest.update(bytes);
        self.out.write_all(bytes)
    }
}

fn order(error: fst::Error) -> CompiledError {
    match error {
        fst::Error::Io(error) => CompiledError::Io(error),
        fst::Error::Fst(error) => CompiledError::Order(error.to_string()),
    }
}
