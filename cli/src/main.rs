//! The command `sluicegate`.

mod import;

use std::process::ExitCode;

use clap::Parser;

/// Deterministic content inspection.
#[derive(Parser)]
#[command(name = "sluicegate", version)]
enum Command {
    Import(import::ImportArgs),
}

fn main() -> ExitCode {
    match Command::parse() {
        Command::Import(args) => import::run(&args).into(),
    }
}
