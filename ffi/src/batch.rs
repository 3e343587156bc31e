//! Many buffers.

use std::num::NonZero;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::database::Shared;
use crate::options::Options;
use crate::result::Contents;
use crate::scratch::{Memory, Worker};
use crate::{
    boundary, handle, sg_database, sg_error, sg_finding, sg_item, sg_result, sg_scan_options,
    sg_scratch, sg_status,
};

/// A buffer of the caller's. NULL will do for an empty one.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct sg_buffer {
    /// The first byte.
    pub bytes: *const u8,
    /// Number of bytes.
    pub len: usize,
}

// SAFETY: nobody writes to what the pointer leads to while the call runs, by the caller's promise;
// reading it is the same in every thread.
unsafe impl Sync for sg_buffer {}

impl sg_buffer {
    /// # Safety
    /// That of [`handle::array`]; and `Ok` once means `Ok` always.
    unsafe fn input<'a>(&self) -> Result<&'a [u8], crate::error::Failure> {
        // SAFETY: the caller's promise.
        unsafe { handle::array(self.bytes, self.len, "bytes of a buffer") }
    }
}

/// What one thread of a batch has.
#[derive(Default)]
pub(crate) struct Part {
    worker: Worker,
    findings: Vec<sg_finding>,
    /// Number of the buffer, and which of the thread's findings are its.
    items: Vec<(usize, sg_item)>,
}

/// What all threads of a batch read.
#[derive(Clone, Copy)]
struct Work<'a> {
    shared: &'a Shared,
    options: Options,
    buffers: &'a [sg_buffer],
    /// The next buffer that no thread has taken.
    next: &'a AtomicUsize,
    /// How many buffers a thread takes at once.
    take: usize,
}

/// Most threads of a call: more than any processor of today has, and few enough to start.
const MAX_THREADS: usize = 1024;
/// How often each thread comes back for more, so that none has long to wait for the last.
const ROUNDS: usize = 8;
/// Most buffers that are taken at once: short messages take microseconds, a turn some nanoseconds.
const MAX_TAKE: usize = 64;

impl Work<'_> {
    fn run(self, part: &mut Part) {
        loop {
            let from = self.next.fetch_add(self.take, Ordering::Relaxed);
            let to = self.buffers.len().min(from + self.take);
            if from >= to {
                return;
            }
            for number in from..to {
                // SAFETY: every buffer was checked before the first was read; the rest is the
                // promise of the program's call.
                let input = unsafe { self.buffers[number].input() }.unwrap_or_default();
                let findings = &mut part.findings;
                let item = part.worker.scan(self.shared, self.options, input, findings);
                part.items.push((number, item));
            }
        }
    }
}

/// Scans with several threads, and brings their findings into the order of the buffers.
fn scan_together(
    shared: &Shared,
    options: Options,
    buffers: &[sg_buffer],
    threads: usize,
    memory: &mut Memory,
    result: &mut Contents,
) {
    let Memory { parts, order, .. } = memory;
    parts.resize_with(threads.max(parts.len()), Part::default);
    let parts = &mut parts[..threads];
    for part in &mut *parts {
        part.findings.clear();
        part.items.clear();
    }
    let work = Work {
        shared,
        options,
        buffers,
        next: &AtomicUsize::new(0),
        take: (buffers.len() / (threads * ROUNDS)).clamp(1, MAX_TAKE),
    };
    thread::scope(|scope| {
        let mut parts = parts.iter_mut();
        let own = parts.next();
        let mut started = Vec::with_capacity(threads);
        for part in parts {
            match thread::Builder::new().spawn_scoped(scope, move || work.run(part)) {
                Ok(thread) => started.push(thread),
                // Where the system has no more threads, those that run do all the work.
                Err(_) => break,
            }
        }
        if let Some(own) = own {
            work.run(own);
        }
        for thread in started {
            // The scope waits for the work only; a caller may unload the library once we return, so
            // the threads have to be gone.
            if let Err(panic) = thread.join() {
                resume_unwind(panic);
            }
        }
    });
    order.clear();
    for (thread, part) in parts.iter().enumerate() {
        order.extend(
            part.items
                .iter()
                .map(|&(number, item)| (number, thread, item)),
        );
    }
    order.sort_unstable_by_key(|&(number, ..)| number);
    for &(_, thread, item) in &*order {
        let first = result.findings.len();
        let found = &parts[thread].findings[item.first..item.first + item.count];
        result.findings.extend_from_slice(found);
        result.items.push(sg_item { first, ..item });
    }
}

/// Scans many buffers, which are read in place, with up to `threads` threads, or as many as there
/// are processors where it is 0. `result` is filled anew, with the same for every number of threads;
/// when the call fails it keeps what it has. With one thread it takes no memory once `scratch` and
/// `result` have seen inputs like these.
///
/// # Safety
/// `database`, `scratch` and `result` are NULL or live objects of this library; `buffers` is NULL or
/// to `count` buffers, their pointers to as many bytes as they say; `options` is NULL or to as many
/// bytes as its `size` says; `error` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_scan_batch(
    database: *const sg_database,
    scratch: *mut sg_scratch,
    buffers: *const sg_buffer,
    count: usize,
    threads: u32,
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
        let buffers = unsafe { handle::array(buffers, count, "buffers") }?;
        for buffer in buffers {
            // SAFETY: the caller's promise.
            unsafe { buffer.input() }?;
        }
        // SAFETY: the caller's promise is that of `read`.
        let options = unsafe { Options::read(options) }?;
        // SAFETY: as above.
        let result = unsafe { handle::borrow(result) }?;
        let mut memory = handle::lock(&scratch.0, "sg_scratch")?;
        let mut held = handle::lock(&result.0, "sg_result")?;
        held.begin(&database.0);
        let threads = match threads {
            0 => thread::available_parallelism().map_or(1, NonZero::get),
            _ => threads as usize,
        };
        let threads = threads.min(buffers.len()).min(MAX_THREADS);
        if threads > 1 {
            scan_together(
                &database.0,
                options,
                buffers,
                threads,
                &mut memory,
                &mut held,
            );
        } else {
            let Contents {
                findings, items, ..
            } = &mut *held;
            for buffer in buffers {
                // SAFETY: the caller's promise.
                let input = unsafe { buffer.input() }?;
                let item = memory.worker.scan(&database.0, options, input, findings);
                items.push(item);
            }
        }
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}
