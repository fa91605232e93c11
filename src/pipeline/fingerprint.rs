//! Names for all that an analysis follows from, so that a store knows which of
//! its articles to build again.

use sha2::{Digest, Sha256};

use crate::read::Item;
use crate::resolve::AssertionPolicy;
use crate::text::hex;

/// The version of what the code makes of an article. Raise it with every change
/// of code after which some article gives another analysis, so that stores are
/// built again; `tests/golden.rs` fails until that is done. Data (models, rules,
/// word lists, ontologies) need no new number: they are digested themselves.
pub const ANALYSIS_VERSION: u32 = 20;

/// A digest of what ships inside the program: the version of the code, and its data
/// (rules, word lists, relations, known entities, model).
pub fn shipped_digest() -> String {
    format!("{ANALYSIS_VERSION}-{}", env!("REPORTEDLY_DATA"))
}

/// A digest of what a pipeline is made of.
#[derive(Clone, Debug)]
pub(super) struct Fingerprint(Sha256);

impl Fingerprint {
    /// That of what ships: the version of the code and a digest of its data.
    pub(super) fn shipped() -> Self {
        let mut digest = Sha256::new();
        digest.update(ANALYSIS_VERSION.to_le_bytes());
        digest.update(env!("REPORTEDLY_DATA"));
        Self(digest)
    }

    /// Adds a file.
    pub(super) fn add(&mut self, kind: &str, name: &str, contents: &[u8]) {
        for part in [kind.as_bytes(), name.as_bytes(), contents] {
            self.0.update((part.len() as u64).to_le_bytes());
            self.0.update(part);
        }
    }

    /// The name of the analysis of an item.
    pub(super) fn of(&self, item: &Item, policy: AssertionPolicy) -> String {
        let mut digest = self.0.clone();
        digest.update([policy as u8, u8::from(matches!(item, Item::Document(_)))]);
        let json = match item {
            Item::Article(article) => serde_json::to_vec(article),
            Item::Document(document) => serde_json::to_vec(document),
        };
        digest.update(json.expect("plain data with text for keys always has JSON"));
        let bytes: [u8; 32] = digest.finalize().into();
        hex(&bytes)
    }
}
