//! A file of CoNLL-U as an input.

use std::sync::Arc;

use super::conllu::{self, Conllu, ConlluError};
use super::{Called, Part, Read, ReadError, Reader, Reads, single};

/// The most bytes of a CoNLL-U file, which is read as a whole.
const LONGEST: u64 = 256 << 20;

/// The documents of a file, after the lines that could not be read.
pub(super) fn read(reader: &Arc<Reader>, part: Part) -> Reads {
    let Part { stream, origin } = part;
    let text = match stream.text(LONGEST) {
        Ok(text) => text,
        Err(error) => return single(Err(error)),
    };
    let Called { id, file } = reader.called_by_file(&origin, &text);
    let Conllu { documents, errors } = conllu::parse(&text, id.as_str());
    let name = origin.name;
    let wrong: Vec<_> = errors
        .into_iter()
        .filter(|error| is_loss(&name, error))
        .map(|error| ReadError::Conllu { name: name.to_string(), source: error })
        .collect();
    let documents = documents.into_iter().map(move |document| {
        let file = file.clone().filter(|_| document.article.id == id);
        Ok(Read::new(document, Arc::clone(&name), file))
    });
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
