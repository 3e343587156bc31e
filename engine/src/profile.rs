//! What each detector costs on an input, counted in operations; and the stages of a scan apart, for
//! callers that have a clock.

use sluicegate_kernels::gram::GramHits;
use sluicegate_kernels::shape::ShapeHits;
use sluicegate_kernels::{Kernel, Padding, SPAN, Window};

use crate::ClassifierIndex;
use crate::database::Database;
use crate::scan::{Filters, Part, Piece, Scratch, Sink, pass, scan_indexes};
use crate::verify::confirm::Confirm;

/// Work that one detector caused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cost {
    /// Whose detector.
    pub classifier: ClassifierIndex,
    /// Number of the detector in its classifier.
    pub detector: usize,
    /// Places at which the filters saw an anchor and its check passed.
    pub candidates: u64,
    /// Candidates around which the pattern may match.
    pub survivors: u64,
    /// Steps that verification took to tell.
    pub steps: u64,
}

/// What each detector costs on an input, the dearest first; detectors that cost nothing are left
/// out. The counts are those of one scan and the same on every machine.
///
/// ```
/// use sluicegate::{compile, profile, model::{Classifier, ClassifierId}};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?).with_regex(r"TICKET-[0-9]{4}\b");
/// let database = compile(&[ticket])?.database;
/// let costs = profile(&database, b"TICKET-1234 and TICKET-12345");
/// assert_eq!((costs[0].candidates, costs[0].survivors), (2, 1));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn profile(database: &Database, input: &[u8]) -> Vec<Cost> {
    let sections = database.view();
    let (mut memory, mut pending, mut findings) = Default::default();
    crate::verify::Memory::refill(&mut memory, u64::MAX);
    let confirm = Confirm {
        sections,
        input,
        memory: &mut memory,
        pending: &mut pending,
        findings: &mut findings,
        more: false,
    };
    let costs = sections
        .detectors
        .iter()
        .enumerate()
        .map(|(number, detector)| {
            let classifier = ClassifierIndex(detector.classifier.get());
            let first = sections.classifiers[classifier.0 as usize]
                .detectors
                .bounds()
                .start;
            Cost {
                classifier,
                detector: number - first,
                candidates: 0,
                survivors: 0,
                steps: 0,
            }
        });
    let mut counter = Counter {
        costs: costs.collect(),
        confirm,
    };
    pass(
        database,
        input,
        Part::WHOLE,
        &mut Filters::default(),
        &mut counter,
    );
    counter.search(database.residual());
    let mut costs = counter.costs;
    costs.retain(|cost| cost.candidates > 0 || cost.steps > 0);
    costs.sort_by_key(|cost| {
        (
            std::cmp::Reverse(cost.steps),
            cost.classifier,
            cost.detector,
        )
    });
    costs
}

struct Counter<'a> {
    confirm: Confirm<'a>,
    costs: Vec<Cost>,
}

impl Sink for Counter<'_> {
    fn candidate(&mut self, anchor: u32, at: usize, since: Option<usize>) {
        let detector = self.confirm.sections.anchors[anchor as usize]
            .detector
            .get();
        let cost = &mut self.costs[detector as usize];
        let (waiting, steps) = (
            self.confirm.pending.intervals.len(),
            self.confirm.memory.steps,
        );
        self.confirm.candidate(anchor, at, since);
        cost.candidates += 1;
        cost.survivors += (self.confirm.pending.intervals.len() - waiting) as u64;
        cost.steps += self.confirm.memory.steps - steps;
    }

    fn passed(&mut self, _horizon: usize) {}
}

impl Counter<'_> {
    /// Searches the starts of one detector after the other, so that each pays for its own.
    fn search(&mut self, residual: &[u32]) {
        let mut intervals = std::mem::take(&mut self.confirm.pending.intervals);
        intervals.sort_unstable();
        for waiting in intervals.chunk_by(|a, b| a.detector == b.detector) {
            self.confirm.pending.intervals.extend_from_slice(waiting);
            self.settle(waiting[0].detector);
        }
        for &number in residual {
            self.confirm.wait_everywhere(number);
            self.settle(number);
        }
    }

    fn settle(&mut self, detector: u32) {
        let steps = self.confirm.memory.steps;
        self.confirm.settle(None);
        self.costs[detector as usize].steps += self.confirm.memory.steps - steps;
    }
}

/// A part of a scan that can be run by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// The gram filter over every byte.
    Grams,
    /// The shape filter over every byte.
    Shapes,
    /// Both filters, and the check of what they see.
    Candidates,
    /// The terms of dictionaries of words.
    Terms,
    /// The indexes of exact data and documents.
    Indexes,
}

/// The stages of a scan but verification, with their memory. A caller that has a clock takes the
/// time of each; the rest of a scan's time is verification.
///
/// ```
/// use sluicegate::{Kernel, Stage, Stages, compile, model::{Classifier, ClassifierId}};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?).with_regex(r"TICKET-[0-9]{4}\b");
/// let database = compile(&[ticket])?.database;
/// let mut stages = Stages::new(&database, Kernel::best());
/// assert_eq!(stages.run(Stage::Candidates, b"TICKET-1234 and TICKET-12345"), 2);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub struct Stages {
    database: Database,
    kernel: Kernel,
    grams: GramHits,
    shapes: ShapeHits,
    padding: Padding,
    filters: Filters,
    /// For terms and indexes.
    scratch: Scratch,
}

impl Stages {
    /// The stages of scans with this database, in the instructions of the kernel.
    pub fn new(database: &Database, kernel: Kernel) -> Self {
        let mut filters = Filters::default();
        filters.kernel = kernel;
        Self {
            database: database.clone(),
            kernel,
            grams: GramHits::default(),
            shapes: ShapeHits::default(),
            padding: Padding::default(),
            filters,
            scratch: Scratch::new(),
        }
    }

    /// Runs one stage over the input, and counts what it hands on: places of a filter, candidates,
    /// findings.
    pub fn run(&mut self, stage: Stage, input: &[u8]) -> u64 {
        match stage {
            Stage::Grams => self.grams(input),
            Stage::Shapes => self.shapes(input),
            Stage::Candidates => {
                let mut counter = Candidates(0);
                pass(
                    &self.database,
                    input,
                    Part::WHOLE,
                    &mut self.filters,
                    &mut counter,
                );
                counter.0
            }
            Stage::Terms => self.terms(input),
            Stage::Indexes => {
                let scan = scan_indexes(&self.database, &mut self.scratch, input);
                scan.findings.len() as u64
            }
        }
    }

    fn terms(&mut self, input: &[u8]) -> u64 {
        let Scratch {
            terms,
            term_memory,
            memory,
            findings,
            ..
        } = &mut self.scratch;
        memory.refill(u64::MAX);
        findings.clear();
        terms.begin(&self.database);
        let piece = Piece {
            database: &self.database,
            input,
            base: 0,
            more: false,
        };
        terms.read(piece, term_memory, memory, findings);
        findings.len() as u64
    }

    fn grams(&mut self, input: &[u8]) -> u64 {
        let sections = self.database.view();
        if sections.gram_uses.is_empty() {
            return 0;
        }
        let filters = sections.filters();
        let spans = (0..input.len()).step_by(SPAN).map(|start| {
            let window = Window::new(input, start, &mut self.padding);
            filters.search(self.kernel, &window, &mut self.grams);
            let bits = self.grams.long.bits.iter().chain(&self.grams.short.bits);
            u64::from(bits.map(|bits| bits.count_ones()).sum::<u32>())
        });
        spans.sum()
    }

    fn shapes(&mut self, input: &[u8]) -> u64 {
        let shapes = self.database.shapes();
        if shapes.is_empty() {
            return 0;
        }
        let spans = (0..input.len()).step_by(SPAN).map(|start| {
            let window = Window::new(input, start, &mut self.padding);
            shapes.search(self.kernel, &window, &mut self.shapes);
            self.shapes.iter().count() as u64
        });
        spans.sum()
    }
}

impl std::fmt::Debug for Stages {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Stages")
            .field("database", &self.database)
            .field("kernel", &self.kernel)
            .finish_non_exhaustive()
    }
}

/// Counts candidates and does nothing with them.
struct Candidates(u64);

impl Sink for Candidates {
    fn candidate(&mut self, _anchor: u32, _at: usize, _since: Option<usize>) {
        self.0 += 1;
    }

    fn passed(&mut self, _horizon: usize) {}
}
