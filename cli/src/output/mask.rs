//! Which bytes of the input are not shown.
//!
//! Findings that overlap are hidden together. At either end up to two characters stay visible,
//! so that a reader can tell values apart, and never more than a quarter of the shortest of them.

use std::ops::Range;

/// Hidden parts of an input, sorted, none overlapping another.
#[derive(Debug)]
pub(super) struct Mask(Vec<Part>);

#[derive(Debug)]
struct Part {
    /// From the first byte of the findings to the last.
    whole: Range<usize>,
    /// The part of it that is hidden.
    hidden: Range<usize>,
}

/// Most characters that stay visible at either end.
const ENDS: usize = 2;

impl Mask {
    /// Hides these values, which are in the order of their first bytes.
    pub(super) fn new(input: &[u8], values: impl IntoIterator<Item = Range<usize>>) -> Self {
        let mut groups: Vec<(Range<usize>, usize)> = Vec::new();
        for value in values {
            let bytes = input[value.clone()].iter();
            let characters = bytes.filter(|&&byte| is_first(byte)).count();
            match groups.last_mut() {
                Some((group, shortest)) if value.start < group.end => {
                    group.end = group.end.max(value.end);
                    *shortest = characters.min(*shortest);
                }
                _ => groups.push((value, characters)),
            }
        }
        let parts = groups.into_iter().map(|(whole, shortest)| {
            let ends = ENDS.min(shortest / 8);
            let hidden = trim(input, whole.clone(), ends);
            Part { whole, hidden }
        });
        Self(parts.collect())
    }

    /// The hidden ranges that end after `from`, in order.
    pub(super) fn hidden_from(&self, from: usize) -> impl Iterator<Item = Range<usize>> {
        let first = self.0.partition_point(|part| part.whole.end <= from);
        self.0[first..].iter().map(|part| part.hidden.clone())
    }
}

/// Whether a byte begins a character of UTF-8, or belongs to none.
fn is_first(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// The range without so many characters at either end.
fn trim(input: &[u8], range: Range<usize>, ends: usize) -> Range<usize> {
    let firsts = || range.clone().filter(|&at| is_first(input[at]));
    let start = firsts().nth(ends).unwrap_or(range.end);
    let end = match ends {
        0 => range.end,
        ends => firsts().rev().nth(ends - 1).unwrap_or(range.start),
    };
    if ends == 0 {
        range
    } else {
        start..end.max(start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn at_most_a_quarter_stays_visible() {
        for (value, visible) in [
            ("abc", 0),
            ("abcdefg", 0),
            ("abcdefgh", 2),
            ("abcdefghijklmnopqrst", 4),
        ] {
            let whole = 0..value.len();
            let mask = Mask::new(value.as_bytes(), [whole]);
            let hidden = mask.hidden_from(0).next().unwrap();
            assert_eq!(value.len() - hidden.len(), visible, "{value}");
        }
    }
}
