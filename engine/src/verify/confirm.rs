//! Candidate -> possible starts -> exact matches.
//!
//! A candidate is an anchor at a place. Cheapest rejection first: the byte before, then the body
//! forwards (most candidates die within a few bytes), then backwards to the earliest start. What
//! is left is an interval of possible starts. Intervals wait until every anchor that could widen
//! them has been seen; then each start is searched exactly, from left to right, as the definition
//! of a match asks.

use super::context;
use super::{Memory, Rejection, exists, farthest_back, preferred, rejection};
use crate::database::Sections;
use crate::database::record::{AnchorRecord, DetectorRecord, NONE};
use crate::limits;
use crate::{ClassifierIndex, Finding};

/// Starts at which a detector may match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Interval {
    pub(crate) detector: u32,
    pub(crate) first: usize,
    pub(crate) last: usize,
}

/// What became of a start.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// No match starts here.
    NoMatch,
    /// A match ends at `end`, and validator number `validator` of the detector refused its value.
    Invalid {
        end: usize,
        value: (usize, usize),
        validator: usize,
    },
    /// A match ends at `end`, and its value is excluded.
    Excluded { end: usize, value: (usize, usize) },
    /// A match that ends at `end`.
    Match { end: usize, value: (usize, usize) },
}

/// The part of a scan's memory that verification uses.
#[derive(Default)]
pub(crate) struct Pending {
    pub(crate) intervals: Vec<Interval>,
    /// Where the search of a detector goes on; detectors that have not matched are not listed.
    resume: Vec<(u32, usize)>,
    spare: Vec<Interval>,
    /// How many intervals wait before they are settled.
    most: usize,
}

impl Pending {
    pub(crate) fn clear(&mut self) {
        self.intervals.clear();
        self.resume.clear();
        self.most = limits::PENDING_INTERVALS as usize;
    }

    pub(crate) fn bytes(&self) -> usize {
        (self.intervals.capacity() + self.spare.capacity()) * size_of::<Interval>()
            + self.resume.capacity() * size_of::<(u32, usize)>()
    }
}

/// One scan of one input.
pub(crate) struct Confirm<'a> {
    pub(crate) sections: Sections<'a>,
    pub(crate) input: &'a [u8],
    pub(crate) memory: &'a mut Memory,
    pub(crate) pending: &'a mut Pending,
    pub(crate) findings: &'a mut Vec<Finding>,
    /// Whether more input may follow.
    pub(crate) more: bool,
}

impl Confirm<'_> {
    /// Takes in an anchor that the filters saw at `at`.
    ///
    /// Where `since` is stated, the detector was passed over from there on, and a match from there
    /// may take the bytes that one at this anchor starts with.
    #[inline]
    pub(crate) fn candidate(&mut self, anchor: u32, at: usize, since: Option<usize>) {
        let anchor = &self.sections.anchors[anchor as usize];
        let Some((first, last)) = self.starts(anchor, at) else {
            return;
        };
        let detector = anchor.detector.get();
        let first = since.map_or(first, |since| self.settled_start(detector, since, first));
        self.pending.intervals.push(Interval {
            detector,
            first,
            last,
        });
    }

    /// The last position up to `first`, and not before `since`, from which on a search finds what
    /// one from `since` on does at `first`: no match lies across it, and none that starts behind it
    /// is cut short.
    fn settled_start(&mut self, detector: u32, since: usize, first: usize) -> usize {
        let reach = self.sections.detectors[detector as usize].max_len.get() as usize;
        let mut at = first.saturating_sub(reach);
        loop {
            if at <= since {
                return since.min(first);
            }
            let across = (at.saturating_sub(reach).max(since)..at).find(|&start| {
                matches!(self.try_start(detector, start), Outcome::Match { end, .. } if end > at)
            });
            match across {
                Some(start) => at = start,
                None => return at,
            }
        }
    }

    /// Makes every start wait for a detector.
    pub(crate) fn wait_everywhere(&mut self, detector: u32) {
        if let Some(last) = self.input.len().checked_sub(1) {
            self.pending.intervals.push(Interval {
                detector,
                first: 0,
                last,
            });
        }
    }

    /// Settles when much is waiting; every anchor before `horizon` has been taken in.
    #[inline]
    pub(crate) fn passed(&mut self, horizon: usize) {
        if self.pending.intervals.len() >= self.pending.most {
            self.settle(Some(horizon));
            // Where settling does not help, do not try again at every block.
            self.pending.most = self.pending.most.max(2 * self.pending.intervals.len());
        }
    }

    /// First and last possible start of a match with this anchor at `at`.
    pub(crate) fn starts(&mut self, anchor: &AnchorRecord, at: usize) -> Option<(usize, usize)> {
        let before = anchor.before.get();
        if before != NONE {
            let passes = match at.checked_sub(1) {
                Some(i) => self.sections.tables.sets[before as usize].contains(self.input[i]),
                None => anchor.start_allowed != 0,
            };
            if !passes {
                return None;
            }
        }
        let first = &self.sections.tables.sets[anchor.first.get() as usize];
        if !self.input.get(at).is_some_and(|&byte| first.contains(byte)) {
            return None;
        }
        let detector = &self.sections.detectors[anchor.detector.get() as usize];
        let least = anchor.before_min.get() as usize;
        let reach = (detector.max_len.get() as usize - least).min(self.input.len() - at);
        let tables = &self.sections.tables;
        let forward = self.sections.program(anchor.forward.get());
        self.memory.touched = false;
        if at < least {
            return None;
        }
        let may_match = exists(tables, forward, self.memory, self.input, at, reach)
            || self.more && self.memory.touched;
        if !may_match {
            return None;
        }
        if anchor.backward.get() == NONE {
            return Some((at, at));
        }
        let backward = self.sections.program(anchor.backward.get());
        let reach = (anchor.before_max.get() as usize).min(at);
        let back = farthest_back(tables, backward, self.memory, self.input, at, reach)?;
        Some((at - back, at - least))
    }

    /// Searches the waiting starts. With a `horizon`, anchors at or behind it have not been seen
    /// yet, so starts that they could precede go on waiting.
    pub(crate) fn settle(&mut self, horizon: Option<usize>) {
        let mut intervals = std::mem::take(&mut self.pending.intervals);
        let mut kept = std::mem::take(&mut self.pending.spare);
        kept.clear();
        intervals.sort_unstable();
        let mut at = 0;
        while at < intervals.len() {
            let detector = intervals[at].detector;
            let len = intervals[at..]
                .iter()
                .take_while(|interval| interval.detector == detector)
                .count();
            self.settle_detector(detector, &intervals[at..at + len], horizon, &mut kept);
            at += len;
        }
        std::mem::swap(&mut intervals, &mut kept);
        self.pending.intervals = intervals;
        self.pending.spare = kept;
    }

    fn settle_detector(
        &mut self,
        number: u32,
        intervals: &[Interval],
        horizon: Option<usize>,
        kept: &mut Vec<Interval>,
    ) {
        let detector = self.sections.detectors[number as usize];
        let limit = horizon.map_or(usize::MAX, |horizon| {
            let before = self.sections.anchors[detector.anchors.bounds()]
                .iter()
                .map(|anchor| anchor.before_max.get() as usize)
                .max();
            horizon.saturating_sub(before.unwrap_or(0))
        });
        let known = self
            .pending
            .resume
            .iter()
            .position(|&(other, _)| other == number);
        let resumed = known.map_or(0, |i| self.pending.resume[i].1);
        // Where the search goes on. It moves by searching only: a start that has to wait may yet be
        // preceded by one that is not known.
        let mut resume = resumed;
        for interval in intervals {
            let mut first = resume.max(interval.first);
            while first <= interval.last && first < limit && !self.memory.exhausted {
                first = self.search(number, &detector, first);
                resume = first;
            }
            if first <= interval.last {
                match kept.last_mut() {
                    Some(last) if last.detector == number && last.last + 1 >= first => {
                        last.last = last.last.max(interval.last);
                    }
                    _ => kept.push(Interval {
                        detector: number,
                        first,
                        last: interval.last,
                    }),
                }
            }
        }
        if horizon.is_some() && resume > resumed {
            match known {
                Some(i) => self.pending.resume[i].1 = resume,
                None => self.pending.resume.push((number, resume)),
            }
        }
    }

    /// Searches at one start, reports what it finds, and returns where the search goes on.
    fn search(&mut self, number: u32, detector: &DetectorRecord, at: usize) -> usize {
        match self.try_start(number, at) {
            Outcome::NoMatch | Outcome::Invalid { .. } | Outcome::Excluded { .. } => at + 1,
            Outcome::Match {
                end,
                value: (start, stop),
            } => {
                let index = detector.classifier.get();
                let classifier = &self.sections.classifiers[index as usize];
                let verdict = context::weigh(&self.sections, classifier, self.input, start, stop);
                self.findings
                    .extend(verdict.finding(ClassifierIndex(index), (start, stop)));
                end
            }
        }
    }

    /// Searches a detector at one start.
    pub(crate) fn try_start(&mut self, number: u32, at: usize) -> Outcome {
        let sections = self.sections;
        let detector = &sections.detectors[number as usize];
        let first = &sections.tables.sets[detector.first.get() as usize];
        if !self.input.get(at).is_some_and(|&byte| first.contains(byte)) {
            return Outcome::NoMatch;
        }
        let reach = (detector.max_len.get() as usize).min(self.input.len() - at);
        let program = sections.program(detector.program.get());
        let hit = preferred(
            &sections.tables,
            program,
            self.memory,
            self.input,
            at,
            reach,
        );
        let Some(hit) = hit.filter(|hit| hit.distance > 0) else {
            return Outcome::NoMatch;
        };
        let end = at + hit.distance;
        let value = match hit.value {
            Some((start, stop)) if start < stop => (at + start, at + stop),
            _ => (at, end),
        };
        let bytes = &self.input[value.0..value.1];
        let classifier = &sections.classifiers[detector.classifier.get() as usize];
        let memory = &mut *self.memory;
        match rejection(&sections, classifier, detector.validators, memory, bytes) {
            Some(Rejection::Validator(validator)) => Outcome::Invalid {
                end,
                value,
                validator,
            },
            Some(Rejection::Exclusion) => Outcome::Excluded { end, value },
            None => Outcome::Match { end, value },
        }
    }
}
