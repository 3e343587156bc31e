//! Hashes of rows to an index.

use std::convert::Infallible;

use sluicegate_model::ExactSchema;

use super::data::{ExactIndex, Meta, section};
use super::row::{RowReader, Shapes};
use crate::index::{IndexKey, IndexKind, Sealer, TableBuilder};

/// Writes an index from front to back: the cells that lead to rows in ascending order, then the rows
/// in the order of their numbers. `out` takes the bytes as they come, behind [`Sealer::HEADER`] bytes
/// that are left free for the header, which comes last.
#[derive(Debug)]
pub struct ExactIndexWriter {
    schema: ExactSchema,
    key: IndexKey,
    sealer: Sealer,
    table: TableBuilder,
    /// The rows of the last key.
    waiting: Vec<u32>,
    /// What is known of it.
    last: u64,
    entries: u32,
    frequent: u32,
    rows: u32,
}

/// Makes an index of rows that are in memory, each with its cells in the order of the schema's
/// columns: what [`ExactIndex::load`] takes.
///
/// ```
/// use sluicegate::{ExactIndex, IndexKey, Scanner, build_exact, compile};
/// use sluicegate::model::{Source, read_schema};
/// let text = "name = \"customers\"\n\
///     [[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\n\
///     [[column]]\nname = \"surname\"\ntype = \"name\"\n";
/// let schema = read_schema(&Source::new("customers.toml", text)).unwrap();
/// let key = IndexKey::new(b"an example of a secret")?;
/// let index = build_exact(&schema, &key, [["4711-0815", "Weirkeeper"], ["4711-0816", "Lockhand"]]);
/// let database = compile(&[])?.database.with_exact(ExactIndex::load(index, &key)?)?;
/// let mut scanner = Scanner::new(&database);
/// assert_eq!(scanner.scan(b"Ms WEIRKEEPER, no. 4711 0815").rows[0].row, 0);
/// assert!(scanner.scan(b"Ms Lockhand, no. 4711 0815").rows.is_empty());
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
/// When there are 2^32 rows or more.
pub fn build_exact<R: AsRef<[C]>, C: AsRef<str>>(
    schema: &ExactSchema,
    key: &IndexKey,
    rows: impl IntoIterator<Item = R>,
) -> Vec<u8> {
    let reader = RowReader::new(schema, key);
    let mut shapes = Shapes::default();
    let mut tags = Vec::new();
    let mut pairs = Vec::new();
    for (number, row) in (0..).zip(rows) {
        let cells: Vec<&str> = row.as_ref().iter().map(AsRef::as_ref).collect();
        let print = reader.read(&cells);
        shapes.add(&print.shapes);
        pairs.extend(print.keys.iter().map(|&key| (key, number)));
        tags.push(print.tags);
    }
    pairs.sort_unstable();
    let mut image = vec![0; Sealer::HEADER];
    let mut out = |bytes: &[u8]| {
        image.extend_from_slice(bytes);
        Ok::<(), Infallible>(())
    };
    let mut write = || {
        let mut writer = ExactIndexWriter::new(schema, key, pairs.len() as u64);
        for &(key, row) in &pairs {
            writer.entry(key, row, &mut out)?;
        }
        writer.begin_rows(&mut out)?;
        for tags in &tags {
            writer.row(tags, &mut out)?;
        }
        writer.finish(&shapes, &mut out)
    };
    let Ok((header, _)) = write();
    image[..header.len()].copy_from_slice(&header);
    image
}

/// What an index holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExactSummary {
    /// Rows.
    pub rows: u32,
    /// Cells that lead to rows.
    pub entries: u32,
    /// Cells of primary columns that more rows share than may, which lead to none.
    pub frequent: u32,
}

impl ExactIndexWriter {
    /// A writer of an index of about so many cells that lead to rows.
    pub fn new(schema: &ExactSchema, key: &IndexKey, entries: u64) -> Self {
        Self::with_table(schema, key, TableBuilder::new(entries))
    }

    /// A writer of what follows this index, which keeps what is known of its hashes.
    pub fn updating(index: &ExactIndex, entries: u64) -> Self {
        let table = TableBuilder::with_bits(index.table().bits(), entries);
        let mut writer = Self::with_table(index.schema(), index.key(), table);
        writer.frequent = index.frequent();
        writer
    }

    fn with_table(schema: &ExactSchema, key: &IndexKey, table: TableBuilder) -> Self {
        let mut sealer = Sealer::new(IndexKind::Exact);
        sealer.pad();
        Self {
            schema: schema.clone(),
            key: key.clone(),
            sealer,
            table,
            waiting: Vec::new(),
            last: 0,
            entries: 0,
            frequent: 0,
            rows: 0,
        }
    }

    /// What an index keeps of the hash of a cell.
    pub fn known(&self, key: u64) -> u64 {
        self.table.known(key)
    }

    /// Adds a cell that leads to a row; pairs come in ascending order.
    ///
    /// # Errors
    /// Those of `out`.
    ///
    /// # Panics
    /// When the pair is smaller than the one before.
    pub fn entry<E>(
        &mut self,
        key: u64,
        row: u32,
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        self.entry_known(self.known(key), row, out)
    }

    /// The same with what is known of a hash.
    ///
    /// # Errors
    /// Those of `out`.
    ///
    /// # Panics
    /// When the pair is smaller than the one before.
    pub fn entry_known<E>(
        &mut self,
        known: u64,
        row: u32,
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        if known != self.last {
            self.flush(out)?;
            self.last = known;
        }
        // One more than may share it is enough to know.
        if self.waiting.len() <= self.schema.max_rows as usize {
            self.waiting.push(row);
        }
        Ok(())
    }

    fn flush<E>(&mut self, out: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        if self.waiting.len() > self.schema.max_rows as usize {
            self.frequent += 1;
            self.waiting.clear();
        }
        // Different hashes of which the same is known come one after the other, each with its rows.
        self.waiting.sort_unstable();
        for row in self.waiting.drain(..) {
            let bytes = self.table.push_known(self.last, row);
            self.entries += 1;
            self.sealer.add(&bytes);
            out(&bytes)?;
        }
        Ok(())
    }

    /// Ends the cells; the rows follow.
    ///
    /// # Errors
    /// Those of `out`.
    pub fn begin_rows<E>(&mut self, out: &mut impl FnMut(&[u8]) -> Result<(), E>) -> Result<(), E> {
        self.flush(out)?;
        out(self.sealer.pad())
    }

    /// Adds the hashes of the next row's cells.
    ///
    /// # Errors
    /// Those of `out`.
    ///
    /// # Panics
    /// When there are not as many as columns.
    pub fn row<E>(
        &mut self,
        tags: &[u32],
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<(), E> {
        assert_eq!(
            tags.len(),
            self.schema.columns.len(),
            "a hash for each column"
        );
        for (column, tag) in (0..).zip(tags) {
            let bytes = (tag ^ self.key.mask(self.rows, column)).to_le_bytes();
            self.sealer.add(&bytes);
            out(&bytes)?;
        }
        self.rows += 1;
        Ok(())
    }

    /// Writes the rest, and returns the header for the front.
    ///
    /// # Errors
    /// Those of `out`.
    ///
    /// # Panics
    /// Never: what an index says of itself is plain data.
    pub fn finish<E>(
        mut self,
        shapes: &Shapes,
        out: &mut impl FnMut(&[u8]) -> Result<(), E>,
    ) -> Result<([u8; Sealer::HEADER], ExactSummary), E> {
        let summary = ExactSummary {
            rows: self.rows,
            entries: self.entries,
            frequent: self.frequent,
        };
        let meta = Meta {
            schema: self.schema,
            key: self.key.id(),
            rows: summary.rows,
            entries: summary.entries,
            frequent: summary.frequent,
            shapes: shapes.clone(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
        };
        let meta = serde_json::to_vec(&meta).expect("what an index says of itself is plain data");
        let (starts, filter) = self.table.finish();
        const { assert!(section::ENTRIES == 0 && section::ROWS == 1 && section::STARTS == 2) };
        const { assert!(section::FILTER == 3 && section::META == 4) };
        for bytes in [&starts, &filter, &meta] {
            out(self.sealer.pad())?;
            self.sealer.add(bytes);
            out(bytes)?;
        }
        let (end, header) = self.sealer.finish();
        out(end)?;
        Ok((header, summary))
    }
}
