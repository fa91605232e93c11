//! The encodings that texts had before UTF-8.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use super::Page;

/// How many bytes of a page are looked through for its encoding.
const PRESCAN: usize = 4096;

/// Decodes bytes that are not UTF-8: in the encoding that a page or its
/// transport says, else in the one that they look most like.
pub(super) fn decode(name: &str, bytes: &[u8], page: Option<Page<'_>>) -> String {
    let told = page.and_then(|page| told(page, bytes));
    let encoding = match told {
        Some(encoding) if encoding != UTF_8 => encoding,
        _ => guess(bytes),
    };
    tracing::debug!(file = name, encoding = encoding.name(), "not UTF-8");
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

fn told(page: Page<'_>, bytes: &[u8]) -> Option<&'static Encoding> {
    let declared = page.declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    let (start, _) = bytes.split_at(PRESCAN.min(bytes.len()));
    declared.or_else(|| in_page(start))
}

/// The encoding that a page says it is in: `<meta charset="…">`,
/// `<meta … content="text/html; charset=…">` or `<?xml … encoding="…"?>`.
fn in_page(start: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(start).to_ascii_lowercase();
    for key in ["charset=", "encoding="] {
        for (at, _) in start.match_indices(key) {
            let (_, rest) = start.split_at(at + key.len());
            let bare = rest.trim_start().trim_start_matches(['"', '\'']);
            let end = bare.find(|c: char| !c.is_ascii_alphanumeric() && !"-_:.".contains(c));
            let (label, _) = bare.split_at(end.unwrap_or(bare.len()));
            if let Some(encoding) = Encoding::for_label(label.as_bytes()) {
                // A page whose label could be read is in no UTF-16.
                let wide = encoding == UTF_16LE || encoding == UTF_16BE;
                return Some(if wide { UTF_8 } else { encoding });
            }
        }
    }
    None
}
