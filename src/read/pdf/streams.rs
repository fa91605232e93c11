//! The streams of a PDF file, before they are unpacked: its interpreter unpacks each as a
//! whole, however large it becomes.
//!
//! In: the bytes of a file, or of a stream. Out: whether they unpack to no more than memory
//! holds, whatever filters stand within each other. What a stream is packed with is told
//! by its bytes, as its dictionary may say it in a dozen ways.

use std::io::{self, Cursor, Read};
use std::sync::LazyLock;

use flate2::read::{DeflateDecoder, ZlibDecoder};
use regex::bytes::Regex;

/// No stream unpacks to so many bytes: not the picture of a page, nor a font of all of
/// Unicode.
pub(super) const LONGEST: u64 = 256 << 20;
/// Nor do all of them together.
const LONGEST_TOGETHER: u64 = 4 << 30;
/// Filters stand so deep within each other at most.
const DEEPEST: u8 = 3;
/// So many bytes tell whether something is packed.
const HEAD: u64 = 64 << 10;

/// Whether no stream of a file becomes too large.
pub(super) fn are_bounded(file: &[u8]) -> bool {
    static STREAM: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?-u)stream(?:\r\n|\n|\r)").expect("a constant"));
    let mut left = LONGEST_TOGETHER;
    for start in STREAM.find_iter(file) {
        let (_, data) = file.split_at(start.end());
        let size = unpacked(data);
        if size >= LONGEST || size > left {
            return false;
        }
        left -= size;
    }
    true
}

/// How many bytes a stream unpacks to at most; no more than [`LONGEST`] are counted. Signs
/// that stand for bytes count several times what they become: what stands in plain words
/// may be read as such, for each stream as far as the file goes.
pub(super) fn unpacked(data: &[u8]) -> u64 {
    const TIMES: u64 = 8;
    let plain = [from_hexadecimal(data), from_base_85(data)];
    let read = plain.iter().flatten().map(|plain| plain.len() as u64 * TIMES).sum::<u64>();
    let plain = plain.iter().flatten().map(Vec::as_slice);
    let most = std::iter::once(data).chain(plain).map(|data| inflated(data).max(lzw(data))).max();
    most.unwrap_or(0).max(read.min(LONGEST - 1))
}

/// How many bytes something becomes that was deflated, once or several times.
fn inflated(data: &[u8]) -> u64 {
    let mut most = 0;
    for (headed, data) in [(true, data), (false, data), (false, data.get(2..).unwrap_or(data))] {
        let decoder = || -> Box<dyn Read + '_> {
            if headed {
                Box::new(ZlibDecoder::new(data))
            } else {
                Box::new(DeflateDecoder::new(data))
            }
        };
        most = most.max(size_of(&decoder, 0));
    }
    most
}

/// How many bytes can be read, and how many they become if they are deflated themselves.
fn size_of<'a>(open: &dyn Fn() -> Box<dyn Read + 'a>, depth: u8) -> u64 {
    let size = counted(open());
    if size >= LONGEST || size == 0 {
        return size;
    }
    let mut head = Vec::new();
    // What is damaged counts as far as it goes.
    let _ = open().take(HEAD).read_to_end(&mut head);
    if !grows(&head) {
        return size;
    }
    if depth == DEEPEST {
        return LONGEST;
    }
    let within = || -> Box<dyn Read + 'a> { Box::new(either(open(), &head)) };
    size.max(size_of(&within, depth + 1))
}

/// What was deflated within something, with or without a header.
fn either<'a>(packed: Box<dyn Read + 'a>, head: &[u8]) -> Box<dyn Read + 'a> {
    if counted(ZlibDecoder::new(head)) > 0 {
        Box::new(ZlibDecoder::new(packed))
    } else {
        Box::new(DeflateDecoder::new(packed))
    }
}

/// Whether bytes become far more by being inflated.
fn grows(head: &[u8]) -> bool {
    const TIMES: u64 = 8;
    let inflated = counted(ZlibDecoder::new(head)).max(counted(DeflateDecoder::new(head)));
    inflated > TIMES * head.len() as u64
}

/// How many bytes can be read, but no more than [`LONGEST`].
fn counted(mut bytes: impl Read) -> u64 {
    let mut counter = Counter(0);
    // What is damaged counts as far as it goes.
    let _ = io::copy(&mut bytes.by_ref().take(LONGEST), &mut counter);
    counter.0
}

/// Counts what is written to it.
struct Counter(u64);

impl io::Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The bytes that pairs of hexadecimal digits stand for; `None` where it begins otherwise.
fn from_hexadecimal(data: &[u8]) -> Option<Vec<u8>> {
    let digits = data.iter().filter(|b| !b.is_ascii_whitespace());
    let digits: Vec<u8> =
        digits.map_while(|b| char::from(*b).to_digit(16)).map(|digit| digit as u8).collect();
    let bytes = |pair: &[u8]| pair.iter().fold(0, |byte, digit| byte << 4 | digit);
    (digits.len() > 16).then(|| digits.chunks_exact(2).map(bytes).collect())
}

/// The bytes that groups of five signs stand for; `None` where it begins otherwise.
fn from_base_85(data: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let (mut group, mut signs) = (0_u32, 0);
    for sign in data.iter().filter(|b| !b.is_ascii_whitespace()) {
        match sign {
            b'z' if signs == 0 => bytes.extend([0; 4]),
            b'!'..=b'u' => {
                group = group.wrapping_mul(85).wrapping_add(u32::from(sign - b'!'));
                signs += 1;
            }
            _ => break,
        }
        if signs == 5 {
            bytes.extend(group.to_be_bytes());
            (group, signs) = (0, 0);
        }
    }
    (bytes.len() > 16).then_some(bytes)
}

/// How many bytes something becomes that was packed with LZW: codes of nine to twelve bits.
fn lzw(data: &[u8]) -> u64 {
    const CLEAR: usize = 256;
    const MOST: usize = 4096;
    let mut bits = io::BufReader::new(Cursor::new(data)).bytes().map_while(Result::ok);
    let (mut lengths, mut last, mut total) = (Vec::<u64>::new(), None, 0);
    let (mut held, mut count) = (0_u32, 0);
    loop {
        let next = CLEAR + 2 + lengths.len();
        let width = 9 + [511, 1023, 2047].iter().filter(|most| next >= **most).count();
        while count < width {
            let Some(byte) = bits.next() else { return total };
            (held, count) = (held << 8 | u32::from(byte), count + 8);
        }
        count -= width;
        let code = (held >> count) as usize & ((1 << width) - 1);
        if code == CLEAR {
            lengths.clear();
            last = None;
            continue;
        }
        let length = match code.checked_sub(CLEAR + 2) {
            None if code < CLEAR => 1,
            Some(entry) if entry < lengths.len() => lengths[entry],
            Some(entry) if entry == lengths.len() => last.map_or(0, |last| last + 1),
            _ => 0,
        };
        total += length;
        if length == 0 || total >= LONGEST {
            return total.min(LONGEST);
        }
        if let Some(last) = last.filter(|_| next < MOST) {
            lengths.push(last + 1);
        }
        last = Some(length);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    fn deflated(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn check(data: &[u8], bounded: bool) {
        let file = [b"1 0 obj <<>>\nstream\n", data, b"\nendstream"].concat();
        assert_eq!(are_bounded(&file), bounded);
    }

    #[test]
    fn what_becomes_far_too_large_is_found_within_filters() {
        let once = deflated(&vec![0; LONGEST as usize + 1]);
        check(&once, false);
        check(&once[2..], false);
        check(&deflated(&once), false);
        check(&deflated(&deflated(&once)), false);
        let mut digits = String::new();
        for byte in &once {
            digits.push_str(&format!("{byte:02X} "));
        }
        check(digits.as_bytes(), false);
        check(&deflated(&vec![0; 1 << 20]), true);
        check(&deflated(b"BT /F1 12 Tf (A ferry sank.) Tj ET"), true);
        check(b"BT /F1 12 Tf (A ferry sank.) Tj ET", true);
    }

    #[test]
    fn codes_of_lzw_are_counted() {
        // The example of the PDF standard: 45 45 45 45 45 65 45 45 45 66.
        assert_eq!(lzw(&[0x80, 0x0B, 0x60, 0x50, 0x22, 0x0C, 0x0C, 0x85, 0x01]), 10);
    }
}
