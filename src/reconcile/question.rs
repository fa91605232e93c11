//! What a service is asked.

use serde_json::{Value, json};

use super::manifest::Version;

/// So many candidates are asked for.
const CANDIDATES: usize = 5;

/// Which entity is called so?
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// What it is called.
    pub name: String,
    /// What it is, as the service calls that.
    pub class: Option<String>,
}

impl Question {
    /// As JSON of a form of the protocol.
    pub(super) fn json(&self, version: Version) -> Value {
        let mut json = match version {
            Version::Form => json!({ "query": self.name, "limit": CANDIDATES }),
            Version::Json => json!({
                "conditions": [{ "matchType": "name", "propertyValue": self.name }],
                "limit": CANDIDATES,
            }),
        };
        if let Some(class) = &self.class {
            json["type"] = Value::from(class.as_str());
        }
        json
    }

    /// Several, as a batch.
    pub(super) fn batch(questions: &[&Self], version: Version) -> Value {
        match version {
            Version::Form => {
                let named = questions.iter().enumerate();
                let named = named.map(|(n, q)| (name(n), q.json(version)));
                Value::Object(named.collect())
            }
            Version::Json => {
                let all: Vec<Value> = questions.iter().map(|q| q.json(version)).collect();
                json!({ "queries": all })
            }
        }
    }
}

/// The name of a question in a batch.
pub(super) fn name(number: usize) -> String {
    format!("q{number}")
}
