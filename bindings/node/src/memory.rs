//! What a scan works in, kept for the next: warm calls allocate nothing beyond their result.

use std::sync::{Mutex, PoisonError};

use sluicegate::{Completeness, Database, Finding, Scratch, scan};

use crate::input::Copied;
use crate::utf16::to_units;

/// What the offsets of a text's findings count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Bytes,
    Utf16,
}

/// What is scanned: any bytes, or the UTF-8 form of a string, whose offsets count UTF-16 units.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Text<'a> {
    pub(crate) bytes: &'a [u8],
    pub(crate) unit: Unit,
}

/// The memory of one scan at a time.
#[derive(Default)]
pub(crate) struct Memory {
    scratch: Scratch,
    /// The string that a single call scans.
    pub(crate) copied: Copied,
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
        inspect(
            &mut self.scratch,
            &mut self.found,
            database,
            text,
            min_confidence,
        )
    }

    /// The same for the string in `copied`.
    pub(crate) fn scan_copied(&mut self, database: &Database, min_confidence: u8) -> Completeness {
        let text = Text {
            bytes: &self.copied.bytes,
            unit: Unit::Utf16,
        };
        inspect(
            &mut self.scratch,
            &mut self.found,
            database,
            text,
            min_confidence,
        )
    }
}

fn inspect(
    scratch: &mut Scratch,
    found: &mut Vec<Finding>,
    database: &Database,
    text: Text<'_>,
    min_confidence: u8,
) -> Completeness {
    let scan = scan(database, scratch, text.bytes);
    let wanted = scan
        .findings
        .iter()
        .filter(|finding| finding.confidence >= min_confidence);
    found.clear();
    found.extend(wanted);
    if text.unit == Unit::Utf16 && !found.is_empty() {
        to_units(text.bytes, found);
    }
    scan.completeness
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
    pub(crate) fn put(&self, mut memory: Box<Memory>) {
        memory.copied.trim();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(memory);
    }
}
