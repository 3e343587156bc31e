//! What does an index file look like?
//!
//! Exact data and documents are indexed once and looked up in place, as a database is. An index
//! holds keyed hashes and never a value; the key is not in it.
//!
//! | file | holds |
//! |---|---|
//! | `key.rs` | a secret to the keys of hashes |
//! | `image.rs` | header, digest, section table |
//! | `table.rs` | hashes to numbers: a filter, buckets, entries |

mod image;
mod key;
mod table;

pub use image::{IndexError, IndexKind, Sealer, reseal_index};
pub(crate) use image::{Sections, digest, open};
pub use key::{IndexKey, IndexKeyError};
pub(crate) use key::{sip, sip_cell, sip_in};
pub(crate) use table::{Table, TableBuilder};
