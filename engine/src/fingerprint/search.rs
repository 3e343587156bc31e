//! An input to hits of documents, in one piece or many.
//!
//! Every shingle of the input is looked up. One that stands for a document is a hit of it, from the
//! first byte of its first unit to the last of its last. A shingle that is longer than a passage may
//! be is not looked up: so what is not decided stays near.

use super::documents::DocumentIndex;
use super::passage::{Hit, PASSAGE_LEN, PassageMatch, Passages, Report};
use super::seen::{DocumentMatch, Seen};
use super::shingle::{Family, NONE, Part, Sight, Unit, is_full};
use crate::ClassifierIndex;
use crate::finding::Finding;
use crate::limits;
use crate::text;

/// The search of one input in one index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    words: Sweep,
    code: Sweep,
    has_code: bool,
    seen: Seen,
    found: Vec<PassageMatch>,
    matches: Vec<DocumentMatch>,
}

/// The reading of an input in one family.
#[derive(Clone, Debug, Default)]
struct Sweep {
    sight: Sight,
    /// Offset where reading goes on.
    at: usize,
    /// Units read.
    count: usize,
    /// Those of the shingles in sight that may be known, by their places.
    candidates: Vec<u32>,
    passages: Passages,
}

impl Search {
    /// Begins another input.
    pub(crate) fn begin(&mut self) {
        self.words.clear();
        self.code.clear();
        self.has_code = false;
        self.seen.clear();
        self.found.clear();
        self.matches.clear();
    }

    /// Reads on. The input holds the text from the offset `base` of the whole on, at least from
    /// [`Self::needs`] on. Adds the findings that are decided, in no particular order, with offsets
    /// of the whole; with `more` to come, what may still change waits. Returns the offset before
    /// which no later finding starts.
    pub(crate) fn read(
        &mut self,
        index: &DocumentIndex,
        classifier: ClassifierIndex,
        input: &[u8],
        base: usize,
        more: bool,
        findings: &mut Vec<Finding>,
    ) -> usize {
        self.has_code = index.has_code();
        self.found.clear();
        let part = Part { input, base, more };
        let mut report = Report {
            index,
            classifier,
            seen: &mut self.seen,
            findings,
            passages: &mut self.found,
        };
        self.words.read(Family::Words, part, &mut report);
        if self.has_code {
            self.code.read(Family::Code, part, &mut report);
        }
        if more {
            let words = self.words.earliest(Family::Words);
            return if self.has_code {
                words.min(self.code.earliest(Family::Code))
            } else {
                words
            };
        }
        let end = base + input.len();
        self.matches.clear();
        self.matches
            .extend(self.seen.matches(index, classifier, end));
        self.matches.sort_unstable_by_key(|found| found.document);
        end
    }

    /// The first offset that the next read wants to see again.
    pub(crate) fn needs(&self) -> usize {
        let at = if self.has_code {
            self.words.at.min(self.code.at)
        } else {
            self.words.at
        };
        at.saturating_sub(text::CONTEXT)
    }

    /// The passages of the findings that the last read decided.
    pub(crate) fn passages(&self) -> &[PassageMatch] {
        &self.found
    }

    /// After the last read: what the input holds of each document that has a finding, in the order
    /// of their numbers.
    pub(crate) fn matches(&self) -> &[DocumentMatch] {
        &self.matches
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        size_of::<Self>()
            + self.words.bytes()
            + self.code.bytes()
            + self.seen.bytes()
            + self.found.capacity() * size_of::<PassageMatch>()
            + self.matches.capacity() * size_of::<DocumentMatch>()
    }
}

impl Sweep {
    fn clear(&mut self) {
        self.sight.clear();
        self.at = 0;
        self.count = 0;
        self.passages.clear();
    }

    fn bytes(&self) -> usize {
        self.sight.bytes() + self.candidates.capacity() * size_of::<u32>() + self.passages.bytes()
    }

    fn read(&mut self, family: Family, part: Part<'_>, report: &mut Report<'_>) {
        loop {
            let vocabulary = report.index.vocabulary();
            let (at, read) = self.sight.read(vocabulary, family, part, self.at);
            self.at = at;
            self.count += read;
            self.look_up(family, report);
            let next = self.count - pending(family, self.sight.units()).len();
            self.passages.settle(family, next, at, report);
            if !is_full(read) {
                break;
            }
        }
        if !part.more {
            self.passages.finish(family, report);
        }
    }

    /// Looks up the shingles in sight. The filter is asked about all of them first, so that the
    /// loads of one need not wait for those of another.
    fn look_up(&mut self, family: Family, report: &mut Report<'_>) {
        let table = report.index.table();
        self.candidates.clear();
        for (place, &hash) in (0..).zip(self.sight.hashes()) {
            if table.may_hold(hash) && hash != NONE {
                self.candidates.push(place);
            }
        }
        let units = self.sight.units();
        let before = self.count - units.len();
        for &place in &self.candidates {
            let place = place as usize;
            let last = place + family.shingle() - 1;
            let (start, end) = (units[place].start, units[last].end);
            if end - start > PASSAGE_LEN {
                continue;
            }
            let found = table.find(self.sight.hashes()[place]);
            for (print, document) in found.take(limits::DOCUMENTS_PER_FINGERPRINT as usize) {
                if document as usize >= report.index.len() {
                    continue;
                }
                report.seen.add(print as u32, document);
                let hit = Hit {
                    document,
                    print: print as u32,
                    start,
                    end,
                    unit: before + place,
                };
                self.passages.add(family, hit, report);
            }
        }
    }

    /// Before this offset no later finding starts: neither an open passage nor a unit with which a
    /// shingle may start that is not too long.
    fn earliest(&self, family: Family) -> usize {
        let mut units = pending(family, self.sight.units())
            .iter()
            .map(|unit| unit.start);
        let unit = units.find(|&start| self.at < start + PASSAGE_LEN);
        let passage = self.passages.earliest();
        unit.into_iter().chain(passage).fold(self.at, usize::min)
    }
}

/// The units with which shingles may start whose ends have not come.
fn pending(family: Family, units: &[Unit]) -> &[Unit] {
    let looked_up = (units.len() + 1).saturating_sub(family.shingle());
    &units[looked_up..]
}
