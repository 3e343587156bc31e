//! Which rows of known tables are in these bytes?
//!
//! A table is indexed by keyed hashes of its cells. A text is read for what could be a cell of a
//! primary column; where one leads to a row, the row's other cells are looked for around it, and
//! enough of them are a match. What is found is defined by the cells' forms, so that spacing, case,
//! width, accents and notation do not matter.
//!
//! | file | holds |
//! |---|---|
//! | `day.rs` | notations of days |
//! | `common.rs` | words that say nothing about anyone |
//! | `form.rs` | words to the forms of cells, by the type of a column |
//! | `candidate.rs` | the places of a text that could be cells |
//! | `row.rs` | a row of a table to hashes |
//! | `write.rs` | hashes of rows to an index |
//! | `data.rs` | an index as it is read |
//! | `read.rs` | candidates piece by piece |
//! | `search.rs` | a text to the rows in it |

mod candidate;
mod common;
mod data;
mod day;
mod form;
mod read;
mod row;
mod search;
mod write;

pub use data::ExactIndex;
pub use form::StopReason;
pub use row::{RowPrint, RowReader, Shapes};
pub use search::RowMatch;
pub(crate) use search::{Search, trace};
pub use write::{ExactIndexWriter, ExactSummary, build_exact};
