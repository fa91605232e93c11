//! How an article was found: what told its fields, what was left out, what looked like
//! boilerplate. In: what reading knows of it. Out: a [`Reading`], for people.

use super::boilerplate::Boilerplate;
#[cfg(feature = "html")]
use crate::text::LeftOut;
use crate::text::{Article, BlockKind, Reading, Told};

/// What is known of an article's reading before its text is laid out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Noted {
    pub(super) told: Vec<Told>,
    #[cfg(feature = "html")]
    pub(super) left_out: Vec<LeftOut>,
}

#[cfg(feature = "html")]
impl Noted {
    /// Notes which place told a field, in the stead of another one.
    pub(super) fn tells(&mut self, field: &'static str, place: &str) {
        self.told.retain(|told| told.field != field);
        self.told.push(Told { field, place: place.to_owned() });
    }
}

/// Adds what can be told of an article that is laid out.
pub(super) fn reading(noted: Noted, article: &Article, boilerplate: &Boilerplate) -> Reading {
    let marked = article.blocks.iter().enumerate();
    let marked = marked.filter(|(_, block)| block.kind == BlockKind::Boilerplate);
    let reason = |words: &str| match boilerplate.cue_of(words) {
        Some(pattern) => format!("it looks like {}", beginning(pattern, 30)),
        None => "it belongs to such a line before it".to_owned(),
    };
    Reading {
        source: None,
        told: noted.told,
        #[cfg(feature = "html")]
        left_out: noted.left_out,
        #[cfg(not(feature = "html"))]
        left_out: Vec::new(),
        boilerplate: marked.map(|(i, b)| (i, reason(b.span.slice(&article.text)))).collect(),
    }
}

/// The pieces that have a reason for being left out, those of one reason in a row together.
#[cfg(feature = "html")]
pub(super) fn left_out<'a>(pieces: impl Iterator<Item = (&'a str, String)>) -> Vec<LeftOut> {
    let mut all: Vec<LeftOut> = Vec::new();
    for (words, reason) in pieces {
        match all.last_mut().filter(|last| last.reason == reason) {
            Some(last) => last.more += 1,
            None => {
                let words = beginning(&crate::text::one_line(words), 60);
                all.push(LeftOut { words, more: 0, reason });
            }
        }
    }
    all
}

/// At most so many characters.
fn beginning(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &words[..at]),
        None => words.to_owned(),
    }
}
