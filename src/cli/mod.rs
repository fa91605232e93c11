//! Flags, progress, printing and exit codes: the only room that prints.
//!
//! In: the command line. Out: an exit code: 0 all well, 1 nothing done, 2 some
//! inputs failed. Knows every room; nothing knows it.

mod analyse;
mod build;
mod eval;
mod export;
mod pipeline;
mod progress;
mod query;
mod table;

use std::ffi::OsString;
use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// How a command ended, when it ended without an error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// All inputs were done.
    Done,
    /// Some inputs failed; each was named on standard error.
    SomeFailed,
}

/// Turns news articles into a knowledge graph of who did what, who said it, and who reports it.
#[derive(Parser, Debug)]
#[command(name = "reportedly", version, arg_required_else_help = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Build(build::Flags),
    Query(query::Flags),
    Export(export::Flags),
    Analyse(analyse::Flags),
    Eval(eval::Flags),
}

impl Command {
    fn run(self) -> anyhow::Result<Outcome> {
        match self {
            Self::Build(flags) => build::run(&flags),
            Self::Query(flags) => query::run(&flags),
            Self::Export(flags) => export::run(&flags),
            Self::Analyse(flags) => analyse::run(&flags),
            Self::Eval(flags) => eval::run(&flags),
        }
    }
}

/// Runs the program on its arguments (the first is the program's name).
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            let _ = error.print();
            return ExitCode::from(u8::from(error.use_stderr()));
        }
    };
    match arguments.command.run() {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::SomeFailed) => ExitCode::from(2),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("reportedly: {error:#}");
            ExitCode::FAILURE
        }
    }
}

/// A reader that has seen enough (`| head`) is no failure.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause
            .downcast_ref::<std::io::Error>()
            .is_some_and(|e| e.kind() == std::io::ErrorKind::BrokenPipe)
    })
}
