//! What was decided about a message, and why.

use std::fmt;

use serde::{Serialize, Serializer};
use sluicegate::model::Severity;
use sluicegate::{Completeness, Finding};

use crate::payload::PayloadError;
use crate::policy::{Action, Channel, Mode, Policy};
use crate::redact::RedactError;

/// What was decided about a message, and why. As JSON it holds ids, spans and counts, and nothing
/// of the message.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Verdict {
    /// Name of the policy.
    pub policy: String,
    /// Whether the decision is carried out.
    pub mode: Mode,
    /// The channel of the message.
    pub channel: Channel,
    /// What happens to the message. In monitor mode nothing stricter than [`Action::Flag`].
    pub action: Action,
    /// In monitor mode what would happen if the decision were carried out.
    pub would_be: Option<Action>,
    /// What decided.
    pub reason: Reason,
    /// Name of the rule that decided: of the findings with the strictest action, that of the first
    /// one.
    pub rule: Option<String>,
    /// Whether the whole message was inspected.
    #[serde(rename = "complete", serialize_with = "is_complete")]
    pub completeness: Completeness,
    /// Number of edits that were made.
    pub edits: usize,
    /// Everything that was found in the message as it came, in the order of its spans.
    pub findings: Vec<DecidedFinding>,
    /// Why the message could not be read or redacted.
    pub error: Option<InspectError>,
    /// What may be passed on; nothing when the message is blocked.
    #[serde(skip)]
    pub text: Option<Vec<u8>>,
}

/// What decided about a message.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum Reason {
    /// Nothing was found.
    #[default]
    NoFinding,
    /// A rule selected a finding.
    Rule,
    /// The policy's default for a finding that no rule selects.
    Default,
    /// The message was not inspected to its end.
    Incomplete,
    /// The message could not be read, or not be redacted.
    Error,
}

/// A finding with what was decided for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedFinding {
    /// The finding; its span is of the message as it came.
    pub finding: Finding,
    /// Id of the classifier.
    pub classifier: String,
    /// How bad it is.
    pub severity: Severity,
    /// What its rule asks for.
    pub action: Action,
    /// Name of the rule, or the reason why the finding is allowed; none where the default decided.
    pub rule: Option<String>,
}

/// Why a message could not be read or redacted.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum InspectError {
    /// It is no payload.
    Payload(PayloadError),
    /// It still changed after the last pass of redaction.
    Redact(RedactError),
}

impl Verdict {
    /// Of a message in which nothing was found so far.
    pub(crate) fn new(policy: &Policy, channel: Channel) -> Self {
        Self {
            policy: policy.name.clone(),
            mode: policy.mode,
            channel,
            action: Action::Allow,
            would_be: None,
            reason: Reason::NoFinding,
            rule: None,
            completeness: Completeness::Complete,
            edits: 0,
            findings: Vec::new(),
            error: None,
            text: None,
        }
    }

    /// Adds a finding, which stands behind the others.
    pub(crate) fn add(&mut self, found: DecidedFinding) {
        if self.findings.is_empty() && self.reason == Reason::NoFinding
            || found.action > self.action
        {
            self.action = found.action;
            self.reason = match found.rule {
                Some(_) => Reason::Rule,
                None => Reason::Default,
            };
            self.rule.clone_from(&found.rule);
        }
        self.findings.push(found);
    }

    /// What was not inspected to its end may ask for more than what was found.
    pub(crate) fn incomplete(&mut self, policy: &Policy) {
        self.completeness = Completeness::Incomplete;
        if self.reason == Reason::NoFinding || policy.on_incomplete > self.action {
            self.action = policy.on_incomplete;
            self.reason = Reason::Incomplete;
            self.rule = None;
        }
    }

    /// Blocks: the values are to be gone, which they can't be.
    pub(crate) fn refuse(&mut self, error: RedactError) {
        self.action = Action::Block;
        self.reason = Reason::Error;
        self.rule = None;
        self.error = Some(InspectError::Redact(error));
    }

    /// In monitor mode, says what would have been.
    pub(crate) fn carry_out(&mut self) {
        if self.mode == Mode::Monitor {
            self.would_be = Some(self.action);
            self.action = self.action.min(Action::Flag);
        }
    }
}

impl fmt::Display for InspectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Payload(error) => error.fmt(f),
            Self::Redact(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for InspectError {}

impl fmt::Debug for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Verdict")
            .field("action", &self.action)
            .field("would_be", &self.would_be)
            .field("reason", &self.reason)
            .field("rule", &self.rule)
            .field("edits", &self.edits)
            .field("findings", &self.findings)
            .field("error", &self.error)
            .field("text_len", &self.text.as_ref().map(Vec::len))
            .finish_non_exhaustive()
    }
}

impl Serialize for DecidedFinding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Row<'f> {
            classifier: &'f str,
            start: usize,
            end: usize,
            severity: Severity,
            confidence: u8,
            view: &'static str,
            action: Action,
            rule: Option<&'f str>,
        }
        let row = Row {
            classifier: &self.classifier,
            start: self.finding.start,
            end: self.finding.end,
            severity: self.severity,
            confidence: self.finding.confidence,
            view: self.finding.view.as_str(),
            action: self.action,
            rule: self.rule.as_deref(),
        };
        row.serialize(serializer)
    }
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands out references"
)]
fn is_complete<S: Serializer>(
    completeness: &Completeness,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_bool(*completeness == Completeness::Complete)
}

/// As its sentence.
impl Serialize for InspectError {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}
