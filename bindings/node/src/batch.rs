//! Many texts, on many threads.

use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use napi::bindgen_prelude::Utf16String;
use napi::{Env, Error, Result, Task};

use crate::database::Shared;
use crate::input::Texts;
use crate::memory::{Asked, Text};
use crate::packed;

/// What a thread takes at once, in bytes: enough that taking costs nothing beside scanning, and
/// little enough that threads end together.
const BLOCK: usize = 1 << 16;

/// Texts to scan, in the call or beside Node's own thread.
pub struct Batch {
    pub(crate) shared: Arc<Shared>,
    pub(crate) texts: Texts,
    /// 0 for as many as there are processors.
    pub(crate) threads: usize,
    pub(crate) min_confidence: u8,
}

impl Task for Batch {
    type Output = Vec<u16>;
    type JsValue = Utf16String;

    fn compute(&mut self) -> Result<Vec<u16>> {
        // A panic may not leave the library.
        catch_unwind(AssertUnwindSafe(|| self.scan()))
            .map_err(|_| Error::from_reason("the scan of a batch panicked"))
    }

    fn resolve(&mut self, _env: Env, packed: Vec<u16>) -> Result<Utf16String> {
        Ok(packed.into())
    }

    fn finally(self, env: Env) -> Result<()> {
        self.texts.release(env)
    }
}

impl Batch {
    /// What is found in each text, packed. It does not depend on the number of threads.
    fn scan(&self) -> Vec<u16> {
        let texts: Vec<Text<'_>> = self.texts.each().collect();
        let blocks = blocks(&texts);
        let wanted = match self.threads {
            0 => thread::available_parallelism().map_or(1, usize::from),
            threads => threads,
        };
        let threads = wanted.min(blocks.len());
        let next = AtomicUsize::new(0);
        let shared = &*self.shared;
        let asked = Asked {
            min_confidence: self.min_confidence,
            resolve: false,
        };
        let work = || {
            let mut done = Vec::new();
            let mut memory = shared.take();
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                let Some(block) = blocks.get(number) else {
                    break;
                };
                let mut units = Vec::new();
                for text in *block {
                    let completeness = memory.scan(*text, asked);
                    packed::append(&memory.found, completeness, &mut units);
                }
                done.push((number, units));
            }
            shared.pool.put(memory);
            done
        };
        // Threads are started for each call: a standing pool would outlive the workers of Node.
        let mut parts = thread::scope(|scope| {
            let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
            let mut parts = work();
            for other in others {
                parts.extend(other.join().unwrap_or_else(|panic| resume_unwind(panic)));
            }
            parts
        });
        parts.sort_unstable_by_key(|(number, _)| *number);
        let parts: Vec<_> = parts.into_iter().map(|(_, units)| units).collect();
        parts.concat()
    }
}

/// Cuts texts into runs of about `BLOCK` bytes.
fn blocks<'a, 'b>(texts: &'a [Text<'b>]) -> Vec<&'a [Text<'b>]> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut bytes = 0;
    for (index, text) in texts.iter().enumerate() {
        bytes += text.bytes.len();
        if bytes >= BLOCK || index + 1 == texts.len() {
            blocks.push(&texts[start..=index]);
            start = index + 1;
            bytes = 0;
        }
    }
    blocks
}
