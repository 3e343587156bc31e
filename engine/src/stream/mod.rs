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
//!
//! Behind that search stand the groups of composites. What they are fed is the findings of all
//! sources, put in order as far as every source has decided; the search of the database and the indexes beside it.
//! A group that is open holds everything back from where it starts, while its sources go on.

use std::collections::VecDeque;

use crate::database::Database;
use crate::exact::RowMatch;
use crate::finding::{self, Finding};
use crate::fingerprint::{DocumentMatch, PassageMatch};
use crate::limits;
use crate::scan::{
    BEFORE, Completeness, Decisions, Groups, Indexed, Piece, Scratch, TermSearch, Undecided,
    whole_character,
};

/// One input that arrives in pieces.
///
/// However the input is cut, the findings are those of the whole. A stream holds the bytes that are
/// not decided, usually a few and never more than the longest match and the window of its context, and
/// some context before them. Where the database has composites, nothing from a finding of a member on
/// is settled before as many bytes have come as its group may have; of those, only findings are held.
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
    /// What of the indexes stands in the input, and rows and passages that are not given out.
    /// Nothing without indexes.
    indexed: Option<Box<Indexed>>,
    /// Nothing of the indexes starts before that is not known.
    looked_up: usize,
    /// Which terms of dictionaries of words stand in the input.
    terms: TermSearch,
    /// None of them starts before that is not known.
    termed: usize,
    /// Findings that are decided and start behind `known`.
    ready: Vec<Finding>,
    /// No finding of any source starts before that is not known.
    known: usize,
    /// What composites make of the findings before `known`; nothing without composites.
    held: Option<Box<Held>>,
    /// No finding starts before that was not given out.
    settled: usize,
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
    /// The rows of exact data that start before `end` and have not been given before.
    pub rows: &'a [RowMatch],
    /// The passages of documents that start before `end` and have not been given before.
    pub passages: &'a [PassageMatch],
    /// At the end of the input, how much of it the documents are that passages were found of.
    pub documents: &'a [DocumentMatch],
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

/// Findings that composites hold back.
#[derive(Clone, Debug, Default)]
struct Held {
    groups: Groups,
    /// In the order of a scan.
    findings: VecDeque<Finding>,
}

/// How far a source of findings has come.
struct Source {
    /// It finds nothing more that starts before.
    decided: usize,
    /// It reads nothing before again.
    needed: usize,
}

impl Stream {
    /// A stream at its beginning.
    pub fn new(database: &Database) -> Self {
        let composites = database.composites();
        let held = (!composites.is_empty()).then(|| {
            let mut held = Box::<Held>::default();
            held.groups.begin(composites);
            held
        });
        let indexed = database.first_index().map(|_| {
            let mut indexed = Box::<Indexed>::default();
            indexed.begin(database);
            indexed
        });
        let mut terms = TermSearch::default();
        terms.begin(database);
        Self {
            database: database.clone(),
            buffer: Vec::new(),
            base: 0,
            from: 0,
            resume: Vec::new(),
            live: None,
            looked_up: if indexed.is_some() { 0 } else { usize::MAX },
            indexed,
            terms,
            termed: 0,
            ready: Vec::new(),
            known: 0,
            held,
            settled: 0,
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
        self.base + self.buffer.len() - self.settled
    }

    /// Bytes of memory that the stream holds.
    pub fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.buffer.capacity()
            + self.resume.capacity() * size_of::<(u32, usize)>()
            + self.ready.capacity() * size_of::<Finding>()
            + self
                .indexed
                .as_ref()
                .map_or(0, |indexed| size_of::<Indexed>() + indexed.bytes())
            + self.terms.bytes()
            + self.held.as_ref().map_or(0, |held| {
                size_of::<Held>()
                    + held.groups.bytes()
                    + held.findings.capacity() * size_of::<Finding>()
            })
    }

    /// Takes in the next bytes of the input and settles what they decide.
    pub fn push<'s>(&mut self, scratch: &'s mut Scratch, bytes: &[u8]) -> Settled<'s> {
        scratch.begin_push();
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
        scratch.begin_push();
        self.advance(scratch, false);
        let settled = self.settled(scratch);
        *self = Self::new(&self.database);
        settled
    }

    fn settled<'s>(&self, scratch: &'s Scratch) -> Settled<'s> {
        Settled {
            findings: &scratch.findings,
            rows: &scratch.rows,
            passages: &scratch.passages,
            documents: &scratch.shares,
            end: self.settled,
            completeness: self.completeness,
        }
    }

    /// How far each source has come. What it finds it adds to `ready`.
    fn sources(&self) -> [Source; 3] {
        let context = BEFORE.max(self.database.widest_window() + 1);
        [
            Source {
                decided: self.from,
                needed: self.from.saturating_sub(context),
            },
            Source {
                decided: self.looked_up,
                needed: self
                    .indexed
                    .as_ref()
                    .map_or(usize::MAX, |indexed| indexed.needs()),
            },
            Source {
                decided: self.termed,
                needed: self.terms.needs(&self.database),
            },
        ]
    }

    /// Lets every source go on and gives out what that settles.
    fn advance(&mut self, scratch: &mut Scratch, more: bool) {
        self.search(scratch, more);
        self.look_up(more);
        self.find_terms(scratch, more);
        finding::sort(&mut self.ready);
        let [search, indexes, terms] = self.sources();
        let known = search.decided.min(indexes.decided).min(terms.decided);
        let count = self.ready.partition_point(|finding| finding.start < known);
        if let Some(mut held) = self.held.take() {
            self.group(&mut held, count, if more { known } else { usize::MAX });
            self.settled = held.groups.earliest().unwrap_or(known);
            let findings = &mut held.findings;
            let given = findings.partition_point(|finding| finding.start < self.settled);
            scratch.findings.extend(findings.drain(..given));
            self.held = Some(held);
        } else {
            scratch.findings.extend(self.ready.drain(..count));
            self.settled = known;
        }
        self.known = known;
        self.give_indexed(scratch);
        self.forget(search.needed.min(indexes.needed).min(terms.needed));
    }

    /// Gives out what is settled of the indexes' rows and passages.
    fn give_indexed(&mut self, scratch: &mut Scratch) {
        let Self {
            indexed: Some(indexed),
            settled,
            ..
        } = self
        else {
            return;
        };
        indexed.sort();
        let Indexed {
            rows,
            passages,
            shares,
            ..
        } = &mut **indexed;
        let given = rows.partition_point(|row| row.start < *settled);
        scratch.rows.extend(rows.drain(..given));
        let given = passages.partition_point(|passage| passage.start < *settled);
        scratch.passages.extend(passages.drain(..given));
        scratch.shares.append(shares);
    }

    /// Looks for what the indexes hold.
    fn look_up(&mut self, more: bool) {
        let Self {
            database,
            indexed: Some(indexed),
            buffer,
            base,
            ready,
            ..
        } = self
        else {
            return;
        };
        self.looked_up = indexed.read(database, buffer, *base, more, ready);
    }

    /// Looks for the terms of dictionaries of words.
    fn find_terms(&mut self, scratch: &mut Scratch, more: bool) {
        let piece = Piece {
            database: &self.database,
            input: &self.buffer,
            base: self.base,
            more,
        };
        let Scratch {
            memory,
            term_memory,
            ..
        } = scratch;
        memory.refill(self.fuel);
        self.termed = self.terms.read(piece, term_memory, memory, &mut self.ready);
        self.fuel = memory.fuel;
        if self.terms.exhausted {
            self.completeness = Completeness::Incomplete;
        }
    }

    /// Decides the starts of matches up to the earliest live one.
    fn search(&mut self, scratch: &mut Scratch, more: bool) {
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
    }

    /// Feeds the groups so many findings more, by which all before `known` are, and takes over what
    /// they find.
    fn group(&mut self, held: &mut Held, count: usize, known: usize) {
        let Held { groups, findings } = held;
        let composites = self.database.composites();
        for finding in self.ready.drain(..count) {
            let (start, end) = (finding.start - self.base, finding.end - self.base);
            let bytes = &self.buffer[start..end];
            // Settled bytes end where a character does, and so does what a group holds back.
            let live = self.base + whole_character(&self.buffer, self.known - self.base, start);
            groups.take(composites, &finding, bytes, live, &mut self.fuel);
            findings.push_back(finding);
        }
        groups.decide(composites, known, &mut self.fuel);
        if groups.exhausted {
            self.completeness = Completeness::Incomplete;
        }
        for finding in groups.found.drain(..) {
            let at = findings.partition_point(|other| *other < finding);
            findings.insert(at, finding);
        }
    }

    /// Drops the bytes before `needed`, an offset of the input.
    fn forget(&mut self, needed: usize) {
        let unused = needed.saturating_sub(self.base);
        self.buffer.drain(..unused);
        self.base += unused;
        if self.buffer.capacity() > ROOM && self.buffer.len() < ROOM / 2 {
            self.buffer.shrink_to(ROOM / 2);
        }
    }
}
