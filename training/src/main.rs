//! Trains the English models that ship in `models/`.

mod antecedents;
mod claims;
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
    Antecedents(antecedents::Flags),
    Claims(claims::Flags),
    Network(network::Flags),
    Segment(segment::Flags),
}

fn main() -> anyhow::Result<()> {
    match Arguments::parse().command {
        Command::Antecedents(flags) => antecedents::run(&flags),
        Command::Claims(flags) => claims::run(&flags),
        Command::Network(flags) => network::run(flags),
        Command::Segment(flags) => segment::run(&flags),
    }
}
