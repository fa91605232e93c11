//! Bytes become text, in the encoding that they are in, whatever they claim.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::ReadError;
use super::stream::unix_lines;

/// How many bytes of a page are looked through for its encoding.
const PRESCAN: usize = 4096;

/// A text file: by its byte order mark, as UTF-8 where it is that, else in the
/// encoding that it looks most like. Line ends become `\n`, nothing else changes.
pub(crate) fn text(name: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    decode(name, bytes, None)
}

/// A page: as [`text`], and where it is not UTF-8, in the encoding that its
/// transport (`declared`) or itself says.
pub(crate) fn page(
    name: &str,
    bytes: Vec<u8>,
    declared: Option<&str>,
) -> Result<String, ReadError> {
    let start = bytes.get(..PRESCAN).unwrap_or(&bytes);
    let told = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let told = told.or_else(|| in_page(start));
    decode(name, bytes, told)
}

fn decode(
    name: &str,
    bytes: Vec<u8>,
    told: Option<&'static Encoding>,
) -> Result<String, ReadError> {
    let text = match marked(&bytes) {
        Some((encoding, mark)) if encoding != UTF_8 => {
            let rest = bytes.get(mark..).unwrap_or_default();
            exactly(name, rest, mark, encoding)?
        }
        _ => utf8_or(name, bytes, told)?,
    };
    if let Some(offset) = text.find('\0') {
        return Err(ReadError::Binary { name: name.to_owned(), offset: offset as u64 });
    }
    let text = text.strip_prefix('\u{FEFF}').map(str::to_owned).unwrap_or(text);
    if text.trim().is_empty() {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    Ok(unix_lines(text))
}

/// The encoding of a byte order mark, or of the zeros between the letters of
/// English in UTF-16 without one, and how long the mark is.
fn marked(bytes: &[u8]) -> Option<(&'static Encoding, usize)> {
    let zeros = |from: usize| bytes.iter().skip(from).step_by(2).take(64).all(|b| *b == 0);
    let letters = |from: usize| bytes.iter().skip(from).step_by(2).take(64).all(|b| *b != 0);
    Encoding::for_bom(bytes).or_else(|| {
        let long = bytes.len() >= 8;
        match () {
            () if long && zeros(1) && letters(0) => Some((UTF_16LE, 0)),
            () if long && zeros(0) && letters(1) => Some((UTF_16BE, 0)),
            () => None,
        }
    })
}

/// Text that says what it is in must be in it: no byte is guessed.
fn exactly(
    name: &str,
    bytes: &[u8],
    mark: usize,
    encoding: &'static Encoding,
) -> Result<String, ReadError> {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return Ok(text.into_owned());
    }
    let unit: fn([u8; 2]) -> u16 =
        if encoding == UTF_16LE { u16::from_le_bytes } else { u16::from_be_bytes };
    let (pairs, _) = bytes.as_chunks::<2>();
    let mut good = 0;
    for decoded in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        match decoded {
            Ok(c) => good += 2 * c.len_utf16(),
            Err(_) => break,
        }
    }
    let (name, offset) = (name.to_owned(), (mark + good) as u64);
    Err(ReadError::Encoding { name, offset, encoding: "UTF-16" })
}

fn utf8_or(
    name: &str,
    bytes: Vec<u8>,
    told: Option<&'static Encoding>,
) -> Result<String, ReadError> {
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(text),
        Err(error) => error,
    };
    let bytes = error.as_bytes();
    if let Some(offset) = bytes.iter().position(|b| *b == 0) {
        return Err(ReadError::Binary { name: name.to_owned(), offset: offset as u64 });
    }
    let strange = bytes.iter().filter(|b| matches!(b, 1..=8 | 14..=31 | 127)).count();
    if strange * 50 > bytes.len() {
        let first = bytes.iter().position(|b| matches!(b, 1..=8 | 14..=31 | 127));
        return Err(ReadError::Binary { name: name.to_owned(), offset: first.unwrap_or(0) as u64 });
    }
    if is_nearly_utf8(bytes) {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    }
    let encoding = told.filter(|told| *told != UTF_8).unwrap_or_else(|| guess(bytes));
    tracing::debug!(file = name, encoding = encoding.name(), "not UTF-8");
    Ok(encoding.decode_without_bom_handling(bytes).0.into_owned())
}

/// Whether all but a few of the characters beyond ASCII are UTF-8: a text that
/// was cut or mended by programs that count bytes.
fn is_nearly_utf8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    good >= 10 * bad && good > 0
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// The encoding that a page says it is in: `<meta charset="…">`,
/// `<meta … content="text/html; charset=…">` or `<?xml … encoding="…"?>`.
fn in_page(start: &[u8]) -> Option<&'static Encoding> {
    let start = start.to_ascii_lowercase();
    for key in [&b"charset="[..], b"encoding="] {
        let mut rest = start.as_slice();
        while let Some(at) = rest.windows(key.len()).position(|window| window == key) {
            rest = rest.get(at + key.len()..).unwrap_or_default();
            let bare = rest.trim_ascii_start();
            let bare = bare.strip_prefix(b"\"").or(bare.strip_prefix(b"'")).unwrap_or(bare);
            let end = bare.iter().position(|b| !b.is_ascii_alphanumeric() && !b"-_:.".contains(b));
            let label = bare.get(..end.unwrap_or(bare.len())).unwrap_or_default();
            if let Some(encoding) = Encoding::for_label(label) {
                // A page whose label could be read is in no UTF-16.
                let wide = encoding == UTF_16LE || encoding == UTF_16BE;
                return Some(if wide { UTF_8 } else { encoding });
            }
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], expected: &str) {
        let found = text("x", bytes.to_vec()).unwrap_or_else(|e| format!("error: {e}"));
        assert!(found.starts_with(expected), "{found:?} for {expected:?}");
    }

    fn check_page(bytes: &[u8], declared: Option<&str>, expected: &str) {
        let found = page("x", bytes.to_vec(), declared).unwrap_or_else(|e| format!("error: {e}"));
        assert!(found.contains(expected), "{found:?} for {expected:?}");
    }

    #[test]
    fn encodings_are_decoded_or_refused() {
        check(b"plain", "plain");
        check("\u{FEFF}Київ".as_bytes(), "Київ");
        check(b"\xFF\xFEH\0i\0", "Hi");
        check(b"\xFE\xFF\0H\0i", "Hi");
        check(b"H\0i\0 \0y\0o\0u\0", "Hi you");
        check(b"\xFF\xFEH\0i", "error: x: byte 4 is not UTF-16");
        check(b"\xFF\xFEH\0\x00\xD8", "error: x: byte 4 is not UTF-16");
        check(b"PK\x00\x01\xFF", "error: x: byte 2 is zero");
        check(b" \n\t\n", "error: x: empty");
        check(b"", "error: x: empty");
    }

    #[test]
    fn old_encodings_are_known_by_their_letters() {
        check(
            b"They had a caf\xE9 au lait in Besan\xE7on.",
            "They had a café au lait in Besançon.",
        );
        check(b"\x93Go,\x94 she said \x96 and left.", "“Go,” she said – and left.");
    }

    #[test]
    fn pages_say_what_they_are_in_and_may_be_wrong() {
        check_page(b"<meta charset=windows-1252><p>\x93Go\x94", None, "“Go”");
        let page = "<meta http-equiv=x content='text/html; charset=iso-8859-1'><p>Київ";
        check_page(page.as_bytes(), None, "Київ");
        check_page(b"<meta charset=utf-8><p>She said \x93Go\x94 and left.", None, "“Go”");
        check_page(b"<p>\xCF\xF0\xE8\xE2\xE5\xF2", Some("windows-1251"), "Привет");
    }
}
