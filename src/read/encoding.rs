//! Bytes become text, in the encoding that they are in, whatever they claim.
//! Other encodings than UTF-8 and UTF-16 are read with the feature `encodings`.

#[cfg(feature = "encodings")]
mod old;

use super::ReadError;

/// A text file: by its byte order mark, as UTF-8 where it is that, else in the
/// encoding that it looks most like. Line ends become `\n`, nothing else changes.
pub(crate) fn text(name: &str, bytes: Vec<u8>) -> Result<String, ReadError> {
    decode(name, bytes, None)
}

/// A page: as [`text`], and where it is not UTF-8, in the encoding that its
/// transport (`declared`) or itself says.
#[cfg(feature = "html")]
pub(crate) fn page(
    name: &str,
    bytes: Vec<u8>,
    declared: Option<&str>,
) -> Result<String, ReadError> {
    decode(name, bytes, Some(Page { declared }))
}

/// A page may tell its encoding itself, and so may its transport.
#[derive(Clone, Copy, Debug)]
#[cfg_attr(not(feature = "encodings"), allow(dead_code))] // nobody looks at it
struct Page<'a> {
    declared: Option<&'a str>,
}

fn decode(name: &str, bytes: Vec<u8>, page: Option<Page<'_>>) -> Result<String, ReadError> {
    let text = match marked(&bytes) {
        Some(marked) => marked.text(name, &bytes)?,
        None => match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) => no_utf8(name, error.as_bytes(), page)?,
        },
    };
    if let Some(offset) = text.find('\0') {
        return Err(ReadError::Binary { name: name.to_owned(), offset: offset as u64 });
    }
    let text = match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    };
    if text.trim().is_empty() {
        return Err(ReadError::Empty { name: name.to_owned() });
    }
    Ok(unix_lines(text))
}

/// UTF-16, and how long its byte order mark is.
struct Utf16 {
    unit: fn([u8; 2]) -> u16,
    mark: usize,
}

/// Whether bytes are UTF-16: by a byte order mark, or by the zeros between the
/// letters of English.
fn marked(bytes: &[u8]) -> Option<Utf16> {
    let (pairs, _) = bytes.as_chunks::<2>();
    let (first, _) = pairs.split_at(pairs.len().min(64));
    let latin =
        |zero: usize| first.len() >= 4 && first.iter().all(|p| p[zero] == 0 && p[1 - zero] != 0);
    match pairs.first() {
        Some([0xFF, 0xFE]) => Some(Utf16 { unit: u16::from_le_bytes, mark: 2 }),
        Some([0xFE, 0xFF]) => Some(Utf16 { unit: u16::from_be_bytes, mark: 2 }),
        _ if latin(1) => Some(Utf16 { unit: u16::from_le_bytes, mark: 0 }),
        _ if latin(0) => Some(Utf16 { unit: u16::from_be_bytes, mark: 0 }),
        _ => None,
    }
}

impl Utf16 {
    /// Text that says what it is in must be in it: no byte is guessed.
    fn text(&self, name: &str, bytes: &[u8]) -> Result<String, ReadError> {
        let (_, bytes) = bytes.split_at(self.mark);
        let (pairs, odd) = bytes.as_chunks::<2>();
        let mut text = String::new();
        let mut good = 0;
        let mut whole = odd.is_empty();
        for decoded in char::decode_utf16(pairs.iter().map(|pair| (self.unit)(*pair))) {
            let Ok(c) = decoded else {
                whole = false;
                break;
            };
            text.push(c);
            good += 2 * c.len_utf16();
        }
        if whole {
            return Ok(text);
        }
        let (name, offset) = (name.to_owned(), (self.mark + good) as u64);
        Err(ReadError::Encoding { name, offset, encoding: "UTF-16" })
    }
}

/// Bytes that are not UTF-8: no text, or text in an old encoding.
fn no_utf8(name: &str, bytes: &[u8], page: Option<Page<'_>>) -> Result<String, ReadError> {
    let binary = |offset: usize| ReadError::Binary { name: name.to_owned(), offset: offset as u64 };
    if let Some(offset) = bytes.iter().position(|b| *b == 0) {
        return Err(binary(offset));
    }
    let is_strange = |b: &u8| matches!(b, 1..=8 | 14..=31 | 127);
    let strange = bytes.iter().filter(|b| is_strange(b)).count();
    if let Some(first) = bytes.iter().position(is_strange).filter(|_| strange * 50 > bytes.len()) {
        return Err(binary(first));
    }
    if is_nearly_utf8(bytes) {
        return Ok(String::from_utf8_lossy(bytes).into_owned());
    }
    in_old_encoding(name, bytes, page)
}

#[cfg(feature = "encodings")]
#[allow(clippy::unnecessary_wraps)] // without the feature it fails
fn in_old_encoding(name: &str, bytes: &[u8], page: Option<Page<'_>>) -> Result<String, ReadError> {
    Ok(old::decode(name, bytes, page))
}

#[cfg(not(feature = "encodings"))]
fn in_old_encoding(name: &str, _: &[u8], _: Option<Page<'_>>) -> Result<String, ReadError> {
    Err(ReadError::not_built(name, "text in another encoding than UTF-8 and UTF-16", "encodings"))
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

/// `\r\n`, `\r` and the line and paragraph separators of Unicode become `\n`.
pub(crate) fn unix_lines(text: String) -> String {
    const OTHERS: [char; 4] = ['\r', '\u{85}', '\u{2028}', '\u{2029}'];
    if !text.contains(OTHERS) {
        return text;
    }
    text.replace("\r\n", "\n").replace(OTHERS, "\n")
}

#[cfg(all(test, feature = "html", feature = "encodings"))]
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
