//! Which parts of a text were copied from known documents?
//!
//! A document index holds keyed hashes of passages, never a text. What a text shares with the
//! documents is found whatever became of its line breaks, case, punctuation, quotes and accents; in
//! source code, whatever became of its names.
//!
//! | file | holds |
//! |---|---|
//! | `shingle.rs` | a text to the hashes of its shingles, and those that stand for it |
//! | `code.rs` | source code to classes of tokens |
//! | `build.rs` | texts to an index |
//! | `documents.rs` | an index as it is loaded |
//! | `search.rs` | an input to hits of documents, in one piece or many |
//! | `passage.rs` | hits of documents to passages of them |
//! | `seen.rs` | how much of which documents an input holds |
//! | `numbers.rs` | a set of numbers in the order in which they came |
//!
//! What is promised: a run of [`WORDS_SEEN`] words that an input shares with a document is found,
//! unless it is boilerplate or hardly anything but words of one or two bytes. For m hits, which an
//! index may ask for in place of one, it takes K + m W - 1 words, K and W as in `shingle.rs`, if the
//! run does not repeat itself. What is found by chance: a table of 2^b buckets with eight entries at
//! most on average knows 32 + b bits of a hash, so that one shingle of foreign text in 2^29 or more
//! is taken for a known one: one in some gigabytes.

mod build;
mod code;
mod documents;
mod numbers;
#[cfg(test)]
mod oracle;
mod passage;
mod search;
mod seen;
mod shingle;
#[cfg(test)]
mod tests;

pub use build::{
    DocumentIndexWriter, DocumentPrints, DocumentSettings, DocumentSettingsError, Fingerprinter,
    build_documents,
};
pub use documents::{DocumentIndex, DocumentInfo};
pub use passage::PassageMatch;
pub(crate) use search::Search;
pub use seen::DocumentMatch;

use shingle::Family;

/// Words in a row that are seen wherever they were copied to: those of the shingles of which one is
/// kept. Boilerplate is not, nor rows of words of one or two bytes, such as small numbers.
pub const WORDS_SEEN: usize = Family::Words.shingle() + Family::Words.window() - 1;
