//! A table to sorted hashes and a file of rows.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::mem;
use std::path::Path;

use csv::ByteRecord;
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};
use sluicegate::model::{ExactSchema, MAX_COLUMNS};
use sluicegate::{IndexKey, RowPrint, RowReader};

use super::TableOptions;
use super::report::TableReport;
use super::state::{Inputs, State};
use super::table::{Layout, Place, Table};
use crate::problem::IndexingError;
use crate::progress::{Progress, Step};
use crate::sort::{Sorter, remove_runs};
use crate::work::Work;

const ROWS: &str = "rows";
/// Rows and bytes that are hashed at a time, while as many are read.
const BATCH: (usize, usize) = (16 << 10, 4 << 20);
/// Bad rows that are always tolerated unless the caller says otherwise.
const MIN_TOLERATED: u64 = 10;
/// One bad row in so many is tolerated unless the caller says otherwise.
const TOLERATED_SHARE: u64 = 100;

/// What was read of a table.
pub(super) struct Ingested {
    pub(super) sorter: Sorter,
    pub(super) state: State,
    /// Rows that an interrupted build had read.
    pub(super) resumed: u64,
}

/// What a table is read by.
pub(super) struct Reading<'r> {
    pub(super) table: &'r Path,
    pub(super) schema: &'r ExactSchema,
    pub(super) key: &'r IndexKey,
    pub(super) work: &'r Work,
    pub(super) options: &'r TableOptions,
    /// The number of the table's first row.
    pub(super) first_row: u32,
    /// Whether to go on from what an interrupted build left.
    pub(super) resumable: bool,
}

/// Rows that were read, and the place behind them.
#[derive(Default)]
struct Batch {
    rows: Vec<ByteRecord>,
    /// Rows that count; the others keep their memory.
    len: usize,
    place: Place,
}

impl Batch {
    /// Reads the next rows; without any the table is at its end.
    fn fill(&mut self, table: &mut Table) -> Result<(), IndexingError> {
        (self.len, self.place) = (0, table.place());
        let mut bytes = 0;
        while self.len < BATCH.0 && bytes < BATCH.1 {
            if self.len == self.rows.len() {
                self.rows.push(ByteRecord::new());
            }
            if !table.read(&mut self.rows[self.len])? {
                break;
            }
            bytes += self.rows[self.len].as_slice().len();
            self.len += 1;
        }
        self.place = table.place();
        Ok(())
    }

    fn rows(&self) -> &[ByteRecord] {
        &self.rows[..self.len]
    }
}

impl Reading<'_> {
    /// Reads the table to its end. `hash` makes of the hash of a cell what is sorted.
    pub(super) fn ingest(
        &self,
        hash: impl Fn(u64) -> u64,
        progress: &mut dyn FnMut(Progress),
    ) -> Result<Ingested, IndexingError> {
        let failed = |error: io::Error| self.work.failed(&error);
        let delimiter = self.options.delimiter;
        let mut table = Table::open(self.table, delimiter, self.schema)?;
        let inputs = Inputs::of(self.table, delimiter, self.schema, self.key)
            .map_err(|error| IndexingError::read(self.table, &error))?
            .filter(|_| self.resumable);
        let old = inputs.as_ref().filter(|_| !self.options.restart);
        let mut state = State::default();
        if let Some(old) = old.and_then(|inputs| State::read(self.work, inputs)) {
            state = old;
            table = table.from(state.place, delimiter)?;
            remove_runs(self.work.folder(), state.runs).map_err(failed)?;
        } else {
            self.work.clear().map_err(failed)?;
        }
        let mut ingested = Ingested {
            resumed: state.report.rows + state.report.bad,
            sorter: Sorter::new(self.work.folder(), self.options.buffer, state.runs),
            state,
        };
        let mut rows = self.open_rows(&ingested.state.report).map_err(failed)?;
        let reader = RowReader::new(self.schema, self.key);
        let layout = table.layout.clone();
        let of = fs::metadata(self.table).ok().map(|file| file.len());
        let (mut batch, mut next) = (Batch::default(), Batch::default());
        batch.fill(&mut table)?;
        while batch.len > 0 {
            // Hashing uses all threads, reading one of them.
            let (read, prints) = rayon::join(
                || next.fill(&mut table),
                || {
                    let rows = batch.rows().par_iter();
                    let prints = rows.map(|row| print(&reader, self.schema, &layout, row));
                    prints.collect::<Vec<_>>()
                },
            );
            for (row, print) in batch.rows().iter().zip(prints) {
                self.add(&mut ingested, table.line(row), print, &hash, &mut rows)?;
            }
            ingested.state.place = batch.place;
            if ingested.sorter.is_full() {
                self.spill(&mut ingested, &mut rows, inputs.as_ref())
                    .map_err(failed)?;
            }
            progress(Progress {
                step: Step::Read,
                done: batch.place.byte,
                of,
            });
            // What was read in front of a place that can't be read stays.
            read?;
            mem::swap(&mut batch, &mut next);
        }
        rows.flush().map_err(failed)?;
        self.check_bad_rows(&ingested.state.report, true)?;
        Ok(ingested)
    }

    /// Adds a row to what is sorted and to the file of rows.
    fn add(
        &self,
        ingested: &mut Ingested,
        line: u64,
        print: Result<RowPrint, String>,
        hash: impl Fn(u64) -> u64,
        rows: &mut BufWriter<File>,
    ) -> Result<(), IndexingError> {
        let State { shapes, report, .. } = &mut ingested.state;
        let print = match print {
            Ok(print) => print,
            Err(reason) => {
                report.bad_row(line, reason);
                return self.check_bad_rows(report, false);
            }
        };
        for (column, reason) in &print.stops {
            report.stopped(self.schema, *column, reason.as_str(), line);
        }
        if print.keys.is_empty() {
            report.bad_row(
                line,
                "no cell of a primary column leads to the row".to_owned(),
            );
            return self.check_bad_rows(report, false);
        }
        let number = u64::from(self.first_row) + report.rows;
        // The last number is that of no row.
        let number = u32::try_from(number)
            .ok()
            .filter(|&number| number < u32::MAX);
        let number = number.ok_or_else(|| {
            let hint = "split the table, and give each part a schema with a name of its own";
            IndexingError::new("an index holds less than 2^32 rows", self.table).hint(hint)
        })?;
        for &key in &print.keys {
            ingested.sorter.push((hash(key), number));
        }
        shapes.add(&print.shapes);
        for tag in &print.tags {
            let written = rows.write_all(&tag.to_le_bytes());
            written.map_err(|error| self.work.failed(&error))?;
        }
        report.rows += 1;
        Ok(())
    }

    /// Puts what was read on the disk, and then remembers that it is there.
    fn spill(
        &self,
        ingested: &mut Ingested,
        rows: &mut BufWriter<File>,
        inputs: Option<&Inputs>,
    ) -> io::Result<()> {
        ingested.sorter.spill()?;
        ingested.state.runs = ingested.sorter.runs();
        rows.flush()?;
        if let Some(inputs) = inputs {
            rows.get_ref().sync_data()?;
            ingested.state.write(self.work, inputs)?;
        }
        Ok(())
    }

    /// The file of rows, with those that were read before.
    fn open_rows(&self, report: &TableReport) -> io::Result<BufWriter<File>> {
        let path = self.work.path(ROWS);
        let mut file = OpenOptions::new()
            .create(true)
            .truncate(false)
            .write(true)
            .open(path)?;
        let len = report.rows * self.schema.columns.len() as u64 * 4;
        if file.metadata()?.len() < len {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        file.set_len(len)?;
        file.seek(SeekFrom::End(0))?;
        Ok(BufWriter::with_capacity(1 << 18, file))
    }

    /// Whether bad rows are few enough. Their share is known at the end.
    fn check_bad_rows(&self, report: &TableReport, is_end: bool) -> Result<(), IndexingError> {
        let read = report.rows + report.bad;
        let limit = match self.options.max_bad_rows {
            Some(limit) => limit,
            None if is_end => (read / TOLERATED_SHARE).max(MIN_TOLERATED),
            None => return Ok(()),
        };
        if report.bad <= limit && (report.rows > 0 || !is_end) {
            return Ok(());
        }
        let Some(first) = report.bad_rows.first() else {
            return Err(IndexingError::new("the table has no rows", self.table)
                .hint("they follow the headings"));
        };
        let (bad, reason) = (report.bad, &first.reason);
        let so_far = if is_end { "" } else { " first" };
        let what = format!("{bad} of the{so_far} {read} rows are bad; in the first {reason}");
        let hint = match report.rows {
            0 if is_end => "the schema's columns and types must be those of the table".to_owned(),
            _ => format!("mend them, or tolerate more than {limit} with `--max-bad-rows`"),
        };
        Err(IndexingError::new(what, self.table)
            .at_line(first.line)
            .hint(hint))
    }
}

/// The hashes of a row, or why it has none.
pub(super) fn print(
    reader: &RowReader,
    schema: &ExactSchema,
    layout: &Layout,
    row: &ByteRecord,
) -> Result<RowPrint, String> {
    if row.len() != layout.width {
        let (has, needs) = (row.len(), layout.width);
        return Err(format!("{has} fields stand in place of {needs}"));
    }
    let mut cells = [""; MAX_COLUMNS];
    for (column, &field) in layout.fields.iter().enumerate() {
        cells[column] = str::from_utf8(&row[field]).map_err(|_| {
            let name = &schema.columns[column].name;
            format!("the cell of `{name}` is not UTF-8")
        })?;
    }
    Ok(reader.read(&cells[..layout.fields.len()]))
}

/// Hands on the hashes of all rows that were read, in their order.
pub(super) fn for_rows(
    work: &Work,
    columns: usize,
    mut take: impl FnMut(&[u32]) -> io::Result<()>,
) -> io::Result<()> {
    let mut file = BufReader::with_capacity(1 << 18, File::open(work.path(ROWS))?);
    let mut bytes = vec![0; columns * 4];
    let mut tags = vec![0; columns];
    loop {
        match file.read_exact(&mut bytes) {
            Ok(()) => {}
            Err(error) if error.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            Err(error) => return Err(error),
        }
        for (tag, bytes) in tags.iter_mut().zip(bytes.as_chunks().0) {
            *tag = u32::from_le_bytes(*bytes);
        }
        take(&tags)?;
    }
}
