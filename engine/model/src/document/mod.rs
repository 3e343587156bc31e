//! TOML files that people write: read strictly, with every problem at its place.
//!
//! Packs are read with it, and so are the other files of their authors, such as policies. A reader
//! asks for the keys it knows, by type; [`Fields::finish`] reports all others.
//!
//! | file | holds |
//! |---|---|
//! | `report.rs` | the problems met so far |
//! | `fields.rs` | one table: typed keys, unknown keys |
//! | `nearest.rs` | the known word that a misspelt one may stand for |
//!
//! ```
//! use sluicegate_model::Source;
//! use sluicegate_model::document::Document;
//!
//! let source = Source::new("colours.toml", "wall = \"green\"\nflor = \"red\"\n");
//! let (document, mut report) = Document::parse(&source);
//! let mut fields = document.fields("a room");
//! let wall = fields.text(&mut report, "wall").unwrap();
//! assert_eq!((wall.value.as_str(), wall.span), ("green", 7..14));
//! assert!(fields.text(&mut report, "floor").is_none());
//! fields.finish(&mut report);
//! let problems = report.into_problems();
//! assert_eq!(problems[0].message, "a room has no key `flor`");
//! assert_eq!(problems[0].hint, "did you mean `floor`?");
//! ```

mod fields;
mod nearest;
mod report;

use std::sync::Arc;

pub use fields::{Fields, Text, TextOrFields};
pub use nearest::nearest;
pub use report::{Report, possible, suggestion};
use toml::Spanned;
use toml::de::DeTable;

use crate::{Code, Source};

/// One parsed file.
#[derive(Debug)]
pub struct Document<'t>(Spanned<DeTable<'t>>);

impl<'t> Document<'t> {
    /// Parses a file. Each syntax error is in the report; what the parser recovers in spite of them
    /// can lack keys that are there in the text.
    pub fn parse(source: &'t Arc<Source>) -> (Self, Report) {
        let (table, errors) = DeTable::parse_recoverable(source.text());
        let mut report = Report::new(source);
        let end = source.text().len();
        for error in &errors {
            let span = error.span().unwrap_or(end..end);
            report.add(Code::Syntax, span, error.message(), "");
        }
        (Self(table), report)
    }

    /// The keys of the file itself, which messages call `name`, with its article.
    pub fn fields(&self, name: &'static str) -> Fields<'_> {
        Fields::new(self.0.get_ref(), self.0.span(), name)
    }

    /// The file as the parser gives it.
    pub(crate) fn raw(&self) -> &DeTable<'t> {
        self.0.get_ref()
    }
}
