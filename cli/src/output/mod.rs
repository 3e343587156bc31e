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

use sluicegate::Database;

/// Hashes of values: keyed with the database's digest, so that one run's output can be compared
/// with another's, and a table of hashes made for one set of rules is of no use with another.
/// Short values can still be guessed by whoever has the rules.
pub(crate) struct ValueHash([u8; 32]);

impl ValueHash {
    pub(crate) fn new(database: &Database) -> Self {
        Self(database.digest())
    }

    /// 16 hex digits.
    pub(crate) fn of(&self, value: &[u8]) -> String {
        blake3::keyed_hash(&self.0, value).to_hex()[..16].to_owned()
    }
}
