//! The walk over the tree, written once over eight bitmaps at a time.

use super::{Aligned, NO_GROUP, Node, Padded, PlaneTable, Run, ShapeHits, ShapeSet, Window};
use crate::BLOCKS;
#[cfg(target_arch = "x86_64")]
use crate::vector::{Avx2, Avx512};
use crate::vector::{Portable, Words};

/// # Safety
/// The processor has the features named here.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn avx512(tree: &ShapeSet, window: &Window, hits: &mut ShapeHits) {
    // SAFETY: this function enables the instructions.
    unsafe { walk::<Avx512>(tree, window, hits) }
}

/// # Safety
/// The processor has the features named here.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn avx2(tree: &ShapeSet, window: &Window, hits: &mut ShapeHits) {
    // SAFETY: this function enables the instructions.
    unsafe { walk::<Avx2>(tree, window, hits) }
}

pub(super) fn portable(tree: &ShapeSet, window: &Window, hits: &mut ShapeHits) {
    // SAFETY: every processor has these instructions.
    unsafe { walk::<Portable>(tree, window, hits) }
}

/// # Safety
/// As [`Words`] asks.
#[inline(always)]
unsafe fn walk<W: Words>(tree: &ShapeSet, window: &Window, hits: &mut ShapeHits) {
    for (number, run) in tree.runs.iter().enumerate() {
        match *run {
            Run::Single { plane } => single(tree, usize::from(plane), number, window, hits),
            // SAFETY: the caller's promise.
            Run::Double { of, half } => unsafe {
                double::<W>(hits, of.into(), half.into(), number);
            },
        }
    }
    let ShapeHits {
        found, runs, count, ..
    } = hits;
    assert!(runs.len() == tree.runs.len() && found.len() > tree.steps.len());
    // Positions at which everything above a node of each depth holds.
    let mut above = [Aligned::default(); Node::MAX_DEPTH + 1];
    above[0].0 = std::array::from_fn(|block| window.input_bits(block));
    let words = runs.as_ptr().cast::<u64>();
    let (mut next, mut out) = (0, 0);
    while let Some(step) = tree.steps.get(next) {
        next += 1;
        let depth = usize::from(step.depth);
        // SAFETY: `ShapeSet::new` refuses depths past the maximum and makes `word` of the number of
        // a run that it makes; there are as many runs and one place more for what is found than
        // it made. The nine words from `word` on are those of one run. The rest is the caller's
        // promise.
        unsafe {
            let word = words.add(step.word as usize);
            let here = W::load(&*word.cast());
            let behind = W::load(&*word.add(1).cast());
            let holds = here.shift_right(behind, step.by).xor(W::splat(step.flip));
            let bits = W::load(&above.get_unchecked(depth).0).and(holds);
            bits.store(&mut above.get_unchecked_mut(depth + 1).0);
            if step.branch && bits.nonzero() == 0 {
                next = step.skip as usize;
            } else if step.group != NO_GROUP {
                // What holds nowhere is overwritten by the next.
                let place = found.get_unchecked_mut(out);
                place.group = step.group;
                place.blocks = bits.nonzero();
                bits.store(&mut place.bits);
                out += usize::from(place.blocks != 0);
            }
        }
    }
    *count = out;
    hits.ask(&tree.groups, window);
}

/// Puts the bitmaps of a plane where the walk reads them.
#[inline(always)]
fn single(tree: &ShapeSet, plane: usize, number: usize, window: &Window, hits: &mut ShapeHits) {
    let run = &mut hits.runs[number];
    let table = &tree.tables[plane / PlaneTable::PLANES];
    let held = window
        .before()
        .is_some_and(|byte| table.contains(plane % PlaneTable::PLANES, byte));
    let (span, behind) = hits.planes[plane].split_at(BLOCKS);
    run.0[BLOCKS - 1] = u64::from(held) << 63;
    run.0[BLOCKS..2 * BLOCKS].copy_from_slice(span);
    run.0[2 * BLOCKS] = behind[0];
}

/// Joins two runs that follow one another.
///
/// # Safety
/// As [`Words`] asks.
#[inline(always)]
unsafe fn double<W: Words>(hits: &mut ShapeHits, of: usize, half: u32, number: usize) {
    let (shorter, longer) = hits.runs.split_at_mut(number);
    let (shorter, longer) = (&shorter[of], &mut longer[0]);
    // SAFETY: the caller's promise.
    unsafe {
        let first = W::load(shorter.moved(0));
        let then = first.shift_right(W::load(shorter.moved(1)), half);
        let span: &mut [u64; BLOCKS] = longer.0[BLOCKS..].first_chunk_mut().expect("the span");
        first.and(then).store(span);
    }
    // Behind the span, as far as it can be told.
    let behind = shorter.0[2 * BLOCKS];
    longer.0[2 * BLOCKS] = behind & behind >> half;
}

impl Padded {
    /// Eight bitmaps, the first of which is number `by` of the span.
    #[inline(always)]
    fn moved(&self, by: isize) -> &[u64; BLOCKS] {
        let from = BLOCKS.wrapping_add_signed(by);
        self.0[from..]
            .first_chunk()
            .expect("bitmaps before and behind the span")
    }
}
