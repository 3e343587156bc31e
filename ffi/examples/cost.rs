//! What a call through the C interface costs above the call in Rust, on 1 KB of prose.
//!
//! `cargo run --release -p sluicegate-ffi --example cost`
//!
//! Both are timed in turns, and the best of each is told: what else the machine does only adds.

#![expect(unsafe_code, reason = "the functions that are timed are those of C")]

use std::hint::black_box;
use std::ptr;
use std::time::Instant;

use sluicegate::Scanner;
use sluicegate_ffi::{
    sg_database_builtin, sg_finding, sg_offset_unit, sg_result_findings, sg_result_new, sg_scan,
    sg_scan_options, sg_scratch_new, sg_status,
};

const ROUNDS: usize = 2000;
const CALLS: u32 = 10;

fn main() {
    let prose = "The committee met on the first of the month, and nothing was decided. ".repeat(15);
    let busy = "Grüße an alle! card 4111 1111 1111 1111, mail someone@example.org, ".repeat(15);
    for (name, text) in [("prose", prose), ("dense", busy)] {
        for (unit, unit_name) in [
            (sg_offset_unit::Bytes, "bytes"),
            (sg_offset_unit::Utf16, "UTF-16"),
        ] {
            compare(
                &format!("{name}, {unit_name}"),
                &text.as_bytes()[..1024],
                unit,
            );
        }
    }
}

fn compare(name: &str, input: &[u8], unit: sg_offset_unit) {
    let mut scanner = Scanner::new(&sluicegate_classifiers::builtin());
    let mut rust = || scanner.scan(black_box(input)).findings.len();

    let mut database = ptr::null_mut();
    let mut scratch = ptr::null_mut();
    let mut result = ptr::null_mut();
    let none = ptr::null_mut();
    // SAFETY: the places are locals.
    let made = unsafe {
        [
            sg_database_builtin(&raw mut database, none),
            sg_scratch_new(&raw mut scratch, none),
            sg_result_new(&raw mut result, none),
        ]
    };
    assert_eq!(made, [sg_status::Ok; 3]);
    let options = sg_scan_options {
        size: size_of::<sg_scan_options>(),
        offset_unit: unit as u32,
        min_confidence: 0,
    };
    let mut c = || {
        let input = black_box(input);
        let mut findings: *const sg_finding = ptr::null();
        let mut count = 0;
        // SAFETY: the handles are live until the process ends, the input and the options meanwhile.
        unsafe {
            sg_scan(
                database,
                scratch,
                input.as_ptr(),
                input.len(),
                &raw const options,
                result,
                none,
            );
            sg_result_findings(result, &raw mut findings, &raw mut count);
        }
        count
    };
    assert_eq!(rust(), c());

    let (mut rust_ns, mut c_ns) = (u64::MAX, u64::MAX);
    for _ in 0..ROUNDS {
        rust_ns = rust_ns.min(timed(&mut rust));
        c_ns = c_ns.min(timed(&mut c));
    }
    let more = i128::from(c_ns) - i128::from(rust_ns);
    println!(
        "{name}: {} findings, Rust {rust_ns} ns, C {c_ns} ns, {more:+} ns",
        rust()
    );
}

/// Nanoseconds of one call.
fn timed(call: &mut impl FnMut() -> usize) -> u64 {
    let start = Instant::now();
    for _ in 0..CALLS {
        black_box(call());
    }
    (start.elapsed() / CALLS).as_nanos() as u64
}
