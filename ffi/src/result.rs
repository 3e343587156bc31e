//! What was found.

use std::ffi::c_char;
use std::ptr;
use std::sync::{Arc, Mutex};

use sluicegate::{Completeness, View};

use crate::database::Shared;
use crate::error::Failure;
use crate::guard::Shared as SharedGuard;
use crate::handle::{self, Object};
use crate::verdict::Outcome;
use crate::{boundary, sg_decision, sg_error, sg_status};

/// What a call found, and what a guard decided. It is filled by one call after the other and keeps
/// its memory; what is borrowed from it is valid until it is filled again or freed. It keeps the
/// database of its findings, and the guard.
pub struct sg_result(pub(crate) Mutex<Contents>);

impl Object for sg_result {
    const TAG: u64 = u64::from_le_bytes(*b"sgresul\0");
    const NAME: &'static str = "sg_result";
}

/// A span that a classifier claims.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct sg_finding {
    /// Offset of the first unit, from the beginning of the buffer or stream.
    pub start: usize,
    /// Offset behind the last unit; always greater than `start`.
    pub end: usize,
    /// Index of the classifier in the database: see sg_result_classifier_id.
    pub classifier: u32,
    /// An sg_severity.
    pub severity: u8,
    /// 0 to 100.
    pub confidence: u8,
    /// An sg_view.
    pub view: u8,
    /// 0.
    pub reserved: u8,
}

/// Which of a result's findings are those of one buffer.
#[repr(C)]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct sg_item {
    /// Index of its first finding.
    pub first: usize,
    /// Number of its findings.
    pub count: usize,
    /// An sg_completeness.
    pub completeness: u32,
    /// 0.
    pub reserved: u32,
}

/// How bad it is when a value of a kind gets out.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_severity {
    /// Worth knowing.
    Info = 0,
    /// A nuisance.
    Low = 1,
    /// The default.
    Medium = 2,
    /// Someone is harmed.
    High = 3,
    /// Someone else gets in.
    Critical = 4,
}

/// The form of the input in which a value was found.
#[repr(u8)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_view {
    /// The bytes as they came.
    Raw = 0,
    /// A form that this version of the interface has no name for.
    Other = 255,
}

/// Whether the whole input was inspected.
#[repr(u32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_completeness {
    /// All of it.
    Complete = 0,
    /// A limit was reached; findings may be missing.
    Incomplete = 1,
}

#[derive(Default)]
pub(crate) struct Contents {
    pub(crate) shared: Option<Arc<Shared>>,
    pub(crate) findings: Vec<sg_finding>,
    pub(crate) items: Vec<sg_item>,
    /// The guard that filled this, if one did.
    pub(crate) guard: Option<Arc<SharedGuard>>,
    /// One for each finding, where a guard filled this.
    pub(crate) decisions: Vec<sg_decision>,
    /// What may be passed on.
    pub(crate) text: Vec<u8>,
    pub(crate) outcome: Option<Outcome>,
    /// Marks that were turned back, and that were not, where a restoration filled this.
    pub(crate) restored: Option<[usize; 2]>,
    /// Bytes that are settled, where a stream of findings filled this.
    pub(crate) settled: Option<usize>,
}

impl Contents {
    /// Forgets everything, for findings of this database.
    pub(crate) fn begin(&mut self, shared: &Arc<Shared>) {
        self.findings.clear();
        self.items.clear();
        self.guard = None;
        self.decisions.clear();
        self.text.clear();
        self.outcome = None;
        self.restored = None;
        self.settled = None;
        // Counting the holders costs more than looking.
        if !self
            .shared
            .as_ref()
            .is_some_and(|held| Arc::ptr_eq(held, shared))
        {
            self.shared = Some(Arc::clone(shared));
        }
    }

    /// Forgets everything, for what this guard decides.
    pub(crate) fn begin_guarded(&mut self, guard: &Arc<SharedGuard>) {
        self.begin(&guard.database);
        self.guard = Some(Arc::clone(guard));
    }
}

impl sg_finding {
    pub(crate) fn new(shared: &Shared, finding: &sluicegate::Finding) -> Self {
        let view = match finding.view {
            View::Raw => sg_view::Raw,
            _ => sg_view::Other,
        };
        Self {
            start: finding.start,
            end: finding.end,
            classifier: finding.classifier.get(),
            severity: shared.severities[finding.classifier.get() as usize],
            confidence: finding.confidence,
            view: view as u8,
            reserved: 0,
        }
    }
}

impl From<Completeness> for sg_completeness {
    fn from(completeness: Completeness) -> Self {
        match completeness {
            Completeness::Complete => Self::Complete,
            _ => Self::Incomplete,
        }
    }
}

/// An empty result, for other calls to fill.
///
/// # Safety
/// `result` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_new(
    result: *mut *mut sg_result,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        let place = handle::place(result, "result")?;
        let result = sg_result(Mutex::new(Contents::default()));
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(result)) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// All findings, those of the first buffer first, those of each in the order (start, end,
/// classifier). NULL where there are none. Borrowed from the result.
///
/// # Safety
/// `result` is NULL or a live object of this library; `findings` and `count` are NULL or places for
/// their types.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_findings(
    result: *const sg_result,
    findings: *mut *const sg_finding,
    count: *mut usize,
) -> sg_status {
    // SAFETY: the caller's promise is that of `lend`.
    unsafe {
        lend(result, findings, "findings", count, |held| {
            Ok(&held.findings)
        })
    }
}

/// One item for each buffer, in the order of the buffers. NULL where there are none, as in results of
/// restorations and of pushes to a guard's stream. Borrowed from the result.
///
/// # Safety
/// `result` is NULL or a live object of this library; `items` and `count` are NULL or places for
/// their types.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_items(
    result: *const sg_result,
    items: *mut *const sg_item,
    count: *mut usize,
) -> sg_status {
    // SAFETY: the caller's promise is that of `lend`.
    unsafe { lend(result, items, "items", count, |held| Ok(&held.items)) }
}

/// # Safety
/// `result` is NULL or a live object of this library; the other pointers are NULL or places for
/// their types.
pub(crate) unsafe fn lend<T>(
    result: *const sg_result,
    values: *mut *const T,
    name: &str,
    count: *mut usize,
    list: impl FnOnce(&Contents) -> Result<&Vec<T>, Failure>,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let values = handle::place(values, name)?;
        let count = handle::place(count, "count")?;
        let held = handle::lock(&result.0, "sg_result")?;
        let list = list(&held)?;
        let first = if list.is_empty() {
            ptr::null()
        } else {
            list.as_ptr()
        };
        // SAFETY: `place` has checked what can be; they are places by the caller's promise.
        unsafe {
            values.write(first);
            count.write(list.len());
        }
        Ok(())
    })
}

/// Whether every buffer was inspected to its end, or a stream so far: an sg_completeness. Of a guard's
/// stream only the result of sg_stream_finish tells.
///
/// # Safety
/// `result` is NULL or a live object of this library; `completeness` is NULL or a place for its
/// type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_completeness(
    result: *const sg_result,
    completeness: *mut u32,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let place = handle::place(completeness, "completeness")?;
        let held = handle::lock(&result.0, "sg_result")?;
        let worst = held.items.iter().map(|item| item.completeness).max();
        let worst = worst.unwrap_or(sg_completeness::Complete as u32);
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(worst) };
        Ok(())
    })
}

/// The id of a finding's classifier, in the database that was scanned with. SG_STATUS_NOT_FOUND for
/// a result that no call has filled. Borrowed from the result.
///
/// # Safety
/// `result` is NULL or a live object of this library; `id` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_classifier_id(
    result: *const sg_result,
    classifier: u32,
    id: *mut *const c_char,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let result = unsafe { handle::borrow(result) }?;
        let place = handle::place(id, "id")?;
        let held = handle::lock(&result.0, "sg_result")?;
        let Some(shared) = &held.shared else {
            return Err(Failure::new(
                sg_status::NotFound,
                "no call has filled this result",
            ));
        };
        let id = shared.id(classifier)?;
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(id) };
        Ok(())
    })
}

/// Frees a result. NULL is freed already.
///
/// # Safety
/// `result` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_result_free(result: *mut sg_result) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(result) }.map(drop))
}
