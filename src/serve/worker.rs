//! A process that works on queries for a server ([`crew`](super::crew)): requests come
//! in on a pipe, and replies go out on another.

use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use oxigraph::sparql::CancellationToken;

use super::desk::Desk;
use super::error::ServeError;
use super::http::{JSON, Reply, Request};
use super::pipe::{receive, send};
use super::routes;

/// How often it is looked whether something was published.
const FOLLOWED: Duration = Duration::from_secs(1);

/// Says that the store is open, and answers requests of a server until it has no more,
/// from the newest state of the store.
pub(super) fn work(
    desk: &Desk,
    mut input: impl BufRead,
    mut output: impl Write,
) -> Result<(), ServeError> {
    send(&mut output, &Reply::new(JSON, ""), b"")?;
    let mut looked = Instant::now();
    while let Some((request, body)) = receive::<Request>(&mut input)? {
        if looked.elapsed() >= FOLLOWED {
            looked = Instant::now();
            if let Err(error) = desk.views.follow() {
                tracing::warn!("the store cannot be read anew: {error}");
            }
        }
        let request = Request { body, ..request };
        let answered =
            desk.with_scope(CancellationToken::new(), |scope| routes::answer(scope, &request));
        send(&mut output, &answered, &answered.body)?;
    }
    Ok(())
}
