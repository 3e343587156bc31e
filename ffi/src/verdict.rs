//! What a guard decided.

use std::ffi::{CString, c_char};
use std::ptr;

use sluicegate_guard::policy::Action;
use sluicegate_guard::{DecidedFinding, Reason, Verdict};

use crate::error::{Failure, terminated};
use crate::result::{Contents, lend};
use crate::{boundary, handle, sg_completeness, sg_finding, sg_result, sg_status};

/// What was decided about a message, and why.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sg_verdict {
    /// What happens to the message: an sg_action. Of a policy that only monitors it is nothing
    /// stricter than SG_ACTION_FLAG.
    pub action: u32,
    /// What the policy asks for: the same, but where it only monitors.
    pub would_be: u32,
    /// What decided: an sg_reason.
    pub reason: u32,
    /// Whether the whole message was inspected: an sg_completeness.
    pub completeness: u32,
    /// Number of edits that were made.
    pub edits: usize,
    /// Name of the rule that decided; NULL where none did. Borrowed from the result.
    pub rule: *const c_char,
    /// Why the message could not be read or redacted, in a sentence without any of it; NULL where it
    /// could. Borrowed from the result.
    pub error: *const c_char,
}

/// What was decided for a finding.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sg_decision {
    /// Name of the rule; NULL where the policy's default decided. Borrowed from the result.
    pub rule: *const c_char,
    /// What it asks for: an sg_action.
    pub action: u32,
    /// 0.
    pub reserved: u32,
}

/// What happens to a message. A greater number is stricter, and there may be others in between.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_action {
    /// It passes.
    Allow = 0,
    /// It passes, and someone should look at it.
    Flag = 10,
    /// It passes without the values.
    Redact = 20,
    /// It does not pass.
    Block = 40,
}

/// What decided about a message.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_reason {
    /// Nothing was found.
    NoFinding = 0,
    /// A rule selected a finding.
    Rule = 1,
    /// The policy's default for a finding that no rule selects.
    Default = 2,
    /// The message was not inspected to its end.
    Incomplete = 3,
    /// The message could not be read, or not be redacted.
    Error = 4,
    /// A reason that this version of the interface has no name for.
    Other = 255,
}

impl From<Action> for sg_action {
    fn from(action: Action) -> Self {
        match action {
            Action::Allow => Self::Allow,
            Action::Flag => Self::Flag,
            Action::Redact => Self::Redact,
            // What has no name here is not let through.
            _ => Self::Block,
        }
    }
}

impl From<Reason> for sg_reason {
    fn from(reason: Reason) -> Self {
        match reason {
            Reason::NoFinding => Self::NoFinding,
            Reason::Rule => Self::Rule,
            Reason::Default => Self::Default,
            Reason::Incomplete => Self::Incomplete,
            Reason::Error => Self::Error,
            _ => Self::Other,
        }
    }
}

/// A verdict as a result keeps it.
pub(crate) struct Outcome {
    verdict: Verdict,
    error: Option<CString>,
    /// The verdict as JSON, once it was asked for.
    json: Option<CString>,
}

impl Contents {
    /// Appends findings with what was decided for each.
    pub(crate) fn take_decided(&mut self, decided: &[DecidedFinding]) {
        let (Some(shared), Some(guard)) = (&self.shared, &self.guard) else {
            return;
        };
        for found in decided {
            self.findings.push(sg_finding::new(shared, &found.finding));
            self.decisions.push(sg_decision {
                rule: guard.rule(found.rule.as_deref()),
                action: sg_action::from(found.action) as u32,
                reserved: 0,
            });
        }
    }

    /// Keeps a verdict, whose findings are those that were taken last.
    pub(crate) fn decide(&mut self, verdict: Verdict) {
        self.items.push(crate::sg_item {
            first: 0,
            count: self.findings.len(),
            completeness: sg_completeness::from(verdict.completeness) as u32,
            reserved: 0,
        });
        let error = verdict.error.as_ref();
        self.outcome = Some(Outcome {
            error: error.map(|error| terminated(error.to_string())),
            verdict,
            json: None,
        });
    }
}

fn no_verdict() -> Failure {
    Failure::new(sg_status::NotFound, "no verdict has filled this result")
}

/// What a guard decided. SG_STATUS_NOT_FOUND for a result that sg_guard_inspect or the
/// sg_stream_finish of a guard's stream has not filled.
///
/// # Safety
/// `result` is NULL or a live object of this library; `verdict` is NULL or a place for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_verdict(
    result: *const sg_result,
    verdict: *mut sg_verdict,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let place = handle::place(verdict, "verdict")?;
        let held = handle::lock(&result.0, "sg_result")?;
        let (Some(outcome), Some(guard)) = (&held.outcome, &held.guard) else {
            return Err(no_verdict());
        };
        let Outcome { verdict, error, .. } = outcome;
        let action = sg_action::from(verdict.action);
        let filled = sg_verdict {
            action: action as u32,
            would_be: verdict.would_be.map_or(action, sg_action::from) as u32,
            reason: sg_reason::from(verdict.reason) as u32,
            completeness: sg_completeness::from(verdict.completeness) as u32,
            edits: verdict.edits,
            rule: guard.rule(verdict.rule.as_deref()),
            error: error.as_ref().map_or(ptr::null(), |error| error.as_ptr()),
        };
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(filled) };
        Ok(())
    })
}

/// The verdict as JSON: an object with the keys `policy`, `mode`, `channel`, `action`, `would_be`,
/// `reason`, `rule`, `complete`, `edits`, `findings` and `error`, and nothing of the message. Of a
/// stream the findings are those that no push has given. SG_STATUS_NOT_FOUND as of
/// sg_result_verdict. Borrowed from the result.
///
/// # Safety
/// `result` is NULL or a live object of this library; `json` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_verdict_json(
    result: *const sg_result,
    json: *mut *const c_char,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let place = handle::place(json, "json")?;
        let mut held = handle::lock(&result.0, "sg_result")?;
        let Some(outcome) = &mut held.outcome else {
            return Err(no_verdict());
        };
        let json = match &mut outcome.json {
            Some(json) => json,
            none => {
                let text = serde_json::to_string(&outcome.verdict).map_err(|_| {
                    Failure::new(sg_status::Panic, "a verdict that can't be written as JSON")
                })?;
                none.insert(terminated(text))
            }
        };
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(json.as_ptr()) };
        Ok(())
    })
}

/// What was decided for each finding, in the order of sg_result_findings. NULL where there is none,
/// as in results of scans. Borrowed from the result.
///
/// # Safety
/// `result` is NULL or a live object of this library; `decisions` and `count` are NULL or places for
/// their types.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_decisions(
    result: *const sg_result,
    decisions: *mut *const sg_decision,
    count: *mut usize,
) -> sg_status {
    // SAFETY: the caller's promise is that of `lend`.
    unsafe {
        lend(result, decisions, "decisions", count, |held| {
            Ok(&held.decisions)
        })
    }
}

/// The bytes that may be passed on: of sg_guard_inspect the message as the verdict leaves it, of
/// sg_guard_restore the text with its values, of a guard's stream what the call has released. NULL
/// where there are none, as of a message that is blocked. SG_STATUS_NOT_FOUND for a result that no
/// guard has filled. Borrowed from the result.
///
/// # Safety
/// `result` is NULL or a live object of this library; `bytes` and `len` are NULL or places for their
/// types.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_text(
    result: *const sg_result,
    bytes: *mut *const u8,
    len: *mut usize,
) -> sg_status {
    // SAFETY: the caller's promise is that of `lend`.
    unsafe {
        lend(result, bytes, "bytes", len, |held| match held.guard {
            Some(_) => Ok(&held.text),
            None => Err(Failure::new(
                sg_status::NotFound,
                "no guard has filled this result",
            )),
        })
    }
}
