//! One pass of the filters over the input, span by span.

use sluicegate_kernels::gram::{GramHits, STRIDE};
use sluicegate_kernels::shape::ShapeHits;
use sluicegate_kernels::{BLOCK, Kernel, Padding, SPAN, Window};

use crate::database::record::GramUse;
use crate::database::{Database, Sections};

/// Memory of the pass, and the instructions it runs in.
#[derive(Default)]
pub(crate) struct Filters {
    pub(super) kernel: Kernel,
    grams: GramHits,
    shapes: ShapeHits,
    padding: Padding,
}

impl Filters {
    pub(super) fn bytes(&self) -> usize {
        SPAN / STRIDE * size_of::<u32>() + self.shapes.bytes()
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
pub(crate) fn pass(database: &Database, input: &[u8], filters: &mut Filters, sink: &mut impl Sink) {
    let sections = &database.view();
    let (grams, shapes) = (sections.filter(), database.shapes());
    for start in (0..input.len()).step_by(SPAN) {
        let window = Window::new(input, start, &mut filters.padding);
        if !sections.gram_uses.is_empty() {
            grams.search(filters.kernel, &window, &mut filters.grams);
            gram_candidates(sections, input, start, &filters.grams, sink);
        }
        if !shapes.is_empty() {
            shapes.search(filters.kernel, &window, &mut filters.shapes);
            shape_candidates(sections, input, start, &filters.shapes, sink);
        }
        // The anchor of a gram that the next span holds may stand in this one.
        sink.passed((start + SPAN).saturating_sub(GramUse::OFFSETS));
    }
}

fn gram_candidates(
    sections: &Sections,
    input: &[u8],
    start: usize,
    hits: &GramHits,
    sink: &mut impl Sink,
) {
    for (block, mut places) in hits.bits.into_iter().enumerate() {
        while places != 0 {
            let place = places.trailing_zeros() as usize;
            places &= places - 1;
            let at = start + block * BLOCK + place * STRIDE;
            for usage in sections.gram_uses(hits.hash(block, place)) {
                let check = &sections.checks[usage.check()];
                if let Some(anchor) = usage.anchor(at)
                    && check.passes(input, anchor)
                {
                    sink.candidate(check.anchor.get(), anchor);
                }
            }
        }
    }
}

fn shape_candidates(
    sections: &Sections,
    input: &[u8],
    start: usize,
    hits: &ShapeHits,
    sink: &mut impl Sink,
) {
    for (shape, at) in hits.iter() {
        let check = &sections.checks[sections.shapes[shape].check.get() as usize];
        if check.passes(input, start + at) {
            sink.candidate(check.anchor.get(), start + at);
        }
    }
}
