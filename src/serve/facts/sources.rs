//! Who is quoted how often.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::Term;
use serde::Serialize;

use super::Lookup;
use super::lookup::is_unnamed;
use super::thing::Thing;
use crate::graph::StoreError;
use crate::graph::select::{
    Select,
    names::{G, L, M, N, S},
    number, variable,
};
use crate::graph::vocabulary::{rp, skos};

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

/// Who is quoted in a store.
pub(in crate::serve) fn sources(lookup: Lookup<'_>) -> Result<Sources, StoreError> {
    Ok(Sources { named: sorted(named(lookup)?), unnamed: sorted(unnamed(lookup)?) })
}

/// Sources that articles share, and that have a name.
fn named(lookup: Lookup<'_>) -> Result<Vec<Quoted>, StoreError> {
    let below = lookup.store.iris().entities();
    let attributions =
        Select::triples(variable("a"), rp::SOURCE.into_owned(), variable(S)).within(variable(G));
    let mut named = Vec::new();
    for row in lookup.rows(attributions.counted_with(&[S], G), [S, N, M])? {
        let [Term::NamedNode(source), attributions, articles] = row else { continue };
        if source.as_str().starts_with(&below) && !is_unnamed(lookup, &source)? {
            let label = lookup.label(&source)?;
            named.push(Quoted {
                thing: Thing { iri: Some(source.into_string()), label },
                attributions: number(&attributions),
                articles: number(&articles),
            });
        }
    }
    Ok(named)
}

/// Those that an article names itself, by their words.
fn unnamed(lookup: Lookup<'_>) -> Result<Vec<Quoted>, StoreError> {
    let attributions = Select::triples(variable("a"), rp::SOURCE.into_owned(), variable(S));
    let labelled = attributions
        .and(variable(S), skos::PREF_LABEL.into_owned(), variable(L))
        .within(variable(G));
    let mut sums: BTreeMap<String, (usize, BTreeSet<String>)> = BTreeMap::new();
    for row in lookup.rows(labelled.counted(&[L, G]), [L, G, N])? {
        let [Term::Literal(label), article, attributions] = row else { continue };
        let (sum, articles) = sums.entry(label.value().to_lowercase()).or_default();
        *sum += number(&attributions);
        articles.insert(article.to_string());
    }
    let quoted = |(label, (attributions, articles)): (String, (usize, BTreeSet<String>))| {
        let thing = Thing { iri: None, label };
        Quoted { thing, attributions, articles: articles.len() }
    };
    Ok(sums.into_iter().map(quoted).collect())
}

fn sorted(mut all: Vec<Quoted>) -> Vec<Quoted> {
    all.sort_by(|a, b| b.attributions.cmp(&a.attributions).then_with(|| a.thing.cmp(&b.thing)));
    all
}
