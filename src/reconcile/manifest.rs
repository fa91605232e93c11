//! What a service tells of itself.

use compact_str::CompactString;
use serde::Deserialize;

use crate::resolve::Authority;

/// So many questions are asked together where a service does not say how many it takes.
const USUAL_BATCH: usize = 20;
/// And no more than so many, whatever it says.
const LARGEST_BATCH: usize = 500;

/// What a service tells of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Manifest {
    /// What it is called.
    pub name: String,
    /// What the IRIs of its entities begin with.
    pub identifier_space: String,
    /// The form of its questions.
    pub(super) version: Version,
    /// How many questions it takes at once.
    pub(super) batch: usize,
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
    identifier_space: String,
    batch_size: Option<usize>,
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
        let (name, identifier_space) = (told.name, told.identifier_space);
        Ok(Self { name, identifier_space, version, batch })
    }

    /// What an id of the service means; none where that makes no IRI with an id at its end.
    pub fn id(&self, id: &str) -> Option<(Authority, CompactString)> {
        let is_iri = id.starts_with("http://") || id.starts_with("https://");
        let iri = if is_iri { id.to_owned() } else { format!("{}{id}", self.joined()) };
        Authority::of_iri(&iri).filter(|_| oxrdf::NamedNode::new(&iri).is_ok())
    }

    /// What an id is put behind: some services leave the last slash out.
    fn joined(&self) -> String {
        let space = &self.identifier_space;
        let end = if space.ends_with(['/', '#', '=', ':']) { "" } else { "/" };
        format!("{space}{end}")
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
        let new = br#"{"versions": ["1.0"], "name": "W", "batchSize": 7,
            "identifierSpace": "http://www.wikidata.org/entity/", "more": 1}"#;
        let new = Manifest::read(new).unwrap();
        assert_eq!((new.version, new.batch), (Version::Json, 7));
        assert_eq!(new.id("Q597"), Some((Authority::Wikidata, "Q597".into())));
        assert_eq!(new.id("a b"), None);
        assert!(Manifest::read(b"<html>").is_err());
        assert!(Manifest::read(br#"{"name": "no space"}"#).is_err());
    }
}
