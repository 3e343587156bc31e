//! Generators and oracles: what the property tests, the fuzz targets and the long comparison share.
//!
//! | file | holds |
//! |---|---|
//! | `pattern.rs` | random patterns |
//! | `rows.rs` | tables of exact data, texts with their rows, and the definition of a row's match |
//! | `rules.rs` | random classifiers and sets of them |
//! | `sample.rs` | texts that a pattern matches |
//! | `input.rs` | inputs that have to do with the rules |
//! | `hostile.rs` | the worst inputs for the design, by name |
//! | `material.rs` | what they are made of: literals and texts of a set of rules |
//! | `image.rs` | database images with damage |
//! | `oracle.rs` | what must hold for every set of rules and every input |
//! | `shrink.rs` | a smaller set and input that still fail |
//! | `claims.rs` | the definition of claims |
//! | `case.rs` | the cases of `tests/suite` and `tests/regressions`, and how they are run |
//! | `people.rs` | a table of invented people, and texts in which they stand |
//! | `payload.rs` | JSON payloads, and guards that redact in them |
//! | `redaction.rs` | what must hold for a text that is redacted as it arrives |
//! | `rewrite.rs` | what must hold for a payload or text and what a guard made of it |
//! | `verdict.rs` | the cases of `tests/guard`, and how they are run |
//!
//! A test draws rules and inputs and asks the oracles:
//!
//! ```
//! use sluicegate_tests::{Choices, Subject, inputs, rules};
//! let mut choices = Choices::from_seed(7);
//! let rules = rules(&mut choices);
//! let Some(mut subject) = Subject::new(&rules).expect("nothing about the set itself is wrong")
//! else {
//!     return; // It is refused with good reason.
//! };
//! for input in inputs(&mut choices, &rules) {
//!     subject.check(&input).expect("the scanners agree");
//! }
//! ```

mod case;
mod claims;
mod hostile;
mod image;
mod input;
mod material;
mod oracle;
mod pattern;
mod payload;
mod people;
mod redaction;
mod rewrite;
mod rows;
mod rules;
mod sample;
mod shrink;
mod verdict;

pub use case::{Case, Runner, Scan, expect_folder, read_cases, write_case};
pub use claims::{claimants, obvious_claims};
pub use hostile::{GENERATORS, Generator};
pub use image::{damaged_image, load_and_scan};
pub use input::inputs;
pub use material::Material;
pub use oracle::{Difference, Subject, check};
pub use pattern::pattern;
pub use payload::{guards, payload};
pub use people::{Carrier, HEADINGS, people_schema, person, planted};
pub use redaction::{Outcome, Redaction, text_near_values};
pub use rewrite::{Rewrite, check_payload, check_text};
pub use rows::{RowReference, RowSubject, Rows, carrier, table};
pub use rules::rules;
pub use sample::sample;
pub use shrink::shrink;
pub use sluicegate_corpus::Choices;
pub use verdict::run_verdicts;
