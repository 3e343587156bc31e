//! Why an index could not be made.

use std::fmt;
use std::io;
use std::path::Path;

/// Why an index could not be made: what, where, and what to do about it. Nothing of a table or a
/// document is in it.
#[derive(Debug)]
pub struct IndexingError {
    what: String,
    place: String,
    hint: String,
}

impl IndexingError {
    pub(crate) fn new(what: impl Into<String>, place: &Path) -> Self {
        Self {
            what: what.into(),
            place: place.display().to_string(),
            hint: String::new(),
        }
    }

    /// A line of a table.
    pub(crate) fn at_line(mut self, line: u64) -> Self {
        self.place = format!("{}:{line}", self.place);
        self
    }

    pub(crate) fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    pub(crate) fn read(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("can't read: {}", reason(error)), path)
    }

    pub(crate) fn write(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("can't write: {}", reason(error)), path).hint(
            "the folder must exist and be writable, with room for the index and its work folder",
        )
    }

    /// What is wrong, in a sentence.
    pub fn what(&self) -> &str {
        &self.what
    }

    /// Where: a file, with its line where that is known.
    pub fn place(&self) -> &str {
        &self.place
    }

    /// What to do about it; empty where there is nothing to add.
    pub fn hint_text(&self) -> &str {
        &self.hint
    }
}

impl fmt::Display for IndexingError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", self.what, self.place)
    }
}

impl std::error::Error for IndexingError {}

/// The sentence of an input or output error without the number of the system.
pub(crate) fn reason(error: &io::Error) -> String {
    let text = error.to_string();
    match text.split_once(" (os error") {
        Some((sentence, _)) => sentence.to_owned(),
        None => text,
    }
}
