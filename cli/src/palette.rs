//! Colours.

use std::env;

use sluicegate::model::Severity;

use crate::args::When;

/// Escape sequences, or nothing in their place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Palette {
    color: bool,
}

impl Palette {
    /// Colours where they are asked for, or on a terminal that has them and where the environment
    /// does not refuse them (<https://no-color.org>).
    #[expect(
        clippy::disallowed_methods,
        reason = "colours are the terminal's business"
    )]
    pub(crate) fn choose(when: When, terminal: bool) -> Self {
        let refused = env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
            || env::var_os("TERM").is_some_and(|term| term == "dumb");
        let color = match when {
            When::Always => true,
            When::Never => false,
            When::Auto => terminal && !refused,
        };
        Self { color }
    }

    pub(crate) fn is_colored(self) -> bool {
        self.color
    }

    fn code(self, code: &'static str) -> &'static str {
        if self.color { code } else { "" }
    }

    pub(crate) fn bold(self) -> &'static str {
        self.code("\x1b[1m")
    }

    pub(crate) fn dim(self) -> &'static str {
        self.code("\x1b[2m")
    }

    pub(crate) fn end(self) -> &'static str {
        self.code("\x1b[0m")
    }

    pub(crate) fn severity(self, severity: Severity) -> &'static str {
        self.code(match severity {
            Severity::Critical => "\x1b[1;31m",
            Severity::High => "\x1b[31m",
            Severity::Medium => "\x1b[33m",
            Severity::Low => "\x1b[36m",
            Severity::Info => "\x1b[34m",
        })
    }
}
