//! Chunks to the findings that the whole input would give.
//!
//! Each push searches what is not decided yet, and stops at the first start of a match that more
//! input could still change: the earliest live start. Everything before it is settled: its findings
//! are final and its bytes can be passed on. Nothing is guessed from a fixed tail but the last few
//! bytes, within which the filters see no anchor yet.
//!
//! What makes a start live is asked of the programs that search it: whether one looked behind the
//! end of the input. Which starts must be asked is known from the anchors in sight, and from the
//! leads of the detectors whose anchors stand far into a match ([`crate::database::Leads`]).

use crate::database::record::LeadRecord;
use crate::database::{Database, Neighbour};
use crate::finding::{self, Finding};
use crate::limits;
use crate::scan::{Completeness, Filters, Part, Scratch, Sink, pass};
use crate::verify::confirm::{Confirm, Interval, Outcome};
use crate::verify::context::{self, Verdict};
use crate::{ClassifierIndex, View};

/// One input that arrives in pieces.
///
/// However the input is cut, the findings are those of the whole. A stream holds the bytes that are
/// not settled, at most [`limits::MAX_LEN`] and usually a few, and some context before them.
///
/// ```
/// use sluicegate::{Scratch, Stream, compile, model::{Classifier, ClassifierId}};
///
/// let ticket = Classifier::new(ClassifierId::new("custom.ticket")?)
///     .with_regex(r"\bTICKET-[0-9]{4}\b");
/// let database = compile(&[ticket])?.database;
/// let (mut scratch, mut stream) = (Scratch::new(), Stream::new(&database));
/// assert!(stream.push(&mut scratch, b"see TICK").findings.is_empty());
/// assert!(stream.push(&mut scratch, b"ET-1234").findings.is_empty());
/// let settled = stream.finish(&mut scratch);
/// assert_eq!((settled.findings[0].start, settled.findings[0].end), (4, 15));
/// assert_eq!(settled.end, 15);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug)]
pub struct Stream {
    database: Database,
    /// Context, and behind it what is not settled.
    buffer: Vec<u8>,
    /// Where the buffer starts in the input.
    base: usize,
    /// Where in the input starts of matches are not decided yet.
    from: usize,
    /// Where the search of a detector goes on in the input, for those that matched past `from`.
    resume: Vec<(u32, usize)>,
    /// A detector whose match at `from` more input may change: as long as one is, nothing is settled.
    live: Option<u32>,
    /// Findings that are decided and start behind `from`.
    ready: Vec<Finding>,
    /// Steps that are left.
    fuel: u64,
    completeness: Completeness,
}

/// What a push has settled.
#[derive(Clone, Copy, Debug)]
pub struct Settled<'a> {
    /// The findings that start before `end` and have not been given before, in the order of a scan.
    /// Offsets count from the start of the input.
    pub findings: &'a [Finding],
    /// Offset in the input up to which no later finding starts. Never inside a UTF-8 character of
    /// valid input.
    pub end: usize,
    /// Whether everything so far was inspected.
    pub completeness: Completeness,
}

/// Bytes that are taken in at a time: what a flood of candidates can hold of memory is bounded.
const PIECE: usize = 4096;
/// Bytes before the first undecided one that assertions, neighbours and words are read from.
const BEFORE: usize = 64;
/// A buffer larger than this is made smaller once its bytes are settled.
const ROOM: usize = 8192;

impl Stream {
    /// A stream at its beginning.
    pub fn new(database: &Database) -> Self {
        Self {
            database: database.clone(),
            buffer: Vec::new(),
            base: 0,
            from: 0,
            resume: Vec::new(),
            live: None,
            ready: Vec::new(),
            fuel: limits::STEPS_BASE,
            completeness: Completeness::Complete,
        }
    }

    /// Bytes that have come and are not settled.
    pub fn held(&self) -> usize {
        self.base + self.buffer.len() - self.from
    }

    /// Bytes of memory that the stream holds.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.buffer.capacity()
            + self.resume.capacity() * size_of::<(u32, usize)>()
            + self.ready.capacity() * size_of::<Finding>()
    }

    /// Takes in the next bytes of the input and settles what they decide.
    pub fn push<'s>(&mut self, scratch: &'s mut Scratch, bytes: &[u8]) -> Settled<'s> {
        scratch.findings.clear();
        for piece in bytes.chunks(PIECE) {
            self.buffer.extend_from_slice(piece);
            let fuel = limits::STEPS_PER_BYTE.saturating_mul(piece.len() as u64);
            self.fuel = self.fuel.saturating_add(fuel);
            self.advance(scratch, true);
        }
        self.settled(scratch)
    }

    /// Settles the rest: the input ends here. The stream is then at the beginning of another.
    pub fn finish<'s>(&mut self, scratch: &'s mut Scratch) -> Settled<'s> {
        scratch.findings.clear();
        self.advance(scratch, false);
        let settled = self.settled(scratch);
        *self = Self::new(&self.database);
        settled
    }

    fn settled<'s>(&self, scratch: &'s Scratch) -> Settled<'s> {
        Settled {
            findings: &scratch.findings,
            end: self.from,
            completeness: self.completeness,
        }
    }

    /// Decides the starts up to the earliest live one.
    fn advance(&mut self, scratch: &mut Scratch, more: bool) {
        let database = self.database.clone();
        let Scratch {
            memory,
            pending,
            filters,
            decided,
            ..
        } = scratch;
        memory.refill(self.fuel);
        pending.clear();
        let mut found = Vec::new();
        let mut search = Search {
            stream: self,
            more,
            live: None,
            confirm: Confirm {
                sections: database.view(),
                input: &self.buffer,
                memory,
                pending,
                findings: &mut found,
                more,
            },
        };
        let to = search.search(&database, filters, decided);
        let fuel = search.confirm.memory.fuel;
        let live = search.live;
        if search.confirm.memory.exhausted {
            self.completeness = Completeness::Incomplete;
        }
        self.fuel = fuel;
        self.live = live;
        self.take(to, decided, &mut scratch.findings);
        self.forget();
    }

    /// Takes over what was decided at starts before `to`, an offset of the buffer.
    fn take(&mut self, to: usize, decided: &mut Vec<Decided>, findings: &mut Vec<Finding>) {
        let (base, end) = (self.base, self.base + to);
        self.resume.retain(|&(_, resume)| resume > end);
        for match_ in decided.drain(..).filter(|match_| match_.start < to) {
            self.ready.extend(match_.finding.map(|finding| Finding {
                start: base + finding.start,
                end: base + finding.end,
                ..finding
            }));
            let resume = base + match_.end;
            if resume > end {
                self.resume.retain(|&(other, _)| other != match_.detector);
                self.resume.push((match_.detector, resume));
            }
        }
        self.from = end;
        finding::sort(&mut self.ready);
        let given = self.ready.partition_point(|finding| finding.start < end);
        findings.extend(self.ready.drain(..given));
    }

    /// Drops what is settled but for the context that what follows may need.
    fn forget(&mut self) {
        let context = BEFORE.max(self.database.widest_window() + 1);
        let unused = (self.from - self.base).saturating_sub(context);
        self.buffer.drain(..unused);
        self.base += unused;
        if self.buffer.capacity() > ROOM && self.buffer.len() < ROOM / 2 {
            self.buffer.shrink_to(ROOM / 2);
        }
    }

    /// Where in the buffer the search of a detector goes on.
    fn resume(&self, detector: u32) -> usize {
        let known = self.resume.iter().find(|(other, _)| *other == detector);
        known.map_or(self.from, |(_, resume)| *resume) - self.base
    }
}

/// A match whose start is decided unless an earlier one is live. Offsets of the buffer.
pub(crate) struct Decided {
    start: usize,
    end: usize,
    detector: u32,
    finding: Option<Finding>,
}

/// One search of what is not decided.
struct Search<'s, 'a> {
    stream: &'s Stream,
    confirm: Confirm<'a>,
    more: bool,
    /// The detector whose match at the earliest live start is open.
    live: Option<u32>,
}

impl Search<'_, '_> {
    /// Returns the earliest live start.
    fn search(
        &mut self,
        database: &Database,
        filters: &mut Filters,
        decided: &mut Vec<Decided>,
    ) -> usize {
        decided.clear();
        let input = self.confirm.input;
        let from = self.stream.from - self.stream.base;
        let mut to = input.len();
        if self.more {
            if let Some(live) = self.stream.live
                && self.is_live(live, from)
            {
                self.live = Some(live);
                return from;
            }
            to = to.saturating_sub(LeadRecord::SEEN).max(from);
            to = self.earliest_lead(database, from, to);
            if to == from {
                return to;
            }
        }
        let part = Part {
            from,
            more: self.more,
            cut: self.more || from > 0,
        };
        pass(database, input, part, filters, self);
        for &detector in database.residual() {
            self.confirm.wait_everywhere(detector);
        }
        let mut intervals = std::mem::take(&mut self.confirm.pending.intervals);
        intervals.sort_unstable();
        for of_detector in intervals.chunk_by(|a, b| a.detector == b.detector) {
            to = self.settle(of_detector, to, decided);
        }
        self.confirm.pending.intervals = intervals;
        self.whole_character(from, to)
    }

    /// The first start from `from` on, or else `to`, at which a match may have begun that no filter
    /// can see yet.
    fn earliest_lead(&mut self, database: &Database, from: usize, to: usize) -> usize {
        let input = self.confirm.input;
        let live = |detector, at| self.stream.resume(detector) <= at && self.is_live(detector, at);
        database.leads().find(input, from, to, live).unwrap_or(to)
    }

    fn is_live(&mut self, detector: u32, at: usize) -> bool {
        self.confirm.memory.touched = false;
        self.confirm.try_start(detector, at);
        let is_live = self.confirm.memory.touched;
        if is_live {
            self.live = Some(detector);
        }
        is_live
    }

    /// Decides the starts of one detector before `to`. Returns the first one that is live, or `to`.
    fn settle(&mut self, intervals: &[Interval], to: usize, decided: &mut Vec<Decided>) -> usize {
        let detector = intervals[0].detector;
        let mut at = self.stream.resume(detector);
        for interval in intervals {
            at = at.max(interval.first);
            while at <= interval.last && at < to && !self.confirm.memory.exhausted {
                self.confirm.memory.touched = false;
                let outcome = self.confirm.try_start(detector, at);
                if self.more && self.confirm.memory.touched {
                    self.live = Some(detector);
                    return at;
                }
                let Outcome::Match { end, value } = outcome else {
                    at += 1;
                    continue;
                };
                let classifier = self.confirm.sections.detectors[detector as usize].classifier;
                let Some(verdict) = self.weigh(classifier.get(), value) else {
                    return at;
                };
                let finding = match verdict {
                    Verdict::Missing => None,
                    Verdict::Confidence(confidence) => Some(Finding {
                        start: value.0,
                        end: value.1,
                        classifier: ClassifierIndex(classifier.get()),
                        confidence,
                        view: View::Raw,
                    }),
                };
                decided.push(Decided {
                    start: at,
                    end,
                    detector,
                    finding,
                });
                at = end;
            }
        }
        to
    }

    /// What the context of a match says, unless that is open.
    fn weigh(&self, classifier: u32, (start, end): (usize, usize)) -> Option<Verdict> {
        let sections = &self.confirm.sections;
        let classifier = &sections.classifiers[classifier as usize];
        let input = self.confirm.input;
        if self.more {
            context::weigh_so_far(sections, classifier, input, start, end)
        } else {
            Some(context::weigh(sections, classifier, input, start, end))
        }
    }

    /// The place, or where the UTF-8 character starts that stands across it.
    fn whole_character(&self, from: usize, to: usize) -> usize {
        let input = self.confirm.input;
        if !self.more || to == input.len() || input[to] & 0xC0 != 0x80 {
            return to;
        }
        let lead = (to.saturating_sub(3).max(from)..to)
            .rev()
            .find(|&at| input[at] & 0xC0 != 0x80);
        lead.filter(|&at| {
            let len = match input[at] {
                0xC2..0xE0 => 2,
                0xE0..0xF0 => 3,
                0xF0..0xF5 => 4,
                _ => 1,
            };
            at + len > to
        })
        .unwrap_or(to)
    }
}

impl Sink for Search<'_, '_> {
    #[inline]
    fn candidate(&mut self, anchor: u32, at: usize, _since: Option<usize>) {
        self.confirm.candidate(anchor, at, None);
    }

    fn passed(&mut self, _horizon: usize) {}
}

const _: () = assert!(LeadRecord::SEEN >= LeadRecord::LEN && BEFORE >= Neighbour::REACH);
