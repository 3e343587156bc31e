//! A text that a guard decides about as it arrives.

use std::mem;
use std::sync::Arc;

use napi::bindgen_prelude::{ClassInstance, Either, Unknown};
use napi::{Env, Result};
use napi_derive::napi;
use sluicegate_guard::DecidedFinding;
use sluicegate_guard::redact;

use crate::database::Shared;
use crate::guard::{Guard, json, request, with_findings};
use crate::memory::{Memory, Unit};
use crate::output::{Output, output};
use crate::pending::Pending;
use crate::session::Session;

/// A text that a guard decides about as it arrives. Its pieces are all strings or all buffers, and
/// every call has the session that it began with.
#[napi]
pub struct GuardStream {
    shared: Arc<Shared>,
    stream: sluicegate_guard::GuardStream,
    /// Where the caller gave none.
    session: redact::Session,
    pending: Pending,
    /// Those of strings, with their units.
    findings: Vec<DecidedFinding>,
}

#[napi]
impl Guard {
    /// A stream, or why there can be none.
    #[napi(catch_unwind)]
    pub fn stream(
        &self,
        channel: String,
        session: Option<ClassInstance<'_, Session>>,
    ) -> Result<Either<GuardStream, String>> {
        let own = redact::Session::default();
        let session = session.as_ref().map_or(&own, |session| &session.0);
        let stream = match self.guard.stream(session, &request(&channel)?) {
            Ok(stream) => stream,
            Err(error) => return Ok(Either::B(error.to_string())),
        };
        Ok(Either::A(GuardStream {
            shared: Arc::clone(&self.shared),
            stream,
            session: own,
            pending: Pending::default(),
            findings: Vec::new(),
        }))
    }
}

#[napi]
impl GuardStream {
    /// Takes the next piece; gives what can be passed on. A string cuts no pair of surrogates.
    #[napi(catch_unwind)]
    pub fn push<'env>(
        &mut self,
        env: &'env Env,
        piece: Unknown<'_>,
        mut session: Option<ClassInstance<'_, Session>>,
    ) -> Result<Output<'env>> {
        let mut memory = self.shared.take();
        let Memory {
            scanner, copied, ..
        } = &mut *memory;
        let piece = copied.text(&piece)?;
        let session = match &mut session {
            Some(session) => &mut session.0,
            None => &mut self.session,
        };
        let mut out = Vec::new();
        self.stream
            .push(session, scanner.scratch(), piece.bytes, &mut out);
        let unit = piece.unit;
        if unit == Unit::Utf16 {
            self.pending.push(piece.bytes);
            let mut found = self.stream.take_findings();
            with_findings(&mut found, |found| self.pending.to_units(found));
            self.findings.append(&mut found);
            self.pending.keep(self.stream.undecided());
        }
        self.shared.pool.put(memory);
        output(env, out, unit)
    }

    /// Takes the end of the text; gives the rest and the verdict as JSON.
    #[napi(catch_unwind)]
    pub fn finish<'env>(
        &mut self,
        env: &'env Env,
        is_string: bool,
        mut session: Option<ClassInstance<'_, Session>>,
    ) -> Result<(Output<'env>, String)> {
        let mut memory = self.shared.take();
        let session = match &mut session {
            Some(session) => &mut session.0,
            None => &mut self.session,
        };
        let mut out = Vec::new();
        let mut verdict = self
            .stream
            .finish(session, memory.scanner.scratch(), &mut out);
        self.shared.pool.put(memory);
        let pending = mem::take(&mut self.pending);
        let unit = if is_string {
            with_findings(&mut verdict.findings, |found| pending.to_units(found));
            let rest = mem::take(&mut verdict.findings);
            verdict.findings = mem::take(&mut self.findings);
            verdict.findings.extend(rest);
            Unit::Utf16
        } else {
            Unit::Bytes
        };
        Ok((output(env, out, unit)?, json(&verdict)?))
    }

    /// Bytes that have come and were not passed on, and may yet be.
    #[napi(getter, catch_unwind)]
    pub fn held(&self) -> u32 {
        self.stream.held() as u32
    }

    /// Whether nothing more is passed on.
    #[napi(getter, catch_unwind)]
    pub fn stopped(&self) -> bool {
        self.stream.is_stopped()
    }
}
