//! What redactions of a conversation remember.

use std::ffi::c_char;
use std::sync::{Arc, Mutex};

use sluicegate_guard::redact::Session;

use crate::error::Failure;
use crate::handle::{self, Object};
use crate::{boundary, sg_error, sg_status};

/// What redactions of one conversation remember, so that equal values have equal labels and answers
/// can be turned back. It holds values, and wipes them when it is freed. Streams share what is behind
/// it. A call that finds it in use by another thread fails with SG_STATUS_BUSY.
pub struct sg_session(pub(crate) Arc<Mutex<Session>>);

impl Object for sg_session {
    const TAG: u64 = u64::from_le_bytes(*b"sgsessn\0");
    const NAME: &'static str = "sg_session";
}

impl sg_session {
    /// What is behind a handle that may be NULL.
    ///
    /// # Safety
    /// That of [`handle::borrow`].
    pub(crate) unsafe fn find<'a>(
        session: *const Self,
    ) -> Result<Option<&'a Arc<Mutex<Session>>>, Failure> {
        if session.is_null() {
            return Ok(None);
        }
        // SAFETY: the caller's promise.
        Ok(Some(&unsafe { handle::borrow(session) }?.0))
    }
}

/// A session that remembers nothing yet. Its name, which stands in the tokens of the vault, is 1 to
/// 32 of a-z, 0-9 and "-"; without one (`name_len` 0) it is "0".
///
/// # Safety
/// `name` is NULL or to `name_len` bytes; `session` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_session_new(
    name: *const c_char,
    name_len: usize,
    session: *mut *mut sg_session,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `text`.
        let name = unsafe { handle::text(name, name_len, "name") }?;
        let place = handle::place(session, "session")?;
        let session = match name {
            "" => Session::default(),
            _ => Session::new(name).map_err(|error| {
                Failure::new(sg_status::InvalidArgument, error.to_string())
                    .hint("take the conversation's number or a name of that form")
            })?,
        };
        let session = sg_session(Arc::new(Mutex::new(session)));
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(session)) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// Frees a session. Streams keep what it remembers until they are freed. NULL is freed already.
///
/// # Safety
/// `session` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_session_free(session: *mut sg_session) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(session) }.map(drop))
}
