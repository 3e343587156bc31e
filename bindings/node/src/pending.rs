//! Units of findings in a text that arrives in pieces.

use sluicegate::Finding;

use crate::utf16::{to_units, units};

/// Room that is kept for the next piece, in bytes.
const ROOM: usize = 8192;

/// The end of a string in its UTF-8 form, in which findings may yet start, and how many units stand
/// before it.
#[derive(Default)]
pub(crate) struct Pending {
    text: Vec<u8>,
    /// Bytes before.
    base: usize,
    /// Units before.
    units: usize,
}

impl Pending {
    /// Takes the next piece, which cuts no character.
    pub(crate) fn push(&mut self, piece: &[u8]) {
        self.text.extend_from_slice(piece);
    }

    /// Turns offsets of the whole string from bytes to units.
    pub(crate) fn to_units(&self, findings: &mut [Finding]) {
        for finding in &mut *findings {
            finding.start -= self.base;
            finding.end -= self.base;
        }
        to_units(&self.text, findings);
        for finding in findings {
            finding.start += self.units;
            finding.end += self.units;
        }
    }

    /// Drops all but so many bytes at the end, and what else belongs to their first character.
    pub(crate) fn keep(&mut self, bytes: usize) {
        let continues = |&at: &usize| self.text.get(at).is_some_and(|byte| byte & 0xC0 == 0x80);
        let mut start = self.text.len().saturating_sub(bytes);
        while continues(&start) {
            start -= 1;
        }
        self.base += start;
        self.units += units(&self.text[..start]);
        self.text.drain(..start);
        if self.text.capacity() > ROOM && self.text.len() < ROOM / 2 {
            self.text.shrink_to(ROOM / 2);
        }
    }
}
