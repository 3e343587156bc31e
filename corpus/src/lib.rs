//! On what texts are the classifiers measured?
//!
//! Two kinds of sets, both as cases (see [`sluicegate_model::Case`]): texts made from seeds for
//! every classifier, and public labelled sets that are read from a folder.
//!
//! | file | holds |
//! |---|---|
//! | `choices.rs` | the decisions of a generator, from a seed or from a fuzzer's bytes |
//! | `sample.rs` | texts that a pattern matches, and where the value is in them |
//! | `value.rs` | values of a classifier: from templates, patterns and terms |
//! | `near.rs` | what is nearly a value |
//! | `carrier/` | the texts that values stand in: chat, mail, log, tool call, SQL, code, diff, CSV, Markdown |
//! | `generate.rs` | a set of cases from a seed |
//! | `adapt/` | public labelled sets to cases of ours |
//! | `line.rs` | a case as a line of JSON |
//! | `manifest.rs` | where a set comes from and what is in it |
//!
//! What is generated says whether a value survives its surroundings and whether what is nearly one
//! is left alone. It says nothing about values that a pattern does not describe: for those there
//! are the public sets, which nobody made from the patterns.
//!
//! ```
//! use sluicegate_corpus::{Carrier, Choices};
//! let mut choices = Choices::from_seed(1);
//! let placed = Carrier::Log.place(&mut choices, "card", "4111 1111 1111 1111");
//! assert_eq!(&placed.text[placed.span], "4111 1111 1111 1111");
//! ```

#![forbid(unsafe_code)]

mod adapt;
mod carrier;
mod choices;
mod generate;
mod line;
mod manifest;
mod near;
mod sample;
mod value;

pub use adapt::{AdaptError, Adapted, adapt};
pub use carrier::{Carrier, Placed};
pub use choices::Choices;
pub use generate::{Generated, generate};
pub use line::Line;
pub use manifest::{File, Manifest};
pub use near::{NearMiss, near_misses};
pub use sample::{Pattern, Sample, Taste};
pub use value::{Value, Values};
