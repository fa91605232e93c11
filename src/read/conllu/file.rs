//! A file of CoNLL-U as an input.

use std::sync::Arc;

use super::{Conllu, ConlluError};
use crate::read::format::{Format, Kind};
use crate::read::{Item, Part, Read, ReadError, Reader, Reads, single};

pub(in crate::read) const KIND: Kind =
    Kind { format: Format::Conllu, name: "CoNLL-U", endings: &["conllu"], begins, read };

/// The most bytes of a CoNLL-U file, which is read as a whole.
const LONGEST: u64 = 256 << 20;

/// Whether the first line that is no comment has ten columns.
fn begins(start: &[u8]) -> bool {
    let first = start.split(|b| *b == b'\n').find(|line| !line.starts_with(b"#"));
    let columns = first.map_or(0, |line| line.split(|b| *b == b'\t').count());
    start.starts_with(b"1\t") && columns == 10 || start.starts_with(b"#") && columns == 10
}

/// The documents of a file, after the lines that could not be read.
fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let text = match stream.text(LONGEST) {
        Ok(text) => text,
        Err(error) => return single(Err(error)),
    };
    let id = reader.id_of_file(&origin, &text);
    let Conllu { documents, errors } = super::parse(&text, id.as_str());
    let name = origin.name;
    let wrong: Vec<_> = errors
        .into_iter()
        .filter(|error| is_loss(&name, error))
        .map(|error| ReadError::Conllu { name: name.to_string(), source: error })
        .collect();
    let documents = documents
        .into_iter()
        .map(move |document| Ok(Read { item: Item::Document(document), name: Arc::clone(&name) }));
    Box::new(wrong.into_iter().map(Err).chain(documents))
}

/// Whether something was lost by an error; what was repaired is but a warning.
fn is_loss(name: &str, error: &ConlluError) -> bool {
    use ConlluError::{Columns, Form, Number, Unfinished};
    let lost = matches!(error, Columns { .. } | Form { .. } | Number { .. } | Unfinished { .. });
    if !lost {
        tracing::warn!(file = name, "{error}");
    }
    lost
}
