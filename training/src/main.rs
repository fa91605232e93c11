//! Trains the English models that ship in `models/`.

mod segment;

use clap::{Parser, Subcommand};

/// Trains the English models that ship with reportedly
#[derive(Parser)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Segment(segment::Flags),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Segment(flags) => segment::run(&flags),
    }
}
