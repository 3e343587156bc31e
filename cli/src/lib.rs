//! The command line.
//!
//! | file | holds |
//! |---|---|
//! | `args.rs` | commands and options: one definition for the parser, the help and the manual pages |
//! | `failure.rs` | exit status, and errors as they are printed |
//! | `catalogue.rs` | options to a database |
//! | `indexes.rs` | options to indexes beside a database |
//! | `input.rs` | paths to files, files to bytes |
//! | `position.rs` | offsets to lines and columns |
//! | `palette.rs` | colours |
//! | `claim.rs` | what else claims the value of a finding |
//! | `progress.rs` | the bar on a terminal |
//! | `replace.rs` | a file in the place of another, in one step |
//! | `output/` | findings as text, JSON lines and SARIF |
//! | `scan/`, `redact.rs`, `guard.rs`, `check/`, `list.rs`, `explain.rs`, `cards/`, `compile.rs`, `index/`, `import/`, `bench/`, `eval.rs`, `tune.rs` | one command each |

#![forbid(unsafe_code)]

mod args;
mod bench;
mod cards;
mod catalogue;
mod check;
mod claim;
mod compile;
mod eval;
mod explain;
mod failure;
mod guard;
mod import;
mod index;
mod indexes;
mod input;
mod list;
mod output;
mod palette;
mod position;
mod progress;
mod redact;
mod replace;
mod scan;
mod tune;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use args::{Arguments, Command};
use failure::{Failure, Status};
use palette::Palette;

/// Runs the program with the arguments of the process.
pub fn run() -> ExitCode {
    // A wrong argument ends the process here, with status 2.
    let arguments = Arguments::parse();
    let palette = |terminal: bool| Palette::choose(arguments.color, terminal);
    let result = match &arguments.command {
        Command::Scan(args) => scan::run(args, palette),
        Command::Redact(args) => redact::run(args),
        Command::Guard(args) => guard::run(args, palette),
        Command::Check(args) => check::run(args, palette),
        Command::List(args) => list::run(args),
        Command::Explain(args) => explain::run(args),
        Command::Cards(args) => cards::run(args),
        Command::Compile(args) => compile::run(args),
        Command::Index(args) => index::run(args, palette),
        Command::Import(args) => match import::run(args) {
            0 => Ok(Status::Done),
            _ => Ok(Status::Failed),
        },
        Command::Bench(args) => bench::run(args),
        Command::Eval(args) => eval::run(args, palette),
        Command::Tune(args) => tune::run(args, palette),
    };
    let status = result.unwrap_or_else(|failure| match failure {
        // Whoever read the output has seen enough of it.
        Failure::Closed => Status::Done,
        failure => {
            failure.print();
            Status::Failed
        }
    });
    ExitCode::from(status as u8)
}

/// The definition of the command line, from which its manual pages are made.
pub fn command() -> clap::Command {
    Arguments::command()
}
