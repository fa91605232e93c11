//! Processes that queries are worked on in.
//!
//! The database looks whether a query is cancelled only when it reads, and has no limit
//! for what it holds in memory: a query that joins everything with everything could
//! neither be stopped nor kept from taking all there is. Another process can. It is this
//! program again, with the store open; it is kept for the next query, and ended when one
//! takes too long or too much, or nobody waits for its answer any more.

use std::ffi::OsString;
use std::io::{self, BufReader};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use oxigraph::sparql::CancellationToken;

use super::answer::over_time;
use super::http::{Problem, Reply, Request};
use super::limits::Limits;
use super::pipe::{receive, send};
use crate::graph::Store;

/// How often it is looked whether an answer is still wanted.
const TICK: Duration = Duration::from_millis(20);
/// A worker must have opened the store within so long.
pub(super) const START: Duration = Duration::from_mins(1);
/// Queries give way to pages so far.
const NICE: &str = "10";
/// Whoever is let go has so long to close the store.
const FAREWELL: Duration = Duration::from_secs(2);

/// The command that calls [`work`](super::work) for a store.
#[derive(Clone, Debug)]
pub struct WorkerCommand {
    /// The program.
    pub program: OsString,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// The workers of a server.
pub(super) struct Crew {
    program: OsString,
    arguments: Vec<OsString>,
    /// The folder of the store that they answer from.
    store: PathBuf,
    idle: Mutex<Vec<Worker>>,
    /// Whether they were let go; held by who starts the first.
    is_dismissed: Mutex<bool>,
}

impl Crew {
    /// Workers that are started with a command.
    pub(super) fn new(command: WorkerCommand, store: PathBuf) -> Self {
        let WorkerCommand { program, arguments } = command;
        let (idle, is_dismissed) = Default::default();
        Self { program, arguments, store, idle, is_dismissed }
    }

    /// Has a request answered.
    pub(super) fn ask(
        &self,
        request: &Request,
        limits: Limits,
        cancellation: &CancellationToken,
    ) -> Result<Reply, Problem> {
        let mut worker = self.sent(request).map_err(|error| unable(&error))?;
        // A worker that gives no answer is ended, as it is dropped.
        let reply = worker.reply(limits, cancellation)?;
        self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker);
        Ok(reply)
    }

    /// A worker that has got a request. One that has ended meanwhile cannot take it.
    fn sent(&self, request: &Request) -> io::Result<Worker> {
        loop {
            let idle = self.idle();
            let is_new = idle.is_none();
            let mut worker = idle.map_or_else(|| self.start(), Ok)?;
            match worker.send(request) {
                Err(error) if is_new => return Err(error),
                Err(_) => {}
                Ok(()) => return Ok(worker),
            }
        }
    }

    /// A worker that has nothing to do; the first is waited for while it is started.
    fn idle(&self) -> Option<Worker> {
        let idle = || self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop();
        idle().or_else(|| {
            // Held by who starts the first.
            drop(self.is_dismissed.lock());
            idle()
        })
    }

    fn start(&self) -> io::Result<Worker> {
        let mut child = self.spawn()?;
        let ends = child.stdin.take().zip(child.stdout.take());
        let (input, output) = ends.ok_or_else(|| io::Error::other("a worker without pipes"))?;
        let (sender, replies) = sync_channel(1);
        std::thread::spawn(move || {
            let mut output: BufReader<ChildStdout> = BufReader::new(output);
            loop {
                let received = receive::<Reply>(&mut output);
                let is_last = !matches!(received, Ok(Some(_)));
                if sender.send(received).is_err() || is_last {
                    return;
                }
            }
        });
        let store = self.store.clone();
        let worker = Worker { child, input: Some(input), replies, store };
        // Its first reply says that the store is open; no query's time goes for that.
        match worker.replies.recv_timeout(START) {
            Ok(Ok(Some(_))) => Ok(worker),
            _ => Err(io::Error::other("it did not open the store")),
        }
    }

    /// Starts a process that takes what pages leave of the processors, where the system
    /// has the command for that.
    fn spawn(&self) -> io::Result<Child> {
        if cfg!(unix) {
            let mut nice = Command::new("nice");
            nice.args(["-n", NICE]).arg(&self.program);
            match self.spawned(nice) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => {}
                spawned => return spawned,
            }
        }
        self.spawned(Command::new(&self.program))
    }

    fn spawned(&self, mut command: Command) -> io::Result<Child> {
        command.args(&self.arguments).stdin(Stdio::piped()).stdout(Stdio::piped());
        // What interrupts the server is not to interrupt them: they are let go by it.
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        command.spawn()
    }

    /// Starts the first worker.
    pub(super) fn prepare(&self) {
        let is_dismissed = self.is_dismissed.lock().unwrap_or_else(PoisonError::into_inner);
        if *is_dismissed {
            return;
        }
        match self.start() {
            Ok(worker) => self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(worker),
            Err(error) => tracing::warn!("{}", unable(&error).detail),
        }
    }

    /// Lets all of them close the store and end.
    pub(super) fn dismiss(&self) {
        // One that is just being started would be left behind.
        *self.is_dismissed.lock().unwrap_or_else(PoisonError::into_inner) = true;
        let mut idle = self.idle.lock().unwrap_or_else(PoisonError::into_inner);
        for worker in idle.iter_mut() {
            drop(worker.input.take());
        }
        let since = Instant::now();
        for worker in idle.iter_mut() {
            while matches!(worker.child.try_wait(), Ok(None)) && since.elapsed() < FAREWELL {
                std::thread::sleep(TICK);
            }
        }
        idle.clear();
    }
}

fn unable(error: &io::Error) -> Problem {
    Problem::new(500, format!("no worker can be started for queries: {error}"))
}

/// What came through a worker's pipe: a head and a body, or that it has ended.
type Received = io::Result<Option<(Reply, Vec<u8>)>>;

/// A process that answers one request after the other.
struct Worker {
    child: Child,
    input: Option<ChildStdin>,
    replies: Receiver<Received>,
    store: PathBuf,
}

impl Worker {
    fn send(&mut self, request: &Request) -> io::Result<()> {
        let input = self.input.as_mut().ok_or(io::ErrorKind::BrokenPipe)?;
        send(input, request, &request.body)
    }

    /// Waits for the reply, as long as it is wanted and within the limits.
    fn reply(
        &mut self,
        limits: Limits,
        cancellation: &CancellationToken,
    ) -> Result<Reply, Problem> {
        let since = Instant::now();
        loop {
            match self.replies.recv_timeout(TICK) {
                Ok(Ok(Some((reply, body)))) => return Ok(Reply { body, ..reply }),
                Ok(_) | Err(RecvTimeoutError::Disconnected) => return Err(ended()),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if cancellation.is_cancelled() || since.elapsed() >= limits.timeout {
                return Err(over_time(limits.timeout.as_secs_f32()));
            }
            if memory(self.child.id()).is_some_and(|bytes| bytes > limits.memory) {
                return Err(over_memory(limits.memory));
            }
        }
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
        Store::abandon_for(&self.store, self.child.id());
    }
}

fn ended() -> Problem {
    Problem::new(500, "the query's worker ended without an answer; narrow the question")
}

fn over_memory(most: u64) -> Problem {
    let detail = format!(
        "stopped, as it took more than {} MiB of memory; narrow the question, or let whoever runs \
         the server give --max-memory more",
        most >> 20
    );
    Problem::new(503, detail)
}

/// How many bytes of memory a process has, where the system tells.
fn memory(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes << 10)
}
