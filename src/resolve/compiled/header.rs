//! The first bytes of a compiled base: what it is, how long its parts are, their checksums.
//!
//! ```text
//! 0   8  REPORTKB
//! 8   4  version of the format
//! 12  8  how many entities
//! 20  8  how many names
//! 28 24  how many bytes entities, postings and names take
//! 52 32  SHA-256 of what follows the header: which base it is
//! 84  4  CRC-32 of what follows the header: checked at each opening
//! 88  4  CRC-32 of the bytes before
//! ```
//!
//! Numbers are little-endian.

use std::ops::Range;

use flate2::Crc;

use super::error::CompiledError;

/// How long it is.
pub(super) const HEADER: usize = 92;
/// The version of the format that is read and written.
pub(super) const VERSION: u32 = 2;

const MAGIC: &[u8; 8] = b"REPORTKB";
/// Where the checksum of the header stands.
const OWN_SUM: usize = 88;

/// What a compiled base says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) entities: u64,
    pub(super) names: u64,
    /// Of each section, in bytes.
    pub(super) lengths: [u64; 3],
    pub(super) digest: [u8; 32],
    pub(super) sum: u32,
}

/// A part of the file behind the header, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Section {
    Entities,
    Postings,
    Names,
}

impl Header {
    /// As the first bytes of the file.
    pub(super) fn bytes(&self) -> [u8; HEADER] {
        let mut bytes = Vec::with_capacity(HEADER);
        bytes.extend(MAGIC);
        bytes.extend(VERSION.to_le_bytes());
        for number in [self.entities, self.names].iter().chain(&self.lengths) {
            bytes.extend(number.to_le_bytes());
        }
        bytes.extend(self.digest);
        bytes.extend(self.sum.to_le_bytes());
        bytes.extend(crc(&bytes).to_le_bytes());
        let mut header = [0; HEADER];
        header.copy_from_slice(&bytes);
        header
    }

    /// Reads the header of a file, and holds that it is whole.
    pub(super) fn read(file: &str, bytes: &[u8]) -> Result<Self, CompiledError> {
        if !bytes.starts_with(MAGIC) {
            return Err(CompiledError::NotCompiled { file: file.to_owned() });
        }
        let Some((head, _)) = bytes.split_at_checked(HEADER) else {
            return Err(CompiledError::damaged(file, "cut off within its header"));
        };
        let found = u32_at(head, 8);
        if found != VERSION {
            return Err(CompiledError::Version { file: file.to_owned(), found, known: VERSION });
        }
        if crc(&head[..OWN_SUM]) != u32_at(head, OWN_SUM) {
            return Err(CompiledError::damaged(file, "the checksum of its header differs"));
        }
        Ok(Self::parse(head))
    }

    fn parse(head: &[u8]) -> Self {
        let mut digest = [0; 32];
        digest.copy_from_slice(&head[52..84]);
        Self {
            entities: u64_at(head, 12),
            names: u64_at(head, 20),
            lengths: [u64_at(head, 28), u64_at(head, 36), u64_at(head, 44)],
            digest,
            sum: u32_at(head, 84),
        }
    }

    /// Holds that a file is what its header says.
    pub(super) fn check(&self, file: &str, bytes: &[u8]) -> Result<(), CompiledError> {
        let body = bytes.get(HEADER..).unwrap_or_default();
        let told = self.lengths.iter().fold(HEADER as u64, |sum, l| sum.saturating_add(*l));
        let found = (HEADER + body.len()) as u64;
        if found != told {
            return Err(CompiledError::Length { file: file.to_owned(), found, told });
        }
        if crc(body) != self.sum {
            return Err(CompiledError::damaged(file, "the checksum of its contents differs"));
        }
        Ok(())
    }

    /// Where a section stands in the file.
    pub(super) fn range(&self, section: Section) -> Range<usize> {
        let at = section as usize;
        let start = HEADER + self.lengths.iter().take(at).sum::<u64>() as usize;
        start..start + self.lengths[at] as usize
    }
}

/// The checksum of bytes.
fn crc(bytes: &[u8]) -> u32 {
    let mut crc = Crc::new();
    crc.update(bytes);
    crc.sum()
}

fn u32_at(bytes: &[u8], at: usize) -> u32 {
    let mut number = [0; 4];
    number.copy_from_slice(&bytes[at..at + 4]);
    u32::from_le_bytes(number)
}

fn u64_at(bytes: &[u8], at: usize) -> u64 {
    let mut number = [0; 8];
    number.copy_from_slice(&bytes[at..at + 8]);
    u64::from_le_bytes(number)
}
