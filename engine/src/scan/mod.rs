//! Bytes to candidates.
//!
//! | file | does |
//! |---|---|
//! | `candidate.rs` | one pass of the filters over the input, block by block |
//! | `nearby.rs` | keywords near a position, and what was passed over because none is |
//! | `scratch.rs` | every byte of mutable memory that a scan uses |
//! | `undecided.rs` | a part of an input of which more may come: which starts are decided |
//! | `terms.rs` | words: the terms of dictionaries |
//! | `indexed.rs` | the indexes beside a database |
//! | `group.rs` | findings of others that stand together: the findings of composites |
//! | `reference.rs` | the slow, obvious scanner that judges all the others |
//! | `reference_terms.rs` | its dictionaries of words |

mod candidate;
mod group;
mod indexed;
mod nearby;
pub(crate) use candidate::{Filters, Part, Sink, pass};
pub mod reference;
mod reference_terms;
mod scratch;
mod terms;
mod undecided;

pub(crate) use group::{Groups, Open, counts, value_hash};
pub(crate) use indexed::Indexed;
pub use scratch::Scratch;
use sluicegate_kernels::Kernel;
pub(crate) use terms::{Occurrence, Outcome as TermOutcome, Piece, TermMemory, TermSearch};
pub(crate) use undecided::{BEFORE, Decided, Decisions, Undecided, whole_character};

use crate::database::Database;
use crate::exact::RowMatch;
use crate::finding::{self, Finding};
use crate::fingerprint::{DocumentMatch, PassageMatch};
use crate::limits;
use crate::verify::confirm::Confirm;

/// What a scan found.
#[derive(Clone, Copy, Debug)]
pub struct Scan<'a> {
    /// Every finding, in the order (start, end, classifier index).
    pub findings: &'a [Finding],
    /// The rows of exact data whose cells are among the findings, in the order of their spans.
    pub rows: &'a [RowMatch],
    /// The passages of documents that are among the findings, in the order of their spans.
    pub passages: &'a [PassageMatch],
    /// How much the input holds of the documents that these are of.
    pub documents: &'a [DocumentMatch],
    /// Whether the whole input was inspected.
    pub completeness: Completeness,
}

/// Whether the whole input was inspected.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Completeness {
    /// All of it.
    Complete,
    /// Verification reached [`limits::STEPS_PER_BYTE`]; findings may be missing.
    Incomplete,
}

/// A database with the memory to use it: one for each thread.
///
/// ```
/// use sluicegate::{Scanner, compile, model::{Classifier, ClassifierId}};
///
/// let classifier = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let mut scanner = Scanner::new(&compile(&[classifier])?.database);
/// let scan = scanner.scan(b"see TICKET-1234 for more");
/// assert_eq!((scan.findings[0].start, scan.findings[0].end), (4, 15));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Scanner {
    database: Database,
    scratch: Scratch,
}

impl Scanner {
    /// A scanner that shares the database.
    pub fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
            scratch: Scratch::new(),
        }
    }

    /// The same with the instructions of this kernel, which finds the same at another speed.
    #[must_use]
    pub fn with_kernel(mut self, kernel: Kernel) -> Self {
        self.scratch.set_kernel(kernel);
        self
    }

    /// The instructions that the search kernels run in.
    pub fn kernel(&self) -> Kernel {
        self.scratch.kernel()
    }

    /// The database.
    pub fn database(&self) -> &Database {
        &self.database
    }

    /// Bytes of memory that the scanner holds apart from the database.
    pub fn scratch_bytes(&self) -> usize {
        self.scratch.bytes()
    }

    /// The memory, for streams of the same thread.
    pub fn scratch(&mut self) -> &mut Scratch {
        &mut self.scratch
    }

    /// Finds everything in the input.
    pub fn scan(&mut self, input: &[u8]) -> Scan<'_> {
        scan(&self.database, &mut self.scratch, input)
    }

    /// Finds what the indexes beside the database hold of the input, and nothing else.
    pub fn scan_indexes(&mut self, input: &[u8]) -> Scan<'_> {
        scan_indexes(&self.database, &mut self.scratch, input)
    }
}

/// Finds what the indexes beside the database hold of the input.
pub(crate) fn scan_indexes<'s>(
    database: &Database,
    scratch: &'s mut Scratch,
    input: &[u8],
) -> Scan<'s> {
    let Scratch {
        findings, indexed, ..
    } = scratch;
    findings.clear();
    indexed.begin(database);
    indexed.read(database, input, 0, false, findings);
    indexed.sort();
    finding::sort(findings);
    Scan {
        findings,
        rows: &indexed.rows,
        passages: &indexed.passages,
        documents: &indexed.shares,
        completeness: Completeness::Complete,
    }
}

/// Finds everything in the input, with memory that the caller owns.
pub fn scan<'s>(database: &Database, scratch: &'s mut Scratch, input: &[u8]) -> Scan<'s> {
    let sections = database.view();
    scratch.begin(input.len());
    let Scratch {
        memory,
        pending,
        findings,
        filters,
        indexed,
        groups,
        terms,
        term_memory,
        ..
    } = scratch;
    let mut confirm = Confirm {
        sections,
        input,
        memory,
        pending,
        findings,
        more: false,
    };
    for &detector in database.residual() {
        confirm.wait_everywhere(detector);
    }
    pass(database, input, Part::WHOLE, filters, &mut confirm);
    confirm.settle(None);
    let piece = Piece {
        database,
        input,
        base: 0,
        more: false,
    };
    terms.begin(database);
    terms.read(piece, term_memory, memory, findings);
    indexed.begin(database);
    indexed.read(database, input, 0, false, findings);
    indexed.sort();
    finding::sort(findings);
    let mut lasted = !memory.exhausted && !terms.exhausted;
    let composites = database.composites();
    if !composites.is_empty() {
        groups.begin(composites);
        for finding in &*findings {
            let bytes = &input[finding.start..finding.end];
            groups.take(composites, finding, bytes, finding.start, &mut memory.fuel);
        }
        groups.decide(composites, usize::MAX, &mut memory.fuel);
        lasted &= !groups.exhausted;
        findings.append(&mut groups.found);
        finding::sort(findings);
    }
    let completeness = if lasted {
        Completeness::Complete
    } else {
        Completeness::Incomplete
    };
    Scan {
        findings,
        rows: &indexed.rows,
        passages: &indexed.passages,
        documents: &indexed.shares,
        completeness,
    }
}

/// Steps that a scan of `len` bytes may spend.
fn fuel(len: usize) -> u64 {
    limits::STEPS_BASE.saturating_add(limits::STEPS_PER_BYTE.saturating_mul(len as u64))
}

impl Sink for Confirm<'_> {
    #[inline]
    fn candidate(&mut self, anchor: u32, at: usize, since: Option<usize>) {
        self.candidate(anchor, at, since);
    }

    #[inline]
    fn passed(&mut self, horizon: usize) {
        self.passed(horizon);
    }
}
