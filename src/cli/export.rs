//! `reportedly export`.

use clap::Args;

use super::Outcome;

/// Write the store as Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML
#[derive(Args, Debug)]
pub(crate) struct Flags {}

pub(crate) fn run(_flags: &Flags) -> anyhow::Result<Outcome> {
    anyhow::bail!("not built yet")
}
