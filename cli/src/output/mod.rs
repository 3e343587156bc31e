//! Findings as text, JSON lines and SARIF.
//!
//! | file | holds |
//! |---|---|
//! | `text.rs` | for people: place, classifier, and the line with the value masked |
//! | `excerpt.rs` | the part of a line around a value |
//! | `mask.rs` | which bytes of the input are not shown |
//! | `origin.rs` | what of an index a finding is |
//! | `jsonl.rs` | one JSON object for each finding |
//! | `sarif.rs` | SARIF 2.1.0 |

mod excerpt;
mod jsonl;
mod mask;
mod origin;
mod sarif;
mod text;

pub(crate) use excerpt::Excerpt;
pub(crate) use jsonl::{MessageFinding, MessageRow, write_findings as write_jsonl, write_message};
pub(crate) use origin::{Origins, per_cent};
pub(crate) use sarif::{Located, Log, Notice, locate};
pub(crate) use text::write_findings as write_text;
