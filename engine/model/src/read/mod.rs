//! TOML text to classifiers and schemas: strict, and with every problem at its place.
//!
//! | file | holds |
//! |---|---|
//! | `pack.rs` | a whole file: what it may hold, how errors keep a classifier out |
//! | `classifier.rs` | one classifier and its parts |
//! | `composite.rs` | findings of other classifiers that stand together |
//! | `dictionary.rs` | a dictionary, with its file of terms |
//! | `facts.rs` | fact tables: one template, a classifier per row |
//! | `overrides.rs` | changes to classifiers of other packs |
//! | `schema.rs` | the schema of a table whose rows are to be found |

mod classifier;
mod composite;
mod dictionary;
mod facts;
mod overrides;
mod pack;
mod schema;

pub use pack::{duplicate_ids, read_overrides, read_pack};
pub use schema::read_schema;
