//! `reportedly query`.

use clap::Args;

use super::Outcome;

/// Ask the store
#[derive(Args, Debug)]
pub(crate) struct Flags {}

pub(crate) fn run(_flags: &Flags) -> anyhow::Result<Outcome> {
    anyhow::bail!("not built yet")
}
