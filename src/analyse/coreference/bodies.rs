//! Bodies by what they are: *the bank* for *Orm Bank*, *the network* for *RTN*.
//!
//! In: a description that no name is known of. Out: the one body named nearby that can be
//! called so.

use super::facts::Facts;
use super::search::Search;
use crate::analyse::description_words::{BodySort, BodySorts};
use crate::text::{MentionKind, NameKind};

/// How many sentences back the body must have been named.
const REACH: usize = 2;
/// How many mentions before a description are looked at.
const NEAR: usize = 64;

/// The one body that a bare noun may mean: one whose name says the sort, else, for nouns of
/// common sorts, one whose name says none.
pub(super) fn body(search: &mut Search<'_, '_>) -> Option<usize> {
    let facts = search.facts();
    let sorts = search.problem.lexicon.descriptions.of_noun(&facts.word);
    let is_bare = facts.modifiers.is_empty() && !search.is_of_something();
    if sorts.is_empty() || !is_bare || is_spoken_of(search) {
        return None;
    }
    let bodies = bodies(search);
    let is_open = sorts.meets(open_sorts());
    let open = bodies.iter().enumerate().filter(|(_, (_, own))| is_open && own.is_empty());
    let told = bodies.iter().enumerate().filter(|(_, (_, own))| own.meets(sorts));
    let (open, told): (Vec<_>, Vec<_>) = (open.collect(), told.collect());
    let found = match (&*told, &*open) {
        // What stands nearer may be meant as well.
        ([(place, (one, _))], open) if open.iter().all(|(other, _)| other > place) => *one,
        ([], [(_, (one, _))]) => *one,
        _ => return None,
    };
    let is_body = search.problem.facts[found].entity == Some(NameKind::Organization);
    is_body.then_some(found)
}

/// The sorts of bodies whose names often do not tell them.
fn open_sorts() -> BodySorts {
    use BodySort::{Agency, Airline, Broadcaster, Company, Department, Group, Newspaper};
    BodySorts::of(&[Agency, Airline, Broadcaster, Company, Department, Group, Newspaper])
}

/// The mentions before a description that stand near.
fn near<'s>(search: &'s Search<'_, '_>) -> impl Iterator<Item = (usize, &'s Facts<'s>)> {
    let (at, all) = (search.description, search.problem.facts);
    let sentence = all[at].sentence;
    let before = all[..at].iter().enumerate().rev().take(NEAR);
    before.take_while(move |(_, facts)| sentence - facts.sentence <= REACH)
}

/// Whether something that has no name was called by the noun before: *among a group of
/// miners … the group*.
fn is_spoken_of(search: &mut Search<'_, '_>) -> bool {
    let word = &search.facts().word;
    let is_same = |facts: &Facts<'_>| facts.kind == MentionKind::Nominal && facts.word == *word;
    let same: Vec<usize> = near(search).filter(|(_, f)| is_same(f)).map(|(i, _)| i).collect();
    let at = search.description;
    let partition = &mut *search.partition;
    same.into_iter()
        .any(|other| partition.nature(other).name.is_none() && !partition.same(other, at))
}

/// The bodies named near, the last first, each once, with the sorts that their names tell;
/// what may be one is among them.
fn bodies(search: &mut Search<'_, '_>) -> Vec<(usize, BodySorts)> {
    use NameKind::{Organization, Other, Product};
    let acts = |f: &Facts<'_>| matches!(f.entity, Some(Organization | Other | Product));
    let named: Vec<usize> =
        near(search).filter(|(_, f)| f.is_name() && acts(f)).map(|(i, _)| i).collect();
    let mut bodies: Vec<(usize, BodySorts)> = Vec::new();
    for name in named {
        let root = search.partition.find(name);
        let sorts = search.told.known(root).map(|known| known.sorts);
        if !bodies.iter().any(|&(other, _)| search.partition.same(other, name)) {
            bodies.extend(sorts.map(|sorts| (name, sorts)));
        }
    }
    bodies
}
