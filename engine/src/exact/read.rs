//! The candidates of a text that is read piece by piece, or around a place.

use super::candidate::{Candidate, Finder, MAX_SPAN, Wanted};
use crate::text::{CONTEXT, Words};

/// Words that are read at a time.
const BATCH: usize = 512;

/// Reads candidates in the order of their last words.
#[derive(Clone, Debug, Default)]
pub(super) struct Reader {
    words: Words,
    /// Words that start before were the last of every candidate that they can be.
    at: usize,
    /// Candidates do not start before.
    floor: usize,
}

/// A part of the whole input.
#[derive(Clone, Copy)]
pub(super) struct Part<'a> {
    pub(super) input: &'a [u8],
    /// Where it starts in the whole.
    pub(super) base: usize,
    /// Whether more may follow.
    pub(super) more: bool,
}

impl Reader {
    /// Goes to a place: candidates before do not count.
    pub(super) fn seek(&mut self, floor: usize) {
        self.at = floor;
        self.floor = floor;
    }

    /// Where words start that are not read yet.
    pub(super) fn at(&self) -> usize {
        self.at
    }

    pub(super) fn floor(&self) -> usize {
        self.floor
    }

    pub(super) fn bytes(&self) -> usize {
        self.words.bytes()
    }

    /// The words that were read last, with offsets of the part.
    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    /// First byte that is read of again: those of words before the next that can be in one candidate
    /// with it.
    pub(super) fn needs(&self) -> usize {
        // A character more, to see whether a word starts there.
        self.at.saturating_sub(MAX_SPAN + 8)
    }

    /// Reads the candidates that end at or before `to`. Returns whether those are all there are,
    /// whatever follows.
    pub(super) fn read(
        &mut self,
        part: Part<'_>,
        to: usize,
        wanted: &Wanted,
        mut emit: impl FnMut(Candidate<'_>),
    ) -> bool {
        let Part { input, base, more } = part;
        // What stands further behind says nothing about words that end by then.
        let end = to
            .saturating_sub(base)
            .saturating_add(2 * CONTEXT)
            .min(input.len());
        let (input, goes_on) = (&input[..end], more || end < input.len());
        loop {
            let from = self.at.saturating_sub(MAX_SPAN).max(base) - base;
            let next = base + self.words.read(input, from, goes_on, BATCH);
            let list = self.words.words();
            let first = list.partition_point(|word| base + word.start < self.at);
            let mut finder = Finder {
                input,
                words: &self.words,
                wanted,
                floor: self.floor.saturating_sub(base),
                emit: |candidate: Candidate<'_>| {
                    emit(Candidate {
                        start: base + candidate.start,
                        end: base + candidate.end,
                        ..candidate
                    });
                },
            };
            for (number, word) in list.iter().enumerate().skip(first) {
                if base + word.end > to {
                    self.at = base + word.start;
                    return true;
                }
                finder.at(number);
            }
            let was_full = list.len() == BATCH;
            self.at = self.at.max(next);
            if !was_full {
                return !more || self.at >= to;
            }
        }
    }
}
