//! A process that works on queries for a server ([`crew`](super::crew)): requests come
//! in on a pipe, and replies go out on another.

use std::io::{BufRead, Write};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use oxigraph::sparql::CancellationToken;

use super::desk::Desk;
use super::error::ServeError;
use super::http::{JSON, Reply, Request};
use super::pipe::{receive, send};
use super::routes;

/// How often it is looked whether something was published.
const FOLLOWED: Duration = Duration::from_secs(1);
/// A worker whose server has gone ends so long after the limit.
const OVERTIME: Duration = Duration::from_secs(10);

/// Says that the store is open, and answers requests of a server until it has no more,
/// from the newest state of the store.
pub(super) fn work(
    desk: &Desk,
    mut input: impl BufRead,
    mut output: impl Write,
) -> Result<(), ServeError> {
    let since = Arc::new(Mutex::new(None));
    watch(desk.limits.timeout + OVERTIME, Arc::clone(&since));
    send(&mut output, &Reply::new(JSON, ""), b"")?;
    let (mut looked, mut changes) = (Instant::now(), 0);
    while let Some((request, body)) = receive::<Request>(&mut input)? {
        if looked.elapsed() >= FOLLOWED || request.changes != changes {
            changes = request.changes;
            looked = Instant::now();
            if let Err(error) = desk.views.follow() {
                tracing::warn!("the store cannot be read anew: {error}");
            }
        }
        let request = Request { body, ..request };
        *lock(&since) = Some(Instant::now());
        let answered =
            desk.with_scope(CancellationToken::new(), |scope| routes::answer(scope, &request));
        *lock(&since) = None;
        send(&mut output, &answered, &answered.body)?;
    }
    Ok(())
}

/// Ends this process when a request takes too long: its server would have, so that
/// there is none any longer.
fn watch(limit: Duration, since: Arc<Mutex<Option<Instant>>>) {
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(FOLLOWED);
            if lock(&since).is_some_and(|since| since.elapsed() > limit) {
                std::process::abort();
            }
        }
    });
}

fn lock(since: &Mutex<Option<Instant>>) -> MutexGuard<'_, Option<Instant>> {
    since.lock().unwrap_or_else(PoisonError::into_inner)
}
