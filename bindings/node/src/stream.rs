//! The findings of a text as it arrives.

use std::sync::Arc;

use napi::Result;
use napi::bindgen_prelude::{Unknown, Utf16String};
use napi_derive::napi;
use sluicegate::{Completeness, Finding, Settled};

use crate::database::{Database, Shared};
use crate::memory::{Memory, Unit};
use crate::packed;
use crate::pending::Pending;

/// A text that is scanned as it arrives. Its pieces are all strings or all buffers.
#[napi]
pub struct Stream {
    shared: Arc<Shared>,
    findings: sluicegate::Stream,
    pending: Pending,
    min_confidence: u8,
}

#[napi]
impl Database {
    /// A stream that gives findings of at least this confidence.
    #[napi(catch_unwind)]
    pub fn stream(&self, min_confidence: u8) -> Stream {
        Stream {
            shared: Arc::clone(&self.0),
            findings: sluicegate::Stream::new(&self.0.set),
            pending: Pending::default(),
            min_confidence,
        }
    }
}

#[napi]
impl Stream {
    /// Takes the next piece; gives the findings that it decides, packed, or nothing if there are
    /// none. A string cuts no pair of surrogates.
    #[napi(catch_unwind)]
    pub fn push(&mut self, piece: Unknown<'_>) -> Result<Option<Utf16String>> {
        let mut memory = self.shared.take();
        let Memory {
            scanner,
            copied,
            found,
        } = &mut *memory;
        let text = copied.text(&piece)?;
        let settled = self.findings.push(scanner.scratch(), text.bytes);
        take(settled, self.min_confidence, found);
        if text.unit == Unit::Utf16 {
            self.pending.push(text.bytes);
            self.pending.to_units(found);
            self.pending.keep(self.findings.held());
        }
        // Whether all could be inspected is told at the end.
        let packed = (!found.is_empty()).then(|| packed(found, Completeness::Complete));
        self.shared.pool.put(memory);
        Ok(packed)
    }

    /// Takes the end of the text; gives the rest of its findings.
    #[napi(catch_unwind)]
    pub fn finish(&mut self, is_string: bool) -> Utf16String {
        let mut memory = self.shared.take();
        let Memory { scanner, found, .. } = &mut *memory;
        let settled = self.findings.finish(scanner.scratch());
        let completeness = settled.completeness;
        take(settled, self.min_confidence, found);
        let pending = std::mem::take(&mut self.pending);
        if is_string {
            pending.to_units(found);
        }
        let packed = packed(found, completeness);
        self.shared.pool.put(memory);
        packed
    }

    /// Bytes that have come and in which findings may yet start.
    #[napi(getter, catch_unwind)]
    pub fn held(&self) -> u32 {
        self.findings.held() as u32
    }
}

fn take(settled: Settled<'_>, min_confidence: u8, found: &mut Vec<Finding>) {
    let wanted = |finding: &&Finding| finding.confidence >= min_confidence;
    found.clear();
    found.extend(settled.findings.iter().filter(wanted));
}

fn packed(found: &[Finding], completeness: Completeness) -> Utf16String {
    let mut units = Vec::new();
    packed::append(found, completeness, &mut units);
    units.into()
}
