//! Trains the English models that ship in `models/`.

mod network;
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
    Network(network::Flags),
    Segment(segment::Flags),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Network(flags) => network::run(flags),
        Command::Segment(flags) => segment::run(&flags),
    }
}
