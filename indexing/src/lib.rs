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
//!
//! ```
//! use sluicegate::model::{Source, read_schema};
//! use sluicegate::{ExactIndex, IndexKey};
//! use sluicegate_indexing::{TableOptions, build_exact};
//!
//! let schema = "name = \"people\"\n\
//!     [[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\n\
//!     [[column]]\nname = \"surname\"\ntype = \"name\"\n";
//! let schema = read_schema(&Source::new("people.toml", schema)).unwrap();
//! let key = IndexKey::new(b"an example of a secret")?;
//! let folder = tempfile::tempdir()?;
//! let (table, index) = (folder.path().join("people.csv"), folder.path().join("people.sgx"));
//! std::fs::write(&table, "surname,account\nAshworth,4711-081542\n")?;
//!
//! let options = TableOptions::default();
//! let built = build_exact(&table, &schema, &key, &index, &options, &mut |_| {})?;
//! assert_eq!(built.report.rows, 1);
//! let index = ExactIndex::load(std::fs::read(&index)?, &key)?;
//! assert_eq!(index.classifier_id(), "exact.people");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

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
