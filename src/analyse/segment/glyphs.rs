//! Characters as the classifiers see them.

use unicode_normalization::char::is_combining_mark;

use crate::text::is_blank;

/// A character of a block.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    /// Byte offset in the article's text.
    pub(super) byte: usize,
    /// Length in bytes.
    len: u8,
    /// Its letter in lower case, `0` for a digit, one sign for all quotation
    /// marks of a kind, one for all dashes, one for all emoji.
    pub(super) sign: char,
    /// What kind of character: `a`, `A`, `0`, else its sign.
    pub(super) class: char,
}

/// Stands for blank space and for what is before and after a block.
pub(super) const BLANK: Glyph = Glyph { byte: 0, len: 0, sign: ' ', class: ' ' };

/// The sign of all emoji.
const EMOJI: char = '\u{1F642}';

impl Glyph {
    fn new(byte: usize, c: char) -> Self {
        let sign = sign(c);
        let class = match c {
            _ if is_blank(c) => ' ',
            _ if c.is_lowercase() => 'a',
            _ if c.is_uppercase() => 'A',
            _ if c.is_numeric() => '0',
            _ if c.is_alphabetic() || is_combining_mark(c) => 'a',
            _ => sign,
        };
        Self { byte, len: c.len_utf8() as u8, sign, class }
    }

    /// One past its last byte.
    pub(super) fn end(&self) -> usize {
        self.byte + self.len as usize
    }

    pub(super) fn is_blank(&self) -> bool {
        self.class == ' '
    }

    /// Whether it is a letter or digit.
    pub(super) fn is_word(&self) -> bool {
        matches!(self.class, 'a' | 'A' | '0')
    }

    pub(super) fn is_digit(&self) -> bool {
        self.class == '0'
    }

    /// Whether it only changes the look of the character before it.
    pub(super) fn extends(&self) -> bool {
        self.sign == JOINER
    }
}

/// The sign of everything that joins or modifies the character before it.
const JOINER: char = '\u{200D}';

fn sign(c: char) -> char {
    match c {
        _ if is_blank(c) => ' ',
        '\'' | '’' | '‘' | '‛' | '`' | '´' | 'ʼ' | '′' | '‚' => '\'',
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '″' | '＂' => '"',
        '-' | '‐' | '‑' | '−' => '-',
        '–' | '—' | '―' | '‒' => '—',
        '•' | '·' | '▪' | '■' | '●' | '◦' | '‣' | '∙' => '•',
        '\u{200C}'
        | '\u{200D}'
        | '\u{00AD}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{20E3}' => JOINER,
        '\u{2600}'..='\u{27BF}' | '\u{1F000}'..='\u{1FAFF}' | '\u{2190}'..='\u{21FF}' => EMOJI,
        _ if is_combining_mark(c) => JOINER,
        _ if c.is_numeric() => '0',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// The characters of a block that starts at byte `offset` of the article.
pub(super) fn glyphs(text: &str, offset: usize) -> Vec<Glyph> {
    text.char_indices().map(|(at, c)| Glyph::new(offset + at, c)).collect()
}
