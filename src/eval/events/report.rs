//! Figures of topics, by who found the groups.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use super::decision::Decision;
use super::told::Event;
use crate::eval::coref::{Scores, score};

/// What decides was chosen on the topics up to this one.
pub const LAST_DEVELOPMENT_TOPIC: u32 = 24;

/// The scores of each decision, over topics.
#[derive(Clone, Debug, Default)]
pub struct EventsReport {
    development: Part,
    others: Part,
}

/// Some topics.
#[derive(Clone, Debug, Default)]
struct Part {
    topics: usize,
    mentions: usize,
    instances: usize,
    scores: BTreeMap<Decision, Scores>,
}

impl EventsReport {
    /// Adds the groups that decisions made of the events of a topic: for each event the
    /// number of its group.
    pub fn add(&mut self, topic: u32, events: &[&Event], found: &BTreeMap<Decision, Vec<usize>>) {
        let is_development = topic <= LAST_DEVELOPMENT_TOPIC;
        let part = if is_development { &mut self.development } else { &mut self.others };
        let gold = clusters(events.iter().map(|event| &event.instance));
        part.topics += 1;
        part.mentions += events.len();
        part.instances += gold.len();
        for (decision, groups) in found {
            *part.scores.entry(*decision).or_default() += score(&gold, &clusters(groups));
        }
    }

    /// The scores of a decision on the topics that it was not chosen on.
    pub fn of(&self, decision: Decision) -> Scores {
        self.others.scores.get(&decision).copied().unwrap_or_default()
    }

    /// All topics together.
    fn whole(&self) -> Part {
        let mut whole = self.development.clone();
        whole.topics += self.others.topics;
        whole.mentions += self.others.mentions;
        whole.instances += self.others.instances;
        for (decision, scores) in &self.others.scores {
            *whole.scores.entry(*decision).or_default() += *scores;
        }
        whole
    }
}

/// The places of what has one key.
fn clusters<K: Ord>(keys: impl IntoIterator<Item = K>) -> Vec<BTreeSet<usize>> {
    let mut clusters: BTreeMap<K, BTreeSet<usize>> = BTreeMap::new();
    for (place, key) in keys.into_iter().enumerate() {
        clusters.entry(key).or_default().insert(place);
    }
    clusters.into_values().collect()
}

impl fmt::Display for EventsReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let up_to = format!("topics up to {LAST_DEVELOPMENT_TOPIC}");
        let parts = [(up_to.as_str(), &self.development), ("later topics", &self.others)];
        let whole = self.whole();
        for (name, part) in parts.into_iter().chain([("all topics", &whole)]) {
            part.write(f, name)?;
        }
        Ok(())
    }
}

impl Part {
    fn write(&self, f: &mut fmt::Formatter<'_>, name: &str) -> fmt::Result {
        let Self { topics, mentions, instances, .. } = self;
        writeln!(f, "{name}: {topics} topics, {mentions} actions of {instances} events")?;
        for (decision, scores) in &self.scores {
            write!(f, "{:<31} B3 {}", format!("{name}, {decision}"), scores.b3)?;
            let (muc, ceaf_e, mean) = (scores.muc.f1(), scores.ceaf_e.f1(), scores.mean());
            writeln!(f, "  MUC {muc:.3}  CEAF-e {ceaf_e:.3}  mean {mean:.3}")?;
        }
        Ok(())
    }
}
