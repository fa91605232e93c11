//! Makes an endpoint hold what a store holds.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{GraphName, NamedNode};

use super::held::{self, Held};
use super::local::{Local, digest_of, lines};
use super::shared::{Parts, part_of};
use super::update::{self, UNFINISHED};
use super::{Client, EndpointError};
use crate::export::{Format, Options, Profile, Source};
use crate::graph::{Iris, Store};

/// What is sent, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PushOptions {
    /// How much of each graph.
    pub profile: Profile,
    /// About so many bytes go in one request.
    pub batch: usize,
    /// Only tell what would be sent.
    pub dry_run: bool,
}

impl Default for PushOptions {
    fn default() -> Self {
        Self { profile: Profile::Full, batch: 1 << 20, dry_run: false }
    }
}

/// What was sent, or would be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pushed {
    /// Graphs of articles and stories that were not there, or had changed.
    pub sent: u64,
    /// Those that were there as they are.
    pub unchanged: u64,
    /// Those that are no longer in the store.
    pub withdrawn: u64,
    /// Parts of the graphs that articles share, sent.
    pub parts: u64,
    /// Parts that were there as they are.
    pub unchanged_parts: u64,
    /// Triples sent.
    pub triples: u64,
    /// Requests that changed something.
    pub requests: u64,
    /// Bytes of these.
    pub bytes: u64,
}

/// How far it has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    /// Graphs that are done.
    pub done: u64,
    /// Graphs that are to be sent or taken out.
    pub all: u64,
}

/// Sends the graphs of a store to an endpoint, article by article: what is there already
/// is left, what is no longer in the store is taken out. When it is cut short, the next
/// run goes on where it ended.
pub fn push(
    store: &Store,
    client: &Client,
    options: &PushOptions,
    watch: &mut dyn FnMut(Step),
) -> Result<Pushed, EndpointError> {
    let source = Options { profile: options.profile, ..Options::of(Format::NQuads) };
    let source = Source::new(store, &source)?;
    let local = Local::of(store, &source, options.profile)?;
    let held = held::held(client, store.iris())?;
    let withdrawn = withdrawn(&local, &held);
    let is_new = |(name, digest): &(&NamedNode, &String)| held.get(name.as_str()) != Some(digest);
    let wanted: Vec<(&NamedNode, &String)> = local.whole.iter().filter(is_new).collect();
    let mut pushed = Pushed {
        sent: wanted.len() as u64,
        unchanged: (local.whole.len() - wanted.len()) as u64,
        withdrawn: withdrawn.len() as u64,
        ..Pushed::default()
    };
    let all = (wanted.len() + withdrawn.len() + local.shared.len()) as u64;
    let iris = store.iris();
    let mut sender = Sender { client, iris, options, together: String::new(), pushed: &mut pushed };
    let mut done = 0;
    let mut advance = || {
        done += 1;
        watch(Step { done, all });
    };
    sender.add(update::note_base(iris))?;
    for name in &withdrawn {
        sender.withdraw(name)?;
        advance();
    }
    for (name, digest) in wanted {
        sender.graph(&source, name, digest)?;
        advance();
    }
    for name in &local.shared {
        let triples = source.graph(&GraphName::from(name.clone()))?;
        sender.shared(&Parts::of(name.clone(), triples), &held)?;
        advance();
    }
    sender.flush()?;
    Ok(pushed)
}

/// The graphs that an endpoint holds, and the store no longer.
fn withdrawn(local: &Local, held: &Held) -> Vec<NamedNode> {
    let names = held.keys().filter_map(|name| NamedNode::new(name).ok());
    // Parts of shared graphs are named by fragments.
    names.filter(|name| !name.as_str().contains('#') && !local.whole.contains_key(name)).collect()
}

/// Puts updates together, and sends them.
struct Sender<'a> {
    client: &'a Client,
    iris: &'a Iris,
    options: &'a PushOptions,
    /// What is to be sent next.
    together: String,
    pushed: &'a mut Pushed,
}

impl Sender<'_> {
    fn add(&mut self, update: String) -> Result<(), EndpointError> {
        if !self.together.is_empty() && self.together.len() + update.len() > self.options.batch {
            self.flush()?;
        }
        if !self.together.is_empty() {
            self.together.push_str(" ;\n");
        }
        self.together.push_str(&update);
        Ok(())
    }

    fn flush(&mut self) -> Result<(), EndpointError> {
        let update = std::mem::take(&mut self.together);
        if !update.is_empty() && !self.options.dry_run {
            self.client.update(&update)?;
            self.pushed.requests += 1;
            self.pushed.bytes += update.len() as u64;
        }
        Ok(())
    }

    fn withdraw(&mut self, graph: &NamedNode) -> Result<(), EndpointError> {
        self.add(update::drop_graph(graph))?;
        self.add(update::forget(self.iris, graph))
    }

    /// Sends the graph of an article or a story, in place of what was there of it.
    fn graph(
        &mut self,
        source: &Source<'_>,
        name: &NamedNode,
        digest: &str,
    ) -> Result<(), EndpointError> {
        if self.options.dry_run {
            return Ok(());
        }
        let lines = lines(&source.graph(&GraphName::from(name.clone()))?);
        self.add(update::note(self.iris, name, UNFINISHED))?;
        self.replace(name, &lines)?;
        self.add(update::note(self.iris, name, digest))
    }

    fn replace(&mut self, name: &NamedNode, lines: &[String]) -> Result<(), EndpointError> {
        self.pushed.triples += lines.len() as u64;
        if self.client.takes_graphs() {
            self.flush()?;
            let lines = lines.concat();
            self.client.put(name, &lines)?;
            self.pushed.requests += 1;
            self.pushed.bytes += lines.len() as u64;
            return Ok(());
        }
        self.add(update::drop_graph(name))?;
        self.insert(name, lines)
    }

    fn insert(&mut self, name: &NamedNode, lines: &[String]) -> Result<(), EndpointError> {
        let mut updates = update::insert(name, lines, self.options.batch).into_iter();
        updates.try_for_each(|update| self.add(update))
    }

    /// Sends what has changed of a graph that articles share.
    fn shared(&mut self, local: &Parts, held: &Held) -> Result<(), EndpointError> {
        let held = local.held(self.iris, held);
        let changed = local.changed(&held);
        let count = changed.as_ref().map_or(local.parts.len(), BTreeSet::len) as u64;
        self.pushed.parts += count;
        self.pushed.unchanged_parts += (local.parts.len() as u64).saturating_sub(count);
        match changed {
            _ if self.options.dry_run => Ok(()),
            Some(changed) if changed.is_empty() => Ok(()),
            Some(changed) if changed.len() * 2 <= local.parts.len().max(held.len()) => {
                self.change(local, &changed)
            }
            _ => self.renew(local, held.keys()),
        }
    }

    /// Sends all of a graph.
    fn renew<'h>(
        &mut self,
        local: &Parts,
        held: impl Iterator<Item = &'h String>,
    ) -> Result<(), EndpointError> {
        for part in held {
            self.add(update::forget(self.iris, &self.iris.pushed_part(&local.graph, part)))?;
        }
        self.replace(&local.graph, &local.parts.values().flatten().cloned().collect::<Vec<_>>())?;
        for (part, lines) in &local.parts {
            let part = self.iris.pushed_part(&local.graph, part);
            self.add(update::note(self.iris, &part, &digest_of(lines)))?;
        }
        Ok(())
    }

    /// Sends some parts of a graph in place of what the endpoint has of them.
    fn change(&mut self, local: &Parts, changed: &BTreeSet<String>) -> Result<(), EndpointError> {
        self.flush()?;
        let found = held::subjects(self.client, &local.graph, &local.filter(changed))?;
        let mut old: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for subject in found {
            old.entry(part_of(&subject, local.digits)).or_default().push(subject);
        }
        for part in changed {
            let node = self.iris.pushed_part(&local.graph, part);
            self.add(update::note(self.iris, &node, UNFINISHED))?;
            if let Some(subjects) = old.get(part) {
                self.add(update::remove(&local.graph, subjects))?;
            }
            match local.parts.get(part) {
                Some(lines) => {
                    self.pushed.triples += lines.len() as u64;
                    self.insert(&local.graph, lines)?;
                    self.add(update::note(self.iris, &node, &digest_of(lines)))?;
                }
                None => self.add(update::forget(self.iris, &node))?,
            }
        }
        Ok(())
    }
}
