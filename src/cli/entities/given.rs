//! What the user gives: entities, articles, ids and decisions, in any of the forms that
//! tables show.

use anyhow::{Context, bail};
use compact_str::CompactString;

use crate::cli::remove;
use crate::curation::{self, Filter};
use crate::graph::Store;
use crate::resolve::{Authority, DecisionId, EntityNode};
use crate::text::ArticleId;

/// So many entities are suggested in place of one that is not there.
const SUGGESTED: usize = 5;

/// The entity that is meant by an IRI, or by its path below the base.
pub(super) fn entity(store: &Store, given: &str) -> anyhow::Result<EntityNode> {
    let iri = given.trim_matches(['<', '>']);
    let path = if iri.starts_with(store.iris().base()) {
        iri.to_owned()
    } else {
        format!("{}{iri}", store.iris().base())
    };
    store.iris().entity_of(&path).with_context(|| {
        format!("{given}: no IRI of an entity, like entity/lisbon or article/flood/entity/mayor")
    })
}

/// The same, of which some article speaks.
pub(super) fn known_entity(store: &Store, given: &str) -> anyhow::Result<EntityNode> {
    let Ok(node) = entity(store, given) else { return not_there(store, given) };
    if store.articles_with(&node)?.is_empty() {
        return not_there(store, given);
    }
    Ok(node)
}

/// Names entities that are called like what is not there.
fn not_there<T>(store: &Store, given: &str) -> anyhow::Result<T> {
    let last = given.trim_matches(['<', '>']).rsplit('/').next().unwrap_or(given);
    let words = last.split('_').next().unwrap_or(last).replace('-', " ");
    let filter = Filter { words: Some(words), kind: None };
    let found = curation::list(store, &filter)?;
    let base = store.iris().base();
    let paths = found.iter().map(|listed| listed.entity.as_str().trim_start_matches(base));
    let paths: Vec<&str> = paths.take(SUGGESTED).collect();
    if paths.is_empty() {
        bail!(
            "{given}: no article of this store speaks of it; `reportedly entities list` shows of what they do"
        );
    }
    bail!("{given}: no article of this store speaks of it; did you mean {}?", paths.join(" or "))
}

/// A stored article.
pub(super) fn article(store: &Store, given: &str) -> anyhow::Result<ArticleId> {
    let id = remove::article(given, store);
    if store.digest(&id)?.is_none() {
        bail!("{given}: no such article in this store; `reportedly query articles` shows them");
    }
    Ok(id)
}

/// An id of Wikidata, or an IRI.
pub(super) fn id(given: &str) -> anyhow::Result<(Authority, CompactString)> {
    let bare = given.trim_matches(['<', '>']);
    let item = bare.strip_prefix("wd:").unwrap_or(bare);
    let is_item = item
        .strip_prefix('Q')
        .is_some_and(|n| !n.is_empty() && n.bytes().all(|b| b.is_ascii_digit()));
    if is_item {
        return Ok((Authority::Wikidata, item.into()));
    }
    // People copy the address of the page.
    let bare = bare.replacen("https://www.wikidata.org/wiki/", Authority::Wikidata.prefix(), 1);
    let is_iri = oxrdf::NamedNode::new(&bare).is_ok();
    let id = Authority::of_iri(&bare).filter(|_| is_iri);
    id.with_context(|| format!("{given}: neither an item of Wikidata (Q597) nor an IRI"))
}

/// The id of a decision, alone or as a path or IRI.
pub(super) fn decision(given: &str) -> anyhow::Result<DecisionId> {
    let last = given.trim_matches(['<', '>']).rsplit('/').next().unwrap_or(given);
    DecisionId::read(last).with_context(|| {
        format!("{given}: no id of a decision; `reportedly entities decisions` shows them")
    })
}
