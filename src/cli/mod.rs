//! Flags, progress, printing and exit codes: the only module that prints.
//!
//! In: the command line. Out: an exit code: 0 all well, 1 nothing done, 2 some
//! inputs failed or the store does not conform. Knows every module; nothing knows it.

mod analyse;
mod build;
mod check;
#[cfg(feature = "endpoint")]
mod endpoint;
mod entities;
#[cfg(feature = "eval")]
mod eval;
mod export;
#[cfg(feature = "fetch")]
mod fetch;
mod kb;
#[cfg(feature = "fetch")]
mod link;
mod pipeline;
mod progress;
#[cfg(feature = "endpoint")]
mod push;
mod query;
mod reading;
mod remove;
mod report;
#[cfg(feature = "serve")]
mod serve;
mod store;
mod table;
mod validate;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use crate::read::is_guarded;

/// How a command ended, when it ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All inputs were done.
    Done,
    /// Some inputs failed and were named on standard error, or the store does
    /// not conform.
    SomeFailed,
}

const EXAMPLES: &str = "\
Start:
  reportedly build examples --store examples.store     articles to a store
  reportedly query --store examples.store --list       the questions it answers
  reportedly query --store examples.store guards       who guards what?
  reportedly entities list --store examples.store      who and what it speaks of; merge, split
  reportedly report --store examples.store -o all.html what several articles say, as a page
  reportedly export --store examples.store -o all.ttl  the graph as Turtle
  reportedly serve --store examples.store              all of it in a browser
  reportedly validate --store examples.store           does it stand on the texts?
  reportedly analyse examples/world-cup-brief.txt      what was seen in an article

`reportedly COMMAND --help` has more examples.";

/// Turns news articles into a knowledge graph of who did what, who said it, and who reports it.
#[derive(Parser, Debug)]
#[command(name = "reportedly", version, arg_required_else_help = true, after_help = EXAMPLES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Build(build::Flags),
    Remove(remove::Flags),
    Query(query::Flags),
    Entities(entities::Flags),
    #[cfg(feature = "fetch")]
    Link(link::Flags),
    Export(export::Flags),
    #[cfg(feature = "endpoint")]
    Push(push::Flags),
    #[cfg(feature = "serve")]
    Serve(serve::Flags),
    #[cfg(feature = "serve")]
    Mcp(serve::AgentFlags),
    Report(report::Flags),
    Validate(validate::Flags),
    Store(store::Flags),
    Check(check::Flags),
    Kb(kb::Flags),
    Analyse(analyse::Flags),
    #[cfg(feature = "fetch")]
    Fetch(fetch::Flags),
    #[cfg(feature = "eval")]
    Eval(eval::Flags),
}

impl Command {
    fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::Build(flags) => build::run(&flags),
            Self::Remove(flags) => remove::run(&flags),
            Self::Query(flags) => query::run(&flags),
            Self::Entities(flags) => entities::run(&flags),
            #[cfg(feature = "fetch")]
            Self::Link(flags) => link::run(&flags),
            Self::Export(flags) => export::run(&flags),
            #[cfg(feature = "endpoint")]
            Self::Push(flags) => push::run(&flags),
            #[cfg(feature = "serve")]
            Self::Serve(flags) => serve::run(&flags),
            #[cfg(feature = "serve")]
            Self::Mcp(flags) => serve::run_for_agents(&flags),
            Self::Report(flags) => report::run(&flags),
            Self::Validate(flags) => validate::run(&flags),
            Self::Store(flags) => store::run(&flags),
            Self::Check(flags) => check::run(&flags),
            Self::Kb(flags) => kb::run(&flags),
            Self::Analyse(flags) => analyse::run(&flags),
            #[cfg(feature = "fetch")]
            Self::Fetch(flags) => fetch::run(&flags),
            #[cfg(feature = "eval")]
            Self::Eval(flags) => eval::run(&flags),
        }
    }
}

/// Runs the program on its arguments (the first is the program's name).
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    ExitCode::from(status(arguments))
}

/// The same, for whoever ends the process otherwise: its exit code.
pub fn status(arguments: impl IntoIterator<Item = OsString>) -> u8 {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return u8::from(error.use_stderr());
        }
    };
    show_warnings();
    keep_guarded_panics_quiet();
    match arguments.command.run() {
        Ok(Outcome::Done) => 0,
        Ok(Outcome::SomeFailed) => 2,
        Err(error) if is_broken_pipe(&error) => 0,
        Err(error) => {
            anstream::eprintln!("reportedly: {error:#}");
            1
        }
    }
}

/// Warnings of the modules (a date that is none, a line that is passed over) go to
/// standard error; not those of the protocol for assistants, which tell of each request
/// that is refused.
fn show_warnings() {
    use tracing::level_filters::LevelFilter;
    let lines = tracing_subscriber::fmt().with_writer(std::io::stderr).with_target(false);
    let lines = lines.without_time().with_max_level(LevelFilter::WARN).finish();
    let targets =
        Targets::new().with_default(LevelFilter::WARN).with_target("rmcp", LevelFilter::ERROR);
    // Whoever calls this as a library may have a subscriber already.
    let _ = lines.with(targets).try_init();
}

/// A panic that becomes the error of one file is told as that, once.
fn keep_guarded_panics_quiet() {
    let print = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !is_guarded() {
            print(panic);
        }
    }));
}

/// A reader that has seen enough (`| head`) is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
