//! `reportedly eval`: one file for each kind of gold data.

mod archive;
mod attribution;
mod conllu;
mod coref;
mod events;
mod factuality;
mod gap;
mod links;
mod names;
mod openie;
mod pages;
mod pairs;
mod times;

use clap::{Args, Subcommand};

use super::Outcome;
use crate::pipeline::{Pipeline, PipelineBuilder};

// Which rules run. (Clap would show a documentation comment as each command's own.)
#[derive(Args, Debug)]
pub(crate) struct RuleFlags {
    /// Leave out a family of rules, a file or folder of src/extract/rules, to
    /// see what it adds; may be repeated
    #[arg(long, value_name = "FAMILY")]
    without: Vec<String>,
}

impl RuleFlags {
    /// The shipped pipeline, less what is left out.
    fn pipeline(&self) -> anyhow::Result<Pipeline> {
        let builder = self.without.iter().fold(Pipeline::builder(), PipelineBuilder::without_rules);
        Ok(builder.build()?)
    }
}

/// Score against gold data
#[derive(Args, Debug)]
pub(crate) struct Flags {
    #[command(subcommand)]
    kind: Kind,
}

#[derive(Subcommand, Debug)]
enum Kind {
    Attribution(attribution::Flags),
    Conllu(conllu::Flags),
    Coref(coref::Flags),
    Events(events::Flags),
    Gap(gap::Flags),
    Links(links::Flags),
    Names(names::Flags),
    Factuality(factuality::Flags),
    Openie(openie::Flags),
    Pages(pages::Flags),
    Pairs(pairs::Flags),
    Times(times::Flags),
}

pub(crate) fn run(flags: &Flags) -> anyhow::Result<Outcome> {
    match &flags.kind {
        Kind::Attribution(flags) => attribution::run(flags),
        Kind::Conllu(flags) => conllu::run(flags),
        Kind::Coref(flags) => coref::run(flags),
        Kind::Events(flags) => events::run(flags),
        Kind::Gap(flags) => gap::run(flags),
        Kind::Links(flags) => links::run(flags),
        Kind::Names(flags) => names::run(flags),
        Kind::Factuality(flags) => factuality::run(flags),
        Kind::Openie(flags) => openie::run(flags),
        Kind::Pages(flags) => pages::run(flags),
        Kind::Pairs(flags) => pairs::run(flags),
        Kind::Times(flags) => times::run(flags),
    }
}
