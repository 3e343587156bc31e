//! Which files go into an index?
//!
//! Tables and folders of documents to index files. The engine says what an index holds and makes its
//! bytes; this crate reads the files, sorts what is larger than memory, and puts the index in the
//! place of the old one when it is whole.
//!
//! | file | holds |
//! |---|---|
//! | `exact/` | tables to indexes of exact data |
//! | `documents/` | folders to indexes of documents |
//! | `text/` | files of any format to text |
//! | `sort.rs` | more pairs than memory holds, in ascending order |
//! | `work.rs` | the work folder of a build, and the index until it is done |
//! | `progress.rs` | how far a build is |
//! | `problem.rs` | why an index could not be made |

#![forbid(unsafe_code)]

mod documents;
mod exact;
mod problem;
mod progress;
mod sort;
mod text;
mod work;

pub use documents::{
    DocumentChanges, DocumentsBuilt, FolderReport, SkippedDocument, build_documents,
    update_documents,
};
pub use exact::{
    BadRow, Changes, ExactBuilt, ExactUpdated, StoppedCells, TableOptions, TableReport,
    build_exact, update_exact,
};
pub use problem::IndexingError;
pub use progress::{Progress, Step};
pub use sort::DEFAULT_BUFFER;
