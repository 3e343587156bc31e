//! Tables to indexes of exact data.
//!
//! | file | holds |
//! |---|---|
//! | `table.rs` | CSV, cells by heading |
//! | `report.rs` | what was made of a table, without any of its values |
//! | `state.rs` | what an interrupted build goes on from |
//! | `ingest.rs` | a table to sorted hashes and a file of rows |
//! | `build.rs` | these to an index |
//! | `update.rs` | an index and a few rows to the next index |

mod build;
mod ingest;
mod report;
mod state;
mod table;
mod update;

pub use build::{ExactBuilt, build_exact};
pub use report::{BadRow, StoppedCells, TableReport};
pub use update::{Changes, ExactUpdated, update_exact};

/// How a table is read.
#[derive(Clone, Debug)]
pub struct TableOptions {
    /// The byte between two fields.
    pub delimiter: u8,
    /// Bad rows that are left out; with more of them there is no index. Unless stated, one row in a
    /// hundred, and always ten.
    pub max_bad_rows: Option<u64>,
    /// Whether to begin anew where an interrupted build could go on.
    pub restart: bool,
    /// Pairs of 16 bytes that are sorted in memory.
    pub buffer: usize,
}

impl Default for TableOptions {
    fn default() -> Self {
        Self {
            delimiter: b',',
            max_bad_rows: None,
            restart: false,
            buffer: crate::DEFAULT_BUFFER,
        }
    }
}
