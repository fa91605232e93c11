//! What somebody sends to be read as articles.

use serde_json::{Map, Value};

use super::multipart::{self, Field};
use crate::read;
use crate::serve::http::{Problem, Request};

/// What is called as if it were a file, and what it holds.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Upload {
    /// What messages call it.
    pub(super) called: String,
    /// Its name for the reader: the same with a digest before the ending, so that two files
    /// of one name and different texts are two articles.
    pub(super) name: String,
    /// What it holds.
    pub(super) bytes: Vec<u8>,
}

/// The endings of files of some types.
const ENDINGS: [(&str, &str); 9] = [
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/markdown", "md"),
    ("application/json", "json"),
    ("application/x-ndjson", "jsonl"),
    ("application/pdf", "pdf"),
    ("application/rss+xml", "rss"),
    ("message/rfc822", "eml"),
    ("text/csv", "csv"),
];
/// The fields of the form that make an article of a pasted text.
const HEAD: [&str; 5] = ["title", "publisher", "date", "url", "byline"];

impl Upload {
    /// Something that is called so, and whose type is that where its name does not tell.
    pub(super) fn new(called: &str, content_type: &str, bytes: Vec<u8>) -> Self {
        let file = called.rsplit(['/', '\\']).next().unwrap_or(called).trim();
        let called = if file.is_empty() { "article" } else { file };
        let (stem, ending) = match called.split_once('.') {
            Some((stem, ending)) if !stem.is_empty() => (stem, ending),
            _ => {
                let known = ENDINGS.iter().find(|(name, _)| *name == content_type);
                (called.trim_matches('.'), known.map_or("txt", |(_, ending)| *ending))
            }
        };
        let name = format!("{stem}-{}.{ending}", read::short_digest(&bytes));
        Self { called: called.to_owned(), name, bytes }
    }
}

/// What a request holds.
pub(super) fn uploads(request: &Request) -> Result<Vec<Upload>, Problem> {
    let content_type = request.content_type.as_deref().unwrap_or("");
    let all = match request.boundary.as_deref() {
        Some(boundary) => {
            let fields = multipart::fields(&request.body, boundary);
            of_form(&fields.ok_or_else(|| Problem::bad("the form is broken off"))?)
        }
        None if request.is_form() && request.query.words("name").is_none() => {
            let fields = request.fields();
            let fields: Vec<Field<'_>> = fields.iter().map(plain).collect();
            of_form(&fields)
        }
        None => {
            let name = request.query.words("name").unwrap_or("");
            vec![Upload::new(name, content_type, request.body.clone())]
        }
    };
    if all.iter().all(|upload| upload.bytes.is_empty()) {
        return Err(Problem::bad("there is nothing in it: send a text, a page or a document"));
    }
    Ok(all)
}

fn plain<'f>((name, value): (&str, &'f str)) -> Field<'f> {
    Field { name: name.to_owned(), file: None, bytes: value.as_bytes() }
}

/// The files of a form, and the text that was pasted into it.
fn of_form(fields: &[Field<'_>]) -> Vec<Upload> {
    let mut all = Vec::new();
    for field in fields {
        if let Some(file) = field.file.as_deref().filter(|_| !field.bytes.is_empty()) {
            all.push(Upload::new(file, "", field.bytes.to_vec()));
        }
    }
    all.extend(pasted(fields));
    all
}

/// The article of a text that was pasted, and what was said of it, as JSON: what stands in
/// the text is not taken for its headlines.
fn pasted(fields: &[Field<'_>]) -> Option<Upload> {
    let words = |name: &str| {
        let field = fields.iter().find(|field| field.name == name && field.file.is_none())?;
        let text = String::from_utf8_lossy(field.bytes).replace("\r\n", "\n");
        Some(text.trim().to_owned()).filter(|text| !text.is_empty())
    };
    let mut article = Map::new();
    article.insert("text".to_owned(), Value::String(words("text")?));
    for name in HEAD {
        if let Some(value) = words(name) {
            article.insert(name.to_owned(), Value::String(value));
        }
    }
    let title = words("title").unwrap_or_else(|| "pasted text".to_owned());
    let bytes = Value::Object(article).to_string().into_bytes();
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let called = words.collect::<Vec<_>>().join("-").to_lowercase();
    // The reader tells texts of one name apart itself, as those of any table.
    Some(Upload { name: format!("{called}.json"), called: title, bytes })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_format_and_texts_tell_articles_apart() {
        let name = |called: &str, kind: &str| Upload::new(called, kind, b"x".to_vec()).name;
        assert_eq!(name("ferry.html", ""), "ferry-2d711642.html");
        assert_eq!(name("C:\\news\\ferry.warc.gz", "text/plain"), "ferry-2d711642.warc.gz");
        assert_eq!(name("../../etc/passwd", "text/html"), "passwd-2d711642.html");
        assert_eq!(name("", "application/pdf"), "article-2d711642.pdf");
        assert_eq!(name("", ""), "article-2d711642.txt");
        assert_ne!(name("a.txt", ""), Upload::new("a.txt", "", b"y".to_vec()).name);
    }

    #[test]
    fn a_pasted_text_is_an_article_with_its_head() {
        let fields = [plain(("text", "title: no head\r\n\r\nAda.")), plain(("title", "A. B"))];
        let upload = pasted(&fields).unwrap();
        let json: Value = serde_json::from_slice(&upload.bytes).unwrap();
        assert_eq!(json, serde_json::json!({ "text": "title: no head\n\nAda.", "title": "A. B" }));
        assert!(upload.name.ends_with(".json"), "{}", upload.name);
        assert_eq!(pasted(&[plain(("text", "  "))]), None);
    }
}
