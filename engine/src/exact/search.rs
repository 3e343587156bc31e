//! A text to the rows in it.

use std::collections::VecDeque;

use zerocopy::little_endian::U32;

use super::candidate::{Candidate, MAX_SPAN};
use super::data::ExactIndex;
use super::read::{Part, Reader};
use super::row::tag;
use crate::finding::{Finding, View};
use crate::index::{Table, sip_cell};
use crate::{ClassifierIndex, limits};

/// A row that stands in an input: enough of its cells, near one another.
///
/// Each of its cells is a finding too. It holds no input bytes; the row's number says which it is to
/// those who have the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RowMatch {
    /// Offset of the first byte of its first cell.
    pub start: usize,
    /// Offset behind the last byte of its last cell.
    pub end: usize,
    /// The classifier of the index.
    pub classifier: ClassifierIndex,
    /// The row: its number in the table that was indexed, from 0, unless the index was updated since.
    pub row: u32,
    /// The columns that were found, as bits in the order of the schema.
    pub columns: u16,
}

/// What could be a cell of a primary column, and is one that leads to a row once the table says so.
#[derive(Clone, Copy, Debug)]
struct Primary {
    start: usize,
    end: usize,
    column: u8,
    hash: u64,
    tag: u32,
}

/// What could be a cell beside a primary one.
#[derive(Clone, Copy, Debug)]
struct Near {
    start: usize,
    end: usize,
    column: u8,
    tag: u32,
}

/// One input that is searched for the rows of an index.
#[derive(Clone, Debug, Default)]
pub(crate) struct Search {
    sweep: Reader,
    near: Reader,
    nearby: VecDeque<Near>,
    /// Candidates that the filter let pass: they are asked for in the table when so many are known that
    /// loads from memory overlap.
    asked: Vec<Primary>,
    /// Primary cells whose surroundings have not all come.
    pending: VecDeque<Primary>,
    rows: Vec<RowMatch>,
    /// Rows of which too few cells were found, for those who ask why.
    short: Option<Vec<RowMatch>>,
    /// No later finding starts before.
    settled: usize,
}

/// What a search works with.
struct Work<'a> {
    index: &'a ExactIndex,
    table: Table<'a>,
    tags: &'a [U32],
    classifier: ClassifierIndex,
    part: Part<'a>,
}

impl Search {
    /// Makes ready for another input.
    pub(crate) fn begin(&mut self) {
        self.sweep.seek(0);
        self.near.seek(0);
        self.nearby.clear();
        self.pending.clear();
        self.rows.clear();
        self.settled = 0;
    }

    /// Reads on. `input` holds the text from offset `base` of the whole on. Adds the findings that
    /// are decided, and returns the offset before which no later one starts.
    pub(crate) fn read(
        &mut self,
        index: &ExactIndex,
        classifier: ClassifierIndex,
        input: &[u8],
        base: usize,
        more: bool,
        findings: &mut Vec<Finding>,
    ) -> usize {
        self.rows.clear();
        let work = Work {
            index,
            table: index.table(),
            tags: index.tags(),
            classifier,
            part: Part { input, base, more },
        };
        self.find_primary(&work);
        self.join(&work, findings);
        self.settle(&work);
        self.settled
    }

    /// First offset of the whole that the next read needs to see again.
    pub(crate) fn needs(&self) -> usize {
        // What may stand near a cell that has not come is read from some words before.
        let near = self.settled.saturating_sub(2 * MAX_SPAN + 8);
        near.min(self.sweep.needs())
    }

    /// The rows that the last read decided.
    pub(crate) fn rows(&self) -> &[RowMatch] {
        &self.rows
    }

    /// Bytes of memory held.
    pub(crate) fn bytes(&self) -> usize {
        self.sweep.bytes()
            + self.near.bytes()
            + self.nearby.capacity() * size_of::<Near>()
            + self.asked.capacity() * size_of::<Primary>()
            + self.pending.capacity() * size_of::<Primary>()
            + self.rows.capacity() * size_of::<RowMatch>()
    }

    /// Finds the primary cells in what has come.
    fn find_primary(&mut self, work: &Work<'_>) {
        let Self {
            sweep,
            asked,
            pending,
            ..
        } = self;
        let Work { index, table, .. } = work;
        let key = index.key();
        let mut ask = |asked: &mut Vec<Primary>| {
            for cell in asked.drain(..) {
                let is_there = table.find(cell.hash).any(|(_, row)| {
                    work.cell(row, usize::from(cell.column))
                        .is_some_and(|tag| tag == cell.tag)
                });
                if is_there {
                    add(pending, cell);
                }
            }
        };
        sweep.read(work.part, usize::MAX, index.primary(), |candidate| {
            for (column, _) in index
                .columns(&candidate)
                .filter(|(_, column)| column.primary)
            {
                let hash = sip_cell(key.lookups(), column as u8, candidate.form);
                if table.may_hold(hash) {
                    asked.push(Primary {
                        start: candidate.start,
                        end: candidate.end,
                        column: column as u8,
                        hash,
                        tag: tag(key, column, candidate.form),
                    });
                }
            }
            if asked.len() >= limits::EXACT_ASKED as usize {
                ask(asked);
            }
        });
        ask(asked);
    }

    /// Decides the primary cells whose surroundings have come.
    fn join(&mut self, work: &Work<'_>, findings: &mut Vec<Finding>) {
        while let Some(&primary) = self.pending.front() {
            let within = work.index.schema().within as usize;
            let from = primary.start.saturating_sub(within);
            let to = primary.end + within;
            if work.index.schema().needed > 1 && !self.look_around(work, from, to) {
                return;
            }
            self.pending.pop_front();
            let tags = Tags::of(&self.nearby);
            for (_, row) in work.table.find(primary.hash) {
                self.decide(work, primary, row, (from..to, &tags), findings);
            }
        }
    }

    /// Finds what stands around a primary cell. Returns whether all of it has come.
    fn look_around(&mut self, work: &Work<'_>, from: usize, to: usize) -> bool {
        let floor = from.saturating_sub(MAX_SPAN);
        if from < self.near.floor() || from > self.near.at() {
            self.nearby.clear();
            self.near.seek(floor);
        }
        while self.nearby.front().is_some_and(|near| near.end < floor) {
            self.nearby.pop_front();
        }
        let (index, nearby) = (work.index, &mut self.nearby);
        self.near
            .read(work.part, to, index.others(), |candidate: Candidate<'_>| {
                for (column, _) in index.columns(&candidate) {
                    nearby.push_back(Near {
                        start: candidate.start,
                        end: candidate.end,
                        column: column as u8,
                        tag: tag(index.key(), column, candidate.form),
                    });
                }
            })
    }

    /// Counts the cells of a row around a primary one.
    fn decide(
        &mut self,
        work: &Work<'_>,
        primary: Primary,
        row: u32,
        (around, tags): (std::ops::Range<usize>, &Tags),
        findings: &mut Vec<Finding>,
    ) {
        let schema = work.index.schema();
        let own = usize::from(primary.column);
        if work.cell(row, own) != Some(primary.tag) {
            return;
        }
        let mut cells = [(primary.start, primary.end); sluicegate_model::MAX_COLUMNS];
        let mut count = 1;
        let mut columns = 1u16 << own;
        if schema.needed > 1 {
            for column in work.index.by_weight().filter(|&column| column != own) {
                let Some(tag) = work.cell(row, column).filter(|&tag| tags.may_hold(tag)) else {
                    continue;
                };
                let taken = &cells[..count];
                let nearest = self
                    .nearby
                    .iter()
                    .filter(|near| near.tag == tag && usize::from(near.column) == column)
                    .filter(|near| near.start >= around.start && near.end <= around.end)
                    .filter(|near| {
                        taken
                            .iter()
                            .all(|&(start, end)| near.end <= start || near.start >= end)
                    })
                    .min_by_key(|near| {
                        let after = near.start.saturating_sub(primary.end);
                        let before = primary.start.saturating_sub(near.end);
                        (after.max(before), near.start, near.end)
                    });
                if let Some(near) = nearest {
                    cells[count] = (near.start, near.end);
                    count += 1;
                    columns |= 1 << column;
                }
            }
        }
        let cells = &cells[..count];
        let found = RowMatch {
            start: cells
                .iter()
                .map(|cell| cell.0)
                .min()
                .unwrap_or(primary.start),
            end: cells.iter().map(|cell| cell.1).max().unwrap_or(primary.end),
            classifier: work.classifier,
            row,
            columns,
        };
        if count < usize::from(schema.needed) {
            self.short.iter_mut().for_each(|short| short.push(found));
            return;
        }
        for &(start, end) in cells {
            findings.push(Finding {
                start,
                end,
                classifier: work.classifier,
                confidence: schema.confidence,
                view: View::Raw,
            });
        }
        self.rows.push(found);
    }

    /// Finds the offset before which nothing will be found.
    fn settle(&mut self, work: &Work<'_>) {
        let Part { input, base, more } = work.part;
        let end = base + input.len();
        if !more {
            self.settled = end;
            return;
        }
        let schema = work.index.schema();
        let around = if schema.needed > 1 {
            schema.within as usize
        } else {
            0
        };
        let first = self.pending.iter().map(|primary| primary.start).min();
        let next = self.open(work);
        let place = first
            .map_or(next, |first| first.min(next))
            .saturating_sub(around);
        // Whole characters.
        let place = place.clamp(base, end) - base;
        let whole = (place.saturating_sub(3)..=place)
            .rev()
            .find(|&at| input.get(at).is_none_or(|byte| byte & 0xC0 != 0x80));
        self.settled = self.settled.max(base + whole.unwrap_or(place));
    }

    /// Where the first primary cell may start that has not been seen to its end.
    fn open(&self, work: &Work<'_>) -> usize {
        let Part { input, base, .. } = work.part;
        let wanted = work.index.primary();
        let words = self.sweep.words().words();
        let mut open = self.sweep.at();
        let count = words.partition_point(|word| base + word.start < open);
        for word in words[..count].iter().rev() {
            let gap = &input[word.end..open - base];
            if !wanted.may_join(word, gap) || self.sweep.at() - base - word.start > MAX_SPAN {
                break;
            }
            open = base + word.start;
        }
        open
    }
}

/// Which tags are near: many rows may share a primary cell, and most have nothing else there.
struct Tags([u64; 256]);

impl Tags {
    fn of(nearby: &VecDeque<Near>) -> Self {
        let mut tags = Self([0; 256]);
        for near in nearby {
            let (word, bit) = Self::place(near.tag);
            tags.0[word] |= bit;
        }
        tags
    }

    /// Whether a cell with this tag may be near; one that does not count never is.
    fn may_hold(&self, tag: u32) -> bool {
        let (word, bit) = Self::place(tag);
        tag != 0 && self.0[word] & bit != 0
    }

    fn place(tag: u32) -> (usize, u64) {
        ((tag >> 6) as usize % 256, 1 << (tag % 64))
    }
}

/// Adds a primary cell. Of those with the same form and end the longest counts: a number with the
/// code of its country, and without.
fn add(pending: &mut VecDeque<Primary>, cell: Primary) {
    let mut same_end = pending
        .iter_mut()
        .rev()
        .take_while(|last| last.end == cell.end);
    let same = same_end.find(|last| last.column == cell.column && last.hash == cell.hash);
    if let Some(last) = same {
        last.start = last.start.min(cell.start);
        return;
    }
    pending.push_back(cell);
}

impl Work<'_> {
    /// The hash of a row's cell.
    fn cell(&self, row: u32, column: usize) -> Option<u32> {
        let columns = self.index.schema().columns.len();
        let masked = self.tags.get(row as usize * columns + column)?;
        Some(masked.get() ^ self.index.key().mask(row, column as u8))
    }
}

/// The rows of which a primary cell stands in an input, in the order of their spans: those that are
/// found, and those of which too few cells are near.
pub(crate) fn trace(
    index: &ExactIndex,
    classifier: ClassifierIndex,
    input: &[u8],
) -> Vec<RowMatch> {
    let mut search = Search {
        short: Some(Vec::new()),
        ..Search::default()
    };
    search.read(index, classifier, input, 0, false, &mut Vec::new());
    let mut rows = search.rows;
    rows.extend(search.short.unwrap_or_default());
    rows.sort_unstable();
    rows.dedup();
    rows
}
