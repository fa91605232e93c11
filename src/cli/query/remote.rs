//! `reportedly query --endpoint`.

use std::time::Duration;

use anyhow::Context;

use super::{Answer, Flags, print, show};
use crate::cli::Outcome;
use crate::endpoint::{Client, ask, base_of};
use crate::query::Question;

pub(super) fn run(flags: &Flags, address: &str, question: &Question) -> anyhow::Result<Outcome> {
    let mut options = flags.asks.options(address)?;
    if let Some(seconds) = flags.timeout {
        options.timeout = Duration::try_from_secs_f64(seconds)
            .with_context(|| format!("--timeout {seconds}: not a number of seconds"))?;
        options.retries = 0;
    }
    let client = Client::new(options);
    let iris = base_of(&client)?;
    let query = question.query(&iris)?;
    if flags.print {
        return print(&query);
    }
    let format = Answer::of(&query).format(flags.format)?;
    show(ask(&client, question, &iris)?, question, format, iris.base())?;
    Ok(Outcome::Done)
}
