//! `scan`: findings of files, folders and standard input.
//!
//! | file | holds |
//! |---|---|
//! | `baseline.rs` | findings that are known |
//! | `files.rs` | each file is one input; files are scanned side by side |
//! | `ledger.rs` | what is compared with a baseline, or taken down in one |
//! | `messages.rs` | each line is one message |
//! | `order.rs` | results in the order of the inputs, whoever ends first |
//! | `sieve.rs` | which findings are told |

mod baseline;
mod files;
mod ledger;
mod messages;
mod order;
mod sieve;

use std::io::{self, IsTerminal};

use crate::args::{Format, InputFormat, ScanArgs};
use crate::failure::{Failure, Status};
use crate::palette::Palette;
use ledger::Ledger;
use sieve::Sieve;

pub(crate) fn run(args: &ScanArgs, palette: impl Fn(bool) -> Palette) -> Result<Status, Failure> {
    let sieve = Sieve::new(args)?;
    let mut ledger = Ledger::new(args)?;
    let status = match args.input_format {
        InputFormat::Bytes => {
            let palette = palette(io::stdout().is_terminal());
            files::run(args, &sieve, &mut ledger, palette)?
        }
        InputFormat::Jsonl if args.format == Format::Sarif => {
            return Err(Failure::new("messages have no SARIF form")
                .at("--input-format jsonl")
                .hint("leave out `--format`: each message is answered by one JSON line"));
        }
        InputFormat::Jsonl => messages::run(args, &sieve, &mut ledger)?,
    };
    sieve.warn();
    ledger.finish(status)
}
