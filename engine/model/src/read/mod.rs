//! TOML text to classifiers: strict, and with every problem at its place.
//!
//! | file | holds |
//! |---|---|
//! | `pack.rs` | a whole file: what it may hold, how errors keep a classifier out |
//! | `classifier.rs` | one classifier and its parts |
//! | `composite.rs` | findings of other classifiers that stand together |
//! | `dictionary.rs` | a dictionary, with its file of terms |
//! | `facts.rs` | fact tables: one template, a classifier per row |

mod classifier;
mod composite;
mod dictionary;
mod facts;
mod pack;

pub use pack::{duplicate_ids, read_pack};
