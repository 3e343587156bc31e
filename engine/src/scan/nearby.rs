//! Which keywords are near a position, and what was passed over because none was.
//!
//! A match without its keyword is not reported, but it takes its bytes: a match that starts inside
//! it is not found. So what is passed over is remembered, as far as a later match could start inside
//! it, and searched when there is one.

use std::ops::Range;

use sluicegate_kernels::shape::Marks;
use sluicegate_kernels::{BLOCK, BLOCKS, Kernel, Padding, SPAN, Window};

use crate::database::record::GramUse;
use crate::database::{Keywords, Sections};

/// Spans whose marks are kept: those that a position can have near, before and behind.
const KEPT: usize = 8;

/// Memory of one scan.
pub(super) struct Nearby {
    kernel: Kernel,
    spans: [Span; KEPT],
    /// The marks near the positions of a block, by its number.
    near: Option<(usize, Marks)>,
    /// What was passed over, for each group.
    passed: Vec<Passed>,
    /// Number of the scan, by which memory of an earlier one is told.
    scan: u64,
}

#[derive(Clone, Copy, Default)]
struct Span {
    /// The number of the span and that of the scan.
    number: Option<(usize, u64)>,
    marks: [Marks; BLOCKS],
}

/// The first and the last position of places that were passed over, none far from the next.
#[derive(Clone, Copy, Default)]
struct Passed {
    scan: u64,
    first: usize,
    last: usize,
}

impl Default for Nearby {
    fn default() -> Self {
        Self {
            kernel: Kernel::default(),
            spans: [Span::default(); KEPT],
            near: None,
            passed: Vec::new(),
            scan: 0,
        }
    }
}

impl Nearby {
    pub(super) fn bytes(&self) -> usize {
        self.passed.capacity() * size_of::<Passed>()
    }

    /// Makes ready for a scan. Takes the same time whatever the database, but for the first scan
    /// with a larger one.
    pub(super) fn begin(&mut self, kernel: Kernel, groups: usize) {
        self.kernel = kernel;
        self.scan += 1;
        self.near = None;
        if self.passed.len() < groups {
            self.passed.resize(groups, Passed::default());
        }
    }

    /// The marks near a position.
    #[inline]
    pub(super) fn near(
        &mut self,
        keywords: &Keywords,
        sections: &Sections,
        input: &[u8],
        at: usize,
    ) -> Marks {
        match self.near {
            Some((block, near)) if block == at / BLOCK => near,
            _ => self.gather(keywords, sections, input, at / BLOCK),
        }
    }

    /// The marks near the positions of the span that starts at `start`.
    pub(super) fn near_span(
        &mut self,
        keywords: &Keywords,
        sections: &Sections,
        input: &[u8],
        start: usize,
    ) -> Marks {
        let block = start / BLOCK;
        self.collect(keywords, sections, input, block..block + BLOCKS)
    }

    /// The marks near the positions of a block.
    #[inline(never)]
    fn gather(
        &mut self,
        keywords: &Keywords,
        sections: &Sections,
        input: &[u8],
        block: usize,
    ) -> Marks {
        let near = self.collect(keywords, sections, input, block..block + 1);
        self.near = Some((block, near));
        near
    }

    /// The marks near the positions of blocks that follow one another.
    fn collect(
        &mut self,
        keywords: &Keywords,
        sections: &Sections,
        input: &[u8],
        blocks: Range<usize>,
    ) -> Marks {
        let first = (blocks.start * BLOCK).saturating_sub(keywords.back) / BLOCK;
        let last = (blocks.end * BLOCK - 1 + keywords.ahead).min(input.len() - 1) / BLOCK;
        let mut near = [0; 8];
        for number in first / BLOCKS..=last / BLOCKS {
            let span = self.span(keywords, sections, input, number);
            let from = first.saturating_sub(number * BLOCKS);
            let to = (last + 1 - number * BLOCKS).min(BLOCKS);
            for marks in &span[from..to] {
                for (near, marks) in near.iter_mut().zip(marks) {
                    *near |= marks;
                }
            }
        }
        near
    }

    fn span(
        &mut self,
        keywords: &Keywords,
        sections: &Sections,
        input: &[u8],
        number: usize,
    ) -> &[Marks; BLOCKS] {
        let span = &mut self.spans[number % KEPT];
        if span.number != Some((number, self.scan)) {
            let mut padding = Padding::default();
            let window = Window::new(input, number * SPAN, &mut padding);
            *span = Span {
                number: Some((number, self.scan)),
                marks: keywords.marks(self.kernel, sections, input, number * SPAN, &window),
            };
        }
        &span.marks
    }

    /// Remembers that a group's shapes were passed over at a position.
    #[inline]
    pub(super) fn pass_over(&mut self, keywords: &Keywords, group: usize, at: usize) {
        let passed = &mut self.passed[group];
        // The places of a span come group by group and not in their order, and anchors that grams
        // find may stand before it: what is nearer than that to a later place is one run with it.
        let apart = passed.last + keywords.reach + SPAN + GramUse::OFFSETS;
        if passed.scan != self.scan || at > apart {
            passed.first = at;
        }
        passed.scan = self.scan;
        passed.last = at;
    }

    /// The first position that was passed over and from which on a detector must be searched when an
    /// anchor of it stands at `at`; none when there is no such position.
    #[inline]
    pub(super) fn since(&self, keywords: &Keywords, detector: usize, at: usize) -> Option<usize> {
        keywords
            .groups(detector)
            .iter()
            .map(|&group| &self.passed[usize::from(group)])
            .filter(|passed| {
                passed.scan == self.scan && passed.first <= at && at <= passed.last + keywords.reach
            })
            .map(|passed| passed.first.saturating_sub(keywords.before))
            .min()
    }
}
