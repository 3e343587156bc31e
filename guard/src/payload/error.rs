//! Why a text is no payload.

use std::fmt;

use super::MAX_DEPTH;

/// A text that is no JSON payload. It quotes nothing of the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PayloadError {
    what: String,
    line: usize,
    column: usize,
}

impl PayloadError {
    /// At a byte of the text; line and column count from 1, the column in bytes.
    fn at(input: &[u8], offset: usize, what: String) -> Self {
        let mut line = 0;
        let mut column = 0;
        for before in input[..offset.min(input.len())].split(|&byte| byte == b'\n') {
            line += 1;
            column = before.len() + 1;
        }
        Self { what, line, column }
    }

    pub(super) fn not_utf8(input: &[u8], offset: usize) -> Self {
        Self::at(
            input,
            offset,
            "not UTF-8, which JSON is written in".to_owned(),
        )
    }

    pub(super) fn too_deep(text: &str, offset: usize) -> Self {
        let what = format!("objects and arrays are nested deeper than {MAX_DEPTH}");
        Self::at(text.as_bytes(), offset, what)
    }

    /// More text behind the first value, which ends at `end`.
    pub(super) fn more(text: &str, end: usize) -> Self {
        let rest = &text[end..];
        let gap = rest.len() - rest.trim_start().len();
        let what = if rest[..gap].contains('\n') {
            "more follows behind the first value; lines of JSON are not one JSON text, \
             so give each line by itself"
        } else {
            "more follows behind the first value"
        };
        Self::at(text.as_bytes(), end + gap, what.to_owned())
    }

    pub(super) fn syntax(error: &serde_json::Error) -> Self {
        let text = error.to_string();
        let place = format!(" at line {} column {}", error.line(), error.column());
        Self {
            what: format!("not JSON: {}", text.strip_suffix(&place).unwrap_or(&text)),
            line: error.line(),
            // The end of a text that ends in a line is column 0 there.
            column: error.column().max(1),
        }
    }

    /// The line, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The column, from 1, in bytes.
    pub fn column(&self) -> usize {
        self.column
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { what, line, column } = self;
        write!(f, "{what} (line {line}, column {column})")
    }
}

impl std::error::Error for PayloadError {}
