//! Byte offsets to code points.

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use sluicegate::Finding;

use crate::memory::Unit;

/// Turns the offsets of findings in UTF-8 text from bytes to code points. A finding that begins or
/// ends inside a character takes all of it.
pub(crate) fn to_code_points<'f>(text: &[u8], findings: impl IntoIterator<Item = &'f mut Finding>) {
    let part = Part {
        text,
        bytes: 0,
        code_points: 0,
    };
    part.to_code_points(findings.into_iter().collect());
}

/// Bytes that a counter keeps room for, whatever large pieces came.
const ROOM: usize = 8192;

/// The offsets of a text that arrives in pieces.
pub(crate) struct Counter {
    unit: Unit,
    /// What later findings may reach into; nothing where bytes are counted.
    text: Vec<u8>,
    /// Bytes and code points before `text`.
    bytes: usize,
    code_points: usize,
}

impl Counter {
    /// At the beginning of a text.
    pub(crate) fn new(unit: Unit) -> Self {
        Self {
            unit,
            text: Vec::new(),
            bytes: 0,
            code_points: 0,
        }
    }

    /// That of a stream, which takes the unit of its first piece.
    pub(crate) fn of(counter: &mut Option<Self>, unit: Unit) -> PyResult<&mut Self> {
        let counter = counter.get_or_insert_with(|| Self::new(unit));
        if counter.unit == unit {
            return Ok(counter);
        }
        Err(PyTypeError::new_err(
            "the pieces of one text are all str or all bytes-like",
        ))
    }

    /// What it counts.
    pub(crate) fn unit(&self) -> Unit {
        self.unit
    }

    /// Takes the next bytes.
    pub(crate) fn push(&mut self, bytes: &[u8]) {
        if self.unit == Unit::CodePoints {
            self.text.extend_from_slice(bytes);
        }
    }

    /// Turns the offsets of findings into what is counted. Later findings start within the last
    /// `undecided` bytes, or behind them.
    pub(crate) fn settle<'f>(
        &mut self,
        findings: impl IntoIterator<Item = &'f mut Finding>,
        undecided: usize,
    ) {
        if self.unit == Unit::Bytes {
            return;
        }
        let part = Part {
            text: &self.text,
            bytes: self.bytes,
            code_points: self.code_points,
        };
        part.to_code_points(findings.into_iter().collect());
        let done = self.text.len().saturating_sub(undecided);
        self.code_points += count(&self.text[..done]);
        self.bytes += done;
        self.text.drain(..done);
        self.text.shrink_to(ROOM);
    }
}

/// A part of a text, behind so many bytes and code points.
struct Part<'t> {
    text: &'t [u8],
    bytes: usize,
    code_points: usize,
}

impl Part<'_> {
    fn to_code_points(&self, findings: Vec<&mut Finding>) {
        if findings.is_empty() || self.bytes == self.code_points && self.text.is_ascii() {
            return;
        }
        let bounds = findings
            .iter()
            .flat_map(|finding| [finding.start, finding.end]);
        let mut places: Vec<usize> = bounds.collect();
        places.sort_unstable();
        places.dedup();

        let mut from = 0;
        let mut begun = self.code_points;
        let begun: Vec<usize> = places
            .iter()
            .map(|&place| {
                let to = place - self.bytes;
                begun += count(&self.text[from..to]);
                from = to;
                begun
            })
            .collect();
        let begun_before = |place: usize| match places.binary_search(&place) {
            Ok(index) => begun[index],
            Err(_) => unreachable!("every bound is a place"),
        };
        for finding in findings {
            let inside = usize::from(!begins(self.text[finding.start - self.bytes]));
            finding.start = begun_before(finding.start).saturating_sub(inside);
            finding.end = begun_before(finding.end);
        }
    }
}

/// The characters that begin in a text.
fn count(text: &[u8]) -> usize {
    text.iter().filter(|&&byte| begins(byte)).count()
}

/// Whether a character begins with this byte.
fn begins(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
