//! The problems met so far.

use std::ops::Range;
use std::sync::Arc;

use super::nearest::nearest;
use crate::{Code, Diagnostic, Place, Source};

/// The problems met while one file is read, each at its place and about the classifier being read.
#[derive(Debug)]
pub struct Report {
    source: Arc<Source>,
    pub(crate) classifier: Option<String>,
    pub(crate) problems: Vec<Diagnostic>,
}

impl Report {
    pub(crate) fn new(source: &Arc<Source>) -> Self {
        Self {
            source: Arc::clone(source),
            classifier: None,
            problems: Vec::new(),
        }
    }

    /// These bytes of the file.
    pub fn place(&self, span: Range<usize>) -> Place {
        Place {
            source: Arc::clone(&self.source),
            span,
        }
    }

    pub(crate) fn source(&self) -> &Arc<Source> {
        &self.source
    }

    /// Adds a problem; the hint may be empty.
    pub fn add(
        &mut self,
        code: Code,
        span: Range<usize>,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) {
        let mut problem = Diagnostic::new(code, message)
            .hint(hint)
            .at(Some(self.place(span)));
        problem.classifier.clone_from(&self.classifier);
        self.problems.push(problem);
    }

    /// Whether there is no problem.
    pub fn is_empty(&self) -> bool {
        self.problems.is_empty()
    }

    /// The problems in the order of the text.
    pub fn into_problems(mut self) -> Vec<Diagnostic> {
        self.problems.sort_by_key(|problem| {
            let place = problem.place.as_ref();
            place.map(|place| (place.span.start, place.span.end))
        });
        self.problems
    }
}

/// A hint: what may have been meant; every possibility where nothing is near.
pub fn suggestion(word: &str, known: &[&str]) -> String {
    match nearest(word, known) {
        Some(near) => format!("did you mean `{near}`?"),
        None => possible(known),
    }
}

/// A hint: every possibility.
pub fn possible(known: &[&str]) -> String {
    let known: Vec<String> = known.iter().map(|word| format!("`{word}`")).collect();
    format!("possible are {}", known.join(", "))
}
