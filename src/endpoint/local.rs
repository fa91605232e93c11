//! What a store has to send: its graphs, each with a digest of what it says.

use std::collections::BTreeMap;

use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Term, Triple};
use sha2::{Digest, Sha256};

use super::EndpointError;
use crate::export::{Profile, Source};
use crate::graph::vocabulary::rp;
use crate::graph::{Store, StoreError};
use crate::text::hex;

/// Counted up where the same store would be sent otherwise.
const FORM: u32 = 1;

/// The graphs of a store.
pub(super) struct Local {
    /// Those of articles and stories, with a digest of all that each was made of; they
    /// are not read for it.
    pub(super) whole: BTreeMap<NamedNode, String>,
    /// Those that articles share.
    pub(super) shared: Vec<NamedNode>,
}

impl Local {
    pub(super) fn of(
        store: &Store,
        source: &Source<'_>,
        profile: Profile,
    ) -> Result<Self, EndpointError> {
        let digests = digests(store)?;
        let mut local = Self { whole: BTreeMap::new(), shared: Vec::new() };
        for name in source.names() {
            let GraphName::NamedNode(name) = name else { continue };
            match digests.get(name) {
                Some(digest) => {
                    local.whole.insert(name.clone(), digest_as(profile, digest));
                }
                None => local.shared.push(name.clone()),
            }
        }
        Ok(local)
    }
}

/// The digests that the store keeps of articles and stories.
fn digests(store: &Store) -> Result<BTreeMap<NamedNode, String>, StoreError> {
    let graph = store.iris().build_graph();
    let graph = Some(graph.as_ref().into());
    let mut digests = BTreeMap::new();
    for quad in store.database().quads_for_pattern(None, Some(rp::DIGEST), None, graph) {
        let quad = quad.map_err(|error| store.error(error))?;
        if let (NamedOrBlankNode::NamedNode(node), Term::Literal(digest)) =
            (quad.subject, quad.object)
        {
            digests.insert(node, digest.destruct().0);
        }
    }
    Ok(digests)
}

/// The digest of what a profile of a graph says, as this version of the program writes it.
fn digest_as(profile: Profile, digest: &str) -> String {
    let version = env!("CARGO_PKG_VERSION");
    short(&Sha256::digest(format!("{FORM} {version} {profile:?} {digest}")))
}

/// The digest of lines.
pub(super) fn digest_of(lines: &[String]) -> String {
    let mut digest = Sha256::new();
    for line in lines {
        digest.update(line);
    }
    short(&digest.finalize())
}

fn short(digest: &[u8]) -> String {
    hex(&digest[..16])
}

/// Triples as lines of N-Triples, in order, each once.
pub(super) fn lines(triples: &[Triple]) -> Vec<String> {
    let mut lines: Vec<String> = triples.iter().map(|triple| format!("{triple} .\n")).collect();
    lines.sort_unstable();
    lines.dedup();
    lines
}
