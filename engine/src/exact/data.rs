//! An index as it is read.

use std::fmt;
use std::ops::Range;
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use sluicegate_model::{Column, ColumnType, ExactSchema, MAX_COLUMNS};
use zerocopy::FromBytes;
use zerocopy::little_endian::U32;

use super::candidate::{Candidate, Wanted};
use super::row::{RowPrint, Shapes};
use crate::index::{IndexError, IndexKey, IndexKind, Table, open};

const KIND: IndexKind = IndexKind::Exact;

/// The sections, in their order.
pub(super) mod section {
    pub(in crate::exact) const ENTRIES: usize = 0;
    pub(in crate::exact) const ROWS: usize = 1;
    pub(in crate::exact) const STARTS: usize = 2;
    pub(in crate::exact) const FILTER: usize = 3;
    pub(in crate::exact) const META: usize = 4;
    pub(in crate::exact) const COUNT: usize = 5;
}

/// How an index was made. No value is in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Meta {
    pub(crate) schema: ExactSchema,
    /// Which key it was made with.
    pub(crate) key: String,
    pub(crate) rows: u32,
    /// Cells that lead to rows.
    pub(crate) entries: u32,
    /// Cells that would lead to more rows than may share one.
    pub(crate) frequent: u32,
    pub(crate) shapes: Shapes,
    /// The version that made it.
    pub(crate) version: String,
}

/// An index of the rows of a table, loaded with its key. Cloning shares it.
#[derive(Clone)]
pub struct ExactIndex(Arc<Inner>);

struct Inner {
    bytes: Box<dyn AsRef<[u8]> + Send + Sync>,
    sections: Vec<Range<usize>>,
    meta: Meta,
    key: IndexKey,
    id: String,
    card: String,
    primary: Wanted,
    others: Wanted,
}

impl ExactIndex {
    /// Uses the bytes of an index: checks header, digest and key. Nothing is copied.
    ///
    /// # Errors
    /// When the bytes are no index of exact data, of another format version, truncated, altered, or
    /// made with another key.
    pub fn load(
        bytes: impl AsRef<[u8]> + Send + Sync + 'static,
        key: &IndexKey,
    ) -> Result<Self, IndexError> {
        let image = bytes.as_ref();
        let sections = open(image, KIND)?;
        let meta = meta(image, &sections)?;
        if meta.key != key.id() {
            return Err(IndexError::other_key(KIND, &meta.key, key.id()));
        }
        let malformed = |what| IndexError::malformed(KIND, what);
        let raw = |section: usize| &image[sections[section].clone()];
        let table = Table::new(
            raw(section::FILTER),
            raw(section::STARTS),
            raw(section::ENTRIES),
        );
        if table.is_none_or(|table| table.len() != meta.entries as usize) {
            return Err(malformed("its tables do not belong together"));
        }
        let columns = &meta.schema.columns;
        if columns.is_empty() || columns.len() > MAX_COLUMNS || meta.schema.needed == 0 {
            return Err(malformed("its schema has no or too many columns"));
        }
        if raw(section::ROWS).len() != meta.rows as usize * columns.len() * 4 {
            return Err(malformed("rows are missing"));
        }
        let columns = || columns.iter().enumerate();
        Ok(Self(Arc::new(Inner {
            primary: meta
                .shapes
                .wanted(columns().filter(|(_, column)| column.primary)),
            others: meta.shapes.wanted(columns()),
            id: format!("exact.{}", meta.schema.name),
            card: card(&meta),
            key: key.clone(),
            sections,
            meta,
            bytes: Box::new(bytes),
        })))
    }

    /// How the index in these bytes was made, as JSON: its schema, counts and the name of its key.
    /// It takes no key.
    ///
    /// # Errors
    /// When the bytes are no index of exact data, of another format version, truncated or altered.
    pub fn describe(bytes: &[u8]) -> Result<String, IndexError> {
        let sections = open(bytes, KIND)?;
        meta(bytes, &sections).map(|meta| card(&meta))
    }

    /// The id of its findings: `exact.<name>`.
    pub fn classifier_id(&self) -> &str {
        &self.0.id
    }

    /// How it was made, as JSON.
    pub fn card(&self) -> &str {
        &self.0.card
    }

    /// The schema, without the values that it named as none.
    pub fn schema(&self) -> &ExactSchema {
        &self.0.meta.schema
    }

    /// Number of rows.
    pub fn rows(&self) -> u32 {
        self.0.meta.rows
    }

    /// Bytes of the index.
    pub fn image(&self) -> &[u8] {
        (*self.0.bytes).as_ref()
    }

    /// The digest that the header states.
    pub fn digest(&self) -> [u8; 32] {
        crate::index::digest(self.image())
    }

    /// The hashes of a row's cells, as [`RowPrint::tags`] has them.
    ///
    /// # Panics
    /// When there is no such row.
    pub fn row(&self, number: u32) -> impl ExactSizeIterator<Item = u32> + '_ {
        let columns = self.schema().columns.len();
        let start = number as usize * columns;
        let tags = self.tags()[start..start + columns].iter().enumerate();
        tags.map(move |(column, tag)| tag.get() ^ self.key().mask(number, column as u8))
    }

    /// The row that has exactly these cells, the first of several.
    pub fn find_row(&self, print: &RowPrint) -> Option<u32> {
        let table = self.table();
        let rows = print.keys.iter().flat_map(|&key| table.find(key));
        rows.map(|(_, row)| row)
            .filter(|&row| row < self.rows() && self.row(row).eq(print.tags.iter().copied()))
            .min()
    }

    /// What leads to rows, in order: what is known of a hash, and the row.
    pub fn entries(&self) -> impl Iterator<Item = (u64, u32)> + '_ {
        self.table().entries()
    }

    /// What cells of all rows look like.
    pub fn shapes(&self) -> &Shapes {
        &self.0.meta.shapes
    }

    pub(super) fn frequent(&self) -> u32 {
        self.0.meta.frequent
    }

    pub(super) fn key(&self) -> &IndexKey {
        &self.0.key
    }

    pub(super) fn primary(&self) -> &Wanted {
        &self.0.primary
    }

    /// What cells that support a primary one can be; a primary column may support another.
    pub(super) fn others(&self) -> &Wanted {
        &self.0.others
    }

    /// The columns that a candidate can be a cell of.
    pub(super) fn columns<'a>(
        &'a self,
        candidate: &Candidate<'a>,
    ) -> impl Iterator<Item = (usize, &'a Column)> {
        let Candidate {
            kind,
            form,
            country,
            ..
        } = *candidate;
        let columns = self.schema().columns.iter().enumerate();
        let has_length = move |number| match kind {
            ColumnType::Digits | ColumnType::Alnum | ColumnType::Phone => {
                self.shapes().has_length(number, form.len())
            }
            _ => true,
        };
        let is_there = move |column: &Column| match (country, &column.country) {
            (Some(country), Some(code)) => code.as_bytes() == country,
            (Some(_), None) => false,
            (None, _) => true,
        };
        columns.filter(move |(number, column)| {
            column.kind == kind && has_length(*number) && is_there(column)
        })
    }

    /// The columns in the order in which they choose places around a primary cell: primary ones first,
    /// because what they hold is of nobody else.
    pub(super) fn by_weight(&self) -> impl Iterator<Item = usize> + '_ {
        let columns = &self.schema().columns;
        let of =
            move |primary| (0..columns.len()).filter(move |&at| columns[at].primary == primary);
        of(true).chain(of(false))
    }

    pub(super) fn tags(&self) -> &[U32] {
        let rows = &self.image()[self.0.sections[section::ROWS].clone()];
        <[U32]>::ref_from_bytes(rows).expect("the length was checked when the index was loaded")
    }

    pub(super) fn table(&self) -> Table<'_> {
        let raw = |section: usize| &self.image()[self.0.sections[section].clone()];
        Table::new(
            raw(section::FILTER),
            raw(section::STARTS),
            raw(section::ENTRIES),
        )
        .expect("the sections were checked when the index was loaded")
    }
}

fn meta(image: &[u8], sections: &[Range<usize>]) -> Result<Meta, IndexError> {
    if sections.len() != section::COUNT {
        return Err(IndexError::malformed(KIND, "sections are missing"));
    }
    serde_json::from_slice(&image[sections[section::META].clone()])
        .map_err(|_| IndexError::malformed(KIND, "what it says of itself can't be read"))
}

/// What people read.
fn card(meta: &Meta) -> String {
    let schema = &meta.schema;
    let columns: Vec<_> = schema
        .columns
        .iter()
        .map(|column| {
            serde_json::json!({
                "name": column.name,
                "type": column.kind.as_str(),
                "primary": column.primary,
            })
        })
        .collect();
    serde_json::json!({
        "name": format!("Rows of {}", schema.name),
        "description": format!(
            "At least {} of {} columns of one row within {} bytes",
            schema.needed,
            schema.columns.len(),
            schema.within
        ),
        "tags": ["exact"],
        "exact": {
            "columns": columns,
            "needed": schema.needed,
            "within": schema.within,
            "rows": meta.rows,
            "entries": meta.entries,
            "frequent": meta.frequent,
            "key": meta.key,
            "version": meta.version,
        },
    })
    .to_string()
}

impl fmt::Debug for ExactIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ExactIndex")
            .field("id", &self.classifier_id())
            .field("rows", &self.rows())
            .finish_non_exhaustive()
    }
}
