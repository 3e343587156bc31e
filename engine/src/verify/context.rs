//! Keywords near a match, and the confidence that results.

use std::cmp::Reverse;
use std::ops::{ControlFlow, Range};

use crate::ClassifierIndex;
use crate::database::Sections;
use crate::database::record::ClassifierRecord;
use crate::finding::{Finding, View};

/// What a classifier's context says of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// A finding of this confidence.
    Confidence(u8),
    /// No finding: a required keyword is missing.
    Missing,
}

impl Verdict {
    /// The finding that a match with this value is, if it is one.
    pub(crate) fn finding(
        self,
        classifier: ClassifierIndex,
        (start, end): (usize, usize),
    ) -> Option<Finding> {
        match self {
            Self::Missing => None,
            Self::Confidence(confidence) => Some(Finding {
                start,
                end,
                classifier,
                confidence,
                view: View::Raw,
            }),
        }
    }
}

/// Weighs a span of the input.
pub(crate) fn weigh(
    sections: &Sections,
    classifier: &ClassifierRecord,
    input: &[u8],
    start: usize,
    end: usize,
) -> Verdict {
    let window = classifier.context_window.get() as usize;
    let to = input.len().min(end.saturating_add(window));
    judge(classifier, || {
        keyword_near(sections, classifier, input, start, end, to)
    })
}

/// The same while more input may follow. `None` when that could change it.
pub(crate) fn weigh_so_far(
    sections: &Sections,
    classifier: &ClassifierRecord,
    input: &[u8],
    start: usize,
    end: usize,
) -> Option<Verdict> {
    let window = classifier.context_window.get() as usize;
    // The byte behind a word says whether it is a whole one.
    if classifier.context == 0 || end.saturating_add(window) < input.len() {
        return Some(weigh(sections, classifier, input, start, end));
    }
    let to = (input.len() - 1).max(end);
    keyword_near(sections, classifier, input, start, end, to).then(|| judge(classifier, || true))
}

fn keyword_before(
    sections: &Sections,
    classifier: &ClassifierRecord,
    input: &[u8],
    start: usize,
) -> bool {
    let window = classifier.context_window.get() as usize;
    keyword_in(
        sections,
        classifier,
        input,
        start.saturating_sub(window),
        start,
    )
}

/// Whether a keyword stands within the window before `start`, or between `end` and `to`.
fn keyword_near(
    sections: &Sections,
    classifier: &ClassifierRecord,
    input: &[u8],
    start: usize,
    end: usize,
    to: usize,
) -> bool {
    keyword_before(sections, classifier, input, start)
        || keyword_in(sections, classifier, input, end, to)
}

/// What a classifier says where a keyword is found, or not.
fn judge(classifier: &ClassifierRecord, found: impl FnOnce() -> bool) -> Verdict {
    let base = classifier.confidence;
    if classifier.context == 0 {
        return Verdict::Confidence(base);
    }
    let found = found();
    let amount = classifier.context_amount;
    match (classifier.context, found) {
        (1, false) => Verdict::Missing,
        (2, true) => Verdict::Confidence(base.saturating_add(amount).min(100)),
        (3, true) => Verdict::Confidence(base.saturating_sub(amount)),
        _ => Verdict::Confidence(base),
    }
}

/// Whether a keyword stands as a whole word between `from` and `to`.
fn keyword_in(
    sections: &Sections,
    classifier: &ClassifierRecord,
    input: &[u8],
    from: usize,
    to: usize,
) -> bool {
    let mut found = false;
    keywords_in(sections, classifier, input, from..to, |_| {
        found = true;
        ControlFlow::Break(())
    });
    found
}

/// Calls `each` with the span of every keyword that stands as a whole word within a part of the
/// input, in the order of their starts, until it has enough.
#[inline]
fn keywords_in(
    sections: &Sections,
    classifier: &ClassifierRecord,
    input: &[u8],
    part: Range<usize>,
    mut each: impl FnMut(Range<usize>) -> ControlFlow<()>,
) {
    let Range {
        start: from,
        end: to,
    } = part;
    let starts = &sections.tables.sets[classifier.keyword_starts.get() as usize];
    // Sorted by their folded text, so those with one first byte stand together.
    let keywords = &sections.keywords[classifier.keywords.bounds()];
    let mut inside = from > 0 && input[from - 1].is_ascii_alphanumeric();
    for (at, &byte) in (from..).zip(&input[from..to]) {
        let was_inside = std::mem::replace(&mut inside, byte.is_ascii_alphanumeric());
        if was_inside || !starts.contains(byte) {
            continue;
        }
        let first = byte.to_ascii_lowercase();
        let begin = keywords.partition_point(|keyword| sections.text(keyword.text)[0] < first);
        let found = keywords[begin..]
            .iter()
            .map(|keyword| sections.text(keyword.text))
            .take_while(|text| text[0] == first)
            .filter(|text| {
                let end = at + text.len();
                end <= to
                    && input[at..end].eq_ignore_ascii_case(text)
                    && input
                        .get(end)
                        .is_none_or(|byte| !byte.is_ascii_alphanumeric())
            });
        for text in found {
            if each(at..at + text.len()).is_break() {
                return;
            }
        }
    }
}

/// How near a keyword stands: the nearer is the greater, and among equally near ones the longer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Nearness {
    distance: Reverse<usize>,
    len: usize,
}

impl Nearness {
    /// Bytes between the keyword and the value. Labels stand before their values, so a keyword behind
    /// one counts as twice as far.
    pub(crate) fn distance(self) -> usize {
        self.distance.0
    }
}

/// The keyword that is nearest to a span, unless keywords speak against it.
pub(crate) fn nearest(
    sections: &Sections,
    classifier: &ClassifierRecord,
    input: &[u8],
    span: Range<usize>,
) -> Option<Nearness> {
    if !matches!(classifier.context, 1 | 2) {
        return None;
    }
    let window = classifier.context_window.get() as usize;
    let mut nearest = None;
    let mut found = |distance: usize, len: usize| {
        let distance = Reverse(distance);
        nearest = nearest.max(Some(Nearness { distance, len }));
        ControlFlow::Continue(())
    };
    let before = span.start.saturating_sub(window)..span.start;
    keywords_in(sections, classifier, input, before, |keyword| {
        found(span.start - keyword.end, keyword.len())
    });
    let behind = span.end..input.len().min(span.end.saturating_add(window));
    keywords_in(sections, classifier, input, behind, |keyword| {
        found(2 * (keyword.start - span.end), keyword.len())
    });
    nearest
}
