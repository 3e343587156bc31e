//! Exit status, and errors as they are printed.

use std::fmt::Display;
use std::io::{self, ErrorKind, IsTerminal};
use std::path::Path;

use sluicegate::model::{Diagnostic, Level, to_text, visible};

use crate::args::When;
use crate::palette::Palette;

/// How a command ended; the number is the exit status.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// Nothing was found, or the work is done.
    Done = 0,
    /// There are findings.
    Findings = 1,
    /// Something went wrong, and was said.
    Failed = 2,
}

/// Why a command, or a part of its work, was given up.
#[derive(Debug)]
pub(crate) enum Failure {
    /// Said in a sentence.
    Message {
        /// What is wrong.
        what: String,
        /// Where: a file, an option; empty where there is nothing to point at.
        place: String,
        /// What to do about it; empty where there is nothing to add.
        hint: String,
    },
    /// The packs have problems.
    Rules(Vec<Diagnostic>),
    /// Nobody reads the output any more.
    Closed,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>) -> Self {
        Self::Message {
            what: what.into(),
            place: String::new(),
            hint: String::new(),
        }
    }

    /// A file that can't be read.
    pub(crate) fn read(path: &Path, error: &io::Error) -> Self {
        Self::new(format!("can't read: {}", reason(error))).at(path.display())
    }

    #[must_use]
    pub(crate) fn at(mut self, at: impl Display) -> Self {
        if let Self::Message { place, .. } = &mut self {
            *place = at.to_string();
        }
        self
    }

    #[must_use]
    pub(crate) fn hint(mut self, text: impl Into<String>) -> Self {
        if let Self::Message { hint, .. } = &mut self {
            *hint = text.into();
        }
        self
    }

    /// Writes the failure to standard error.
    pub(crate) fn print(&self) {
        match self {
            Self::Message { what, place, hint } => {
                let place = match place.as_str() {
                    "" => String::new(),
                    place => format!(" ({})", visible(place)),
                };
                eprintln!("error: {}{place}", visible(what));
                if !hint.is_empty() {
                    eprintln!("  hint: {}", visible(hint));
                }
            }
            Self::Rules(problems) => {
                let color = Palette::choose(When::Auto, io::stderr().is_terminal()).is_colored();
                eprint!("{}", to_text(problems, color));
                eprintln!("error: the rules can't be used");
                eprintln!("  hint: `sluicegate check` on them shows all there is to say");
            }
            Self::Closed => {}
        }
    }
}

/// Whether one of the problems keeps a classifier from being used.
pub(crate) fn has_errors(problems: &[Diagnostic]) -> bool {
    problems
        .iter()
        .any(|problem| problem.level() == Level::Error)
}

/// The sentence of an input or output error without the number of the system.
pub(crate) fn reason(error: &io::Error) -> String {
    sentence(&error.to_string())
}

/// A sentence that may end in the number of a system error, without it.
pub(crate) fn sentence(text: &str) -> String {
    match text.split_once(" (os error") {
        Some((sentence, _)) => sentence.to_owned(),
        None => text.to_owned(),
    }
}

/// Errors of standard output.
impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == ErrorKind::BrokenPipe {
            Self::Closed
        } else {
            Self::new(format!("can't write: {}", reason(&error))).at("standard output")
        }
    }
}
