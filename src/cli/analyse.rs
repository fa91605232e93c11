//! `reportedly analyse`.

use clap::Args;

use super::Outcome;

/// Show what the pipeline sees in an article, layer by layer
#[derive(Args, Debug)]
pub(crate) struct Flags {}

pub(crate) fn run(_flags: &Flags) -> anyhow::Result<Outcome> {
    anyhow::bail!("not built yet")
}
