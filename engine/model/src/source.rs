//! A file's text and places inside it.

use std::ops::Range;
use std::sync::Arc;

use crate::{Code, Diagnostic};

/// One file of rules: its name as the user gave it, and its text.
#[derive(Debug, PartialEq, Eq)]
pub struct Source {
    name: String,
    text: String,
}

impl Source {
    /// Keeps the text so that diagnostics can quote it.
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Arc<Self> {
        Arc::new(Self {
            name: name.into(),
            text: text.into(),
        })
    }

    /// The same from bytes, as a file holds them.
    ///
    /// # Errors
    /// When the bytes are not UTF-8; the message tells where.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Arc<Self>, Diagnostic> {
        let name = name.into();
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Self::new(name, text)),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                let before = Self {
                    name,
                    text: String::from_utf8_lossy(&error.as_bytes()[..at]).into_owned(),
                };
                let (line, ..) = before.line_at(at);
                let message = format!("`{}` is not UTF-8 at byte {at}, line {line}", before.name);
                Err(Diagnostic::new(Code::NotUtf8, message).hint("save the file as UTF-8"))
            }
        }
    }

    /// The name: a path, or what else tells the user where the text is from.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The whole text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line (from 1), the column (from 1, in characters) and the text of the line that holds
    /// byte `offset`; an offset past the end stands for the end.
    pub fn line_at(&self, offset: usize) -> (usize, usize, &str) {
        let mut at = offset.min(self.text.len());
        while !self.text.is_char_boundary(at) {
            at -= 1;
        }
        let start = self.text[..at].rfind('\n').map_or(0, |newline| newline + 1);
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |newline| at + newline);
        let line = self.text[..start].bytes().filter(|&b| b == b'\n').count() + 1;
        let column = self.text[start..at].chars().count() + 1;
        (line, column, self.text[start..end].trim_end_matches('\r'))
    }
}

/// A byte range of one source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file.
    pub source: Arc<Source>,
    /// Bytes of the file's text.
    pub span: Range<usize>,
}

impl Place {
    /// The part of this place's string value that starts `from` and ends `to` bytes into the
    /// value. Exact for literal strings (`'...'`), which patterns are written as; where the
    /// written form differs in length from the value (escapes), the whole place stands for it.
    #[must_use]
    pub fn inside(&self, value: &str, from: usize, to: usize) -> Self {
        let written = self
            .source
            .text()
            .get(self.span.clone())
            .unwrap_or_default();
        match written.find(value) {
            Some(lead) if !value.is_empty() => Self {
                source: Arc::clone(&self.source),
                span: self.span.start + lead + from.min(value.len())
                    ..self.span.start + lead + to.min(value.len()),
            },
            _ => self.clone(),
        }
    }
}
