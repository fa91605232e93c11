//! Which actions of a topic are one event, as three decide it.

use std::collections::BTreeMap;
use std::fmt;

use super::likeness::Likeness;
use super::linkage::average_linkage;
use super::told::ToldArticle;
use crate::stories::{Telling, Words, compare};

/// Groups are joined while their actions are one event with this probability on average;
/// the best of .2, .25, … .5 on the development topics.
const SAME_EVENT: f32 = 0.3;

/// Who decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Decision {
    /// The baseline: one lemma, one event.
    SameLemma,
    /// The story comparison as it ships: [`compare`].
    Stories,
    /// A decision for bare actions, over the signs of that comparison and the gold's
    /// participants.
    Events,
}

impl fmt::Display for Decision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(match self {
            Self::SameLemma => "same lemma",
            Self::Stories => "stories",
            Self::Events => "events",
        })
    }
}

/// The number of each action's group, by each decision, over the actions of all articles
/// of a topic.
pub fn decide(articles: &[ToldArticle], words: &Words) -> BTreeMap<Decision, Vec<usize>> {
    BTreeMap::from([
        (Decision::SameLemma, by_lemma(articles)),
        (Decision::Stories, by_stories(articles, words)),
        (Decision::Events, by_likeness(articles, words)),
    ])
}

fn by_lemma(articles: &[ToldArticle]) -> Vec<usize> {
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    let mut groups = Vec::new();
    for event in articles.iter().flat_map(|article| &article.events) {
        let next = numbers.len();
        groups.push(*numbers.entry(&event.lemma).or_insert(next));
    }
    groups
}

/// What no other article says is alone.
fn by_stories(articles: &[ToldArticle], words: &Words) -> Vec<usize> {
    let tellings: Vec<Telling> = articles.iter().map(|article| article.telling.clone()).collect();
    let mut firsts = Vec::new();
    let mut count = 0;
    for article in articles {
        firsts.push(count);
        count += article.events.len();
    }
    let mut groups: Vec<usize> = (0..count).collect();
    for (number, meeting) in compare(&tellings, words).meetings.iter().enumerate() {
        for &(article, claim) in &meeting.claims {
            groups[firsts[article] + claim] = count + number;
        }
    }
    groups
}

fn by_likeness(articles: &[ToldArticle], words: &Words) -> Vec<usize> {
    let likeness = Likeness::new(articles, words);
    average_linkage(likeness.count(), SAME_EVENT, |one, other| likeness.probability(one, other))
}
