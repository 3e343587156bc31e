//! The engine's bounds.

use std::ffi::{CString, c_char};
use std::sync::OnceLock;

use sluicegate::limits;

use crate::error::{Failure, terminated};
use crate::{boundary, handle, sg_status};

/// A bound of the engine. Reaching one while a database is compiled is an error; reaching one while
/// scanning makes the result incomplete.
#[repr(C)]
#[derive(Clone, Copy, Debug)]
pub struct sg_limit {
    /// Its name.
    pub name: *const c_char,
    /// Its value, in the unit that the name tells.
    pub value: u64,
    /// Why it is that.
    pub reason: *const c_char,
}

/// The texts of the table as C reads them.
fn texts() -> &'static [(CString, CString)] {
    static TEXTS: OnceLock<Vec<(CString, CString)>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let rows = limits::TABLE.iter();
        rows.map(|(name, _, reason)| (terminated((*name).into()), terminated((*reason).into())))
            .collect()
    })
}

/// How many limits there are. Their indices are the numbers below that.
#[unsafe(no_mangle)]
pub extern "C" fn sg_limit_count() -> usize {
    limits::TABLE.len()
}

/// The limit with this index. Its texts live as long as the library.
///
/// # Safety
/// `limit` is NULL or a place for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_limit_get(index: usize, limit: *mut sg_limit) -> sg_status {
    boundary::quiet(|| {
        let place = handle::place(limit, "limit")?;
        let Some((name, reason)) = texts().get(index) else {
            let message = format!("there is no limit {index}");
            return Err(Failure::new(sg_status::OutOfRange, message));
        };
        let limit = sg_limit {
            name: name.as_ptr(),
            value: limits::TABLE[index].1,
            reason: reason.as_ptr(),
        };
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(limit) };
        Ok(())
    })
}
