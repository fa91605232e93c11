//! Decisions about entities, made and undone.

use std::io::Write;
use std::path::Path;

use anyhow::{Context, bail};
use compact_str::CompactString;

use super::overview::told;
use super::{Deciding, Linking, given};
use crate::cli::Outcome;
use crate::curation::{self, Change, Plan};
use crate::graph::{Store, decisions_from_turtle};
use crate::pipeline::Pipeline;
use crate::resolve::{Decision, EntityKey, EntityNode, Verdict};
use crate::text::NameKind;

/// So many articles are named that would be understood again.
const NAMED: usize = 20;

/// Opens the store for deciding; a store that is not there is none to decide about.
fn open(deciding: &Deciding) -> anyhow::Result<Store> {
    drop(Store::open(&deciding.store.path)?);
    Ok(Store::create(&deciding.store.path, None)?)
}

fn pipeline(deciding: &Deciding) -> anyhow::Result<Pipeline> {
    Ok(deciding.pipeline.builder()?.assertion(deciding.assert.into()).build()?)
}

impl Deciding {
    fn decision(&self, node: EntityNode, verdict: Verdict) -> Decision {
        let (reason, by, on) = (self.reason.clone(), self.by.clone(), self.on);
        Decision { reason, by, on, ..Decision::new(node, verdict) }
    }
}

pub(super) fn merge(kept: &str, others: &[String], deciding: &Deciding) -> anyhow::Result<Outcome> {
    let store = open(deciding)?;
    let kept = given::known_entity(&store, kept)?;
    let EntityNode::Global(key) = &kept else {
        bail!("{kept}: belongs to one article; the entity that stays must be one of every article");
    };
    let label = curation::label_of(&store, &kept)?.map(CompactString::from);
    let same = |other: &String| {
        let node = given::known_entity(&store, other)?;
        if node == kept {
            bail!("{other}: an entity cannot be merged into itself");
        }
        Ok(deciding.decision(node, Verdict::Same { key: key.clone(), label: label.clone() }))
    };
    let made = others.iter().map(same).collect::<anyhow::Result<Vec<_>>>()?;
    carry_out(&store, &pipeline(deciding)?, Change { made, ..Change::default() }, deciding)
}

pub(super) fn split(
    entity: &str,
    articles: &[String],
    other: &str,
    deciding: &Deciding,
) -> anyhow::Result<Outcome> {
    let store = open(deciding)?;
    let node = given::known_entity(&store, entity)?;
    let mut wanted = articles
        .iter()
        .map(|article| given::article(&store, article))
        .collect::<anyhow::Result<std::collections::BTreeSet<_>>>()?;
    if let EntityNode::Local(article, _) = &node {
        wanted.insert(article.clone());
    }
    if wanted.is_empty() {
        bail!(
            "--article: in which articles is {node} another? `reportedly entities show` lists them"
        );
    }
    let stored = store.articles_with(&node)?;
    if let Some(article) = wanted.iter().find(|article| !stored.contains(article)) {
        bail!("{article}: does not speak of {node}");
    }
    let (key, label) = other_entity(&store, &node, other)?;
    if key == node.slug() {
        bail!(
            "--as {other}: that is {node} itself; add what tells the other from it: --as \"{other} (singer)\""
        );
    }
    let decision = deciding.decision(node, Verdict::Apart { articles: wanted, key, label });
    carry_out(&store, &pipeline(deciding)?, made(decision), deciding)
}

/// The key of an entity of the store, or of one of a new name, with that name.
fn other_entity(
    store: &Store,
    node: &EntityNode,
    other: &str,
) -> anyhow::Result<(CompactString, Option<CompactString>)> {
    if let Ok(found) = given::entity(store, other) {
        let EntityNode::Global(key) = given::known_entity(store, other)? else {
            bail!("--as {found}: belongs to one article; give it a name instead");
        };
        return Ok((key, None));
    }
    let kind = kind_of(store, node)?;
    let key = EntityKey::of_name(other, kind)
        .with_context(|| format!("--as {other:?}: a name has letters or digits"))?;
    Ok((key.slug().into(), Some(other.into())))
}

/// Of what kind an entity is, by its class.
fn kind_of(store: &Store, node: &EntityNode) -> anyhow::Result<Option<NameKind>> {
    let shown = curation::show(store, node)?.context("some article speaks of it")?;
    Ok(match shown.kind.as_str() {
        "Person" => Some(NameKind::Person),
        "Organization" => Some(NameKind::Organization),
        "Place" => Some(NameKind::Place),
        "Event" => Some(NameKind::Event),
        "Group" => Some(NameKind::Group),
        "Product" => Some(NameKind::Product),
        _ => None,
    })
}

pub(super) fn link(linking: &Linking) -> anyhow::Result<Outcome> {
    let Linking { entity, id, deciding } = linking;
    let store = open(deciding)?;
    let (node, id) = (given::known_entity(&store, entity)?, given::id(id)?);
    let pipeline = pipeline(deciding)?;
    let verdict = curation::link(&pipeline, &node, id)?;
    carry_out(&store, &pipeline, made(deciding.decision(node, verdict)), deciding)
}

pub(super) fn unlink(linking: &Linking) -> anyhow::Result<Outcome> {
    let Linking { entity, id, deciding } = linking;
    let store = open(deciding)?;
    let (node, id) = (global(&store, entity)?, given::id(id)?);
    let decision = deciding.decision(node, Verdict::NotLinked(id));
    carry_out(&store, &pipeline(deciding)?, made(decision), deciding)
}

pub(super) fn rename(entity: &str, name: &str, deciding: &Deciding) -> anyhow::Result<Outcome> {
    let store = open(deciding)?;
    let node = global(&store, entity)?;
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        bail!("a name has letters or digits");
    }
    let decision = deciding.decision(node, Verdict::Called(name.into()));
    carry_out(&store, &pipeline(deciding)?, made(decision), deciding)
}

/// An entity that is the same in every article.
fn global(store: &Store, given: &str) -> anyhow::Result<EntityNode> {
    let node = given::known_entity(store, given)?;
    if let EntityNode::Local(..) = node {
        bail!(curation::CurationError::Local(node));
    }
    Ok(node)
}

pub(super) fn import(file: &Path, deciding: &Deciding) -> anyhow::Result<Outcome> {
    let store = open(deciding)?;
    let name = file.display().to_string();
    let turtle = std::fs::read_to_string(file).with_context(|| name.clone())?;
    let made = decisions_from_turtle(store.iris(), &turtle, &name)?;
    if made.is_empty() {
        bail!("{name}: no decision in it");
    }
    carry_out(&store, &pipeline(deciding)?, Change { made, ..Change::default() }, deciding)
}

pub(super) fn undo(decisions: &[String], deciding: &Deciding) -> anyhow::Result<Outcome> {
    let store = open(deciding)?;
    let undone = decisions.iter().map(|given| given::decision(given));
    let undone = undone.collect::<anyhow::Result<_>>()?;
    carry_out(&store, &pipeline(deciding)?, Change { undone, ..Change::default() }, deciding)
}

/// The change that is one decision.
fn made(decision: Decision) -> Change {
    Change { made: vec![decision], ..Change::default() }
}

fn carry_out(
    store: &Store,
    pipeline: &Pipeline,
    change: Change,
    deciding: &Deciding,
) -> anyhow::Result<Outcome> {
    let plan = Plan::of(store, &change)?;
    let old = store.decisions()?;
    let mut out = anstream::stdout().lock();
    for decision in &change.made {
        let known = if old.get(&decision.id()).is_some() { "known already: " } else { "" };
        writeln!(out, "{known}{}", told(store, decision))?;
    }
    for decision in change.undone.iter().filter_map(|id| old.get(id)) {
        writeln!(out, "undone: {}", told(store, decision))?;
    }
    let articles = plan.touched.len();
    if deciding.dry_run {
        for article in plan.touched.iter().take(NAMED) {
            writeln!(out, "would be understood again: {article}")?;
        }
        writeln!(out, "articles touched: {articles}; nothing is changed")?;
        return Ok(Outcome::Done);
    }
    plan.carry_out(store, pipeline)?;
    writeln!(out, "articles understood again: {articles}")?;
    Ok(Outcome::Done)
}
