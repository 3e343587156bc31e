//! What a call works in, kept for the next: warm calls allocate nothing beyond their result.

use std::sync::{Mutex, PoisonError};

use sluicegate::{Completeness, Database, Finding, Scanner, arbitrate};

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

/// Which findings of a text are asked for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Asked {
    /// Those of at least this confidence.
    pub(crate) min_confidence: u8,
    /// Of those that claim one value, the one that is most likely right.
    pub(crate) resolve: bool,
}

/// The memory of one call at a time.
pub(crate) struct Memory {
    pub(crate) scanner: Scanner,
    /// The string that the call was given.
    pub(crate) copied: Copied,
    /// What the last scan found, as the caller sees it.
    pub(crate) found: Vec<Finding>,
}

impl Memory {
    fn new(database: &Database) -> Self {
        Self {
            scanner: Scanner::new(database),
            copied: Copied::default(),
            found: Vec::new(),
        }
    }

    /// Scans a text for what is asked for.
    pub(crate) fn scan(&mut self, text: Text<'_>, asked: Asked) -> Completeness {
        inspect(&mut self.scanner, &mut self.found, text, asked)
    }

    /// The same for the string in `copied`.
    pub(crate) fn scan_copied(&mut self, asked: Asked) -> Completeness {
        let text = Text {
            bytes: &self.copied.bytes,
            unit: Unit::Utf16,
        };
        inspect(&mut self.scanner, &mut self.found, text, asked)
    }
}

fn inspect(
    scanner: &mut Scanner,
    found: &mut Vec<Finding>,
    text: Text<'_>,
    asked: Asked,
) -> Completeness {
    let scan = scanner.scan(text.bytes);
    let completeness = scan.completeness;
    let wanted = scan
        .findings
        .iter()
        .filter(|finding| finding.confidence >= asked.min_confidence);
    found.clear();
    found.extend(wanted);
    if asked.resolve {
        let claims = arbitrate(scanner.database(), text.bytes, found);
        found.clear();
        found.extend(claims.iter().map(|claim| claim.winner));
    }
    if text.unit == Unit::Utf16 && !found.is_empty() {
        to_units(text.bytes, found);
    }
    completeness
}

/// Memories of one database that nobody uses at the moment: as many as there ever were calls at
/// once.
#[derive(Default)]
pub(crate) struct Pool(Mutex<Vec<Box<Memory>>>);

impl Pool {
    /// One of them, or a new one.
    pub(crate) fn take(&self, database: &Database) -> Box<Memory> {
        let kept = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop();
        kept.unwrap_or_else(|| Box::new(Memory::new(database)))
    }

    /// Keeps it for the next call.
    pub(crate) fn put(&self, mut memory: Box<Memory>) {
        memory.copied.trim();
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.push(memory);
    }
}
