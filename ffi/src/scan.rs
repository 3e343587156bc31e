//! One buffer.

use sluicegate::{Finding, arbitrate, scan};

use crate::database::Shared;
use crate::options::Options;
use crate::scratch::Worker;
use crate::{
    boundary, handle, sg_completeness, sg_database, sg_error, sg_finding, sg_item, sg_result,
    sg_scan_options, sg_scratch, sg_status,
};

impl Worker {
    /// Appends the findings of one buffer, and tells which they are.
    #[inline]
    pub(crate) fn scan(
        &mut self,
        shared: &Shared,
        options: Options,
        input: &[u8],
        findings: &mut Vec<sg_finding>,
    ) -> sg_item {
        let scan = scan(&shared.database, &mut self.scratch, input);
        let first = findings.len();
        let wanted = scan.findings.iter();
        let wanted = wanted.filter(|finding| finding.confidence >= options.min_confidence);
        if options.resolve {
            let wanted: Vec<Finding> = wanted.copied().collect();
            let claims = arbitrate(&shared.database, input, &wanted);
            let winners = claims.iter().map(|claim| &claim.winner);
            findings.extend(winners.map(|finding| sg_finding::new(shared, finding)));
        } else {
            findings.extend(wanted.map(|finding| sg_finding::new(shared, finding)));
        }
        self.converter
            .convert(options.unit, input, &mut findings[first..]);
        sg_item {
            first,
            count: findings.len() - first,
            completeness: sg_completeness::from(scan.completeness) as u32,
            reserved: 0,
        }
    }
}

/// Scans one buffer, which is read in place. `result` is filled anew; when the call fails it keeps
/// what it has. Takes no memory once `scratch` and `result` have seen inputs like this one,
/// unless the options ask for `resolve`.
///
/// # Safety
/// `database`, `scratch` and `result` are NULL or live objects of this library; `bytes` is NULL or
/// to `len` bytes; `options` is NULL or to as many bytes as its `size` says; `error` is NULL or a
/// place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_scan(
    database: *const sg_database,
    scratch: *mut sg_scratch,
    bytes: *const u8,
    len: usize,
    options: *const sg_scan_options,
    result: *mut sg_result,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        // SAFETY: as above.
        let scratch = unsafe { handle::borrow(scratch) }?;
        // SAFETY: the caller's promise is that of `array`.
        let input = unsafe { handle::array(bytes, len, "bytes") }?;
        // SAFETY: the caller's promise is that of `read`.
        let options = unsafe { Options::read(options) }?;
        // SAFETY: as above.
        let result = unsafe { handle::borrow(result) }?;
        let mut memory = handle::lock(&scratch.0, "sg_scratch")?;
        let mut held = handle::lock(&result.0, "sg_result")?;
        held.begin(&database.0);
        let item = memory
            .worker
            .scan(&database.0, options, input, &mut held.findings);
        held.items.push(item);
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}
