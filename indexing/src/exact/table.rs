//! A table's rows: CSV, cells by heading.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use csv::{ByteRecord, ErrorKind, ReaderBuilder};
use serde::{Deserialize, Serialize};
use sluicegate::model::ExactSchema;
use sluicegate::model::document::nearest;

use crate::problem::IndexingError;

/// Longest row, in bytes. A quote that is not closed makes one row of all that follows.
const MAX_ROW: usize = 4 << 20;
/// Bytes that are read at a time.
const BUFFER: usize = 1 << 18;

/// A place between two rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Place {
    /// Bytes of the table in front of it.
    pub(super) byte: u64,
    /// Lines in front of it.
    pub(super) lines: u64,
}

/// A table that is read from front to back.
pub(super) struct Table {
    path: PathBuf,
    reader: csv::Reader<Bounded>,
    /// Where `reader` began.
    base: Place,
    allowance: Arc<AtomicUsize>,
    pub(super) layout: Layout,
}

/// Where the cells of a row stand.
#[derive(Clone, Debug, Default)]
pub(super) struct Layout {
    /// Fields of a row.
    pub(super) width: usize,
    /// For each column of the schema its field.
    pub(super) fields: Vec<usize>,
}

impl Table {
    /// Opens a table and finds the schema's columns by its headings; `-` is standard input.
    pub(super) fn open(
        path: &Path,
        delimiter: u8,
        schema: &ExactSchema,
    ) -> Result<Self, IndexingError> {
        let input: Box<dyn Read + Send> = if path == Path::new("-") {
            Box::new(io::stdin())
        } else {
            let file = File::open(path).map_err(|error| IndexingError::read(path, &error))?;
            Box::new(file)
        };
        let allowance = Arc::new(AtomicUsize::new(0));
        let mut table = Self {
            path: path.to_owned(),
            reader: reader(input, delimiter, &allowance),
            base: Place::default(),
            allowance,
            layout: Layout::default(),
        };
        let mut headings = ByteRecord::new();
        if !table.read(&mut headings)? {
            return Err(IndexingError::new("the table is empty", path)
                .hint("its first row holds the headings of its columns"));
        }
        table.layout = Layout {
            width: headings.len(),
            fields: columns(path, &headings, delimiter, schema)?,
        };
        Ok(table)
    }

    /// The same table from a place on.
    pub(super) fn from(self, place: Place, delimiter: u8) -> Result<Self, IndexingError> {
        let failed = |error: io::Error| IndexingError::read(&self.path, &error);
        let mut file = File::open(&self.path).map_err(failed)?;
        file.seek(SeekFrom::Start(place.byte)).map_err(failed)?;
        Ok(Self {
            reader: reader(Box::new(file), delimiter, &self.allowance),
            base: place,
            ..self
        })
    }

    /// Reads the next row; `false` behind the last.
    pub(super) fn read(&mut self, row: &mut ByteRecord) -> Result<bool, IndexingError> {
        self.allowance.store(MAX_ROW, Ordering::Relaxed);
        self.reader.read_byte_record(row).map_err(|error| {
            let line = self.place().lines + 1;
            match error.into_kind() {
                ErrorKind::Io(error) if error.kind() == io::ErrorKind::FileTooLarge => {
                    let what = format!("a row has more than {} MB", MAX_ROW >> 20);
                    IndexingError::new(what, &self.path)
                        .at_line(line)
                        .hint("a quote may be missing its end")
                }
                ErrorKind::Io(error) => IndexingError::read(&self.path, &error),
                _ => IndexingError::new("the table is not CSV", &self.path).at_line(line),
            }
        })
    }

    /// The place behind the row that was read last.
    pub(super) fn place(&self) -> Place {
        let position = self.reader.position();
        Place {
            byte: self.base.byte + position.byte(),
            lines: self.base.lines + position.line() - 1,
        }
    }

    /// The line in which a row of this table begins.
    pub(super) fn line(&self, row: &ByteRecord) -> u64 {
        let line = row.position().map_or(1, csv::Position::line);
        self.base.lines + line
    }
}

fn reader(
    input: Box<dyn Read + Send>,
    delimiter: u8,
    allowance: &Arc<AtomicUsize>,
) -> csv::Reader<Bounded> {
    let allowance = Arc::clone(allowance);
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .buffer_capacity(BUFFER)
        .from_reader(Bounded { input, allowance })
}

/// Ends in an error when a row takes more than it may.
struct Bounded {
    input: Box<dyn Read + Send>,
    /// Bytes that the row may still take from here; what the reader has buffered comes on top.
    allowance: Arc<AtomicUsize>,
}

impl Read for Bounded {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.input.read(buffer)?;
        let left = self.allowance.load(Ordering::Relaxed).checked_sub(read);
        let left = left.ok_or(io::ErrorKind::FileTooLarge)?;
        self.allowance.store(left, Ordering::Relaxed);
        Ok(read)
    }
}

/// For each column of the schema its field. Headings may have spaces at their ends.
fn columns(
    path: &Path,
    headings: &ByteRecord,
    delimiter: u8,
    schema: &ExactSchema,
) -> Result<Vec<usize>, IndexingError> {
    let refused =
        |what: String, hint: String| Err(IndexingError::new(what, path).at_line(1).hint(hint));
    let first = headings.get(0).unwrap_or_default();
    let has_wide_mark = first.starts_with(b"\xff\xfe") || first.starts_with(b"\xfe\xff");
    if has_wide_mark || headings.iter().any(|heading| heading.contains(&0)) {
        let hint = "convert it, for example with `iconv -f UTF-16 -t UTF-8`";
        return refused("the table is UTF-16, not UTF-8".to_owned(), hint.to_owned());
    }
    let mut names = Vec::with_capacity(headings.len());
    for (i, heading) in headings.iter().enumerate() {
        let Ok(name) = std::str::from_utf8(heading) else {
            let what = format!("heading {} is not UTF-8", i + 1);
            let hint = "convert the table, for example with `iconv -f WINDOWS-1252 -t UTF-8`";
            return refused(what, hint.to_owned());
        };
        names.push(name.trim());
    }
    let mut fields = Vec::with_capacity(schema.columns.len());
    for column in &schema.columns {
        let mut found = (0..names.len()).filter(|&i| names[i] == column.name);
        match (found.next(), found.next()) {
            (Some(field), None) => fields.push(field),
            (Some(_), Some(_)) => {
                let what = format!("two columns of the table are headed `{}`", column.name);
                return refused(what, "give them headings of their own".to_owned());
            }
            (None, _) => {
                let what = format!("the table has no column `{}`", column.name);
                return refused(what, near(&column.name, &names, delimiter));
            }
        }
    }
    Ok(fields)
}

/// A hint for a heading that is not there. Only a near one is shown: without headings the first row
/// holds values.
fn near(name: &str, names: &[&str], delimiter: u8) -> String {
    let lower = |name: &str| name.to_lowercase().replace([' ', '-'], "_");
    let lowered: Vec<String> = names.iter().map(|name| lower(name)).collect();
    let known: Vec<&str> = lowered.iter().map(String::as_str).collect();
    let found = nearest(&lower(name), &known);
    if let Some(at) = found.and_then(|found| known.iter().position(|&known| known == found)) {
        return format!(
            "did you mean `{}`? Headings are compared as they are written",
            names[at]
        );
    }
    if let [_] = names {
        let delimiter = char::from(delimiter).escape_default();
        return format!(
            "no `{delimiter}` is in the first row; `--delimiter` sets another delimiter"
        );
    }
    format!(
        "its first row holds the headings of its columns; there are {} and none is near",
        names.len()
    )
}
