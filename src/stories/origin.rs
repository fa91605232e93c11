//! Where the claims of a story come from.
//!
//! In: the [`Telling`]s of a story, which are near copies, and which claims say the same.
//! Out: the outlet that each of those claims comes from. What an article itself says of
//! one of its claims ("the Journal reported") stands. A claim of which it says nothing
//! comes from the outlet that another article names for the same claim, if this article
//! names that outlet as a source, too: it retells the report. Near copies have one origin,
//! that of the first of them.

use std::collections::{BTreeMap, BTreeSet};

use super::meeting::Meeting;
use super::telling::Telling;

/// The origins of the claims of each meeting, in the order of its claims; none where
/// nobody knows.
pub fn origins(
    tellings: &[Telling],
    copies: &[(usize, usize)],
    meetings: &[Meeting],
) -> Vec<Vec<Option<String>>> {
    let credited: Vec<BTreeSet<&str>> = tellings.iter().map(credited).collect();
    let first = first_copies(tellings, copies);
    let mut all = Vec::with_capacity(meetings.len());
    for meeting in meetings {
        let named: BTreeSet<&str> =
            meeting.claims.iter().filter_map(|&place| named_by_article(tellings, place)).collect();
        let origin = |&(article, claim): &(usize, usize)| {
            let own = named_by_article(tellings, (article, claim));
            let retold = || named.iter().copied().find(|outlet| credited[article].contains(outlet));
            let printed = || {
                let source = first.get(&article).copied().unwrap_or(article);
                tellings[source].outlet.as_deref()
            };
            own.or_else(retold).or_else(printed).map(str::to_owned)
        };
        all.push(meeting.claims.iter().map(origin).collect());
    }
    all
}

/// The outlets, beside its own, that an article names as the origin of some claim.
fn credited(telling: &Telling) -> BTreeSet<&str> {
    let origins = telling.claims.iter().filter_map(|claim| claim.origin.as_deref());
    origins.filter(|origin| telling.outlet.as_deref() != Some(origin)).collect()
}

/// The outlet that the article itself names for a claim.
fn named_by_article(tellings: &[Telling], (article, claim): (usize, usize)) -> Option<&str> {
    let telling = &tellings[article];
    let origin = telling.claims[claim].origin.as_deref();
    origin.filter(|origin| telling.outlet.as_deref() != Some(origin))
}

/// The first of the copies that each article belongs to: the earliest, then the first in
/// order.
fn first_copies(tellings: &[Telling], copies: &[(usize, usize)]) -> BTreeMap<usize, usize> {
    let mut first: BTreeMap<usize, usize> = BTreeMap::new();
    for &(one, other) in copies {
        let roots = [root(&first, one), root(&first, other)];
        let by_day =
            |&article: &usize| (tellings[article].day.is_none(), tellings[article].day, article);
        let source = roots.into_iter().min_by_key(by_day).expect("there are two");
        for article in roots {
            first.insert(article, source);
        }
    }
    let articles: Vec<usize> = copies.iter().flat_map(|&(one, other)| [one, other]).collect();
    articles.into_iter().map(|article| (article, root(&first, article))).collect()
}

fn root(first: &BTreeMap<usize, usize>, article: usize) -> usize {
    let mut at = article;
    while let Some(&next) = first.get(&at).filter(|&&next| next != at) {
        at = next;
    }
    at
}
