//! Hits of documents to passages of them.
//!
//! A passage is a chain of hits of one document and one family in which each starts at most
//! [`Family::gap`] units behind the one before. A hit that would make it longer than
//! [`limits::PASSAGE_LEN`] bytes starts the next. It counts, and is a finding, if it has enough hits
//! of different fingerprints.

use super::documents::DocumentIndex;
use super::seen::Seen;
use super::shingle::Family;
use crate::ClassifierIndex;
use crate::finding::{Finding, View};
use crate::limits;

/// A part of an input that was copied from a document. It is a finding too.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PassageMatch {
    /// Offset of its first byte.
    pub start: usize,
    /// Offset behind its last byte.
    pub end: usize,
    /// The classifier of the index.
    pub classifier: ClassifierIndex,
    /// The document's number in the index.
    pub document: u32,
}

pub(super) const PASSAGE_LEN: usize = limits::PASSAGE_LEN as usize;
const MINIMUM: usize = limits::PASSAGE_MINIMUM as usize;

/// A shingle of the input that stands for a document.
#[derive(Clone, Copy)]
pub(super) struct Hit {
    pub(super) document: u32,
    /// Place of its fingerprint in the table.
    pub(super) print: u32,
    pub(super) start: usize,
    pub(super) end: usize,
    /// Number of its first unit.
    pub(super) unit: usize,
}

/// A chain of hits of one document.
#[derive(Clone, Copy, Debug)]
struct Passage {
    document: u32,
    start: usize,
    end: usize,
    /// Number of the unit that the last hit starts with.
    last: usize,
    /// Places in the table of different fingerprints, as many as it takes to count.
    prints: [u32; MINIMUM],
    different: usize,
}

/// The passages that later hits may add to: one of a document at most.
#[derive(Clone, Debug, Default)]
pub(super) struct Passages {
    open: Vec<Passage>,
}

/// Where hits and passages go.
pub(super) struct Report<'a> {
    pub(super) index: &'a DocumentIndex,
    pub(super) classifier: ClassifierIndex,
    pub(super) seen: &'a mut Seen,
    pub(super) findings: &'a mut Vec<Finding>,
    pub(super) passages: &'a mut Vec<PassageMatch>,
}

impl Passages {
    pub(super) fn clear(&mut self) {
        self.open.clear();
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        self.open.capacity() * size_of::<Passage>()
    }

    /// Where the first of them starts.
    pub(super) fn earliest(&self) -> Option<usize> {
        self.open.iter().map(|open| open.start).min()
    }

    /// Adds a hit to the open passage of its document, or opens one.
    pub(super) fn add(&mut self, family: Family, hit: Hit, report: &mut Report<'_>) {
        let mut of_document = self.open.iter_mut();
        let Some(open) = of_document.find(|open| open.document == hit.document) else {
            self.open.push(Passage::new(hit));
            return;
        };
        if hit.unit - open.last > family.gap() || hit.end - open.start > PASSAGE_LEN {
            report.close(family, open);
            *open = Passage::new(hit);
        } else {
            open.add(hit);
        }
    }

    /// Closes the passages that no later hit can add to, for it starts at unit `next` at least, too
    /// far behind the last hit, or ends behind the offset `at`, too far behind the start.
    pub(super) fn settle(
        &mut self,
        family: Family,
        next: usize,
        at: usize,
        report: &mut Report<'_>,
    ) {
        self.open.retain(|open| {
            let stays =
                next.saturating_sub(open.last) <= family.gap() && at < open.start + PASSAGE_LEN;
            if !stays {
                report.close(family, open);
            }
            stays
        });
    }

    /// Closes all.
    pub(super) fn finish(&mut self, family: Family, report: &mut Report<'_>) {
        for passage in self.open.drain(..) {
            report.close(family, &passage);
        }
    }
}

impl Passage {
    fn new(hit: Hit) -> Self {
        Self {
            document: hit.document,
            start: hit.start,
            end: hit.end,
            last: hit.unit,
            prints: [hit.print; MINIMUM],
            different: 1,
        }
    }

    fn add(&mut self, hit: Hit) {
        (self.end, self.last) = (hit.end, hit.unit);
        if self.different < MINIMUM && !self.prints[..self.different].contains(&hit.print) {
            self.prints[self.different] = hit.print;
            self.different += 1;
        }
    }
}

impl Report<'_> {
    /// Takes in a passage that has ended.
    fn close(&mut self, family: Family, passage: &Passage) {
        let &Passage {
            document,
            start,
            end,
            ..
        } = passage;
        if passage.different < self.index.minimum(document) {
            return;
        }
        self.findings.push(Finding {
            start,
            end,
            classifier: self.classifier,
            confidence: self.index.confidence(),
            view: View::Raw,
        });
        self.passages.push(PassageMatch {
            start,
            end,
            classifier: self.classifier,
            document,
        });
        self.seen.cover(family, document, start, end);
    }
}
