//! `reportedly eval links`.

use std::collections::BTreeSet;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use compact_str::CompactString;

use crate::cli::Outcome;
use crate::cli::pipeline::knowledge_base;
use crate::eval::links::{LinksCase, LinksScore, found_links, read_links};
use crate::pipeline::{Pipeline, PipelineBuilder};
use crate::resolve::Authority;

/// Links of names to Wikidata against a set of ELEVANT: which item is each name?
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The gold file, JSON lines
    gold: PathBuf,
    /// A knowledge base that `kb build` compiled; may be repeated
    #[arg(long, value_name = "FILE.kb")]
    kb: Vec<PathBuf>,
    /// Leave out the knowledge base that ships
    #[arg(long)]
    no_default_kb: bool,
    /// Show each link that is wrong, and each name that should have one
    #[arg(long)]
    show: bool,
}

impl Flags {
    fn builder(&self) -> anyhow::Result<PipelineBuilder> {
        let mut builder = Pipeline::builder();
        for path in &self.kb {
            builder = builder.knowledge_base(knowledge_base(path)?);
        }
        Ok(if self.no_default_kb { builder.without_default_base() } else { builder })
    }
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let name = || flags.gold.display().to_string();
    let text = std::fs::read_to_string(&flags.gold).with_context(name)?;
    let gold = read_links(&text)
        .map_err(|line| anyhow::anyhow!("{}:{line}: not a line of a set of ELEVANT", name()))?;
    let pipeline = flags.builder()?.build()?;
    let known = items(&pipeline);
    let mut score = LinksScore::default();
    for gold in &gold {
        score.add(gold, &found_links(&pipeline.analyse(gold.article("gold"))), &known);
    }
    anstream::println!("names      {}", score.names);
    anstream::println!("annotated  {}", score.annotated);
    anstream::println!("in a base  {}", score.known);
    for case in score.cases.iter().filter(|_| flags.show) {
        show(case);
    }
    Ok(Outcome::Done)
}

/// The items of Wikidata that some base knows.
fn items(pipeline: &Pipeline) -> BTreeSet<CompactString> {
    let ids = pipeline.resolver().ids();
    let items = ids.filter(|(authority, _)| *authority == Authority::Wikidata);
    items.map(|(_, item)| item).collect()
}

fn show(case: &LinksCase) {
    let item = |item: &Option<CompactString>| item.clone().unwrap_or_else(|| "-".into());
    let what = if case.found.is_some() { "wrong" } else { "missed" };
    let (found, wanted) = (item(&case.found), item(&case.wanted));
    anstream::println!("{what:<7} {found:<11} {wanted:<11} {}", case.words);
}
