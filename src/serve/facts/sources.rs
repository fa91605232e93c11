//! Who is quoted how often.

use std::collections::BTreeMap;

use oxrdf::{NamedNode, Term};
use serde::Serialize;

use super::Lookup;
use super::claim::is_unnamed;
use super::thing::Thing;
use crate::graph::StoreError;
use crate::graph::vocabulary::rp;

/// A source, and how much is attributed to it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Quoted {
    /// The source; of sources without a name only their words.
    #[serde(flatten)]
    pub(in crate::serve) thing: Thing,
    /// How many attributions it has.
    pub(in crate::serve) attributions: usize,
    /// In how many articles.
    pub(in crate::serve) articles: usize,
}

/// Who is quoted, the most quoted first.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub(in crate::serve) struct Sources {
    /// Those that have a name.
    pub(in crate::serve) named: Vec<Quoted>,
    /// Those that have none ("officials"), by their words.
    pub(in crate::serve) unnamed: Vec<Quoted>,
}

/// What is attributed to one source.
#[derive(Default)]
struct Tally {
    attributions: usize,
    articles: std::collections::BTreeSet<String>,
}

/// Who is quoted in a store.
pub(in crate::serve) fn sources(lookup: Lookup<'_>) -> Result<Sources, StoreError> {
    let mut tallies: BTreeMap<NamedNode, Tally> = BTreeMap::new();
    let database = lookup.store.database();
    for quad in database.quads_for_pattern(None, Some(rp::SOURCE), None, None) {
        let quad = quad.map_err(|error| lookup.store.error(error))?;
        if let Term::NamedNode(source) = quad.object {
            let tally = tallies.entry(source).or_default();
            tally.attributions += 1;
            tally.articles.insert(quad.graph_name.to_string());
        }
    }
    let mut unnamed: BTreeMap<String, Tally> = BTreeMap::new();
    let mut named = Vec::new();
    for (source, tally) in tallies {
        let label = lookup.label(&source)?;
        let is_global = source.as_str().starts_with(&lookup.store.iris().entities());
        if is_global && !is_unnamed(lookup, &source)? {
            let thing = Thing { iri: Some(source.into_string()), label };
            named.push(quoted(thing, &tally));
        } else {
            let sum = unnamed.entry(label.to_lowercase()).or_default();
            sum.attributions += tally.attributions;
            sum.articles.extend(tally.articles);
        }
    }
    let unnamed = unnamed.into_iter();
    let unnamed = unnamed.map(|(label, tally)| quoted(Thing { iri: None, label }, &tally));
    Ok(Sources { named: sorted(named), unnamed: sorted(unnamed.collect()) })
}

fn quoted(thing: Thing, tally: &Tally) -> Quoted {
    Quoted { thing, attributions: tally.attributions, articles: tally.articles.len() }
}

fn sorted(mut all: Vec<Quoted>) -> Vec<Quoted> {
    all.sort_by(|a, b| b.attributions.cmp(&a.attributions).then_with(|| a.thing.cmp(&b.thing)));
    all
}
