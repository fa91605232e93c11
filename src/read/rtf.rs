//! Rich Text Format: its words, without fonts, pictures, headers and notes.

use std::sync::Arc;

use encoding_rs::{Encoding, WINDOWS_1252};

use super::compose::Body;
use super::metadata::{Field, Metadata};
use super::{Part, Read, ReadError, Reader, Reads, single};

/// Groups that hold no words of the text.
const HIDDEN: [&str; 20] = [
    "fonttbl",
    "colortbl",
    "stylesheet",
    "pict",
    "object",
    "header",
    "headerl",
    "headerr",
    "headerf",
    "footer",
    "footerl",
    "footerr",
    "footerf",
    "footnote",
    "annotation",
    "listtable",
    "fldinst",
    "themedata",
    "datastore",
    "generator",
];

pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    single(article(reader, part))
}

fn article(reader: &Arc<Reader>, part: Part) -> Result<Read, ReadError> {
    let Part { stream, origin } = part;
    // Pictures are written as digits: a file is far longer than its text.
    let bytes = stream.all(reader.options.longest_article * 4)?;
    let mut document = Document::new();
    document.take(&bytes);
    let mut metadata = Metadata::default();
    metadata.set(Field::Title, &document.title);
    metadata.set(Field::Byline, &document.author);
    let body = Body::plain(document.text.trim());
    if body.units.is_empty() {
        return Err(ReadError::NoArticle { name: origin.name.to_string() });
    }
    reader.published(&origin, metadata, body)
}

/// Where the words of a group go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Text,
    Title,
    Author,
    Nowhere,
}

/// What holds within a group.
#[derive(Clone, Copy, Debug)]
struct Group {
    target: Target,
    /// How many characters stand in for one of Unicode.
    stand_ins: usize,
}

struct Document {
    text: String,
    title: String,
    author: String,
    groups: Vec<Group>,
    /// How many groups are open that were too deep to be opened.
    too_deep: usize,
    encoding: &'static Encoding,
    /// Characters that stand in for one of Unicode, and are to be passed over.
    skip: usize,
    /// Half of a character beyond the first plane.
    high: Option<u16>,
}

impl Document {
    fn new() -> Self {
        let groups = vec![Group { target: Target::Text, stand_ins: 1 }];
        Self {
            text: String::new(),
            title: String::new(),
            author: String::new(),
            groups,
            too_deep: 0,
            encoding: WINDOWS_1252,
            skip: 0,
            high: None,
        }
    }

    fn take(&mut self, mut bytes: &[u8]) {
        while let Some((first, rest)) = bytes.split_first() {
            bytes = match first {
                b'{' => self.open(rest),
                b'}' => self.close(rest),
                b'\\' => self.control(rest),
                b'\r' | b'\n' => rest,
                byte => {
                    self.byte(*byte);
                    rest
                }
            };
        }
    }

    fn open<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        const DEEPEST: usize = 1000;
        match self.groups.last().copied() {
            Some(group) if self.groups.len() < DEEPEST => self.groups.push(group),
            _ => self.too_deep += 1,
        }
        rest
    }

    fn close<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        if self.too_deep > 0 {
            self.too_deep -= 1;
        } else if self.groups.len() > 1 {
            self.groups.pop();
        }
        self.skip = 0;
        rest
    }

    /// A control word or symbol, and what follows it.
    fn control<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let letters = rest.iter().take_while(|b| b.is_ascii_alphabetic()).count();
        if letters == 0 {
            return self.symbol(rest);
        }
        let (word, rest) = rest.split_at(letters);
        let digits = rest
            .iter()
            .enumerate()
            .take_while(|(i, b)| b.is_ascii_digit() || *i == 0 && **b == b'-');
        let (number, rest) = rest.split_at(digits.count());
        let rest = rest.strip_prefix(b" ").unwrap_or(rest);
        let number = std::str::from_utf8(number).ok().and_then(|n| n.parse::<i32>().ok());
        let word = std::str::from_utf8(word).unwrap_or("");
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0)).unwrap_or(0);
            return rest.get(length..).unwrap_or_default();
        }
        self.word(word, number);
        rest
    }

    fn symbol<'a>(&mut self, rest: &'a [u8]) -> &'a [u8] {
        let Some((symbol, after)) = rest.split_first() else { return rest };
        match symbol {
            b'\'' => {
                let digits = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
                if let Some(byte) = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
                    self.byte(byte);
                    return after.get(2..).unwrap_or_default();
                }
            }
            b'~' => self.write(' '),
            b'_' => self.write('-'),
            b'*' => self.set_target(Target::Nowhere),
            b'\\' | b'{' | b'}' => self.write(char::from(*symbol)),
            b'\n' | b'\r' => self.write('\n'),
            _ => {}
        }
        after
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" | "page" | "row" => {
                self.write('\n');
                self.write('\n');
            }
            "line" => self.write('\n'),
            "tab" | "cell" => self.write('\t'),
            "emdash" => self.write('—'),
            "endash" => self.write('–'),
            "lquote" => self.write('‘'),
            "rquote" => self.write('’'),
            "ldblquote" => self.write('“'),
            "rdblquote" => self.write('”'),
            "bullet" => self.write('•'),
            "u" => self.unicode(number.unwrap_or(0)),
            "uc" => {
                let count = usize::try_from(number.unwrap_or(1)).unwrap_or(1).min(16);
                self.groups.last_mut().into_iter().for_each(|group| group.stand_ins = count);
            }
            "ansicpg" => {
                let label = format!("windows-{}", number.unwrap_or(1252));
                self.encoding = Encoding::for_label(label.as_bytes()).unwrap_or(WINDOWS_1252);
            }
            "info" => self.set_target(Target::Nowhere),
            "title" => self.set_target(Target::Title),
            "author" => self.set_target(Target::Author),
            _ if HIDDEN.contains(&word) => self.set_target(Target::Nowhere),
            _ => {}
        }
    }

    fn set_target(&mut self, target: Target) {
        self.groups.last_mut().into_iter().for_each(|group| group.target = target);
    }

    /// A character of Unicode, written as a number of 16 bits with a sign.
    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xFFFF) as u16;
        let units = self.high.take().into_iter().chain([unit]);
        match char::decode_utf16(units).next() {
            Some(Ok(c)) => self.write(c),
            _ if (0xD800..0xDC00).contains(&unit) => self.high = Some(unit),
            _ => self.write('\u{FFFD}'),
        }
        self.skip = self.groups.last().map_or(1, |group| group.stand_ins);
    }

    fn byte(&mut self, byte: u8) {
        if self.skip > 0 {
            self.skip -= 1;
            return;
        }
        if byte.is_ascii() {
            self.write(char::from(byte));
        } else {
            let (words, _) = self.encoding.decode_without_bom_handling(std::slice::from_ref(&byte));
            words.chars().for_each(|c| self.write(c));
        }
    }

    fn write(&mut self, c: char) {
        let c = if c == '\0' { ' ' } else { c };
        match self.groups.last().map(|group| group.target) {
            Some(Target::Text) => self.text.push(c),
            Some(Target::Title) => self.title.push(c),
            Some(Target::Author) => self.author.push(c),
            Some(Target::Nowhere) | None => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rtf: &str, expected: &str) {
        let mut document = Document::new();
        document.take(rtf.as_bytes());
        assert_eq!(document.text.trim(), expected, "{rtf}");
    }

    #[test]
    fn words_are_read_without_their_dress() {
        check(
            "{\\rtf1\\ansi\\ansicpg1252{\\fonttbl{\\f0 Times;}}{\\info{\\title Ferry sinks}}\\f0\\b A ferry\\b0  \
             sank.\\par She said \\ldblquote no\\rdblquote\\'85 caf\\u233?\\par{\\*\\x hidden}{\\pict ffd8}}",
            "A ferry sank.\n\nShe said “no”… café",
        );
        check("{\\rtf1 \\u-10179?\\u-8704? cut {{{", "😀 cut");
        check(&"{\\rtf1 ".repeat(100_000), "");
    }
}
