//! Many texts, on many threads.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sluicegate::{Completeness, Database, Finding};

use crate::memory::{Asked, Pool, Text};

/// What a thread takes at once, in bytes: enough that taking costs nothing beside scanning, and
/// little enough that threads end together.
const BLOCK: usize = 1 << 16;

/// How texts are to be scanned.
#[derive(Clone, Copy)]
pub(crate) struct Task<'a> {
    pub(crate) database: &'a Database,
    pub(crate) pool: &'a Pool,
    /// 0 for as many as there are processors.
    pub(crate) threads: usize,
    pub(crate) min_confidence: u8,
}

/// What was found in texts.
#[derive(Default)]
pub(crate) struct Outcome {
    /// One after the other, text by text.
    pub(crate) findings: Vec<Finding>,
    /// How many of them each text has.
    pub(crate) counts: Vec<usize>,
    /// The texts that could not be inspected completely.
    pub(crate) incomplete: Vec<usize>,
}

impl Outcome {
    /// The findings of each text.
    pub(crate) fn each(&self) -> impl ExactSizeIterator<Item = &[Finding]> {
        let mut rest = &self.findings[..];
        self.counts.iter().map(move |&count| {
            let (head, tail) = rest.split_at(count);
            rest = tail;
            head
        })
    }
}

/// Scans texts. The outcome does not depend on the number of threads.
pub(crate) fn scan(task: Task<'_>, texts: &[Text<'_>]) -> Outcome {
    let blocks = blocks(texts);
    let wanted = match task.threads {
        0 => thread::available_parallelism().map_or(1, usize::from),
        threads => threads,
    };
    let threads = wanted.min(blocks.len());
    let next = AtomicUsize::new(0);
    let asked = Asked {
        min_confidence: task.min_confidence,
        resolve: false,
    };
    let work = || {
        let mut done = Vec::new();
        let mut memory = task.pool.take();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(block) = blocks.get(number) else {
                break;
            };
            let mut outcome = Outcome::default();
            for (text, index) in texts[block.clone()].iter().zip(block.clone()) {
                let completeness = memory.scan(*text, asked);
                outcome.findings.extend_from_slice(&memory.found);
                outcome.counts.push(memory.found.len());
                if completeness != Completeness::Complete {
                    outcome.incomplete.push(index);
                }
            }
            done.push((number, outcome));
        }
        task.pool.put(memory);
        done
    };
    // Threads are started for each call: a standing pool would not survive a fork.
    let mut parts = thread::scope(|scope| {
        let others: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut parts = work();
        for other in others {
            parts.extend(
                other
                    .join()
                    .unwrap_or_else(|panic| std::panic::resume_unwind(panic)),
            );
        }
        parts
    });
    parts.sort_unstable_by_key(|(number, _)| *number);
    let mut whole = Outcome::default();
    for (_, part) in parts {
        whole.findings.extend(part.findings);
        whole.counts.extend(part.counts);
        whole.incomplete.extend(part.incomplete);
    }
    whole
}

/// Cuts texts into runs of about `BLOCK` bytes.
fn blocks(texts: &[Text<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut bytes = 0;
    for (index, text) in texts.iter().enumerate() {
        bytes += text.bytes.len();
        if bytes >= BLOCK || index + 1 == texts.len() {
            blocks.push(start..index + 1);
            start = index + 1;
            bytes = 0;
        }
    }
    blocks
}
