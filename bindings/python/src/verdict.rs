//! The classes `Verdict` and `DecidedFinding`.

use pyo3::prelude::*;
use pyo3::types::PyList;
use sluicegate::Completeness;
use sluicegate_guard as guard;
use sluicegate_guard::policy::Action;

/// What a guard decided about a message, and why. Only `text` holds any of the message.
///
/// >>> from sluicegate import Guard
/// >>> verdict = Guard.from_text('default = "redact"').inspect("card 4111 1111 1111 1111")
/// >>> verdict.action, verdict.text
/// ('redact', 'card [PCI_CARD_VISA]')
/// >>> verdict
/// <Verdict redact: default, 1 findings>
#[pyclass(frozen, generic, module = "sluicegate")]
pub(crate) struct Verdict {
    /// Without its text. Offsets are as the caller counts them.
    verdict: guard::Verdict,
    text: Option<Py<PyAny>>,
}

impl Verdict {
    pub(crate) fn new(verdict: guard::Verdict, text: Option<Bound<'_, PyAny>>) -> Self {
        let text = text.map(Bound::unbind);
        Self { verdict, text }
    }
}

#[pymethods]
impl Verdict {
    /// Name of the policy.
    #[getter]
    fn policy(&self) -> &str {
        &self.verdict.policy
    }

    /// Whether decisions are carried out: enforce, or monitor.
    #[getter]
    fn mode(&self) -> &'static str {
        self.verdict.mode.as_str()
    }

    /// The channel of the message.
    #[getter]
    fn channel(&self) -> &'static str {
        self.verdict.channel.as_str()
    }

    /// What happens: allow, flag, redact or block. In monitor mode nothing stricter than flag.
    #[getter]
    fn action(&self) -> &'static str {
        self.verdict.action.as_str()
    }

    /// In monitor mode what would happen if the decision were carried out.
    #[getter]
    fn would_be(&self) -> Option<&'static str> {
        self.verdict.would_be.map(Action::as_str)
    }

    /// What decided: no_finding, rule, default, incomplete or error.
    #[getter]
    fn reason(&self) -> String {
        let reason = serde_json::to_value(self.verdict.reason).ok();
        let name = reason.as_ref().and_then(serde_json::Value::as_str);
        name.expect("a reason is written as its name").to_owned()
    }

    /// Name of the rule that decided: of the findings with the strictest action, that of the first.
    #[getter]
    fn rule(&self) -> Option<&str> {
        self.verdict.rule.as_deref()
    }

    /// Whether the whole message was inspected.
    #[getter]
    fn complete(&self) -> bool {
        self.verdict.completeness == Completeness::Complete
    }

    /// Number of edits that were made.
    #[getter]
    fn edits(&self) -> usize {
        self.verdict.edits
    }

    /// Everything that was found in the message as it came, in the order of its spans.
    #[getter]
    fn findings<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, self.verdict.findings.iter().map(DecidedFinding::new))
    }

    /// Why the message could not be read or redacted.
    #[getter]
    fn error(&self) -> Option<String> {
        self.verdict.error.as_ref().map(ToString::to_string)
    }

    /// What may be passed on, a str for a str and bytes for anything else. None when the message
    /// is blocked, and of a stream, which has passed it on already.
    #[getter]
    fn text(&self, py: Python<'_>) -> Option<Py<PyAny>> {
        self.text.as_ref().map(|text| text.clone_ref(py))
    }

    /// All but the text, as one line of JSON.
    fn to_json(&self) -> String {
        serde_json::to_string(&self.verdict).expect("the keys of a verdict are words")
    }

    fn __repr__(&self) -> String {
        let would_be = match self.verdict.would_be {
            Some(action) => format!(" in place of {}", action.as_str()),
            None => String::new(),
        };
        let (action, reason) = (self.action(), self.reason());
        let count = self.verdict.findings.len();
        format!("<Verdict {action}{would_be}: {reason}, {count} findings>")
    }
}

/// A finding with what was decided for it. It holds none of the message.
#[pyclass(frozen, get_all, eq, hash, module = "sluicegate")]
#[derive(PartialEq, Eq, Hash)]
pub(crate) struct DecidedFinding {
    /// Id of the classifier.
    classifier: String,
    /// Where it begins, in code points of a str and bytes of anything else.
    start: usize,
    /// Behind its last code point or byte; always greater than `start`.
    end: usize,
    /// How bad it is: info, low, medium, high or critical.
    severity: &'static str,
    /// 0 to 100, context taken into account.
    confidence: u8,
    /// The form of the text in which it was found; "raw" is the text as it came.
    view: &'static str,
    /// What its rule asks for: allow, flag, redact or block.
    action: &'static str,
    /// Name of the rule; None where the policy's default decided.
    rule: Option<String>,
}

impl DecidedFinding {
    fn new(decided: &guard::DecidedFinding) -> Self {
        Self {
            classifier: decided.classifier.clone(),
            start: decided.finding.start,
            end: decided.finding.end,
            severity: decided.severity.as_str(),
            confidence: decided.finding.confidence,
            view: decided.finding.view.as_str(),
            action: decided.action.as_str(),
            rule: decided.rule.clone(),
        }
    }
}

#[pymethods]
impl DecidedFinding {
    fn __repr__(&self) -> String {
        let Self {
            classifier,
            start,
            end,
            severity,
            confidence,
            view,
            action,
            rule,
        } = self;
        let rule = rule
            .as_ref()
            .map_or("None".to_owned(), |rule| format!("{rule:?}"));
        format!(
            "<DecidedFinding {classifier} at {start}..{end}: {severity}, confidence {confidence}, \
             view {view}, action {action}, rule {rule}>"
        )
    }
}
