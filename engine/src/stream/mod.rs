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

use crate::database::Database;
use crate::finding::{self, Finding};
use crate::limits;
use crate::scan::{BEFORE, Completeness, Decisions, Scratch, Undecided};

/// One input that arrives in pieces.
///
/// However the input is cut, the findings are those of the whole. A stream holds the bytes that are
/// not settled, usually a few and never more than the longest match and the window of its context, and
/// some context before them.
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

    /// The database.
    pub fn database(&self) -> &Database {
        &self.database
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
        let undecided = Undecided {
            input: &self.buffer,
            base: self.base,
            from: self.from - self.base,
            resume: &self.resume,
            live: self.live,
            fuel: self.fuel,
            more,
        };
        let Decisions {
            to,
            live,
            fuel,
            completeness,
        } = undecided.decide(&database, scratch);
        if completeness == Completeness::Incomplete {
            self.completeness = completeness;
        }
        self.fuel = fuel;
        self.live = live;
        self.take(to, scratch);
        self.forget();
    }

    /// Takes over what was decided at starts before `to`, an offset of the buffer.
    fn take(&mut self, to: usize, scratch: &mut Scratch) {
        let (base, end) = (self.base, self.base + to);
        self.resume.retain(|&(_, resume)| resume > end);
        for match_ in scratch.decided.drain(..).filter(|match_| match_.start < to) {
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
        scratch.findings.extend(self.ready.drain(..given));
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
}
