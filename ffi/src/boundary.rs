//! Where panics stop.

use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::error::Failure;
use crate::{handle, sg_error, sg_status};

/// Runs the body of a function of the interface. A failure is told by its status and, where the
/// caller gave a place for it, an error; a panic is a failure too.
///
/// Unwinding leaves nothing half-written behind: shared objects do not change, the others are
/// locked, and [`handle::lock`] replaces what a panic interrupted, [`handle::hold`] refuses it.
///
/// # Safety
/// `error` is NULL or a place for a pointer.
#[inline]
pub(crate) unsafe fn call(
    error: *mut *mut sg_error,
    body: impl FnOnce() -> Result<(), Failure>,
) -> sg_status {
    let failure = match catch_unwind(AssertUnwindSafe(body)) {
        Ok(Ok(())) => return sg_status::Ok,
        Ok(Err(failure)) => failure,
        Err(_) => Failure::new(sg_status::Panic, "a defect of the library was met")
            .hint("please report it with what the process wrote to standard error"),
    };
    let status = failure.status();
    if !error.is_null() && error.is_aligned() {
        // SAFETY: neither NULL nor unaligned; a place for a pointer by the caller's promise.
        unsafe { error.write(handle::give(failure.into_error())) };
    }
    status
}

/// The same for a function without an error.
#[inline]
pub(crate) fn quiet(body: impl FnOnce() -> Result<(), Failure>) -> sg_status {
    // SAFETY: NULL is no place.
    unsafe { call(std::ptr::null_mut(), body) }
}

#[cfg(test)]
mod tests {
    use std::ptr;

    use super::*;
    use crate::{sg_error_free, sg_error_status};

    #[test]
    fn a_panic_is_a_status() {
        let mut error = ptr::null_mut();
        // SAFETY: the place lives until the end.
        let status = unsafe { call(&raw mut error, || panic!("a defect, made for this test")) };
        assert_eq!(status, sg_status::Panic);
        // SAFETY: the call failed, so it made an error, which is freed once.
        unsafe {
            assert_eq!(sg_error_status(error), sg_status::Panic);
            assert_eq!(sg_error_free(error), sg_status::Ok);
        }
    }

    #[test]
    fn what_a_panic_interrupted_is_replaced() {
        let contents = std::sync::Mutex::new(1);
        let status = quiet(|| {
            let mut guard = handle::lock(&contents, "number")?;
            *guard = 2;
            panic!("a defect, made for this test");
        });
        assert_eq!(status, sg_status::Panic);
        let guard = handle::lock(&contents, "number");
        assert!(guard.is_ok_and(|guard| *guard == 0));
        let held = contents.lock();
        let second = quiet(|| handle::lock(&contents, "number").map(drop));
        assert_eq!(second, sg_status::Busy);
        drop(held);
    }

    #[test]
    fn what_must_not_be_lost_is_refused_after_a_panic() {
        let contents = std::sync::Mutex::new(1);
        let status = quiet(|| {
            let _guard = handle::hold(&contents, "number")?;
            panic!("a defect, made for this test");
        });
        assert_eq!(status, sg_status::Panic);
        for _ in 0..2 {
            let later = quiet(|| handle::hold(&contents, "number").map(drop));
            assert_eq!(later, sg_status::Panic);
        }
    }
}
