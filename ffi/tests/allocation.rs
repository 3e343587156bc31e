//! Once scratch and result have seen inputs of a kind, a call takes no memory.

#![expect(
    unsafe_code,
    reason = "the functions under test are those of C, and the trait of allocators is unsafe"
)]

mod program;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

use program::Program;
use sluicegate_ffi::{sg_buffer, sg_offset_unit};

/// The system's allocator, counting what the thread asks of it.
struct Counting;

thread_local! {
    /// Neither lazy nor dropped, so it needs no memory itself.
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

fn count() {
    // What a thread does while it ends is not counted.
    let _ = COUNT.try_with(|count| count.set(count.get() + 1));
}

// SAFETY: every call is handed on to the system's allocator as it came, and its answer handed back.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller promises what `System` asks for.
        unsafe { System.alloc(layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count();
        // SAFETY: the caller promises what `System` asks for; the memory is from `System`.
        unsafe { System.realloc(memory, layout, size) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        count();
        // SAFETY: the caller promises what `System` asks for; the memory is from `System`.
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const UNITS: [sg_offset_unit; 3] = [
    sg_offset_unit::Bytes,
    sg_offset_unit::CodePoints,
    sg_offset_unit::Utf16,
];

#[test]
fn a_warm_call_takes_no_memory() {
    let texts = [
        "Grüße: card 4111 1111 1111 1111, mail someone@example.org\n".repeat(40),
        "card 4111 1111 1111 1111\n".repeat(40),
        "nothing to see here. ".repeat(100),
    ];
    let buffers: Vec<sg_buffer> = texts
        .iter()
        .map(|text| sg_buffer {
            bytes: text.as_ptr(),
            len: text.len(),
        })
        .collect();
    let mut program = Program::new(&sluicegate_classifiers::builtin());
    let mut findings = 0;
    let mut round = || {
        let before = COUNT.get();
        for text in &texts {
            for unit in UNITS {
                findings += program.scan(text.as_bytes(), unit).len();
            }
        }
        findings += program.scan_batch(&buffers, 1).0.len();
        COUNT.get() - before
    };
    assert!(
        round() > 0,
        "the first calls take memory, or nothing is shown"
    );
    round();
    assert_eq!(round(), 0);
    assert!(findings > 0);
}

#[test]
fn a_warm_stream_takes_no_memory() {
    let text = "Hello, card 4111 1111 1111 1111, mail someone@example.org\n".repeat(40);
    let mut program = Program::new(&sluicegate_classifiers::builtin());
    let mut findings = 0;
    let mut round = || {
        let before = COUNT.get();
        for piece in text.as_bytes().chunks(7) {
            findings += program.advance(Some(piece)).len();
        }
        COUNT.get() - before
    };
    assert!(
        round() > 0,
        "the first calls take memory, or nothing is shown"
    );
    round();
    assert_eq!(round(), 0);
    assert!(findings > 0);
}
