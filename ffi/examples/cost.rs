//! What a call through the C interface costs above the call in Rust, on 1 KB of prose and of values:
//! a scan, and a guard's inspection.
//!
//! `cargo run --release -p sluicegate-ffi --example cost`
//!
//! Both are timed in turns, and the best of each is told: what else the machine does only adds.

#![expect(unsafe_code, reason = "the functions that are timed are those of C")]

use std::hint::black_box;
use std::ptr;
use std::time::Instant;

use sluicegate::Scanner;
use sluicegate::model::Source;
use sluicegate_classifiers::builtin;
use sluicegate_ffi::{
    sg_channel, sg_database, sg_database_builtin, sg_finding, sg_form, sg_guard_inspect,
    sg_guard_new, sg_offset_unit, sg_request, sg_result, sg_result_findings, sg_result_new,
    sg_result_text, sg_scan, sg_scan_options, sg_scratch, sg_scratch_new, sg_status,
};
use sluicegate_guard::policy::{Channel, read_policy};
use sluicegate_guard::{Guard, Request};

const ROUNDS: usize = 2000;
const CALLS: u32 = 10;
const POLICY: &str = "default = 'redact'";

fn main() {
    let prose = "The committee met on the first of the month, and nothing was decided. ".repeat(15);
    let busy = "Grüße an alle! card 4111 1111 1111 1111, mail someone@example.org, ".repeat(15);
    let objects = Objects::new();
    for (name, text) in [("prose", prose), ("dense", busy)] {
        let input = &text.as_bytes()[..1024];
        objects.scan(
            &format!("scan, {name}, bytes"),
            input,
            sg_offset_unit::Bytes,
        );
        objects.scan(
            &format!("scan, {name}, UTF-16"),
            input,
            sg_offset_unit::Utf16,
        );
        objects.inspect(&format!("inspection, {name}"), input);
    }
}

/// A C program's handles, live until the process ends.
struct Objects {
    database: *mut sg_database,
    scratch: *mut sg_scratch,
    result: *mut sg_result,
}

impl Objects {
    fn new() -> Self {
        let mut objects = Self {
            database: ptr::null_mut(),
            scratch: ptr::null_mut(),
            result: ptr::null_mut(),
        };
        let none = ptr::null_mut();
        // SAFETY: the places are fields of a local.
        let made = unsafe {
            [
                sg_database_builtin(&raw mut objects.database, none),
                sg_scratch_new(&raw mut objects.scratch, none),
                sg_result_new(&raw mut objects.result, none),
            ]
        };
        assert_eq!(made, [sg_status::Ok; 3]);
        objects
    }

    fn scan(&self, name: &str, input: &[u8], unit: sg_offset_unit) {
        let mut scanner = Scanner::new(&builtin());
        let options = sg_scan_options {
            size: size_of::<sg_scan_options>(),
            offset_unit: unit as u32,
            min_confidence: 0,
            resolve: 0,
            reserved: 0,
        };
        let rust = || scanner.scan(black_box(input)).findings.len();
        let c = || {
            let input = black_box(input);
            let mut findings: *const sg_finding = ptr::null();
            let mut count = 0;
            // SAFETY: the handles are live until the process ends, the input and the options
            // meanwhile.
            unsafe {
                sg_scan(
                    self.database,
                    self.scratch,
                    input.as_ptr(),
                    input.len(),
                    &raw const options,
                    self.result,
                    ptr::null_mut(),
                );
                sg_result_findings(self.result, &raw mut findings, &raw mut count);
            }
            count
        };
        compare(name, rust, c);
    }

    fn inspect(&self, name: &str, input: &[u8]) {
        let database = builtin();
        let policy = read_policy(&Source::new("policy", POLICY)).expect("a policy");
        let guard = Guard::new(&database, policy).expect("it names no keys");
        let mut scanner = Scanner::new(&database);
        let known = Request::new(Channel::Prompt);
        let rust = || {
            let verdict = guard.inspect(&mut scanner, black_box(input), &known);
            verdict.text.map_or(0, |text| text.len())
        };
        let request = sg_request {
            size: size_of::<sg_request>(),
            channel: sg_channel::Prompt as u32,
            form: sg_form::Text as u32,
            offset_unit: sg_offset_unit::Bytes as u32,
            reserved: 0,
        };
        let mut guard = ptr::null_mut();
        // SAFETY: the database is live, the policy meanwhile, the place is a local.
        let made = unsafe {
            sg_guard_new(
                self.database,
                POLICY.as_ptr().cast(),
                POLICY.len(),
                ptr::null(),
                0,
                &raw mut guard,
                ptr::null_mut(),
            )
        };
        assert_eq!(made, sg_status::Ok);
        let c = || {
            let input = black_box(input);
            let mut text = ptr::null();
            let mut len = 0;
            // SAFETY: the handles are live until the process ends, the input and the request
            // meanwhile.
            unsafe {
                sg_guard_inspect(
                    guard,
                    self.scratch,
                    ptr::null_mut(),
                    &raw const request,
                    input.as_ptr(),
                    input.len(),
                    self.result,
                    ptr::null_mut(),
                );
                sg_result_text(self.result, &raw mut text, &raw mut len);
            }
            len
        };
        compare(name, rust, c);
    }
}

/// Times both in turns. What they return is the same.
fn compare(name: &str, mut rust: impl FnMut() -> usize, mut c: impl FnMut() -> usize) {
    assert_eq!(rust(), c());
    let (mut rust_ns, mut c_ns) = (u64::MAX, u64::MAX);
    for _ in 0..ROUNDS {
        rust_ns = rust_ns.min(timed(&mut rust));
        c_ns = c_ns.min(timed(&mut c));
    }
    let more = i128::from(c_ns) - i128::from(rust_ns);
    println!("{name}: Rust {rust_ns} ns, C {c_ns} ns, {more:+} ns");
}

/// Nanoseconds of one call.
fn timed(call: &mut impl FnMut() -> usize) -> u64 {
    let start = Instant::now();
    for _ in 0..CALLS {
        black_box(call());
    }
    (start.elapsed() / CALLS).as_nanos() as u64
}
