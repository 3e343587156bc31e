//! Bytes without the values that were found in them.
//!
//! | file | holds |
//! |---|---|
//! | `edit.rs` | findings to sorted edits that do not overlap |
//! | `style.rs` | what stands in place of a value |
//! | `mark.rs` | recognises what a redaction left behind |
//!
//! A redacted text can be redacted again and stays the same. Two things ensure it. What a
//! redaction leaves behind (a mark) is recognised, and a finding that lies inside one is no longer
//! a value. And because a mark is seldom as long as its value, it can move a context keyword into
//! a window, or complete a match that was none: so the result is scanned again until nothing
//! changes. A rule that takes so many bytes behind a keyword would walk through a text in this
//! way, mark by mark; so after some passes the edits reach further than the findings.

mod edit;
mod mark;
mod style;

use std::fmt;

use sluicegate::{Completeness, Database, Finding, Scanner};

pub use edit::{Edit, apply};
use mark::Marks;
pub use style::{HashKey, KeyError, MIN_KEY_LEN, Style};

/// Passes after which a text that still changes is given up. Two are usual, the second of which
/// finds nothing to do.
const MAX_PASSES: usize = 8;
/// Passes whose edits end where the findings end.
const EXACT_PASSES: usize = 2;
/// Passes after which edits reach to the end of their word.
const WORD_PASSES: usize = 4;

/// Redacts with one style.
///
/// ```
/// use sluicegate::{Scanner, compile, model::{Classifier, ClassifierId}};
/// use sluicegate_guard::redact::{Redactor, Style};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let mut scanner = Scanner::new(&compile(&[ticket])?.database);
/// let redactor = Redactor::new(scanner.database(), Style::Label);
/// let redacted = redactor.redact(&mut scanner, b"see TICKET-1234", |_| true)?;
/// assert_eq!(redacted.bytes, b"see [CUSTOM_TICKET]");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Redactor {
    database: Database,
    marks: Marks,
    style: Style,
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
}

impl fmt::Display for RedactError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Incomplete => "the input was not inspected to its end",
            Self::Unsettled => "the redacted text still holds findings",
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

    /// The edits that remove the findings from the input, sorted, none overlapping another.
    /// Findings that overlap become one edit, in the name of the one that
    /// [`sluicegate::resolve_overlaps`] prefers: so no part of a value is left beside another.
    pub fn edits(&self, input: &[u8], findings: &[Finding]) -> Vec<Edit> {
        self.wider_edits(input, findings, |end| end)
    }

    /// The same with edits that reach from where they start to `reach` of where they would end.
    fn wider_edits(
        &self,
        input: &[u8],
        findings: &[Finding],
        reach: impl Fn(usize) -> usize,
    ) -> Vec<Edit> {
        let open: Vec<Finding> = findings
            .iter()
            .filter(|finding| {
                !self
                    .marks
                    .cover(input, finding.start..finding.end, &self.style)
            })
            .copied()
            .collect();
        edit::groups(input, &open, reach)
            .into_iter()
            .map(|(finding, span)| {
                let value = &input[span.clone()];
                let id = self.database.classifier(finding.classifier).id();
                Edit {
                    replacement: self.style.replace(id, value),
                    span,
                }
            })
            .filter(|edit| input[edit.span.clone()] != edit.replacement)
            .collect()
    }

    /// Scans and redacts until nothing changes; only findings that `wanted` accepts are redacted.
    ///
    /// # Errors
    /// When a scan is incomplete or the text does not settle.
    pub fn redact(
        &self,
        scanner: &mut Scanner,
        input: &[u8],
        wanted: impl Fn(&Finding) -> bool,
    ) -> Result<Redacted, RedactError> {
        let mut redacted = Redacted {
            bytes: Vec::new(),
            edits: 0,
        };
        for pass in 0..MAX_PASSES {
            let text = if pass == 0 { input } else { &redacted.bytes };
            let scan = scanner.scan(text);
            if scan.completeness != Completeness::Complete {
                return Err(RedactError::Incomplete);
            }
            let findings: Vec<Finding> = scan
                .findings
                .iter()
                .filter(|finding| wanted(finding))
                .copied()
                .collect();
            let edits = self.wider_edits(text, &findings, |end| {
                let is_end = |byte: &u8| match pass {
                    ..EXACT_PASSES => true,
                    EXACT_PASSES..WORD_PASSES => byte.is_ascii_whitespace() || *byte == b'"',
                    _ => *byte == b'\n',
                };
                let rest = &text[end..];
                end + rest.iter().position(is_end).unwrap_or(rest.len())
            });
            if edits.is_empty() {
                if pass == 0 {
                    redacted.bytes = input.to_vec();
                }
                return Ok(redacted);
            }
            redacted.edits += edits.len();
            redacted.bytes = apply(text, &edits);
        }
        Err(RedactError::Unsettled)
    }
}
