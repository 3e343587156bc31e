//! How much of which documents an input holds.

use super::documents::DocumentIndex;
use super::numbers::Numbers;
use super::shingle::Family;
use crate::ClassifierIndex;
use crate::limits;

/// How much of a document an input holds.
///
/// Documents that have a finding have one of these.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DocumentMatch {
    /// The classifier of the index.
    pub classifier: ClassifierIndex,
    /// The document's number in the index.
    pub document: u32,
    /// Fingerprints of the document that were seen, each counted once.
    pub seen: u32,
    /// Fingerprints of the document.
    pub of: u32,
    /// Bytes of the input in passages of the document: in those of words or in those of code,
    /// whichever are more.
    pub covered: usize,
    /// Bytes of the input.
    pub input: usize,
    /// Whether everything was counted. If not, the input holds more fingerprints than
    /// [`limits::SEEN_FINGERPRINTS`], and at least so many were seen and so many bytes are covered.
    pub complete: bool,
}

impl DocumentMatch {
    /// The share of the document that was seen, in thousandths, rounded down.
    pub fn share_seen(&self) -> u32 {
        per_mille(u64::from(self.seen), u64::from(self.of))
    }

    /// The share of the input that was copied from the document, in thousandths, rounded down.
    pub fn share_covered(&self) -> u32 {
        per_mille(self.covered as u64, self.input as u64)
    }
}

fn per_mille(part: u64, whole: u64) -> u32 {
    (u128::from(part) * 1000)
        .checked_div(u128::from(whole))
        .unwrap_or_default() as u32
}

/// The fingerprints and documents that were seen in an input.
#[derive(Clone, Debug, Default)]
pub(super) struct Seen {
    /// Places in the table.
    prints: Numbers,
    documents: Numbers,
    /// By the place of a document among those seen.
    tallies: Vec<Tally>,
    is_full: bool,
}

/// What was seen of one document.
#[derive(Clone, Copy, Debug, Default)]
struct Tally {
    seen: u32,
    /// By family: bytes in passages that count, and where the last of them ends.
    covered: [usize; 2],
    covered_to: [usize; 2],
}

impl Seen {
    pub(super) fn clear(&mut self) {
        self.prints.clear();
        self.documents.clear();
        self.tallies.clear();
        self.is_full = false;
    }

    /// Bytes of memory held.
    pub(super) fn bytes(&self) -> usize {
        self.prints.bytes() + self.documents.bytes() + self.tallies.capacity() * size_of::<Tally>()
    }

    /// Counts a fingerprint of a document.
    pub(super) fn add(&mut self, print: u32, document: u32) {
        if self.prints.place(print).is_some() {
            return;
        }
        if self.prints.len() == limits::SEEN_FINGERPRINTS as usize {
            self.is_full = true;
            return;
        }
        self.prints.insert(print);
        let place = self.documents.insert(document);
        if place == self.tallies.len() {
            self.tallies.push(Tally::default());
        }
        self.tallies[place].seen += 1;
    }

    /// Counts a passage that counts, unless its document is beyond the limit. Those of a document
    /// and family come in the order of their starts.
    pub(super) fn cover(&mut self, family: Family, document: u32, start: usize, end: usize) {
        if let Some(place) = self.documents.place(document) {
            let tally = &mut self.tallies[place];
            let family = family as usize;
            tally.covered[family] += end - start.max(tally.covered_to[family]).min(end);
            tally.covered_to[family] = end;
        }
    }

    /// The documents that have passages which count.
    pub(super) fn matches(
        &self,
        index: &DocumentIndex,
        classifier: ClassifierIndex,
        input: usize,
    ) -> impl Iterator<Item = DocumentMatch> {
        let tallies = self.documents.iter().zip(&self.tallies);
        tallies
            .filter(|(_, tally)| tally.covered != [0, 0])
            .map(move |(document, tally)| DocumentMatch {
                classifier,
                document,
                seen: tally.seen,
                of: index.fingerprints(document),
                covered: tally.covered[0].max(tally.covered[1]),
                input,
                complete: !self.is_full,
            })
    }
}
