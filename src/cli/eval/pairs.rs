//! `reportedly eval pairs`.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;

use super::super::Outcome;
use crate::eval::pairs::{PairsReport, read_pairs};
use crate::graph::{DEFAULT_BASE, Iris, telling};
use crate::pipeline::Pipeline;
use crate::stories::{Telling, Words, relation};
use crate::text::Article;

/// Whether sentences of two articles claim the same, against a table of pairs
#[derive(Args, Debug)]
pub(crate) struct Flags {
    /// `tests/data/claim-pairs.tsv`, or a file of the same form
    gold: PathBuf,
    /// Only the pairs of this split
    #[arg(long, value_name = "SPLIT")]
    split: Option<String>,
    /// Show what is mistaken
    #[arg(long)]
    show: bool,
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    let name = flags.gold.display().to_string();
    let text = std::fs::read_to_string(&flags.gold).with_context(|| name.clone())?;
    let pairs = read_pairs(&name, &text)?;
    let pipeline = Pipeline::builder().build()?;
    let iris = Iris::new(DEFAULT_BASE)?;
    let mut report = PairsReport::default();
    for pair in &pairs {
        if flags.split.as_ref().is_some_and(|split| *split != pair.split) {
            continue;
        }
        let (first, second) = (
            told("first", &pair.first, &pipeline, &iris),
            told("second", &pair.second, &pipeline, &iris),
        );
        let found = relation(&first, &second, Words::english());
        report.add(pair.relation, found);
        if flags.show && found != pair.relation {
            anstream::println!(
                "{} {:?}, found {found:?}\n  {}\n  {}",
                pair.id,
                pair.relation,
                pair.first,
                pair.second
            );
        }
    }
    anstream::print!("{report}");
    Ok(Outcome::Done)
}

fn told(id: &str, text: &str, pipeline: &Pipeline, iris: &Iris) -> Telling {
    let graph = pipeline.analyse(Article::new(id, text)).graph(iris);
    telling(iris, &iris.article(&graph.id), &graph.quads)
}
