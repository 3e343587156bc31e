//! The schema of a table whose rows are to be found: its columns, and when a row counts as found.

use serde::{Deserialize, Serialize};

use crate::Severity;

/// How the cells of a column are written and compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ColumnType {
    /// A number that is an identifier: its digits, whatever separates them.
    Digits,
    /// An identifier of letters and digits: these, whatever separates them.
    Alnum,
    /// The name of a person: its words in any order, without accents.
    Name,
    /// An e-mail address.
    Email,
    /// A telephone number, with or without its country's code.
    Phone,
    /// A day, in any common notation.
    Date,
    /// Words in their order: addresses, companies, titles.
    Text,
}

impl ColumnType {
    /// All types.
    pub const ALL: [Self; 7] = [
        Self::Digits,
        Self::Alnum,
        Self::Name,
        Self::Email,
        Self::Phone,
        Self::Date,
        Self::Text,
    ];

    /// The name as it is written in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Digits => "digits",
            Self::Alnum => "alnum",
            Self::Name => "name",
            Self::Email => "email",
            Self::Phone => "phone",
            Self::Date => "date",
            Self::Text => "text",
        }
    }
}

/// A column of a table that takes part.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Column {
    /// Its heading in the table.
    pub name: String,
    /// How its cells are compared.
    pub kind: ColumnType,
    /// Whether it leads to a row: a match needs a cell of a primary column.
    pub primary: bool,
    /// Calling code of the country that numbers without one belong to, for telephone numbers.
    pub country: Option<String>,
    /// Cells that say nothing about a row, such as `unknown`; compared like cells.
    #[serde(skip)]
    pub stop: Vec<String>,
}

/// Bytes within which the cells of a row must stand where the schema does not say.
pub const DEFAULT_WITHIN: u32 = 200;

/// A table whose rows are to be found, and when one counts as found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactSchema {
    /// Findings have the id `exact.<name>`.
    pub name: String,
    /// The columns that take part, 1 to 16.
    pub columns: Vec<Column>,
    /// How many columns of one row a match needs, the primary one among them.
    pub needed: u8,
    /// Bytes on either side of the primary cell within which the others must stand.
    pub within: u32,
    /// How bad a finding is.
    pub severity: Severity,
    /// Confidence of findings, 0 to 100.
    pub confidence: u8,
    /// Rows that may share a primary cell; a cell of more rows leads to none.
    pub max_rows: u32,
}

/// Rows that may share a primary cell where the schema does not say.
pub const DEFAULT_MAX_ROWS: u32 = 32;
/// Confidence of findings of exact data where the schema does not say.
pub const DEFAULT_EXACT_CONFIDENCE: u8 = 95;
/// Most columns of a schema.
pub const MAX_COLUMNS: usize = 16;
