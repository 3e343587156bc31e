//! A part of an input of which more may come: which starts of matches are decided.

use crate::database::record::LeadRecord;
use crate::database::{Database, Neighbour};
use crate::scan::{Completeness, Filters, Part, Scratch, Sink, pass};
use crate::verify::confirm::{Confirm, Interval, Outcome};
use crate::verify::context::{self, Verdict};
use crate::{ClassifierIndex, Finding};

/// A match whose start is decided unless an earlier one is live. Offsets of the buffer.
pub(crate) struct Decided {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) detector: u32,
    pub(crate) finding: Option<Finding>,
}

/// What of an input is not decided, and what is known of it.
pub(crate) struct Undecided<'a> {
    /// The rest of the input so far, with some context before.
    pub(crate) input: &'a [u8],
    /// Where that starts in the whole input.
    pub(crate) base: usize,
    /// The first start that is not decided, an offset of `input`.
    pub(crate) from: usize,
    /// Where in the whole input the search of a detector goes on, for those that matched past `from`.
    pub(crate) resume: &'a [(u32, usize)],
    /// A detector whose match at `from` was open the last time.
    pub(crate) live: Option<u32>,
    /// Steps that may be spent.
    pub(crate) fuel: u64,
    /// Whether more input may follow.
    pub(crate) more: bool,
}

/// What was decided; the matches are in the scratch.
pub(crate) struct Decisions {
    /// The earliest live start, an offset of the input that was searched, or its end.
    pub(crate) to: usize,
    /// The detector whose match there is open, where one is known.
    pub(crate) live: Option<u32>,
    /// Steps that are left.
    pub(crate) fuel: u64,
    pub(crate) completeness: Completeness,
}

impl Undecided<'_> {
    /// Decides the starts up to the earliest live one.
    pub(crate) fn decide(&self, database: &Database, scratch: &mut Scratch) -> Decisions {
        let Scratch {
            memory,
            pending,
            filters,
            decided,
            ..
        } = scratch;
        memory.refill(self.fuel);
        pending.clear();
        let mut search = Search {
            known: self,
            live: None,
            confirm: Confirm {
                sections: database.view(),
                input: self.input,
                memory,
                pending,
                findings: &mut Vec::new(),
                more: self.more,
            },
        };
        let to = search.search(database, filters, decided);
        Decisions {
            to,
            live: search.live,
            fuel: search.confirm.memory.fuel,
            completeness: if search.confirm.memory.exhausted {
                Completeness::Incomplete
            } else {
                Completeness::Complete
            },
        }
    }

    /// Where the search of a detector goes on.
    fn resume(&self, detector: u32) -> usize {
        let known = self.resume.iter().find(|(other, _)| *other == detector);
        known.map_or(self.from, |(_, resume)| *resume - self.base)
    }
}

/// One search of what is not decided.
struct Search<'s, 'a> {
    known: &'s Undecided<'s>,
    confirm: Confirm<'a>,
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
        let from = self.known.from;
        let mut to = input.len();
        if self.known.more {
            if let Some(live) = self.known.live
                && self.known.resume(live) <= from
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
            more: self.known.more,
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
        if self.known.more {
            whole_character(input, from, to)
        } else {
            to
        }
    }

    /// The first start from `from` on, or else `to`, at which a match may have begun that no filter
    /// can see yet.
    fn earliest_lead(&mut self, database: &Database, from: usize, to: usize) -> usize {
        let (tables, input) = (self.confirm.sections.tables, self.confirm.input);
        let live = |detector, at| self.known.resume(detector) <= at && self.is_live(detector, at);
        let leads = database.leads();
        leads.find(&tables, input, from, to, live).unwrap_or(to)
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
        let mut at = self.known.resume(detector);
        for interval in intervals {
            at = at.max(interval.first);
            while at <= interval.last && at < to && !self.confirm.memory.exhausted {
                self.confirm.memory.touched = false;
                let outcome = self.confirm.try_start(detector, at);
                if self.known.more && self.confirm.memory.touched {
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
                decided.push(Decided {
                    start: at,
                    end,
                    detector,
                    finding: verdict.finding(ClassifierIndex(classifier.get()), value),
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
        if self.known.more {
            context::weigh_so_far(sections, classifier, input, start, end)
        } else {
            Some(context::weigh(sections, classifier, input, start, end))
        }
    }
}

/// The place, or where the UTF-8 character starts that stands across it, but not before `from`.
pub(crate) fn whole_character(input: &[u8], from: usize, to: usize) -> usize {
    if to == input.len() || input[to] & 0xC0 != 0x80 {
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

impl Sink for Search<'_, '_> {
    #[inline]
    fn candidate(&mut self, anchor: u32, at: usize, _since: Option<usize>) {
        self.confirm.candidate(anchor, at, None);
    }

    fn passed(&mut self, _horizon: usize) {}
}

/// Bytes before the first undecided one that assertions, neighbours and words are read from.
pub(crate) const BEFORE: usize = 64;

const _: () = assert!(LeadRecord::SEEN >= LeadRecord::LEN && BEFORE >= Neighbour::REACH);
