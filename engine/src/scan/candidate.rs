//! One pass of the filters over the input, block by block.
//!
//! Grams are seen in the block in which they start. Shapes look up to 63 bytes ahead, so they are
//! evaluated one block late, when the next block's planes are known.

use sluicegate_kernels::{BLOCK, PlaneTable, WINDOW, fold_gram};

use crate::database::Sections;
use crate::database::record::{GramSlot, GramUse, ShapeNode};

/// Memory of the pass: the planes of three blocks that follow one another.
#[derive(Default)]
pub(crate) struct Blocks {
    older: Vec<u64>,
    /// The block whose shapes are evaluated.
    now: Vec<u64>,
    next: Vec<u64>,
    /// Runs of `2^level` bytes of each plane that start in `now`, or, as far as they can be told,
    /// in `next`, which is the high half. Most are never asked for.
    runs: Vec<[u128; LEVELS]>,
    /// How many levels of `runs` are known, for each plane.
    known: Vec<u8>,
}

const LEVELS: usize = 7;

impl Blocks {
    pub(super) fn clear(&mut self) {
        self.now.clear();
        self.next.clear();
    }

    pub(super) fn bytes(&self) -> usize {
        self.runs.capacity() * size_of::<[u128; LEVELS]>()
            + (self.older.capacity() + self.now.capacity() + self.next.capacity()) * 8
            + self.known.capacity()
    }

    /// Takes in the next block, of which the bytes in `mask` are input.
    fn push(&mut self, sections: &Sections, block: &[u8; BLOCK], mask: u64) {
        let count = sections.plane_records.len();
        std::mem::swap(&mut self.older, &mut self.now);
        std::mem::swap(&mut self.now, &mut self.next);
        for planes in [&mut self.older, &mut self.now, &mut self.next] {
            planes.resize(count, 0);
        }
        self.runs.resize(count, [0; LEVELS]);
        self.known.clear();
        self.known.resize(count, 0);
        for (table, next) in sections
            .planes
            .iter()
            .zip(self.next.chunks_mut(PlaneTable::PLANES))
        {
            for (next, plane) in next.iter_mut().zip(table.planes(block)) {
                *next = plane & mask;
            }
        }
    }

    /// Positions of `now` at which the node's condition holds.
    fn condition(&mut self, node: &ShapeNode) -> u64 {
        let plane = usize::from(node.plane);
        let bits = if node.shift >= 0 {
            (self.runs(plane, node.level) >> u32::from(node.shift.unsigned_abs())) as u64
        } else {
            // Only single bytes are asked for before an anchor, at most 63 bytes back.
            let back = u32::from(node.shift.unsigned_abs());
            self.now[plane] << back | self.older[plane] >> (64 - back)
        };
        if node.negated == 0 { bits } else { !bits }
    }

    fn runs(&mut self, plane: usize, level: u8) -> u128 {
        let runs = &mut self.runs[plane];
        if self.known[plane] == 0 {
            runs[0] = u128::from(self.now[plane]) | u128::from(self.next[plane]) << BLOCK;
            self.known[plane] = 1;
        }
        while self.known[plane] <= level {
            let longer = usize::from(self.known[plane]);
            let shorter = runs[longer - 1];
            runs[longer] = shorter & shorter >> (1 << (longer - 1));
            self.known[plane] += 1;
        }
        runs[usize::from(level)]
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
    let shapes = !sections.shape_nodes.is_empty();
    let filter = sections.filter();
    let mut tail = [0u8; WINDOW];
    for start in (0..input.len()).step_by(BLOCK) {
        let rest = &input[start..];
        let window: &[u8; WINDOW] = if let Some(whole) = rest.first_chunk() {
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
    window: &[u8; WINDOW],
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
    blocks: &mut Blocks,
    start: usize,
    mask: u64,
    sink: &mut impl Sink,
) {
    // Positions at which everything above a node of each depth holds.
    let mut above = [0u64; ShapeNode::MAX_DEPTH + 1];
    above[0] = mask;
    let mut next = 0;
    while let Some(node) = sections.shape_nodes.get(next) {
        let depth = usize::from(node.depth);
        let mut found = above[depth] & blocks.condition(node);
        if found == 0 {
            next = node.skip.get() as usize;
            continue;
        }
        above[depth + 1] = found;
        next += 1;
        let anchors = &sections.shape_anchors[node.anchors.bounds()];
        if anchors.is_empty() {
            continue;
        }
        while found != 0 {
            let at = found.trailing_zeros() as usize;
            found &= found - 1;
            for anchor in anchors {
                sink.candidate(anchor.get(), start + at);
            }
        }
    }
}
