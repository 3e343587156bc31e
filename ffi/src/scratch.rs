//! The memory that scans use.

use std::sync::Mutex;

use sluicegate::{Database, Scanner};

use crate::batch::Part;
use crate::handle::{self, Object};
use crate::offset::Converter;
use crate::{boundary, sg_error, sg_status};

/// The memory that scans use: one for each thread that calls. It fits every database, grows to what
/// scans need, and keeps that for the next, with the database of the last inspection. A call that
/// finds it in use by another thread fails with SG_STATUS_BUSY.
pub struct sg_scratch(pub(crate) Mutex<Memory>);

impl Object for sg_scratch {
    const TAG: u64 = u64::from_le_bytes(*b"sgscrat\0");
    const NAME: &'static str = "sg_scratch";
}

/// The memory of one caller's scans.
#[derive(Default)]
pub(crate) struct Memory {
    pub(crate) worker: Worker,
    /// What the threads of a batch use, the caller's first.
    pub(crate) parts: Vec<Part>,
    /// How the findings of the threads come together: buffer, thread, item.
    pub(crate) order: Vec<(usize, usize, crate::sg_item)>,
    /// What inspections use: making it for each takes longer than all else that a call adds.
    scanner: Option<Scanner>,
}

impl Memory {
    /// A scanner of this database, made anew where the last one was of another.
    pub(crate) fn scanner(&mut self, database: &Database) -> &mut Scanner {
        let digest = database.digest();
        self.scanner
            .take_if(|scanner| scanner.database().digest() != digest);
        self.scanner.get_or_insert_with(|| Scanner::new(database))
    }
}

/// What one thread needs to scan one buffer after the other.
#[derive(Default)]
pub(crate) struct Worker {
    pub(crate) scratch: sluicegate::Scratch,
    pub(crate) converter: Converter,
}

/// Memory that has not been used.
///
/// # Safety
/// `scratch` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_scratch_new(
    scratch: *mut *mut sg_scratch,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        let place = handle::place(scratch, "scratch")?;
        let scratch = sg_scratch(Mutex::new(Memory::default()));
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(scratch)) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// Frees memory of scans. NULL is freed already.
///
/// # Safety
/// `scratch` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_scratch_free(scratch: *mut sg_scratch) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(scratch) }.map(drop))
}
