//! `reportedly eval gap`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use crate::cli::Outcome;
use crate::eval::gap::{GapScore, read_gap};
use crate::pipeline::Pipeline;
use crate::text::Article;

/// Pronouns against GAP: which of two names does each mean?
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// The gold file, tab-separated
    gold: PathBuf,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let name = || flags.gold.display().to_string();
    let text = std::fs::read_to_string(&flags.gold).with_context(name)?;
    let gold = read_gap(&text)
        .map_err(|line| anyhow::anyhow!("{}:{line}: not a line of a GAP file", name()))?;
    let pipeline = Pipeline::builder().build()?;
    let mut score = GapScore::default();
    for gold in &gold {
        score.add(gold, &pipeline.document(Article::paragraph("gap", gold.text.as_str())));
    }
    anstream::println!("overall    {}", score.overall());
    anstream::println!("masculine  {}", score.masculine);
    anstream::println!("feminine   {}", score.feminine);
    anstream::println!("F/M        {:.3}", score.bias());
    Ok(Outcome::Done)
}
