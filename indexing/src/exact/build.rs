//! A table to an index.

use std::io;
use std::path::Path;

use sluicegate::model::ExactSchema;
use sluicegate::{ExactIndexWriter, ExactSummary, IndexKey, Sealer};

use super::ingest::{Ingested, Reading, for_rows};
use super::{TableOptions, TableReport};
use crate::problem::IndexingError;
use crate::progress::{Progress, Step};
use crate::work::Work;

/// Entries between two reports of progress.
pub(super) const TOLD: u64 = 1 << 16;

/// An index that was made.
#[derive(Clone, Debug)]
pub struct ExactBuilt {
    /// What was read.
    pub report: TableReport,
    /// What the index holds.
    pub summary: ExactSummary,
    /// Its length in bytes.
    pub bytes: u64,
    /// Rows that an interrupted build had read.
    pub resumed: u64,
}

/// Makes an index of a table, which may be larger than memory; `-` is standard input. The index
/// takes its place when it is whole. A build of a file that was interrupted goes on when it is
/// started again with the same table, schema and key.
///
/// # Errors
/// When the table can't be read, lacks a column or has too many bad rows, or the index can't be
/// written. The old index then stays.
pub fn build_exact(
    table: &Path,
    schema: &ExactSchema,
    key: &IndexKey,
    output: &Path,
    options: &TableOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<ExactBuilt, IndexingError> {
    let work = Work::open(output)?;
    let reading = Reading {
        table,
        schema,
        key,
        work: &work,
        options,
        first_row: 0,
        resumable: true,
    };
    // What fails here leaves its runs and their state: when the cause is gone, a build goes on.
    let Ingested {
        sorter,
        state,
        resumed,
    } = reading.ingest(|key| key, progress)?;
    let failed = |error: io::Error| work.failed(&error);
    let merge = sorter.merge().map_err(failed)?;
    let of = Some(merge.len());
    let mut output = work.begin_index(Sealer::HEADER).map_err(failed)?;
    let mut out = |bytes: &[u8]| output.write(bytes);
    let mut writer = ExactIndexWriter::new(schema, key, merge.len());
    for (done, pair) in (0..).zip(merge) {
        let (key, row) = pair.map_err(failed)?;
        writer.entry(key, row, &mut out).map_err(failed)?;
        if done % TOLD == 0 {
            let step = Step::Write;
            progress(Progress { step, done, of });
        }
    }
    writer.begin_rows(&mut out).map_err(failed)?;
    for_rows(&work, schema.columns.len(), |tags| {
        writer.row(tags, &mut out)
    })
    .map_err(failed)?;
    let (header, summary) = writer.finish(&state.shapes, &mut out).map_err(failed)?;
    let bytes = work.finish_index(output, &header).map_err(failed)?;
    Ok(ExactBuilt {
        report: state.report,
        summary,
        bytes,
        resumed,
    })
}
