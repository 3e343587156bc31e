//! How far a build is.

/// What a build does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// Reads the table or the documents; counted in bytes.
    Read,
    /// Writes the index; counted in entries.
    Write,
}

/// How far a build is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// What it does.
    pub step: Step,
    /// How much of it is done.
    pub done: u64,
    /// How much there is; none where that is not known.
    pub of: Option<u64>,
}
