//! The store in a browser, over SPARQL, as JSON, and for agents: one program, one
//! port, no other service; nothing leaves the machine, and nothing is written.
//!
//! In: a store, requests over HTTP or lines on standard input. Out: pages, answers,
//! graphs. Requests and replies are plain values (`http`); `routes` leads each to
//! what answers it, on a thread that may wait (`desk`), from one state of the store
//! (`views`) and within limits. Builds go on meanwhile: what a build publishes is what
//! the next request sees.

mod accept;
mod answer;
mod api;
mod description;
mod desk;
mod error;
mod facts;
mod fields;
mod http;
mod limits;
mod listen;
mod mcp;
mod nodes;
mod page;
mod reconcile;
mod routes;
mod rows;
mod scope;
mod sparql;
mod views;

use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, mpsc};
use std::time::Duration;

use oxigraph::sparql::CancellationToken;

pub use error::ServeError;
pub use limits::Limits;

use desk::Desk;
use listen::Door;

/// Where a store is served, and to whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// The folder of the store.
    pub store: PathBuf,
    /// Where the server listens.
    pub bind: SocketAddr,
    /// Further names that the server is reached by, if it listens on this machine only.
    pub hosts: Vec<String>,
    /// Sites whose pages may read answers made for programs, such as
    /// `https://desk.example`; `*` for all.
    pub origins: Vec<String>,
    /// How much one asker may ask.
    pub limits: Limits,
}

/// Threads that are left to themselves when the server has stopped end so late.
const FAREWELL: Duration = Duration::from_millis(500);

/// Serves a store until the program is told to stop (SIGINT, SIGTERM): then what is
/// being answered is finished. Calls `started` with the address once it listens.
pub fn serve(options: &Options, started: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let desk = Arc::new(Desk::open(options.store.clone(), options.limits)?);
    let door = Door {
        is_local: options.bind.ip().is_loopback(),
        hosts: options.hosts.clone(),
        origins: options.origins.clone(),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let stop = stopped()?;
        listen::serve(options.bind, Arc::clone(&desk), door, started, stop).await
    });
    runtime.shutdown_timeout(FAREWELL);
    // A query that nobody waits for may still hold the store.
    desk.views.current().store.abandon();
    served
}

/// Ends when the program is told to stop.
#[cfg(unix)]
fn stopped() -> Result<impl Future<Output = ()> + Send + 'static, ServeError> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupted = signal(SignalKind::interrupt())?;
    let mut terminated = signal(SignalKind::terminate())?;
    Ok(std::future::poll_fn(move |context| {
        let is_told =
            interrupted.poll_recv(context).is_ready() || terminated.poll_recv(context).is_ready();
        if is_told { std::task::Poll::Ready(()) } else { std::task::Poll::Pending }
    }))
}

/// Ends when the program is told to stop.
#[cfg(not(unix))]
fn stopped() -> Result<impl Future<Output = ()> + Send + 'static, ServeError> {
    Ok(async {
        // Where it cannot be told, it goes on.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    })
}

/// Answers an agent's messages, one a line, until there are no more.
pub fn mcp(
    store: &Path,
    limits: Limits,
    input: impl BufRead,
    output: impl Write,
) -> Result<(), ServeError> {
    let desk = Arc::new(Desk::open(store.to_path_buf(), limits)?);
    let answered = mcp::over_lines(input, output, |message| {
        let cancellation = CancellationToken::new();
        // What was published since the last message is seen; where it cannot be
        // read, the last state still can.
        if let Err(error) = desk.views.follow() {
            tracing::warn!("the store cannot be read anew: {error}");
        }
        let (sender, receiver) = mpsc::channel();
        let (worker, token, asked) = (Arc::clone(&desk), cancellation.clone(), message.clone());
        std::thread::spawn(move || {
            // Nobody waits for it after the limit.
            let _ = sender.send(worker.with_scope(token, |scope| mcp::answer(scope, &asked)));
        });
        receiver.recv_timeout(limits.timeout).unwrap_or_else(|_| {
            cancellation.cancel();
            mcp::late(&message, limits.timeout)
        })
    });
    desk.views.current().store.abandon();
    answered
}
