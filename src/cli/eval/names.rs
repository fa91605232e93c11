//! `reportedly eval names`.

use std::fs;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::cli::Outcome;
use crate::eval::names::{Gold, Report};
use crate::pipeline::Pipeline;

/// Score names on gold tokens: exact spans and kinds
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// Gold names: IOB2 of Universal NER, or one word and tag a line
    gold: PathBuf,
    /// Show the first N names that are wrong or missing
    #[arg(long, value_name = "N", default_value_t = 20)]
    worst: usize,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let path = || flags.gold.display().to_string();
    let contents = fs::read_to_string(&flags.gold).with_context(path)?;
    let articles = Gold::parse(&contents).with_context(path)?;
    let kinds = articles.iter().flat_map(Gold::kinds).collect();
    let pipeline = Pipeline::builder().build()?;
    let mut report = Report::default();
    for gold in &articles {
        let (article, sentences, tokens) = gold.lay_out("gold");
        let document = pipeline.analyser().annotate(article, sentences, tokens);
        report.add(gold.score(&document.names, &kinds));
    }
    for (kind, score) in &report.kinds {
        anstream::println!("{:<13} {score}", format!("{kind:?}"));
    }
    anstream::println!("{:<13} {}", "all", report.all);
    for (found, kind, words) in report.cases.iter().take(flags.worst) {
        let what = if *found { "wrong" } else { "missed" };
        anstream::println!("{what:<7} {:<13} {words}", format!("{kind:?}"));
    }
    Ok(Outcome::Done)
}
