//! `scan`: findings of files, folders and standard input.
//!
//! | file | holds |
//! |---|---|
//! | `files.rs` | each file is one input; files are scanned side by side |
//! | `messages.rs` | each line is one message |
//! | `order.rs` | results in the order of the inputs, whoever ends first |

mod files;
mod messages;
mod order;

use std::io::{self, IsTerminal};

use crate::args::{Format, InputFormat, ScanArgs};
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Status};
use crate::palette::Palette;

pub(crate) fn run(args: &ScanArgs, palette: impl Fn(bool) -> Palette) -> Result<Status, Failure> {
    let catalogue = Catalogue::for_findings(&args.findings, args.key.key_file.as_ref())?;
    match args.input_format {
        InputFormat::Bytes => {
            let palette = palette(io::stdout().is_terminal());
            files::run(args, &catalogue, palette)
        }
        InputFormat::Jsonl if args.format == Format::Sarif => {
            Err(Failure::new("messages have no SARIF form")
                .at("--input-format jsonl")
                .hint("leave out `--format`: each message is answered by one JSON line"))
        }
        InputFormat::Jsonl => messages::run(args, &catalogue),
    }
}
