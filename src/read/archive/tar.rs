//! tar archives, read from front to end.

use std::io::{self, BufRead, Read};
use std::sync::{Arc, Mutex};

/// A tar archive that is read from front to end.
pub(super) struct Tar {
    bytes: Box<dyn BufRead + Send>,
    /// What is left of the member that is being read, and of its padding.
    left: u64,
    padding: u64,
}

impl Tar {
    pub(super) fn new(bytes: Box<dyn BufRead + Send>) -> Self {
        Self { bytes, left: 0, padding: 0 }
    }

    /// Goes to the next file, and gives its path; `None` at the end.
    pub(super) fn next(&mut self) -> io::Result<Option<String>> {
        let mut long_name = None;
        loop {
            self.skip(self.left + self.padding)?;
            (self.left, self.padding) = (0, 0);
            let Some(header) = self.header()? else { return Ok(None) };
            let size = octal(header.get(124..136).unwrap_or_default())?;
            (self.left, self.padding) = (size, size.next_multiple_of(512) - size);
            match header.get(156) {
                Some(b'L') => long_name = Some(self.name_in_member()?),
                Some(b'x') => long_name = pax_path(&self.name_in_member()?).or(long_name),
                Some(b'0' | 0) => {
                    return Ok(Some(long_name.take().unwrap_or_else(|| path(&header))));
                }
                _ => long_name = None,
            }
        }
    }

    /// The next header; `None` at the end of the archive.
    fn header(&mut self) -> io::Result<Option<[u8; 512]>> {
        let mut header = [0; 512];
        if self.bytes.fill_buf()?.is_empty() {
            return Ok(None);
        }
        self.bytes.read_exact(&mut header)?;
        if header.iter().all(|b| *b == 0) {
            return Ok(None);
        }
        let told = octal(header.get(148..156).unwrap_or_default())?;
        let sum = header.iter().enumerate();
        let sum: u64 =
            sum.map(|(i, b)| if (148..156).contains(&i) { 32 } else { u64::from(*b) }).sum();
        if told == sum {
            Ok(Some(header))
        } else {
            Err(io::Error::other("a header of the archive is wrong"))
        }
    }

    fn name_in_member(&mut self) -> io::Result<String> {
        const LONGEST: u64 = 64 << 10;
        let mut name = Vec::new();
        let read = (&mut self.bytes).take(self.left.min(LONGEST)).read_to_end(&mut name)?;
        self.left -= read as u64;
        Ok(String::from_utf8_lossy(&name).trim_end_matches('\0').to_owned())
    }

    fn skip(&mut self, bytes: u64) -> io::Result<()> {
        let skipped = io::copy(&mut (&mut self.bytes).take(bytes), &mut io::sink())?;
        if skipped == bytes { Ok(()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
    }
}

fn octal(field: &[u8]) -> io::Result<u64> {
    let words = String::from_utf8_lossy(field);
    let digits = words.trim_matches([' ', '\0']);
    let wrong = |_| io::Error::other("a number of the archive is wrong");
    if digits.is_empty() { Ok(0) } else { u64::from_str_radix(digits, 8).map_err(wrong) }
}

fn path(header: &[u8; 512]) -> String {
    let field = |range: std::ops::Range<usize>| {
        let bytes = header.get(range).unwrap_or_default();
        let end = bytes.iter().position(|b| *b == 0).unwrap_or(bytes.len());
        String::from_utf8_lossy(bytes.get(..end).unwrap_or_default()).into_owned()
    };
    let prefix =
        if header.get(257..262) == Some(b"ustar") { field(345..500) } else { String::new() };
    let name = field(0..100);
    if prefix.is_empty() { name } else { format!("{prefix}/{name}") }
}

/// The path in the records of a pax header, `LENGTH path=VALUE`.
fn pax_path(records: &str) -> Option<String> {
    let record = records.lines().find_map(|line| line.split_once(" path="))?;
    Some(record.1.to_owned())
}

/// The bytes of the member that the archive stands at.
pub(super) struct TarMember(pub(super) Arc<Mutex<Tar>>);

impl Read for TarMember {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let mut tar = self.0.lock().expect("only a panic poisons it");
        let most = buffer.len().min(usize::try_from(tar.left).unwrap_or(usize::MAX));
        let Some(buffer) = buffer.get_mut(..most) else { return Ok(0) };
        let read = tar.bytes.read(buffer)?;
        if read == 0 && most > 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        tar.left -= read as u64;
        Ok(read)
    }
}
