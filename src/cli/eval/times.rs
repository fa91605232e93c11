//! `reportedly eval times`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::super::Outcome;
use crate::eval::times::{TimeCase, TimesReport, read_times, score_times};
use crate::pipeline::Pipeline;
use crate::text::{Article, Published};

/// Time expressions and their values against the cases of Recognizers-Text
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// `DateTimeModel.json`, or a file of the same form
    gold: PathBuf,
    /// How many of the mistakes to show
    #[arg(long, value_name = "N", default_value_t = 20)]
    worst: usize,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let name = || flags.gold.display().to_string();
    let json = std::fs::read_to_string(&flags.gold).with_context(name)?;
    let cases = read_times(&json).with_context(name)?;
    let pipeline = Pipeline::builder().build()?;
    let mut total = TimesReport::default();
    for case in cases.iter().filter(|c| !c.input.trim().is_empty()) {
        total.add(score(&pipeline, case));
    }
    anstream::print!("{total}");
    for line in total.cases.iter().take(flags.worst) {
        anstream::println!("{line}");
    }
    Ok(Outcome::Done)
}

fn score(pipeline: &Pipeline, case: &TimeCase) -> TimesReport {
    let mut article = Article::new("case", &case.input);
    article.published = case.day().map(Published::Day);
    score_times(case, &pipeline.document(article))
}
