//! One style for the findings of a database.

use std::fmt;

use std::collections::BTreeSet;
use std::ops::Range;

use sluicegate::{Completeness, Database, Finding, Scanner};

use super::edit::{self, Edit};
use super::mark::{Found, Marks, inside_mask};
use super::preserve::Preserver;
use super::restore::{Restored, restore};
use super::session::{Session, Taken};
use super::stream::RedactStream;
use super::style::Style;

/// Redacts with one style.
///
/// ```
/// use sluicegate::{Scanner, compile, model::{Classifier, ClassifierId}};
/// use sluicegate_guard::redact::{Redactor, Session, Style, restore};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let mut scanner = Scanner::new(&compile(&[ticket])?.database);
/// let redactor = Redactor::new(scanner.database(), Style::Label);
/// let redacted = redactor.redact(&mut scanner, b"see TICKET-1234", |_| true)?;
/// assert_eq!(redacted.bytes, b"see [CUSTOM_TICKET]");
///
/// let mut session = Session::new("night-7")?;
/// let redactor = Redactor::new(scanner.database(), Style::Numbered);
/// let prompt = redactor.redact_in(&mut session, &mut scanner, b"see TICKET-1234", |_| true)?;
/// assert_eq!(prompt.bytes, b"see [TICKET_1]");
/// let answer = restore(b"[TICKET_1] is closed", None, &session);
/// assert_eq!(answer.bytes, b"TICKET-1234 is closed");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Redactor {
    pub(super) database: Database,
    pub(super) marks: Marks,
    pub(super) style: Style,
}

/// A text without its values.
#[derive(Clone, PartialEq, Eq)]
pub struct Redacted {
    /// The text.
    pub bytes: Vec<u8>,
    /// Number of edits that were made.
    pub edits: usize,
}

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Redacted")
            .field("len", &self.bytes.len())
            .field("edits", &self.edits)
            .finish()
    }
}

/// Why a text could not be redacted. No part of the text may be passed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum RedactError {
    /// A scan reached its limit, so values may be left.
    Incomplete,
    /// The text still changed after the last pass.
    Unsettled,
    /// The session can't remember another value.
    SessionFull,
    /// The style needs the whole text, and can't be used in a stream.
    WholeOnly,
}

impl fmt::Display for RedactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Incomplete => "the input was not inspected to its end",
            Self::Unsettled => "the redacted text still holds findings",
            Self::SessionFull => "the session can't remember another value",
            Self::WholeOnly => "format-preserving encryption needs the whole text",
        })
    }
}

impl std::error::Error for RedactError {}

impl Redactor {
    /// A redactor for findings of this database.
    pub fn new(database: &Database, style: Style) -> Self {
        Self {
            database: database.clone(),
            marks: Marks::new(database),
            style,
        }
    }

    /// The edits that remove the findings from the input, sorted, none overlapping another, in a
    /// session of their own.
    ///
    /// # Errors
    /// When the session is full.
    pub fn edits(&self, input: &[u8], findings: &[Finding]) -> Result<Vec<Edit>, RedactError> {
        self.edits_in(&mut Session::default(), input, findings)
    }

    /// The same in a session. [`Style::Fpe`] makes sure that each value is found again where it
    /// stands, but not, as [`Self::redact_in`] does, that the whole text comes back.
    ///
    /// # Errors
    /// When the session is full.
    pub fn edits_in(
        &self,
        session: &mut Session,
        input: &[u8],
        findings: &[Finding],
    ) -> Result<Vec<Edit>, RedactError> {
        if let Style::Fpe(key) = &self.style {
            let mut preserver = Preserver {
                redactor: self,
                key,
                session,
                scanner: &mut Scanner::new(&self.database),
                wanted: &|_: &Finding| true,
            };
            return Ok(preserver.edits(input, findings, &BTreeSet::new()));
        }
        if findings.is_empty() {
            return Ok(Vec::new());
        }
        let marks = self.marks.find(input, self.style.token_keys(), session);
        let taken = Taken::new(input, session);
        let mut edits = Vec::new();
        for (finding, span) in self.groups(input, &marks, findings) {
            let value = &input[span.clone()];
            let replacement = self.replacement(session, &taken, &finding, value)?;
            if input[span.clone()] != replacement {
                edits.push(Edit { span, replacement });
            }
        }
        Ok(edits)
    }

    /// What stands in place of a value, and of what the marks in it stood for.
    pub(super) fn replacement(
        &self,
        session: &mut Session,
        taken: &Taken,
        finding: &Finding,
        value: &[u8],
    ) -> Result<Vec<u8>, RedactError> {
        let id = self.database.classifier(finding.classifier).id();
        let keys = self.style.token_keys();
        self.style.stand_in(id, value, keys, session, taken)
    }

    /// The findings of a text that are wanted, with what stands in marks hidden.
    pub(super) fn find(
        &self,
        session: &Session,
        scanner: &mut Scanner,
        text: &[u8],
        wanted: &impl Fn(&Finding) -> bool,
    ) -> Result<Vec<Finding>, RedactError> {
        let marks = self.marks.find(text, self.style.token_keys(), session);
        let scan = scanner.scan(&marks.veil(text));
        if scan.completeness != Completeness::Complete {
            return Err(RedactError::Incomplete);
        }
        let findings = scan.findings.iter().filter(|finding| wanted(finding));
        Ok(findings.copied().collect())
    }

    /// The findings that lie in no mark, those that overlap as one.
    pub(super) fn groups(
        &self,
        input: &[u8],
        marks: &Found,
        findings: &[Finding],
    ) -> Vec<(Finding, Range<usize>)> {
        let is_open = |finding: &&Finding| {
            let span = finding.start..finding.end;
            !marks.cover(&span) && !inside_mask(input, span, &self.style)
        };
        let open: Vec<Finding> = findings.iter().filter(is_open).copied().collect();
        edit::groups(&self.database, input, marks, &open, |end| end)
    }

    /// Scans and redacts until nothing changes, in a session of its own; only findings that
    /// `wanted` accepts are redacted.
    ///
    /// # Errors
    /// When a scan is incomplete, the text does not settle, or the session is full.
    pub fn redact(
        &self,
        scanner: &mut Scanner,
        input: &[u8],
        wanted: impl Fn(&Finding) -> bool,
    ) -> Result<Redacted, RedactError> {
        self.redact_in(&mut Session::default(), scanner, input, wanted)
    }

    /// The same in a session, which can turn the result back. [`Style::Fpe`] makes one pass.
    ///
    /// # Errors
    /// When a scan is incomplete, the text does not settle, or the session is full.
    pub fn redact_in(
        &self,
        session: &mut Session,
        scanner: &mut Scanner,
        input: &[u8],
        wanted: impl Fn(&Finding) -> bool,
    ) -> Result<Redacted, RedactError> {
        if let Style::Fpe(key) = &self.style {
            let mut preserver = Preserver {
                redactor: self,
                key,
                session,
                scanner,
                wanted: &wanted,
            };
            if let Some(redacted) = preserver.redact(input)? {
                return Ok(redacted);
            }
            let tokens = Self {
                style: Style::Token(key.token().clone()),
                ..self.clone()
            };
            return tokens.settle(session, scanner, input, &wanted);
        }
        self.settle(session, scanner, input, &wanted)
    }

    /// Redacts until nothing changes. Text in which nothing is to be redacted is scanned once, and
    /// only that.
    fn settle(
        &self,
        session: &mut Session,
        scanner: &mut Scanner,
        input: &[u8],
        wanted: &impl Fn(&Finding) -> bool,
    ) -> Result<Redacted, RedactError> {
        let mut redacted = Redacted {
            bytes: Vec::with_capacity(input.len()),
            edits: 0,
        };
        if self.find(session, scanner, input, wanted)?.is_empty() {
            redacted.bytes.extend_from_slice(input);
            return Ok(redacted);
        }
        let mut stream = RedactStream::settle(self, session, input);
        let bytes = &mut redacted.bytes;
        stream.push(session, scanner.scratch(), input, wanted, bytes)?;
        stream.finish(session, scanner.scratch(), wanted, bytes)?;
        redacted.edits = stream.edits();
        Ok(redacted)
    }

    /// Turns a redacted text back: tokens of the key, and tokens and numbered labels of the session.
    /// Values of [`Style::Fpe`] are found by scanning, so that it takes the same database and the
    /// same `wanted` as the redaction did; other values that are found there would be changed too.
    ///
    /// # Errors
    /// When a scan is incomplete.
    pub fn restore(
        &self,
        session: &Session,
        scanner: &mut Scanner,
        text: &[u8],
        wanted: impl Fn(&Finding) -> bool,
    ) -> Result<Restored, RedactError> {
        let Style::Fpe(key) = &self.style else {
            return Ok(restore(text, self.style.token_keys(), session));
        };
        let mut preserver = Preserver {
            redactor: self,
            key,
            session,
            scanner,
            wanted: &wanted,
        };
        preserver.restore(text)
    }
}
