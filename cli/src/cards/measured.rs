//! Figures of an evaluation, as far as cards show them.

use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::failure::Failure;

/// What `eval --json` wrote, without its cases: enough to make the same cards again.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Measured {
    pub(super) sources: Vec<Source>,
    classifiers: Vec<Figures>,
    benign: Benign,
}

#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Source {
    pub(super) source: String,
    pub(super) cases: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct Benign {
    files: Vec<File>,
}

#[derive(Debug, Serialize, Deserialize)]
struct File {
    file: String,
    bytes: u64,
}

/// The figures of one classifier.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(super) struct Figures {
    id: String,
    #[serde(rename = "true")]
    pub(super) hits: u64,
    #[serde(rename = "false")]
    pub(super) errors: u64,
    pub(super) own_labelled: u64,
    pub(super) own_found: u64,
    pub(super) benign: u64,
}

impl Measured {
    pub(super) fn read(path: &Path) -> Result<Self, Failure> {
        let text = fs::read_to_string(path).map_err(|error| Failure::read(path, &error))?;
        let mut measured: Self = serde_json::from_str(&text).map_err(|error| {
            Failure::new(format!("this is no result of an evaluation: {error}"))
                .at(path.display())
                .hint("`sluicegate eval --json FILE` writes what is read here")
        })?;
        measured.classifiers.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(measured)
    }

    /// The same as JSON, one classifier a line.
    pub(super) fn render(&self) -> String {
        format!(
            "{{\"sources\":[\n{}\n],\n\"benign\":{{\"files\":[\n{}\n]}},\n\"classifiers\":[\n{}\n]}}\n",
            lines(&self.sources),
            lines(&self.benign.files),
            lines(&self.classifiers),
        )
    }

    /// Bytes of benign text that were scanned.
    pub(super) fn benign_bytes(&self) -> u64 {
        self.benign.files.iter().map(|file| file.bytes).sum()
    }

    pub(super) fn of(&self, id: &str) -> Option<&Figures> {
        let place = |figures: &Figures| figures.id.as_str().cmp(id);
        let at = self.classifiers.binary_search_by(place).ok()?;
        Some(&self.classifiers[at])
    }
}

/// Each on a line of its own.
fn lines<T: Serialize>(values: &[T]) -> String {
    // Strings and numbers can always be written.
    let line = |value| serde_json::to_string(value).unwrap_or_default();
    values.iter().map(line).collect::<Vec<String>>().join(",\n")
}
