//! Every byte of mutable memory that a scan uses.

use std::fmt;

use super::candidate::Blocks;
use super::fuel;
use crate::Finding;
use crate::verify::Memory;
use crate::verify::confirm::Pending;

/// Memory for scans, one for each thread. It fits any database and grows to what scans need.
#[derive(Default)]
pub struct Scratch {
    pub(super) memory: Memory,
    pub(super) pending: Pending,
    pub(super) findings: Vec<Finding>,
    pub(super) blocks: Blocks,
}

impl Scratch {
    /// Memory that has not been used.
    pub fn new() -> Self {
        Self::default()
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.memory.bytes()
            + self.pending.bytes()
            + self.blocks.bytes()
            + self.findings.capacity() * size_of::<Finding>()
    }

    /// Makes ready for an input of this length. Takes the same time whatever the database.
    pub(super) fn begin(&mut self, len: usize) {
        self.memory.refill(fuel(len));
        self.pending.clear();
        self.findings.clear();
        self.blocks.clear();
    }
}

impl fmt::Debug for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scratch")
            .field("bytes", &self.bytes())
            .finish_non_exhaustive()
    }
}
