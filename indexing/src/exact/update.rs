//! An index and a few rows to the next index.

use std::io;
use std::path::Path;

use csv::ByteRecord;
use sluicegate::model::ExactSchema;
use sluicegate::{ExactIndex, ExactIndexWriter, ExactSummary, IndexKey, RowReader, Sealer};

use super::TableOptions;
use super::build::TOLD;
use super::ingest::{Ingested, Reading, for_rows, print};
use super::report::TableReport;
use super::state::State;
use super::table::Table;
use crate::problem::IndexingError;
use crate::progress::{Progress, Step};
use crate::sort::{Both, Sorter};
use crate::work::Work;

/// In place of the number of a row that is taken out.
const OUT: u32 = u32::MAX;

/// An index that was updated.
#[derive(Clone, Debug)]
pub struct ExactUpdated {
    /// What was read of the rows to add.
    pub added: TableReport,
    /// Rows that were taken out.
    pub removed: u64,
    /// Of the rows to take out, those that the index does not hold are the bad ones.
    pub missing: TableReport,
    /// What the index holds.
    pub summary: ExactSummary,
    /// Its length in bytes.
    pub bytes: u64,
}

/// The tables of an update: rows to add, and rows to take out with the cells they were added with.
#[derive(Clone, Copy, Debug, Default)]
pub struct Changes<'t> {
    /// Rows to add.
    pub added: Option<&'t Path>,
    /// Rows to take out.
    pub removed: Option<&'t Path>,
}

/// Makes the next index of an index and the rows that change, without the table it was made of. A row
/// that occurs several times is taken out once. A cell that led to too many rows before leads to none
/// after.
///
/// # Errors
/// When the index was made with another schema, a table can't be read, or the index can't be
/// written. The old index then stays.
pub fn update_exact(
    old: &ExactIndex,
    changes: Changes<'_>,
    schema: &ExactSchema,
    key: &IndexKey,
    output: &Path,
    options: &TableOptions,
    progress: &mut dyn FnMut(Progress),
) -> Result<ExactUpdated, IndexingError> {
    refuse_other_schema(old, schema, output)?;
    let work = Work::open(output)?;
    let failed = |error: io::Error| work.failed(&error);
    work.clear().map_err(failed)?;
    let mut missing = TableReport::default();
    let mut numbers: Vec<u32> = vec![0; old.rows() as usize];
    if let Some(removed) = changes.removed {
        let rows = Table::open(removed, options.delimiter, schema)?;
        missing = take_out(
            old,
            rows,
            &RowReader::new(schema, key),
            schema,
            &mut numbers,
        )?;
    }
    let mut left = 0;
    for number in numbers.iter_mut().filter(|number| **number != OUT) {
        *number = left;
        left += 1;
    }
    let known = ExactIndexWriter::updating(old, 0);
    let ingested = match changes.added {
        None => Ingested {
            sorter: Sorter::new(work.folder(), options.buffer, 0),
            state: State::default(),
            resumed: 0,
        },
        Some(table) => Reading {
            table,
            schema,
            key,
            work: &work,
            options,
            first_row: left,
            resumable: false,
        }
        .ingest(|key| known.known(key), progress)?,
    };
    let added = ingested.sorter.merge().map_err(failed)?;
    let entries = old.entries().count() as u64 + added.len();
    let mut index = work.begin_index(Sealer::HEADER).map_err(failed)?;
    let mut out = |bytes: &[u8]| index.write(bytes);
    let mut writer = ExactIndexWriter::updating(old, entries);
    let kept = old.entries().filter_map(|(known, row)| {
        let number = *numbers.get(row as usize)?;
        (number != OUT).then_some((known, number))
    });
    for (done, pair) in (0..).zip(Both::new(kept, added)) {
        let (known, row) = pair.map_err(failed)?;
        writer.entry_known(known, row, &mut out).map_err(failed)?;
        if done % TOLD == 0 {
            progress(Progress {
                step: Step::Write,
                done,
                of: Some(entries),
            });
        }
    }
    writer.begin_rows(&mut out).map_err(failed)?;
    let mut tags = Vec::with_capacity(schema.columns.len());
    for row in (0..old.rows()).filter(|&row| numbers[row as usize] != OUT) {
        tags.clear();
        tags.extend(old.row(row));
        writer.row(&tags, &mut out).map_err(failed)?;
    }
    if changes.added.is_some() {
        let columns = schema.columns.len();
        for_rows(&work, columns, |tags| writer.row(tags, &mut out)).map_err(failed)?;
    }
    let mut shapes = old.shapes().clone();
    shapes.add(&ingested.state.shapes);
    let (header, summary) = writer.finish(&shapes, &mut out).map_err(failed)?;
    Ok(ExactUpdated {
        added: ingested.state.report,
        removed: u64::from(old.rows() - left),
        missing,
        summary,
        bytes: work.finish_index(index, &header).map_err(failed)?,
    })
}

/// An index does not tell which values its schema named as none, so these are not compared.
fn refuse_other_schema(
    old: &ExactIndex,
    schema: &ExactSchema,
    output: &Path,
) -> Result<(), IndexingError> {
    let mut schema = schema.clone();
    for column in &mut schema.columns {
        column.stop.clear();
    }
    if *old.schema() == schema {
        return Ok(());
    }
    let hint = "`sluicegate index show` says which; without `--update` the index is made anew";
    Err(IndexingError::new("the index was made with another schema", output).hint(hint))
}

/// Marks the rows of a table in `numbers`, and reports those that are not there.
fn take_out(
    old: &ExactIndex,
    mut table: Table,
    reader: &RowReader,
    schema: &ExactSchema,
    numbers: &mut [u32],
) -> Result<TableReport, IndexingError> {
    let layout = table.layout.clone();
    let mut report = TableReport::default();
    let mut row = ByteRecord::new();
    while table.read(&mut row)? {
        let found = print(reader, schema, &layout, &row).and_then(|print| {
            let found = old.find_row(&print).map(|number| number as usize);
            let found = found.filter(|&number| numbers[number] != OUT);
            found.ok_or_else(|| "the index does not hold the row".to_owned())
        });
        match found {
            Ok(number) => {
                numbers[number] = OUT;
                report.rows += 1;
            }
            Err(reason) => report.bad_row(table.line(&row), reason),
        }
    }
    Ok(report)
}
