//! A page as the tokenizer reads it: with pauses.
//!
//! In: a page as text. Out: the same, with a fault every so often, after which the tokenizer
//! goes on where it was. It reads attribute after attribute of one tag by calling itself, so
//! that a tag with a hundred thousand of them would fill the stack; a fault empties it.

use std::convert::Infallible;

use html5gum::{Readable, Reader, StringReader};

/// So many attributes, at most, are read in one go.
const MOST: u32 = 500;

/// A page that is read with pauses.
#[derive(Debug)]
pub(super) struct Pausing<'a> {
    page: StringReader<'a>,
    reads: u32,
}

/// Nothing is wrong, and reading goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a pause")]
pub(super) struct Pause;

impl From<Infallible> for Pause {
    fn from(never: Infallible) -> Self {
        match never {}
    }
}

impl<'a> Pausing<'a> {
    pub(super) fn new(page: &'a str) -> Self {
        Self { page: page.to_reader(), reads: 0 }
    }
}

impl Reader for Pausing<'_> {
    type Error = Pause;

    fn read_byte(&mut self) -> Result<Option<u8>, Pause> {
        Ok(self.page.read_byte()?)
    }

    fn try_read_string(&mut self, words: &[u8], case_sensitive: bool) -> Result<bool, Pause> {
        Ok(self.page.try_read_string(words, case_sensitive)?)
    }

    // The only place for a pause: nothing is lost that was read before.
    fn read_until<'b>(
        &'b mut self,
        needle: &[u8],
        one: &'b mut [u8; 4],
    ) -> Result<Option<&'b [u8]>, Pause> {
        self.reads += 1;
        if self.reads > MOST {
            self.reads = 0;
            return Err(Pause);
        }
        Ok(self.page.read_until(needle, one)?)
    }
}
