//! `index`: tables and documents to indexes.
//!
//! | file | holds |
//! |---|---|
//! | `args.rs` | options |
//! | `exact.rs` | a table to an index |
//! | `documents.rs` | a folder to an index |
//! | `show.rs` | how an index was made |
//! | `progress.rs` | the bar on a terminal |

mod args;
mod documents;
mod exact;
mod progress;
mod show;

use std::path::Path;

use sluicegate_indexing::IndexingError;

pub(crate) use args::IndexArgs;
use args::IndexCommand;

use crate::failure::{Failure, Status};
use crate::palette::Palette;

pub(crate) fn run(args: &IndexArgs, palette: impl Fn(bool) -> Palette) -> Result<Status, Failure> {
    match &args.kind {
        IndexCommand::Exact(args) => exact::run(args, palette),
        IndexCommand::Documents(args) => documents::run(args),
        IndexCommand::Show(args) => show::run(args),
    }
}

fn failure(error: &IndexingError) -> Failure {
    Failure::new(error.what())
        .at(error.place())
        .hint(error.hint_text())
}

/// An index that is to be updated and is not there.
fn nothing_to_update(path: &Path) -> Failure {
    Failure::new("there is no index to update")
        .at(path.display())
        .hint("leave out `--update` to make one")
}

fn plural(count: u64, word: &str) -> String {
    match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    }
}
