//! Folders to indexes of documents.
//!
//! | file | holds |
//! |---|---|
//! | `walk.rs` | a folder to its documents |
//! | `ingest.rs` | documents to sorted fingerprints |
//! | `build.rs` | these, and those of an older index, to an index |

mod build;
mod ingest;
mod walk;

pub use build::{DocumentChanges, DocumentsBuilt, build_documents, update_documents};

/// Documents that are listed because they are not in the index.
const LISTED: usize = 1000;

/// A document that is not in the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SkippedDocument {
    /// Its path in the folder.
    pub id: String,
    /// Why it is left out.
    pub reason: String,
}

/// What was read of a folder.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FolderReport {
    /// Documents that were read.
    pub documents: u64,
    /// Their words.
    pub words: u64,
    /// Bytes of all files.
    pub bytes: u64,
    /// Documents that are left out.
    pub skipped: u64,
    /// The first of these.
    pub skipped_documents: Vec<SkippedDocument>,
}

impl FolderReport {
    fn skip(&mut self, id: String, reason: String) {
        self.skipped += 1;
        if self.skipped_documents.len() < LISTED {
            self.skipped_documents.push(SkippedDocument { id, reason });
        }
    }
}
