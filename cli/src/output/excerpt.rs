//! The part of a line around a value, on one line of a terminal.

use std::ops::Range;

use sluicegate::model::visible;
use unicode_width::UnicodeWidthStr;

use super::mask::Mask;

/// Bytes shown before the value.
const LEAD: usize = 32;
/// Bytes of the value that are shown.
const VALUE: usize = 72;
/// Bytes shown after the value.
const TRAIL: usize = 32;

/// A shown part of a line.
pub(crate) struct Excerpt {
    pub(crate) before: String,
    pub(crate) marked: String,
    pub(crate) after: String,
}

impl Excerpt {
    /// The line around a span, with these values hidden, which are in the order of their first bytes.
    pub(crate) fn of(
        input: &[u8],
        span: Range<usize>,
        values: impl IntoIterator<Item = Range<usize>>,
    ) -> Self {
        let line_start = memchr::memrchr2(b'\n', b'\r', &input[..span.start]);
        let mask = Mask::new(input, values);
        Self::new(input, line_start.map_or(0, |at| at + 1), span, &mask)
    }

    /// The line, from its first byte at `line_start`, around the span's first line.
    pub(super) fn new(input: &[u8], line_start: usize, span: Range<usize>, mask: &Mask) -> Self {
        let line_rest = |from: usize, most: usize| {
            let rest = &input[from..input.len().min(from + most)];
            from + memchr::memchr2(b'\n', b'\r', rest).unwrap_or(rest.len())
        };
        let from = boundary(input, line_start.max(span.start.saturating_sub(LEAD)));
        // A value may begin with the end of its line.
        let value_end = boundary(input, line_rest(span.start, VALUE)).clamp(span.start, span.end);
        let to = if value_end == span.end {
            boundary(input, line_rest(value_end, TRAIL))
        } else {
            value_end
        };
        let cut_before = if from > line_start { "…" } else { "" };
        let at_line_end = input
            .get(to)
            .is_none_or(|byte| matches!(byte, b'\n' | b'\r'));
        let cut_after = if at_line_end && value_end == span.end {
            ""
        } else {
            "…"
        };
        Self {
            before: cut_before.to_owned() + &shown(input, from..span.start, mask),
            marked: shown(input, span.start..value_end, mask),
            after: shown(input, value_end..to, mask) + cut_after,
        }
    }

    /// Columns before the marked part, and of it.
    pub(super) fn widths(&self) -> (usize, usize) {
        (self.before.width(), self.marked.width().max(1))
    }
}

/// The next place at which no character is cut.
fn boundary(input: &[u8], at: usize) -> usize {
    let rest = &input[at..];
    let cut = rest
        .iter()
        .take(3)
        .take_while(|&&byte| byte & 0xC0 == 0x80)
        .count();
    at + cut
}

/// The bytes as text without controls, `*` for each character that is hidden.
fn shown(input: &[u8], range: Range<usize>, mask: &Mask) -> String {
    let mut text = String::new();
    let mut at = range.start;
    for chunk in input[range].utf8_chunks() {
        for c in chunk.valid().chars() {
            if is_hidden(mask, at) {
                text.push('*');
            } else {
                text += &visible(c.encode_utf8(&mut [0; 4]));
            }
            at += c.len_utf8();
        }
        for byte in chunk.invalid() {
            if is_hidden(mask, at) {
                text.push('*');
            } else {
                text.extend(byte.escape_ascii().map(char::from));
            }
            at += 1;
        }
    }
    text
}

fn is_hidden(mask: &Mask, at: usize) -> bool {
    mask.hidden_from(at)
        .next()
        .is_some_and(|part| part.contains(&at))
}
