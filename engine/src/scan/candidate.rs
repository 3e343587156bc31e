//! One pass of the filters over the input, block by block.
//!
//! Grams are seen in the block in which they start. Shapes look up to 63 bytes ahead, so they are
//! evaluated one block late, when the next block's planes are known.

use sluicegate_kernels::{BLOCK, GRAM, PlaneTable, fold_gram};

use crate::database::Sections;
use crate::database::record::{GramSlot, GramUse, TermRecord};

/// Memory of the pass: the planes of three blocks that follow one another.
#[derive(Default)]
pub(crate) struct Blocks {
    /// Runs of `2^level` bytes of each plane over the last two blocks, older block in the low
    /// half; level after level.
    runs: Vec<[u128; LEVELS]>,
    /// Planes of the block before those.
    older: Vec<u64>,
}

const LEVELS: usize = 7;

impl Blocks {
    pub(super) fn clear(&mut self) {
        self.runs.clear();
        self.older.clear();
    }

    pub(super) fn bytes(&self) -> usize {
        self.runs.capacity() * size_of::<[u128; LEVELS]>() + self.older.capacity() * 8
    }

    /// Takes in the next block, of which the bytes in `mask` are input.
    fn push(&mut self, sections: &Sections, block: &[u8; BLOCK], mask: u64) {
        let count = sections.plane_records.len();
        self.runs.resize(count, [0; LEVELS]);
        self.older.resize(count, 0);
        for (table, planes) in sections.planes.iter().enumerate() {
            let new = planes.planes(block);
            let base = table * PlaneTable::PLANES;
            for (i, &new) in new.iter().take(count - base).enumerate() {
                let plane = base + i;
                let runs = &mut self.runs[plane];
                self.older[plane] = runs[0] as u64;
                runs[0] = runs[0] >> BLOCK | u128::from(new & mask) << BLOCK;
                for level in 1..=usize::from(sections.levels[plane]) {
                    let shorter = runs[level - 1];
                    runs[level] = shorter & shorter >> (1 << (level - 1));
                }
            }
        }
    }

    /// Positions of the block before the last at which the term holds.
    fn term(&self, term: TermRecord) -> u64 {
        let plane = usize::from(term.plane);
        let runs = self.runs[plane][usize::from(term.level)];
        let bits = if term.shift >= 0 {
            (runs >> u32::from(term.shift.unsigned_abs())) as u64
        } else {
            // Only single bytes are asked for before an anchor, at most 63 bytes back.
            let back = u32::from(term.shift.unsigned_abs());
            (runs as u64) << back | self.older[plane] >> (64 - back)
        };
        if term.negated == 0 { bits } else { !bits }
    }
}

/// Bits of the first `len` bytes of a block.
fn first_bits(len: usize) -> u64 {
    if len >= BLOCK {
        u64::MAX
    } else {
        (1 << len) - 1
    }
}

/// Takes in what the filters see.
pub(crate) trait Sink {
    /// The anchor may stand at this offset.
    fn candidate(&mut self, anchor: u32, at: usize);

    /// Every anchor before `horizon` has been handed on.
    fn passed(&mut self, horizon: usize);
}

/// Runs every filter over the input and hands the candidates on.
pub(crate) fn pass(sections: &Sections, input: &[u8], blocks: &mut Blocks, sink: &mut impl Sink) {
    let shapes = !sections.shapes.is_empty();
    let filter = sections.filter();
    let mut tail = [0u8; BLOCK + GRAM - 1];
    for start in (0..input.len()).step_by(BLOCK) {
        let rest = &input[start..];
        let window: &[u8; BLOCK + GRAM - 1] = if let Some(whole) = rest.first_chunk() {
            whole
        } else {
            tail.fill(0);
            tail[..rest.len()].copy_from_slice(rest);
            &tail
        };
        let mask = first_bits(rest.len());
        gram_candidates(
            sections,
            window,
            start,
            filter.candidates(window) & mask,
            sink,
        );
        if shapes {
            let block = window
                .first_chunk()
                .expect("a window is longer than a block");
            blocks.push(sections, block, mask);
            if start > 0 {
                shape_candidates(sections, blocks, start - BLOCK, u64::MAX, sink);
            }
        }
        // An anchor is known once its gram or, a block late, its shape has been passed.
        sink.passed(start.saturating_sub(GramUse::MAX_OFFSET));
    }
    if shapes && !input.is_empty() {
        let last = (input.len() - 1) / BLOCK * BLOCK;
        blocks.push(sections, &[0; BLOCK], 0);
        shape_candidates(sections, blocks, last, first_bits(input.len() - last), sink);
    }
}

fn gram_candidates(
    sections: &Sections,
    window: &[u8; BLOCK + GRAM - 1],
    start: usize,
    mut found: u64,
    sink: &mut impl Sink,
) {
    while found != 0 {
        let at = found.trailing_zeros() as usize;
        found &= found - 1;
        let gram = u32::from_le_bytes([window[at], window[at + 1], window[at + 2], window[at + 3]]);
        for usage in
            &sections.gram_uses[GramSlot::find(sections.gram_slots, fold_gram(gram)).bounds()]
        {
            if let Some(anchor) = (start + at).checked_sub(usage.offset()) {
                sink.candidate(usage.anchor(), anchor);
            }
        }
    }
}

fn shape_candidates(
    sections: &Sections,
    blocks: &Blocks,
    start: usize,
    mask: u64,
    sink: &mut impl Sink,
) {
    for shape in sections.shapes {
        let mut found = mask;
        for term in &sections.terms[shape.terms.bounds()] {
            found &= blocks.term(*term);
            if found == 0 {
                break;
            }
        }
        while found != 0 {
            let at = found.trailing_zeros() as usize;
            found &= found - 1;
            sink.candidate(shape.anchor.get(), start + at);
        }
    }
}
