//! What else every match has some way before or behind its anchor.
//!
//! A rule for a phrase or an address is a common word, a gap, and other words. The filters see the
//! word; whether one of the others is near is asked before a program runs.

use sluicegate_kernels::triple::{Triple, fold};

use super::byteset::ByteSet;
use super::literal;
use super::node::Node;
use super::rarity;

/// Strings of which one stands near the anchor in every match.
#[derive(Clone, Debug)]
pub(crate) struct Companion {
    pub(crate) strings: Vec<Triple>,
    /// The first and the last offset from the anchor at which one starts.
    pub(crate) first: isize,
    pub(crate) last: isize,
}

/// Strings of one companion: each is compared at every offset.
const MAX_STRINGS: usize = 12;
/// How far from the anchor is looked, and how near the rest of a match must be for the check of the
/// anchor to have seen it.
const MAX_REACH: usize = 512;
const SEEN: usize = 6;
/// A companion more common than this tells too little.
const USEFUL: u64 = rarity::ONE / 4;

/// The companion that is seen least near an anchor with these nodes before and behind.
pub(crate) fn companion(before: &[Node], body: &[Node]) -> Option<Companion> {
    let mut best: Option<(u64, Companion)> = None;
    let mut consider = |nodes: &[Node], from: isize, to: isize| {
        if let Some((strings, offsets)) = strings(nodes) {
            let (first, last) = (from + offsets.0, to + offsets.1);
            let share = strings
                .iter()
                .map(|string| rarity::of_sets(&string.map(both_cases)))
                .fold(0, u64::saturating_add)
                .saturating_mul(first.abs_diff(last) as u64 + 1);
            if share <= USEFUL && best.as_ref().is_none_or(|(least, _)| share < *least) {
                best = Some((
                    share,
                    Companion {
                        strings,
                        first,
                        last,
                    },
                ));
            }
        }
    };
    let (mut least, mut most) = (0usize, 0usize);
    for (i, node) in body.iter().enumerate() {
        if most > SEEN {
            consider(&body[i..], least.cast_signed(), most.cast_signed());
        }
        least += node.min_len().unwrap_or(0);
        most = match node.max_len() {
            Some(len) if most + len <= MAX_REACH => most + len,
            _ => break,
        };
    }
    let (mut least, mut most) = (0usize, 0usize);
    for (i, node) in before.iter().enumerate().rev() {
        least += node.min_len().unwrap_or(0);
        most = match node.max_len() {
            Some(len) if most + len <= MAX_REACH => most + len,
            _ => break,
        };
        let nodes: Vec<Node> = before[i..].iter().chain(body).cloned().collect();
        consider(&nodes, -most.cast_signed(), -least.cast_signed());
    }
    best.map(|(_, companion)| companion)
}

/// The rarest three bytes of each way to begin, and the first and last offset at which they stand.
fn strings(nodes: &[Node]) -> Option<(Vec<Triple>, (isize, isize))> {
    if nodes[0].min_len() == Some(0) {
        // What follows is looked at by itself.
        return None;
    }
    let mut strings = Vec::new();
    let (mut first, mut last) = (isize::MAX, 0);
    for sequence in literal::sequences(nodes)? {
        let known: Vec<Option<u8>> = sequence.sets.iter().map(folded).collect();
        let (_, at, string) = known
            .windows(3)
            .enumerate()
            .filter_map(|(at, window)| {
                let string = [window[0]?, window[1]?, window[2]?];
                Some((rarity::of_sets(&string.map(both_cases)), at, string))
            })
            .min()?;
        first = first.min(at.cast_signed());
        last = last.max(at.cast_signed());
        if !strings.contains(&string) {
            strings.push(string);
        }
    }
    (strings.len() <= MAX_STRINGS).then_some((strings, (first, last)))
}

/// The one byte as which all of a set's are compared.
fn folded(set: &ByteSet) -> Option<u8> {
    let mut bytes = set.iter().map(fold);
    let first = bytes.next()?;
    (first.is_ascii() && bytes.all(|byte| byte == first)).then_some(first)
}

/// The bytes that are compared as this one.
fn both_cases(byte: u8) -> ByteSet {
    [byte, byte & !0x20].into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::report;

    fn of(before: &str, body: &str) -> Option<Companion> {
        let nodes = |pattern: &str| match Node::from_hir(&report::parse(pattern, None).unwrap()) {
            Node::Concat(nodes) => nodes,
            node => vec![node],
        };
        companion(&nodes(before), &nodes(body))
    }

    #[test]
    fn the_rarest_piece_behind_a_gap_is_asked_for() {
        let companion = of("", "send.{0,40}(?i)(?:zyx|quu)").unwrap();
        let shown: Vec<_> = companion
            .strings
            .iter()
            .map(|s| s.escape_ascii().to_string())
            .collect();
        assert_eq!(shown, ["zyx", "quu"]);
        assert_eq!((companion.first, companion.last), (4, 44));
    }

    #[test]
    fn what_stands_before_is_asked_for_too() {
        let companion = of("zyx.{2,9}", "send").unwrap();
        assert_eq!((companion.first, companion.last), (-12, -5));
    }

    #[test]
    fn nothing_is_asked_for_without_bound() {
        assert!(of("", "send.*zyx").is_none());
        assert!(of("", "send.{0,40}[a-z]{9}").is_none());
    }
}
