//! One pass of the filters over the input, span by span.

use std::ops::Range;

use sluicegate_kernels::gram::{GramHits, STRIDE};
use sluicegate_kernels::shape::{Marks, ShapeHits};
use sluicegate_kernels::{BLOCK, Kernel, Padding, SPAN, Window};

use super::nearby::Nearby;
use crate::database::record::{CheckRecord, GramUse};
use crate::database::{Around, Database, Sections};

/// Memory of the pass, and the instructions it runs in.
#[derive(Default)]
pub(crate) struct Filters {
    pub(crate) kernel: Kernel,
    grams: GramHits,
    shapes: ShapeHits,
    nearby: Nearby,
    seen: Vec<Seen>,
}

impl Filters {
    pub(super) fn bytes(&self) -> usize {
        2 * SPAN / STRIDE * size_of::<u32>()
            + self.shapes.bytes()
            + self.nearby.bytes()
            + self.seen.capacity() * size_of::<Seen>()
    }
}

/// A gram that a filter saw.
struct Seen {
    at: usize,
    /// Its uses.
    first: GramUse,
    others: Range<usize>,
}

/// Takes in what the filters see.
pub(crate) trait Sink {
    /// The anchor may stand at this offset. Where `since` is stated, the detector was not looked
    /// for from there on.
    fn candidate(&mut self, anchor: u32, at: usize, since: Option<usize>);

    /// Every anchor before `horizon` has been handed on.
    fn passed(&mut self, horizon: usize);
}

/// What of an input is searched.
#[derive(Clone, Copy)]
pub(crate) struct Part {
    /// Anchors before this offset are not wanted.
    pub(crate) from: usize,
    /// Whether more input may follow.
    pub(crate) more: bool,
}

impl Part {
    /// All of it.
    pub(crate) const WHOLE: Self = Self {
        from: 0,
        more: false,
    };

    /// Whether it is not all of an input. Shapes that need a keyword are then asked for everywhere,
    /// because what is passed over counts for what follows.
    fn is_cut(self) -> bool {
        self.more || self.from > 0
    }
}

/// Runs every filter over a part of the input and hands the candidates on.
pub(crate) fn pass(
    database: &Database,
    input: &[u8],
    part: Part,
    filters: &mut Filters,
    sink: &mut impl Sink,
) {
    let sections = &database.view();
    let (grams, shapes) = (sections.filters(), database.shapes());
    filters.nearby.begin(filters.kernel, shapes.groups());
    let mut padding = Padding::default();
    if part.from == 0 {
        start_candidates(database, sections, input, part, filters, sink);
    }
    // A gram may stand one byte before its anchor.
    for start in (part.from.saturating_sub(1)..input.len()).step_by(SPAN) {
        let window = Window::new(input, start, &mut padding);
        // Shapes first: what is passed over must be known before any candidate of the span.
        if !shapes.is_empty() {
            shapes.search(filters.kernel, &window, &mut filters.shapes);
            decide(database, sections, input, (start, &window), part, filters);
            shape_candidates(database, sections, input, start, part, filters, sink);
        }
        if !sections.gram_uses.is_empty() {
            grams.search(filters.kernel, &window, &mut filters.grams);
            gram_candidates(database, sections, input, start, part, filters, sink);
        }
        // The anchor of a gram that the next span holds may stand in this one.
        sink.passed((start + SPAN).saturating_sub(GramUse::OFFSETS));
    }
}

/// Asks for the shapes that need a keyword where one is near, and passes them over elsewhere.
fn decide(
    database: &Database,
    sections: &Sections,
    input: &[u8],
    (start, window): (usize, &Window),
    part: Part,
    filters: &mut Filters,
) {
    let (shapes, keywords) = (database.shapes(), database.keywords());
    let Filters {
        shapes: hits,
        nearby,
        ..
    } = filters;
    let mut span = None;
    let mut next = 0;
    while let Some(first) = shapes.waiting(hits, next) {
        if part.is_cut() {
            shapes.ask(window, hits, next, |_| true);
            next += 1;
            continue;
        }
        let (group, first_at) = (first.group, first.at);
        let (first, mut last_at) = (next, first_at);
        while let Some(waiting) = shapes.waiting(hits, next)
            && waiting.group == group
        {
            last_at = waiting.at;
            next += 1;
        }
        // Most groups have no keyword anywhere near the span.
        let near_span =
            span.get_or_insert_with(|| nearby.near_span(keywords, sections, input, start));
        if !meet(near_span, shapes.group_needs(group)) {
            nearby.pass_over(keywords, group, start + first_at);
            nearby.pass_over(keywords, group, start + last_at);
            continue;
        }
        for number in first..next {
            let Some(waiting) = shapes.waiting(hits, number) else {
                break;
            };
            let at = start + waiting.at;
            let near = nearby.near(keywords, sections, input, at);
            let mut all = meet(&near, waiting.needs);
            if all {
                shapes.ask(window, hits, number, |shape| {
                    let detector = sections.detector_of(sections.shapes[shape].check.get());
                    let needs = keywords.needs(detector);
                    let wanted = needs.as_ref().is_none_or(|needs| meet(&near, needs));
                    all &= wanted;
                    wanted
                });
            }
            if !all {
                nearby.pass_over(keywords, group, at);
            }
        }
    }
}

/// Whether a mark is in both sets.
fn meet(marks: &Marks, others: &Marks) -> bool {
    marks
        .iter()
        .zip(others)
        .any(|(mark, other)| mark & other != 0)
}

/// Hands on the anchors that stand at the start of the input only.
fn start_candidates(
    database: &Database,
    sections: &Sections,
    input: &[u8],
    part: Part,
    filters: &Filters,
    sink: &mut impl Sink,
) {
    let mut around = Around::new(input, part.more);
    for check in sections.start_checks {
        let check = &sections.checks[check.get() as usize];
        if sections.may_stand(filters.kernel, check, &mut around, 0) {
            hand_on(database, sections, check, 0, filters, sink);
        }
    }
}

fn shape_candidates(
    database: &Database,
    sections: &Sections,
    input: &[u8],
    start: usize,
    part: Part,
    filters: &Filters,
    sink: &mut impl Sink,
) {
    let mut around = Around::new(input, part.more);
    for (shape, at) in filters.shapes.iter() {
        let check = &sections.checks[sections.shapes[shape].check.get() as usize];
        if sections.may_stand(filters.kernel, check, &mut around, start + at) {
            hand_on(database, sections, check, start + at, filters, sink);
        }
    }
}

fn gram_candidates(
    database: &Database,
    sections: &Sections,
    input: &[u8],
    start: usize,
    part: Part,
    filters: &mut Filters,
    sink: &mut impl Sink,
) {
    // The first use of each is fetched for all hits before any is followed: the table is large, and
    // this way the processor waits for several of its cache lines at a time.
    filters.seen.clear();
    for places in [&filters.grams.long, &filters.grams.short] {
        for (block, mut bits) in places.bits.into_iter().enumerate() {
            while bits != 0 {
                let place = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                let mut uses = sections.gram_uses(places.hash(block, place));
                if let Some(first) = uses.next() {
                    filters.seen.push(Seen {
                        at: start + block * BLOCK + place * STRIDE,
                        first: sections.gram_uses[first],
                        others: uses,
                    });
                }
            }
        }
    }
    let mut around = Around::new(input, part.more);
    for seen in &filters.seen {
        let others = &sections.gram_uses[seen.others.clone()];
        for usage in std::iter::once(&seen.first).chain(others) {
            if !usage.passes(input, seen.at) {
                continue;
            }
            let check = &sections.checks[usage.check()];
            if let Some(anchor) = usage.anchor(seen.at)
                && sections.may_stand(filters.kernel, check, &mut around, anchor)
            {
                hand_on(database, sections, check, anchor, filters, sink);
            }
        }
    }
}

#[inline]
fn hand_on(
    database: &Database,
    sections: &Sections,
    check: &CheckRecord,
    at: usize,
    filters: &Filters,
    sink: &mut impl Sink,
) {
    let anchor = check.anchor.get();
    let detector = sections.anchors[anchor as usize].detector.get() as usize;
    let since = filters.nearby.since(database.keywords(), detector, at);
    sink.candidate(anchor, at, since);
}
