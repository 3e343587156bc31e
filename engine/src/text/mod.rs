//! What are the words of a text?
//!
//! Exact data, documents and large dictionaries compare words, not bytes, so that a value is found
//! whatever its case, width, accents, spacing and punctuation.
//!
//! | file | holds |
//! |---|---|
//! | `fold.rs` | characters to the form in which they are compared |
//! | `word.rs` | a text's words, one after the other |

mod fold;
mod word;

pub(crate) use word::{CONTEXT, MAX_WORD, Word, Words};
