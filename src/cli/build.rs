//! `reportedly build`.

use clap::Args;

use super::Outcome;

/// Read, analyse, extract, resolve and load articles into a store
#[derive(Args, Debug)]
pub(crate) struct Flags {}

pub(crate) fn run(_flags: &Flags) -> anyhow::Result<Outcome> {
    anyhow::bail!("not built yet")
}
