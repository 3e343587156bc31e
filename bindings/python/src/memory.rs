//! What a scan works in, kept for the next: warm calls allocate nothing beyond their result.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use sluicegate::{Completeness, Database, Finding, Scanner, arbitrate};

use crate::offset::to_code_points;

/// What the offsets of a text's findings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Bytes,
    CodePoints,
}

/// What is scanned.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) unit: Unit,
}

/// Work on fewer bytes than this is done with the interpreter lock held: to let it go and take it
/// again was measured to cost 50 ns when nobody waits for it, a twentieth of such a scan, and a
/// wait when somebody does.
const KEEP_LOCK: usize = 512;

/// Does work on so many bytes, with the interpreter lock released where that is worth it.
pub(crate) fn detached<T: Send>(
    py: Python<'_>,
    bytes: usize,
    work: impl FnOnce() -> T + Send,
) -> T {
    if bytes < KEEP_LOCK {
        work()
    } else {
        py.detach(work)
    }
}

/// Which findings of a text are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Those of at least this confidence.
    pub(crate) min_confidence: u8,
    /// Of those that claim one value, the one that is most likely right.
    pub(crate) resolve: bool,
}

/// The memory of one scan at a time.
pub(crate) struct Memory {
    pub(crate) scanner: Scanner,
    /// What the last scan found, as the caller sees it.
    pub(crate) found: Vec<Finding>,
}

impl Memory {
    /// Scans a text for what is asked for.
    pub(crate) fn scan(&mut self, text: Text<'_>, asked: Asked) -> Completeness {
        let scan = self.scanner.scan(text.bytes);
        let completeness = scan.completeness;
        let wanted = scan
            .findings
            .iter()
            .filter(|finding| finding.confidence >= asked.min_confidence);
        self.found.clear();
        self.found.extend(wanted);
        if asked.resolve {
            let claims = arbitrate(self.scanner.database(), text.bytes, &self.found);
            self.found.clear();
            self.found.extend(claims.iter().map(|claim| claim.winner));
        }
        if text.unit == Unit::CodePoints {
            to_code_points(text.bytes, &mut self.found);
        }
        completeness
    }
}

/// Memories for a database that nobody uses at the moment: as many as there ever were scans at once.
pub(crate) struct Pool {
    database: Database,
    kept: Mutex<Vec<Box<Memory>>>,
}

impl Pool {
    /// Of this database, without any memory yet.
    pub(crate) fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
            kept: Mutex::default(),
        }
    }

    /// One of them, or a new one.
    pub(crate) fn take(&self) -> Box<Memory> {
        self.kept().pop().unwrap_or_else(|| {
            Box::new(Memory {
                scanner: Scanner::new(&self.database),
                found: Vec::new(),
            })
        })
    }

    /// Keeps it for the next scan.
    pub(crate) fn put(&self, memory: Box<Memory>) {
        self.kept().push(memory);
    }

    fn kept(&self) -> MutexGuard<'_, Vec<Box<Memory>>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
