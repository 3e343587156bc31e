//! What was made of a table, without any of its values.

use serde::{Deserialize, Serialize};
use sluicegate::model::ExactSchema;

/// Rows that are listed of each kind.
const LISTED_ROWS: usize = 100;
/// Lines that are listed for each column and reason.
const LISTED_LINES: usize = 5;

/// A row that is not in the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BadRow {
    /// The line in which it begins.
    pub line: u64,
    /// Why it is left out.
    pub reason: String,
}

/// Cells of a column that say nothing about a row and are not in the index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoppedCells {
    /// The column.
    pub column: String,
    /// Why they are left out.
    pub reason: String,
    /// How many there are.
    pub cells: u64,
    /// The lines of the first few.
    pub lines: Vec<u64>,
}

/// What was read of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableReport {
    /// Rows that are in the index.
    pub rows: u64,
    /// Rows that are not.
    pub bad: u64,
    /// The first of these.
    pub bad_rows: Vec<BadRow>,
    /// Cells that are not in the index, by column and reason.
    pub stopped: Vec<StoppedCells>,
}

impl TableReport {
    /// Counts a row that is left out.
    pub(super) fn bad_row(&mut self, line: u64, reason: String) {
        self.bad += 1;
        if self.bad_rows.len() < LISTED_ROWS {
            self.bad_rows.push(BadRow { line, reason });
        }
    }

    /// Counts a cell that is left out.
    pub(super) fn stopped(&mut self, schema: &ExactSchema, column: usize, reason: &str, line: u64) {
        let name = &schema.columns[column].name;
        let same = |stopped: &StoppedCells| stopped.column == *name && stopped.reason == reason;
        let at = self.stopped.iter().position(same).unwrap_or_else(|| {
            self.stopped.push(StoppedCells {
                column: name.clone(),
                reason: reason.to_owned(),
                cells: 0,
                lines: Vec::new(),
            });
            self.stopped.len() - 1
        });
        let stopped = &mut self.stopped[at];
        stopped.cells += 1;
        if stopped.lines.len() < LISTED_LINES {
            stopped.lines.push(line);
        }
    }
}
