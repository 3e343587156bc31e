//! Every byte of mutable memory that a scan uses.

use std::fmt;

use super::candidate::Filters;
use super::{Decided, Groups, Indexed, TermMemory, TermSearch, fuel};
use crate::verify::Memory;
use crate::verify::confirm::Pending;
use crate::{DocumentMatch, Finding, PassageMatch, RowMatch};
use sluicegate_kernels::Kernel;

/// Memory for scans, one for each thread. It fits any database and grows to what scans need.
#[derive(Default)]
pub struct Scratch {
    pub(crate) memory: Memory,
    pub(crate) pending: Pending,
    pub(crate) findings: Vec<Finding>,
    pub(crate) filters: Filters,
    /// Matches of a stream whose starts may be decided.
    pub(crate) decided: Vec<Decided>,
    /// Indexes in a scan; a stream has its own.
    pub(crate) indexed: Indexed,
    /// Rows that a stream gives out.
    pub(crate) rows: Vec<RowMatch>,
    /// Passages of documents that a stream gives out, and at its end what it held of them.
    pub(crate) passages: Vec<PassageMatch>,
    pub(crate) shares: Vec<DocumentMatch>,
    /// Terms in a scan; a stream has its own.
    pub(crate) terms: TermSearch,
    pub(crate) term_memory: TermMemory,
    /// Groups of a scan; a stream has its own.
    pub(crate) groups: Groups,
}

impl Scratch {
    /// Memory that has not been used.
    pub fn new() -> Self {
        Self::default()
    }

    /// The instructions that the search kernels run in: the fastest of this processor unless set.
    pub fn kernel(&self) -> Kernel {
        self.filters.kernel
    }

    /// Makes the search kernels run in these instructions, which find the same at another speed.
    pub fn set_kernel(&mut self, kernel: Kernel) {
        self.filters.kernel = kernel;
    }

    /// Bytes held.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.memory.bytes()
            + self.pending.bytes()
            + self.filters.bytes()
            + self.findings.capacity() * size_of::<Finding>()
            + self.decided.capacity() * size_of::<Decided>()
            + self.indexed.bytes()
            + self.terms.bytes()
            + self.term_memory.bytes()
            + self.rows.capacity() * size_of::<RowMatch>()
            + self.passages.capacity() * size_of::<PassageMatch>()
            + self.shares.capacity() * size_of::<DocumentMatch>()
            + self.groups.bytes()
    }

    /// Makes ready for an input of this length. Takes the same time whatever the database.
    pub(super) fn begin(&mut self, len: usize) {
        self.memory.refill(fuel(len));
        self.pending.clear();
        self.findings.clear();
    }

    /// Makes ready for what a push of a stream gives out.
    pub(crate) fn begin_push(&mut self) {
        self.findings.clear();
        self.rows.clear();
        self.passages.clear();
        self.shares.clear();
    }
}

impl fmt::Debug for Scratch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Scratch")
            .field("bytes", &self.bytes())
            .finish_non_exhaustive()
    }
}
