//! Numbers and texts as bytes: numbers of seven bits a byte, the low ones first; texts
//! with their length in front.

/// Appends a number.
pub(super) fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Appends a text.
pub(super) fn push_text(bytes: &mut Vec<u8>, text: &str) {
    push_number(bytes, text.len() as u64);
    bytes.extend(text.as_bytes());
}

/// Appends a list of texts.
pub(super) fn push_texts<T: AsRef<str>>(bytes: &mut Vec<u8>, texts: &[T]) {
    push_number(bytes, texts.len() as u64);
    for text in texts {
        push_text(bytes, text.as_ref());
    }
}

/// Reads what was appended, front to back; none where the bytes are something else.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = self.0.split_first()?;
            self.0 = rest;
            number |= u64::from(byte & 0x7F) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    pub(super) fn text(&mut self) -> Option<&'a str> {
        let length = usize::try_from(self.number()?).ok()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok()
    }

    pub(super) fn texts<T: From<&'a str>>(&mut self) -> Option<Vec<T>> {
        let count = self.number()?;
        (0..count).map(|_| self.text().map(T::from)).collect()
    }
}
