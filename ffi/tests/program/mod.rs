//! The C functions as a program calls them, with its handles held until the end.

use std::ptr;

use sluicegate::Database;
use sluicegate_ffi::{
    sg_buffer, sg_database, sg_database_free, sg_database_load_bytes, sg_finding, sg_item,
    sg_offset_unit, sg_result, sg_result_findings, sg_result_free, sg_result_items, sg_result_new,
    sg_scan, sg_scan_batch, sg_scan_options, sg_scratch, sg_scratch_free, sg_scratch_new,
    sg_status, sg_stream, sg_stream_finish, sg_stream_free, sg_stream_new, sg_stream_push,
};

/// A C program's handles.
pub(crate) struct Program {
    database: *mut sg_database,
    scratch: *mut sg_scratch,
    result: *mut sg_result,
    stream: *mut sg_stream,
}

impl Program {
    pub(crate) fn new(database: &Database) -> Self {
        let image = database.image();
        let mut program = Self {
            database: ptr::null_mut(),
            scratch: ptr::null_mut(),
            result: ptr::null_mut(),
            stream: ptr::null_mut(),
        };
        let none = ptr::null_mut();
        // SAFETY: the image is live, the places are fields of a local.
        let made = unsafe {
            [
                sg_database_load_bytes(
                    image.as_ptr(),
                    image.len(),
                    &raw mut program.database,
                    none,
                ),
                sg_scratch_new(&raw mut program.scratch, none),
                sg_result_new(&raw mut program.result, none),
                sg_stream_new(program.database, ptr::null(), &raw mut program.stream, none),
            ]
        };
        assert_eq!(made, [sg_status::Ok; 4]);
        program
    }

    /// Scans one input; the findings are there until the next call.
    pub(crate) fn scan(&mut self, input: &[u8], unit: sg_offset_unit) -> &[sg_finding] {
        let options = options(unit);
        // SAFETY: the handles live as long as the program, the input and the options meanwhile.
        let status = unsafe {
            sg_scan(
                self.database,
                self.scratch,
                input.as_ptr(),
                input.len(),
                &raw const options,
                self.result,
                ptr::null_mut(),
            )
        };
        assert_eq!(status, sg_status::Ok);
        self.found().0
    }

    /// Scans many inputs; what is found is there until the next call.
    #[allow(
        dead_code,
        reason = "not every test that has this module scans batches"
    )]
    pub(crate) fn scan_batch(
        &mut self,
        inputs: &[sg_buffer],
        threads: u32,
    ) -> (&[sg_finding], &[sg_item]) {
        // SAFETY: the handles live as long as the program, the inputs meanwhile.
        let status = unsafe {
            sg_scan_batch(
                self.database,
                self.scratch,
                inputs.as_ptr(),
                inputs.len(),
                threads,
                ptr::null(),
                self.result,
                ptr::null_mut(),
            )
        };
        assert_eq!(status, sg_status::Ok);
        self.found()
    }

    /// Takes a piece of a text, or its end; what is settled by it is there until the next call.
    #[allow(dead_code, reason = "not every test that has this module streams")]
    pub(crate) fn advance(&mut self, piece: Option<&[u8]>) -> &[sg_finding] {
        let none = ptr::null_mut();
        // SAFETY: the handles live as long as the program, the piece meanwhile.
        let status = unsafe {
            match piece {
                Some(piece) => sg_stream_push(
                    self.stream,
                    self.scratch,
                    piece.as_ptr(),
                    piece.len(),
                    self.result,
                    none,
                ),
                None => sg_stream_finish(self.stream, self.scratch, self.result, none),
            }
        };
        assert_eq!(status, sg_status::Ok);
        self.found().0
    }

    fn found(&self) -> (&[sg_finding], &[sg_item]) {
        let mut findings = ptr::null();
        let mut items = ptr::null();
        let mut counts = [0; 2];
        let [findings_len, items_len] = &mut counts;
        // SAFETY: the result is live, the places are locals.
        let status = unsafe {
            [
                sg_result_findings(self.result, &raw mut findings, findings_len),
                sg_result_items(self.result, &raw mut items, items_len),
            ]
        };
        assert_eq!(status, [sg_status::Ok; 2]);
        // SAFETY: the result lends as many, until it is filled again, which takes `&mut self`.
        unsafe { (slice(findings, counts[0]), slice(items, counts[1])) }
    }
}

/// # Safety
/// The pointer is to `len` values, or NULL where there are none.
unsafe fn slice<'a, T>(pointer: *const T, len: usize) -> &'a [T] {
    if len == 0 {
        return &[];
    }
    // SAFETY: the caller's promise.
    unsafe { std::slice::from_raw_parts(pointer, len) }
}

fn options(unit: sg_offset_unit) -> sg_scan_options {
    sg_scan_options {
        size: size_of::<sg_scan_options>(),
        offset_unit: unit as u32,
        min_confidence: 0,
        resolve: 0,
        reserved: 0,
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // SAFETY: the handles are from the library and are freed once, in no particular order.
        unsafe {
            sg_database_free(self.database);
            sg_result_free(self.result);
            sg_scratch_free(self.scratch);
            sg_stream_free(self.stream);
        }
    }
}
