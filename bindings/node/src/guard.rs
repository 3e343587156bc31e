//! Guards: messages to verdicts, and back.

use std::sync::Arc;

use napi::bindgen_prelude::{Buffer, ClassInstance, Either, Unknown};
use napi::{Env, Error, Result};
use napi_derive::napi;
use sluicegate::model::Source;
use sluicegate_guard::policy::{Action, Channel, Keys, read_policy};
use sluicegate_guard::{DecidedFinding, Request, Verdict};

use crate::database::{Database, Shared};
use crate::memory::{Memory, Unit};
use crate::output::{Output, output};
use crate::refusal::Refusal;
use crate::session::{InSession, Session};
use crate::utf16::to_units;

/// A database with a policy.
#[napi]
pub struct Guard {
    pub(crate) shared: Arc<Shared>,
    pub(crate) guard: sluicegate_guard::Guard,
}

/// A guard of a policy, which is named as errors are to call it, and of keys and their names.
#[napi(catch_unwind)]
pub fn guard(
    database: &Database,
    name: String,
    policy: Buffer,
    names: Vec<String>,
    secrets: Vec<Buffer>,
) -> Either<Guard, Refusal> {
    let source = match Source::from_bytes(name, policy.to_vec()) {
        Ok(source) => source,
        Err(problem) => return Either::B(Refusal::problems(&[problem])),
    };
    let mut keys = Keys::new();
    for (name, secret) in names.into_iter().zip(secrets) {
        keys = keys.with(name, &secret);
    }
    let guard = read_policy(&source)
        .and_then(|policy| sluicegate_guard::Guard::with_keys(&database.0.set, policy, &keys));
    match guard {
        Ok(guard) => Either::A(Guard {
            shared: Arc::clone(&database.0),
            guard,
        }),
        Err(problems) => Either::B(Refusal::problems(&problems)),
    }
}

#[napi]
impl Guard {
    /// Patterns and tags of the policy that no classifier of the database meets, as JSON.
    #[napi(catch_unwind)]
    pub fn unmatched(&self) -> String {
        sluicegate::model::to_json(self.guard.unmatched())
    }

    /// Decides about a text or a JSON text: the verdict as JSON, and what may be passed on where
    /// that is not what came.
    #[napi(catch_unwind)]
    pub fn inspect<'env>(
        &self,
        env: &'env Env,
        text: Unknown<'_>,
        is_json: bool,
        channel: String,
        session: Option<ClassInstance<'_, Session>>,
    ) -> Result<(String, Option<Output<'env>>)> {
        let mut session = InSession::from(session);
        let request = request(&channel)?;
        let mut memory = self.shared.take();
        let Memory {
            scanner, copied, ..
        } = &mut *memory;
        let text = copied.text(&text)?;
        let mut verdict = if is_json {
            self.guard
                .inspect_json_in(&mut session, scanner, text.bytes, &request)
        } else {
            self.guard
                .inspect_in(&mut session, scanner, text.bytes, &request)
        };
        if text.unit == Unit::Utf16 {
            with_findings(&mut verdict.findings, |found| to_units(text.bytes, found));
        }
        let passed = verdict.text.take();
        let passed = passed.filter(|_| verdict.action == Action::Redact);
        let passed = passed.map(|bytes| output(env, bytes, text.unit));
        let verdict = json(&verdict)?;
        self.shared.pool.put(memory);
        Ok((verdict, passed.transpose()?))
    }

    /// Turns a text or a JSON text back, or says why it can't; neither where it stays as it came.
    #[napi(catch_unwind)]
    pub fn restore<'env>(
        &self,
        env: &'env Env,
        text: Unknown<'_>,
        is_json: bool,
        channel: String,
        session: Option<ClassInstance<'_, Session>>,
    ) -> Result<(Option<Output<'env>>, Option<String>)> {
        let session = InSession::from(session);
        let request = request(&channel)?;
        let mut memory = self.shared.take();
        let Memory {
            scanner, copied, ..
        } = &mut *memory;
        let text = copied.text(&text)?;
        let restored = if is_json {
            self.guard.restore_json(&session, text.bytes)
        } else {
            self.guard.restore(&session, scanner, text.bytes, &request)
        };
        let changed = match restored {
            Ok(restored) if restored.bytes == text.bytes => (None, None),
            Ok(restored) => (Some(output(env, restored.bytes, text.unit)?), None),
            Err(error) => (None, Some(error.to_string())),
        };
        self.shared.pool.put(memory);
        Ok(changed)
    }
}

/// What is known of a message on the channel of this name.
pub(crate) fn request(channel: &str) -> Result<Request> {
    let channel = Channel::from_name(channel);
    let channel = channel.ok_or_else(|| Error::from_reason("there is no such channel"))?;
    Ok(Request::new(channel))
}

/// A verdict without its text.
pub(crate) fn json(verdict: &Verdict) -> Result<String> {
    serde_json::to_string(verdict).map_err(|error| Error::from_reason(error.to_string()))
}

/// Changes what was found, as such.
pub(crate) fn with_findings(
    decided: &mut [DecidedFinding],
    change: impl FnOnce(&mut [sluicegate::Finding]),
) {
    let mut found: Vec<_> = decided.iter().map(|decided| decided.finding).collect();
    change(&mut found);
    for (decided, finding) in decided.iter_mut().zip(found) {
        decided.finding = finding;
    }
}
