//! The store in a browser, over SPARQL, as JSON, and for agents: one program, one
//! port, no other service; nothing leaves the machine, and nothing is written but by who has
//! the token.
//!
//! In: a store, requests over HTTP or lines on standard input. Out: pages, answers,
//! graphs. Requests and replies are plain values (`http`); `routes` leads each to
//! what answers it, on a thread that may wait (`desk`), from one state of the store
//! (`views`) and within limits. Builds go on meanwhile: what a build publishes is what
//! the next request sees.

mod accept;
mod answer;
mod api;
mod assistant;
mod connections;
mod crew;
mod description;
mod desk;
mod error;
mod facts;
mod fields;
mod http;
mod kept;
mod limits;
mod listen;
mod mcp;
mod nodes;
mod page;
mod pipe;
mod reconcile;
mod rights;
mod routes;
mod rows;
mod scope;
mod site;
mod sparql;
mod tables;
mod terms;
mod views;
mod worker;
mod writing;

use std::io::{BufRead, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use oxigraph::sparql::CancellationToken;

pub use crew::WorkerCommand;
pub use error::ServeError;
pub use limits::Limits;
pub use rights::Token;

use crate::graph::Activity;
use crate::pipeline::PipelineBuilder;
use crew::Crew;
use desk::Desk;
use listen::Door;
use mcp::Handler;
use rights::Gate;
use scope::Analyst;
use views::Views;
use writing::Writer;

/// What is answered from, and how much may be asked.
#[derive(Clone, Debug)]
pub struct Answering {
    /// The folder of the store.
    pub store: PathBuf,
    /// How much one asker may ask.
    pub limits: Limits,
    /// How a process is started that queries are worked on in; in this one, where they
    /// cannot always be stopped, if there is none.
    pub worker: Option<WorkerCommand>,
    /// What articles and other texts are understood with.
    pub pipeline: PipelineBuilder,
}

/// Where a store is served, and to whom.
#[derive(Clone, Debug)]
pub struct Options {
    /// What is answered from.
    pub answering: Answering,
    /// Where the server listens.
    pub bind: SocketAddr,
    /// Further names that the server is reached by, if it listens on this machine only.
    pub hosts: Vec<String>,
    /// Sites whose pages may read answers made for programs, such as
    /// `https://desk.example`; `*` for all.
    pub origins: Vec<String>,
    /// Who may write; nobody, if there is none.
    pub writing: Option<Writing>,
}

/// Who may write to the store, and what articles are built with.
#[derive(Clone, Debug)]
pub struct Writing {
    /// What is sent along to be let write.
    pub token: Token,
    /// What is noted of builds.
    pub activity: Activity,
}

/// Threads that are left to themselves when the server has stopped end so late.
const FAREWELL: Duration = Duration::from_millis(500);

/// Opens a store for answering.
fn open(answering: &Answering, writing: Option<&Writing>) -> Result<Arc<Desk>, ServeError> {
    let Answering { store, limits, worker, pipeline } = answering;
    let crew = worker.clone().map(|command| Crew::new(command, store.clone()));
    let analyst = Arc::new(Analyst::new(pipeline.clone()));
    let writer = writing.map(|writing| Writer {
        store: store.clone(),
        activity: writing.activity.clone(),
        stopping: CancellationToken::new(),
        analyst: Arc::clone(&analyst),
    });
    let views = Views::open(store.clone())?;
    Ok(Arc::new(Desk::new(views, *limits, analyst, crew, writer)))
}

/// Serves a store until the program is told to stop (SIGINT, SIGTERM): then what is
/// being answered is finished. Calls `started` with the address once it listens.
pub fn serve(options: &Options, started: impl FnOnce(SocketAddr)) -> Result<(), ServeError> {
    let desk = open(&options.answering, options.writing.as_ref())?;
    let gate = options.writing.as_ref().map(|writing| Gate::new(&writing.token)).transpose()?;
    let door = Door {
        is_local: options.bind.ip().is_loopback(),
        hosts: options.hosts.clone(),
        origins: options.origins.clone(),
        gate,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let served = runtime.block_on(async {
        let stop = stopped()?;
        listen::serve(options.bind, Arc::clone(&desk), door, started, stop).await
    });
    runtime.shutdown_timeout(FAREWELL);
    close(&desk);
    served
}

/// What nobody waits for may still hold the store.
fn close(desk: &Desk) {
    desk.dismiss();
    desk.views.current().store.abandon();
}

/// Answers the requests of a server for queries, until there are no more
/// ([`Answering::worker`]).
pub fn work(
    answering: &Answering,
    input: impl BufRead,
    output: impl Write,
) -> Result<(), ServeError> {
    let desk = open(answering, None)?;
    let worked = worker::work(&desk, input, output);
    close(&desk);
    worked
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

/// Answers an assistant's messages on standard input, one a line, until there are no more
/// or the program is told to stop (SIGINT, SIGTERM).
pub fn mcp(answering: &Answering) -> Result<(), ServeError> {
    let desk = open(answering, None)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let answered = runtime.block_on(async {
        let (stop, waiting) = (stopped()?, Arc::clone(&desk));
        tokio::task::spawn_blocking(move || waiting.prepare());
        mcp::over_lines(Handler::new(Arc::clone(&desk)), stop).await
    });
    runtime.shutdown_timeout(FAREWELL);
    close(&desk);
    answered
}
