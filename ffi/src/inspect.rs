//! One message through a guard, and back.

use sluicegate_guard::redact::Session;
use sluicegate_guard::{Guard, InspectError};

use crate::error::Failure;
use crate::request::Request;
use crate::{
    boundary, handle, sg_error, sg_form, sg_guard, sg_request, sg_result, sg_scratch, sg_session,
    sg_status,
};

/// Decides about a message, which is read in place. `result` is filled anew with findings, decisions,
/// verdict and text; when the call fails it keeps what it has. `session` may be NULL for one of the
/// message's own.
///
/// # Safety
/// `guard`, `scratch`, `session` and `result` are NULL or live objects of this library; `request` is
/// NULL or to as many bytes as its `size` says; `bytes` is NULL or to `len` bytes; `error` is NULL or
/// a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_inspect(
    guard: *const sg_guard,
    scratch: *mut sg_scratch,
    session: *mut sg_session,
    request: *const sg_request,
    bytes: *const u8,
    len: usize,
    result: *mut sg_result,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let guard = &unsafe { handle::borrow(guard) }?.0;
        // SAFETY: as above.
        let scratch = unsafe { handle::borrow(scratch) }?;
        // SAFETY: as above.
        let session = unsafe { sg_session::find(session) }?;
        // SAFETY: the caller's promise is that of `read`.
        let request = unsafe { Request::read(request) }?;
        // SAFETY: the caller's promise is that of `array`.
        let message = unsafe { handle::array(bytes, len, "bytes") }?;
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let mut memory = handle::lock(&scratch.0, "sg_scratch")?;
        let mut held_session = session
            .map(|session| handle::hold(session, "sg_session"))
            .transpose()?;
        let mut held = handle::lock(&result.0, "sg_result")?;
        let mut own = Session::default();
        let session = held_session.as_deref_mut().unwrap_or(&mut own);
        let scanner = memory.scanner(guard.guard.database());
        let inspect = match request.form {
            sg_form::Text => Guard::inspect_in,
            sg_form::Json => Guard::inspect_json_in,
        };
        let mut verdict = inspect(&guard.guard, session, scanner, message, &request.known);
        held.begin_guarded(guard);
        held.text = verdict.text.take().unwrap_or_default();
        held.take_decided(&verdict.findings);
        memory
            .worker
            .converter
            .convert(request.unit, message, &mut held.findings);
        for (decided, found) in verdict.findings.iter_mut().zip(&held.findings) {
            (decided.finding.start, decided.finding.end) = (found.start, found.end);
        }
        held.decide(verdict);
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// Turns a text back, which is read in place: tokens of the policy's keys, and the numbered labels
/// and vault tokens of the session. Marks of other styles stay. `result` is filled anew with the
/// text; when the call fails it keeps what it has. `session` may be NULL where there are only tokens,
/// `request` is that of the redaction, but that its `form` tells how this text is written.
/// SG_STATUS_INVALID_TEXT where that is JSON and the text is none.
///
/// # Safety
/// As of sg_guard_inspect.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_restore(
    guard: *const sg_guard,
    scratch: *mut sg_scratch,
    session: *const sg_session,
    request: *const sg_request,
    bytes: *const u8,
    len: usize,
    result: *mut sg_result,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let guard = &unsafe { handle::borrow(guard) }?.0;
        // SAFETY: as above.
        let scratch = unsafe { handle::borrow(scratch) }?;
        // SAFETY: as above.
        let session = unsafe { sg_session::find(session) }?;
        // SAFETY: the caller's promise is that of `read`.
        let request = unsafe { Request::read(request) }?;
        // SAFETY: the caller's promise is that of `array`.
        let text = unsafe { handle::array(bytes, len, "bytes") }?;
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let mut memory = handle::lock(&scratch.0, "sg_scratch")?;
        let held_session = session
            .map(|session| handle::hold(session, "sg_session"))
            .transpose()?;
        let mut held = handle::lock(&result.0, "sg_result")?;
        let own = Session::default();
        let session = held_session.as_deref().unwrap_or(&own);
        let restored = match request.form {
            sg_form::Text => {
                let scanner = memory.scanner(guard.guard.database());
                guard.guard.restore(session, scanner, text, &request.known)
            }
            sg_form::Json => guard.guard.restore_json(session, text),
        };
        let restored = restored.map_err(|error| {
            let status = match error {
                InspectError::Payload(_) => sg_status::InvalidText,
                _ => sg_status::Incomplete,
            };
            Failure::new(status, error.to_string())
        })?;
        held.begin_guarded(guard);
        held.text = restored.bytes;
        held.restored = Some([restored.restored, restored.unknown]);
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// How many marks sg_guard_restore has turned back, and how many it has left: altered, or of another
/// key or session. SG_STATUS_NOT_FOUND for a result that it has not filled.
///
/// # Safety
/// `result` is NULL or a live object of this library; `restored` and `unknown` are NULL or places for
/// their types.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_restored(
    result: *const sg_result,
    restored: *mut usize,
    unknown: *mut usize,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let restored = handle::place(restored, "restored")?;
        let unknown = handle::place(unknown, "unknown")?;
        let held = handle::lock(&result.0, "sg_result")?;
        let Some([back, left]) = held.restored else {
            return Err(Failure::new(
                sg_status::NotFound,
                "no restoration has filled this result",
            ));
        };
        // SAFETY: `place` has checked what can be; they are places by the caller's promise.
        unsafe {
            restored.write(back);
            unknown.write(left);
        }
        Ok(())
    })
}
