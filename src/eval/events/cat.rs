//! The XML that the annotators' tool CAT writes: words, marked words, and what is one.

use std::str::FromStr;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use thiserror::Error;

/// Why a file is not one of CAT.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum CatError {
    /// It is no XML.
    #[error("{file}: byte {byte}: {problem}")]
    Xml {
        /// The file.
        file: String,
        /// Where.
        byte: u64,
        /// What is wrong there.
        problem: String,
    },
    /// An element without what it must have.
    #[error("{file}: <{element}> has no {attribute} that can be read")]
    Attribute {
        /// The file.
        file: String,
        /// The element.
        element: String,
        /// What it lacks.
        attribute: &'static str,
    },
    /// It has no words.
    #[error("{file}: no <token> in it; is it a file of CAT?")]
    Words {
        /// The file.
        file: String,
    },
}

/// A word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) id: u32,
    pub(super) sentence: u32,
    pub(super) form: String,
}

/// Words that are marked; none for what only stands for an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Markable {
    pub(super) id: u32,
    /// What is marked: `ACTION_OCCURRENCE`, `HUMAN_PART_PER`, …
    pub(super) kind: String,
    pub(super) words: Vec<u32>,
}

/// Markables that are one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Chain {
    /// The instance, if it is one across articles.
    pub(super) instance: Option<String>,
    /// What stands for it in this article.
    pub(super) target: u32,
    pub(super) members: Vec<u32>,
}

/// What a file holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cat {
    pub(super) words: Vec<Word>,
    pub(super) markables: Vec<Markable>,
    pub(super) chains: Vec<Chain>,
}

/// Reads the contents of a file.
pub(super) fn read(file: &str, xml: &str) -> Result<Cat, CatError> {
    let mut reader = Reader::from_str(xml);
    let mut filling = Filling { file, cat: Cat::default(), within: Within::Document };
    loop {
        let fault = |error: &dyn std::fmt::Display, byte| CatError::Xml {
            file: file.to_owned(),
            byte,
            problem: error.to_string(),
        };
        let event = reader.read_event();
        match event.map_err(|error| fault(&error, reader.error_position()))? {
            Event::Start(tag) | Event::Empty(tag) => filling.open(&tag)?,
            Event::Text(text) => {
                let text = text.unescape();
                filling.text(&text.map_err(|error| fault(&error, reader.error_position()))?);
            }
            Event::End(tag) => filling.close(tag.name().as_ref()),
            Event::Eof => break,
            _ => {}
        }
    }
    if filling.cat.words.is_empty() {
        return Err(CatError::Words { file: file.to_owned() });
    }
    Ok(filling.cat)
}

/// Which part of the file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Within {
    Document,
    Token,
    Markables,
    Relations,
}

struct Filling<'a> {
    file: &'a str,
    cat: Cat,
    within: Within,
}

impl Filling<'_> {
    fn open(&mut self, tag: &BytesStart<'_>) -> Result<(), CatError> {
        let name = String::from_utf8_lossy(tag.name().as_ref()).into_owned();
        match (self.within, name.as_str()) {
            (_, "Markables") => self.within = Within::Markables,
            (_, "Relations") => self.within = Within::Relations,
            (_, "token") => {
                let (id, sentence) = (self.number(tag, "t_id")?, self.number(tag, "sentence")?);
                self.cat.words.push(Word { id, sentence, form: String::new() });
                self.within = Within::Token;
            }
            (Within::Markables, "token_anchor") => {
                let word = self.number(tag, "t_id")?;
                self.cat.markables.last_mut().into_iter().for_each(|m| m.words.push(word));
            }
            (Within::Markables, _) => {
                let id = self.number(tag, "m_id")?;
                self.cat.markables.push(Markable { id, kind: name, words: Vec::new() });
            }
            (Within::Relations, _) => self.relation(tag, &name)?,
            _ => {}
        }
        Ok(())
    }

    fn relation(&mut self, tag: &BytesStart<'_>, name: &str) -> Result<(), CatError> {
        if name.ends_with("_COREF") {
            let instance = name.starts_with("CROSS").then(|| attribute(tag, "note")).flatten();
            self.cat.chains.push(Chain { instance, target: 0, members: Vec::new() });
            return Ok(());
        }
        let markable = self.number(tag, "m_id")?;
        if let Some(chain) = self.cat.chains.last_mut() {
            if name == "target" {
                chain.target = markable;
            } else {
                chain.members.push(markable);
            }
        }
        Ok(())
    }

    fn text(&mut self, text: &str) {
        if let (Within::Token, Some(word)) = (self.within, self.cat.words.last_mut()) {
            word.form.extend(text.split_whitespace());
        }
    }

    fn close(&mut self, name: &[u8]) {
        if name == b"token" {
            self.within = Within::Document;
        }
    }

    fn number<T: FromStr>(&self, tag: &BytesStart<'_>, name: &'static str) -> Result<T, CatError> {
        let number = attribute(tag, name).and_then(|value| value.trim().parse().ok());
        number.ok_or_else(|| CatError::Attribute {
            file: self.file.to_owned(),
            element: String::from_utf8_lossy(tag.name().as_ref()).into_owned(),
            attribute: name,
        })
    }
}

fn attribute(tag: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = tag.try_get_attribute(name).ok()??;
    Some(found.unescape_value().ok()?.into_owned())
}
