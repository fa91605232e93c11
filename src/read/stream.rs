//! Bytes of an input: opened, decompressed, limited, decoded.

use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};

use super::original::Note;
use super::{Input, Progress, ReadError, encoding};

/// Size of the read buffers, in bytes.
const BUFFER: usize = 64 * 1024;
/// How many bytes are looked at to tell a format.
const START: u64 = 16 * 1024;

/// An opened input and its name for messages.
pub(crate) struct Stream {
    /// The input's name.
    pub(crate) name: String,
    compressed: bool,
    /// How it begins, once somebody asked.
    start: Option<Vec<u8>>,
    /// Where it is noted what was read, if anybody wants to know.
    note: Option<Note>,
    bytes: Box<dyn BufRead + Send>,
}

impl Stream {
    /// Opens an input whose bytes are counted; gzip, bzip2 and Zstandard are known
    /// by their first bytes, whatever the name says.
    pub(crate) fn open(input: &Input, progress: &Progress) -> Result<Self, ReadError> {
        let name = input.to_string();
        let opened: io::Result<Box<dyn Read + Send>> = match input {
            Input::Stdin => Ok(Box::new(io::stdin())),
            Input::Path(path) => File::open(path).map(|f| Box::new(f) as _),
        };
        let bytes = opened.map_err(|source| ReadError::Io { name: name.clone(), source })?;
        Self::new(name, progress.counting(bytes))
    }

    /// A stream of the given bytes.
    pub(crate) fn new(name: String, bytes: impl Read + Send + 'static) -> Result<Self, ReadError> {
        let mut bytes = BufReader::with_capacity(BUFFER, bytes);
        let start = peek(&mut bytes).map_err(|e| fail(&name, false, e))?;
        let (gzip, zstd) = (start.starts_with(&[0x1F, 0x8B]), start.starts_with(&ZSTD_MAGIC));
        let bzip2 = start.starts_with(BZIP2_MAGIC);
        let plain: Box<dyn BufRead + Send> = if gzip {
            Box::new(BufReader::with_capacity(BUFFER, flate2::bufread::MultiGzDecoder::new(bytes)))
        } else if zstd {
            unpacked(&name, bytes)?
        } else if bzip2 {
            unpacked_bzip2(&name, bytes)?
        } else {
            Box::new(bytes)
        };
        Ok(Self { name, compressed: gzip || zstd || bzip2, start: None, note: None, bytes: plain })
    }

    /// How the input begins: some kilobytes, or all of it, without taking them.
    pub(crate) fn start(&mut self) -> Result<&[u8], ReadError> {
        if self.start.is_none() {
            let mut start = Vec::new();
            let read = (&mut self.bytes).take(START).read_to_end(&mut start);
            read.map_err(|e| fail(&self.name, self.compressed, e))?;
            let rest = std::mem::replace(&mut self.bytes, Box::new(io::empty()));
            self.bytes = Box::new(io::Cursor::new(start.clone()).chain(rest));
            self.start = Some(start);
        }
        Ok(self.start.as_deref().unwrap_or_default())
    }

    /// Notes what is read as a whole.
    pub(super) fn noted(&mut self, note: Note) {
        self.note = Some(note);
    }

    /// All bytes, where they are at most `limit`: those of an article, or of several that
    /// come from one thing.
    pub(crate) fn all(mut self, limit: u64) -> Result<Vec<u8>, ReadError> {
        let note = self.note.take();
        let all = self.all_unnoted(limit)?;
        if let Some(note) = note {
            note.set(&all);
        }
        Ok(all)
    }

    /// All bytes, where they are at most `limit`, of something with articles in it.
    pub(crate) fn all_unnoted(mut self, limit: u64) -> Result<Vec<u8>, ReadError> {
        let mut all = Vec::new();
        let read = (&mut self.bytes).take(limit.saturating_add(1)).read_to_end(&mut all);
        read.map_err(|e| fail(&self.name, self.compressed, e))?;
        if all.len() as u64 > limit {
            return Err(ReadError::TooLong { name: self.name, limit });
        }
        Ok(all)
    }

    /// Whether it was compressed.
    #[cfg(feature = "archives")]
    pub(crate) fn is_compressed(&self) -> bool {
        self.compressed
    }

    /// The bytes that are still to be read.
    #[cfg(any(feature = "archives", feature = "mail", feature = "tables"))]
    pub(crate) fn into_bytes(self) -> Box<dyn BufRead + Send> {
        self.bytes
    }

    /// The whole text, where it is at most `limit` bytes long.
    pub(crate) fn text(self, limit: u64) -> Result<String, ReadError> {
        let name = self.name.clone();
        encoding::text(&name, self.all(limit)?)
    }

    /// The next line without its end; `None` at the end of the input. A line
    /// longer than `limit` bytes is passed over and given as an error of kind
    /// [`io::ErrorKind::FileTooLarge`].
    pub(crate) fn line(&mut self, limit: u64) -> Option<io::Result<Vec<u8>>> {
        let mut line = Vec::new();
        match (&mut self.bytes).take(limit.saturating_add(1)).read_until(b'\n', &mut line) {
            Ok(0) => None,
            Ok(_) if line.len() as u64 > limit && line.last() != Some(&b'\n') => {
                let rest = self.bytes.skip_until(b'\n');
                Some(rest.and(Err(io::ErrorKind::FileTooLarge.into())))
            }
            Ok(_) => {
                let end = line.iter().rposition(|b| !matches!(b, b'\n' | b'\r'));
                line.truncate(end.map_or(0, |last| last + 1));
                Some(Ok(line))
            }
            Err(error) => Some(Err(error)),
        }
    }

    /// The error of this input for what the system or a decoder says.
    pub(crate) fn fail(&self, error: io::Error) -> ReadError {
        fail(&self.name, self.compressed, error)
    }
}

const ZSTD_MAGIC: [u8; 4] = [0x28, 0xB5, 0x2F, 0xFD];
/// How a file that is compressed with bzip2 begins.
const BZIP2_MAGIC: &[u8] = b"BZh";

/// The bytes that are compressed with Zstandard.
#[cfg(feature = "zstd")]
fn unpacked(
    name: &str,
    bytes: impl BufRead + Send + 'static,
) -> Result<Box<dyn BufRead + Send>, ReadError> {
    let decoder = zstd::Decoder::with_buffer(bytes).map_err(|error| fail(name, true, error))?;
    Ok(Box::new(BufReader::with_capacity(BUFFER, decoder)))
}

#[cfg(not(feature = "zstd"))]
fn unpacked(name: &str, _: impl BufRead) -> Result<Box<dyn BufRead + Send>, ReadError> {
    Err(ReadError::not_built(name, "a file compressed with Zstandard", "zstd"))
}

/// The bytes that are compressed with bzip2, in one stream or several.
#[cfg(feature = "bzip2")]
#[expect(clippy::unnecessary_wraps, reason = "the build without it refuses them")]
fn unpacked_bzip2(
    _: &str,
    bytes: impl BufRead + Send + 'static,
) -> Result<Box<dyn BufRead + Send>, ReadError> {
    Ok(Box::new(BufReader::with_capacity(BUFFER, bzip2::bufread::MultiBzDecoder::new(bytes))))
}

#[cfg(not(feature = "bzip2"))]
fn unpacked_bzip2(name: &str, _: impl BufRead) -> Result<Box<dyn BufRead + Send>, ReadError> {
    Err(ReadError::not_built(name, "a file compressed with bzip2", "bzip2"))
}

/// Fills the buffer, past interruptions.
fn peek(bytes: &mut (impl BufRead + ?Sized)) -> io::Result<&[u8]> {
    loop {
        match bytes.fill_buf() {
            Ok(_) => break,
            Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
            Err(e) => return Err(e),
        }
    }
    bytes.fill_buf()
}

fn fail(name: &str, compressed: bool, source: io::Error) -> ReadError {
    let name = name.to_owned();
    if compressed {
        ReadError::Compression { name, source }
    } else {
        ReadError::Io { name, source }
    }
}

#[cfg(all(test, feature = "zstd"))]
mod tests {
    use std::io::Write;

    use super::*;

    fn read(bytes: &[u8], limit: u64) -> String {
        let stream = Stream::new("x".into(), io::Cursor::new(bytes.to_vec()));
        stream.and_then(|s| s.text(limit)).unwrap_or_else(|e| format!("error: {e}"))
    }

    fn check(bytes: &[u8], expected: &str) {
        let text = read(bytes, 100);
        assert!(text.starts_with(expected), "{text:?} for {expected:?}");
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("a vector takes all");
        encoder.finish().expect("a vector takes all")
    }

    #[test]
    fn line_ends_become_one() {
        check("a\r\nb\rc\u{2028}d\n".as_bytes(), "a\nb\nc\nd\n");
    }

    #[test]
    fn compressed_streams_are_known_by_their_bytes() {
        check(&gzip(b"squeezed"), "squeezed");
        check(&[gzip(b"one "), gzip(b"two")].concat(), "one two");
        check(&zstd::encode_all(&b"squeezed"[..], 3).unwrap(), "squeezed");
        #[cfg(feature = "bzip2")]
        {
            let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
            encoder.write_all(b"squeezed").unwrap();
            let whole = encoder.finish().unwrap();
            check(&[whole.clone(), whole.clone()].concat(), "squeezedsqueezed");
            check(&whole[..whole.len() - 5], "error: x: damaged or cut off");
        }
        let whole = gzip(b"this one will be cut off");
        check(&whole[..whole.len() - 9], "error: x: damaged or cut off");
        let whole = zstd::encode_all(&b"this one will be cut off"[..], 3).unwrap();
        check(&whole[..whole.len() - 5], "error: x: damaged or cut off");
        check(&[0x1F, 0x8B, 1, 2, 3], "error: x: damaged or cut off");
    }

    #[test]
    fn bombs_stop_at_the_limit() {
        let bomb = gzip(&vec![b'a'; 50_000_000]);
        assert!(read(&bomb, 1_000_000).starts_with("error: x: longer than 1000000 bytes"));
    }

    #[test]
    fn lines_too_long_are_passed_over() {
        let bytes = [vec![b'a'; 300], b"\nb\r\n\nlast".to_vec()].concat();
        let mut stream = Stream::new("x".into(), io::Cursor::new(bytes)).unwrap();
        assert!(stream.line(100).unwrap().is_err());
        let rest: Vec<_> = std::iter::from_fn(|| stream.line(100)).map(Result::unwrap).collect();
        assert_eq!(rest, [b"b".to_vec(), b"".to_vec(), b"last".to_vec()]);
    }
}
