//! What a service tells of itself.

use compact_str::CompactString;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use crate::resolve::Authority;

/// What templates encode of an id: all but letters, digits and `-_.~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
/// So many questions are asked together where a service does not say how many it takes.
const USUAL_BATCH: usize = 20;
/// And no more than so many, whatever it says.
const LARGEST_BATCH: usize = 500;

/// What a service tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What it is called.
    pub name: String,
    /// How IRIs are made of its ids.
    ids: Ids,
    /// The form of its questions.
    pub(super) version: Version,
    /// How many questions it takes at once.
    pub(super) batch: usize,
}

/// How IRIs are made of ids.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Ids {
    /// The id stands behind this.
    Space(String),
    /// The id stands between these; where it is not written as it is, percent-encoded.
    Template { before: String, after: String, is_raw: bool },
}

impl Ids {
    /// Of a template of RFC 6570 with one variable: `https://x.example/{id}`, `{+id}`; also
    /// `{{id}}`, as services write that spoke the versions before.
    fn of_template(template: &str) -> Option<Self> {
        let (before, rest) = template.split_once('{')?;
        let (variable, after) = rest.split_once('}')?;
        let is_raw = variable.starts_with(['+', '{']);
        let after = after.trim_start_matches('}').to_owned();
        variable.contains("id").then(|| Self::Template { before: before.to_owned(), after, is_raw })
    }
}

/// The form of questions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Version {
    /// 0.1 and 0.2: a form with a field of JSON.
    Form,
    /// 1.0: JSON, sent to `/match`.
    Json,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    #[serde(default)]
    versions: Vec<String>,
    name: String,
    identifier_space: Option<String>,
    view: Option<View>,
    batch_size: Option<usize>,
}

#[derive(Deserialize)]
struct View {
    url: String,
}

impl Manifest {
    /// Reads it.
    ///
    /// # Errors
    /// Where it is no manifest: why not.
    pub fn read(json: &[u8]) -> Result<Self, String> {
        let told: Told = serde_json::from_slice(json).map_err(|error| error.to_string())?;
        // A service that speaks both is asked in the form that is no draft.
        let is_old = told.versions.is_empty() || told.versions.iter().any(|v| v.starts_with("0."));
        let version = if is_old { Version::Form } else { Version::Json };
        let batch = told.batch_size.filter(|&size| size > 0).unwrap_or(USUAL_BATCH);
        let batch = batch.min(LARGEST_BATCH);
        let of_view = || told.view.as_ref().and_then(|view| Ids::of_template(&view.url));
        let ids = told.identifier_space.clone().map(Ids::Space).or_else(of_view);
        let ids = ids.ok_or("neither identifierSpace nor view.url tells what its ids mean")?;
        Ok(Self { name: told.name, ids, version, batch })
    }

    /// What the IRIs of its entities begin with; empty where its ids are whole IRIs.
    pub fn prefix(&self) -> &str {
        match &self.ids {
            Ids::Space(space) => space,
            Ids::Template { before, .. } => before,
        }
    }

    /// What an id of the service means; none where that makes no IRI with an id at its end.
    pub fn id(&self, id: &str) -> Option<(Authority, CompactString)> {
        let is_iri = id.starts_with("http://") || id.starts_with("https://");
        let iri = if is_iri { id.to_owned() } else { self.iri(id) };
        Authority::of_iri(&iri).filter(|_| oxrdf::NamedNode::new(&iri).is_ok())
    }

    fn iri(&self, id: &str) -> String {
        match &self.ids {
            // Some services leave the last slash out.
            Ids::Space(space) if space.ends_with(['/', '#', '=', ':']) => format!("{space}{id}"),
            Ids::Space(space) => format!("{space}/{id}"),
            Ids::Template { before, after, is_raw: true } => format!("{before}{id}{after}"),
            Ids::Template { before, after, .. } => {
                format!("{before}{}{after}", utf8_percent_encode(id, RESERVED))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_tells_form_and_ids() {
        let old = br#"{"name": "Ports", "identifierSpace": "https://ports.example/id"}"#;
        let old = Manifest::read(old).unwrap();
        assert_eq!((old.version, old.batch), (Version::Form, USUAL_BATCH));
        let (authority, id) = old.id("7").unwrap();
        assert_eq!(authority.iri(&id), "https://ports.example/id/7");
        let new = br#"{"versions": ["1.0-draft"], "name": "W", "batchSize": 7,
            "view": { "url": "http://www.wikidata.org/entity/{id}" }, "more": 1}"#;
        let new = Manifest::read(new).unwrap();
        assert_eq!((new.version, new.batch), (Version::Json, 7));
        assert_eq!(new.id("Q597"), Some((Authority::Wikidata, "Q597".into())));
        assert_eq!(new.prefix(), "http://www.wikidata.org/entity/");
        let iri = |template: &str, id: &str| {
            let manifest =
                format!(r#"{{"versions": ["1.0"], "name": "W", "view": {{"url": "{template}"}}}}"#);
            let (authority, id) = Manifest::read(manifest.as_bytes()).unwrap().id(id).unwrap();
            authority.iri(&id)
        };
        assert_eq!(iri("https://x.example/{id}", "a/b"), "https://x.example/a%2Fb");
        assert_eq!(iri("https://x.example/{+id}", "a/b"), "https://x.example/a/b");
        assert_eq!(iri("https://x.example/?q={{id}}", "7"), "https://x.example/?q=7");
        assert!(Manifest::read(b"<html>").is_err());
        assert!(Manifest::read(br#"{"name": "no space"}"#).is_err());
    }
}
