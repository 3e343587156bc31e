//! A row of a table to hashes.

use serde::{Deserialize, Serialize};
use sluicegate_model::{Column, ColumnType, ExactSchema};

use super::candidate::{MAX_LENGTH, Wanted};
use super::form::{self, StopReason};
use crate::index::{IndexKey, sip_cell};

/// Turns rows into hashes; shared between threads.
///
/// ```
/// use sluicegate::{IndexKey, RowReader, model::{Source, read_schema}};
/// let text = "name = \"customers\"\n[[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\n";
/// let schema = read_schema(&Source::new("customers.toml", text)).unwrap();
/// let reader = RowReader::new(&schema, &IndexKey::new(b"an example of a secret")?);
/// assert_eq!(reader.read(&["4711-0815"]), reader.read(&["4711 0815"]));
/// assert!(reader.read(&["none"]).keys.is_empty());
/// # Ok::<(), sluicegate::IndexKeyError>(())
/// ```
#[derive(Debug)]
pub struct RowReader {
    columns: Vec<Column>,
    /// Forms of the cells that the schema names as no values, by column.
    listed: Vec<Vec<Vec<u8>>>,
    key: IndexKey,
}

/// What an index holds of a row.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RowPrint {
    /// Hashes of the cells that lead to the row; without one it can't be found.
    pub keys: Vec<u64>,
    /// A hash of each cell in the order of the columns; 0 for one that does not count.
    pub tags: Vec<u32>,
    /// Cells that do not count or do not lead to the row, by the number of their column.
    pub stops: Vec<(usize, StopReason)>,
    /// What the cells look like.
    pub shapes: Shapes,
}

/// What the cells of the columns look like: how long they are and how many words they have. It says
/// which parts of a text are worth hashing.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shapes(Vec<Shape>);

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Shape {
    /// A bit for each length in bytes.
    lengths: u64,
    words: u8,
}

impl Shapes {
    /// Adds what other rows look like.
    pub fn add(&mut self, other: &Self) {
        self.0
            .resize(self.0.len().max(other.0.len()), Shape::default());
        for (shape, other) in self.0.iter_mut().zip(&other.0) {
            shape.lengths |= other.lengths;
            shape.words = shape.words.max(other.words);
        }
    }

    /// Whether a cell of a column can have this length.
    pub(crate) fn has_length(&self, column: usize, len: usize) -> bool {
        self.0
            .get(column)
            .is_some_and(|shape| len <= MAX_LENGTH && shape.lengths >> len & 1 != 0)
    }

    /// What cells of these columns can be.
    pub(crate) fn wanted<'c>(&self, columns: impl Iterator<Item = (usize, &'c Column)>) -> Wanted {
        let mut wanted = Wanted::default();
        for (number, column) in columns {
            let shape = self.0.get(number).copied().unwrap_or_default();
            match column.kind {
                ColumnType::Digits => wanted.digits |= shape.lengths,
                ColumnType::Alnum => wanted.alnum |= shape.lengths,
                ColumnType::Phone => {
                    wanted.phone |= shape.lengths;
                    wanted
                        .countries
                        .extend(column.country.iter().map(|code| code.as_bytes().to_vec()));
                }
                ColumnType::Name => wanted.name = wanted.name.max(usize::from(shape.words)),
                ColumnType::Text => wanted.text = wanted.text.max(usize::from(shape.words)),
                ColumnType::Email => wanted.email |= shape.words > 0,
                ColumnType::Date => wanted.date |= shape.words > 0,
            }
        }
        wanted.countries.sort();
        wanted.countries.dedup();
        wanted
    }
}

impl RowReader {
    /// A reader of rows of this schema.
    pub fn new(schema: &ExactSchema, key: &IndexKey) -> Self {
        let listed = schema.columns.iter().map(|column| {
            let cells = column.stop.iter();
            cells
                .filter_map(|cell| Some(form::form(column, cell).ok()??.bytes))
                .collect()
        });
        Self {
            columns: schema.columns.clone(),
            listed: listed.collect(),
            key: key.clone(),
        }
    }

    /// The hashes of a row, of its cells in the order of the schema's columns.
    pub fn read(&self, cells: &[&str]) -> RowPrint {
        let mut print = RowPrint {
            tags: vec![0; self.columns.len()],
            shapes: Shapes(vec![Shape::default(); self.columns.len()]),
            ..RowPrint::default()
        };
        for (number, (column, cell)) in self.columns.iter().zip(cells).enumerate() {
            if let Err(reason) = self.cell(number, column, cell, &mut print) {
                print.stops.push((number, reason));
            }
        }
        print
    }

    fn cell(
        &self,
        number: usize,
        column: &Column,
        cell: &str,
        print: &mut RowPrint,
    ) -> Result<(), StopReason> {
        if column
            .stop
            .iter()
            .any(|stop| stop.trim().eq_ignore_ascii_case(cell.trim()))
        {
            return Err(StopReason::Listed);
        }
        let Some(form) = form::form(column, cell)? else {
            return Ok(());
        };
        if self.listed[number].contains(&form.bytes) {
            return Err(StopReason::Listed);
        }
        form::counts(column, &form)?;
        print.tags[number] = tag(&self.key, number, &form.bytes);
        let shape = &mut print.shapes.0[number];
        if form.bytes.len() <= MAX_LENGTH {
            shape.lengths = 1 << form.bytes.len();
        }
        shape.words = u8::try_from(form.words).unwrap_or(u8::MAX);
        if column.primary {
            if !form::leads(column, &form) {
                return Err(StopReason::Weak);
            }
            print
                .keys
                .push(sip_cell(self.key.lookups(), number as u8, &form.bytes));
        }
        Ok(())
    }
}

/// The hash of a cell that an index keeps, which is never 0.
pub(super) fn tag(key: &IndexKey, column: usize, form: &[u8]) -> u32 {
    key.cell(column as u8, form).max(1)
}
