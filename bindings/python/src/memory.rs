//! What a scan works in, kept for the next: warm calls allocate nothing beyond their result.

use std::sync::{Mutex, PoisonError};

use sluicegate::{Completeness, Database, Finding, Scratch, scan};

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

/// The memory of one scan at a time.
#[derive(Default)]
pub(crate) struct Memory {
    scratch: Scratch,
    /// What the last scan found, as the caller sees it.
    pub(crate) found: Vec<Finding>,
}

impl Memory {
    /// Scans a text for findings of at least this confidence.
    pub(crate) fn scan(
        &mut self,
        database: &Database,
        text: Text<'_>,
        min_confidence: u8,
    ) -> Completeness {
        let scan = scan(database, &mut self.scratch, text.bytes);
        let wanted = scan
            .findings
            .iter()
            .filter(|finding| finding.confidence >= min_confidence);
        self.found.clear();
        self.found.extend(wanted);
        if text.unit == Unit::CodePoints {
            to_code_points(text.bytes, &mut self.found);
        }
        scan.completeness
    }
}

/// Memories that nobody uses at the moment: as many as there ever were scans at once.
#[derive(Default)]
pub(crate) struct Pool(Mutex<Vec<Box<Memory>>>);

impl Pool {
    /// One of them, or a new one.
    pub(crate) fn take(&self) -> Box<Memory> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_default()
    }

    /// Keeps it for the next scan.
    pub(crate) fn put(&self, memory: Box<Memory>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(memory);
    }
}
