//! What words stand next to an anchor.
//!
//! Rules for phrases are made of common words, so their anchors are seen often. The word before, or
//! the word behind, tells most of them apart before a program runs: three of its bytes, as codes,
//! are hashed to one of 64 bits.

use std::collections::BTreeSet;

use super::byteset::ByteSet;
use super::node::Node;
use crate::database::{Neighbour, is_word_byte};

/// States that are followed; past that the words are too many to tell anything.
const MAX_STATES: usize = 300;
/// Bits that are set at most, or else too little is told.
const MAX_BITS: u32 = 40;

/// Where a reader of the text around an anchor is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    /// In the anchor's own word.
    Own,
    /// Between words.
    Between,
    /// In the neighbour, this many of whose bytes are known.
    Within(Neighbour),
    /// All is known that is looked at.
    Known(Neighbour),
}

/// The bits of the words that can stand behind the anchor at which `body` starts; all bits where
/// that tells nothing.
pub(super) fn behind(body: &Node) -> u64 {
    bits(body, State::Own)
}

/// The bits of the words that can stand before an anchor, given what stands there, reversed.
pub(super) fn before(reversed: &Node) -> u64 {
    bits(reversed, State::Between)
}

fn bits(node: &Node, from: State) -> u64 {
    let Some(states) = after(node, &BTreeSet::from([from])) else {
        return u64::MAX;
    };
    let mut bits = 0u64;
    for state in states {
        match state {
            State::Known(word) => bits |= 1 << word.bit(),
            // The pattern ends here, and anything may follow.
            _ => return u64::MAX,
        }
    }
    if bits.count_ones() > MAX_BITS {
        u64::MAX
    } else {
        bits
    }
}

/// States behind a node. `None` when there are too many, or when it can't be told.
fn after(node: &Node, states: &BTreeSet<State>) -> Option<BTreeSet<State>> {
    let after = match node {
        Node::Empty | Node::Look(_) => states.clone(),
        Node::Value(inner) => after(inner, states)?,
        Node::Set(set) => states.iter().flat_map(|state| step(*state, set)).collect(),
        // Scalar values of several bytes are not told from those of one.
        Node::Char(_) => {
            let known = |state: &State| matches!(state, State::Known(_));
            return states.iter().all(known).then(|| states.clone());
        }
        Node::Concat(nodes) => {
            let mut states = states.clone();
            for node in nodes {
                states = after(node, &states)?;
            }
            states
        }
        Node::Alt(nodes) => {
            let mut all = BTreeSet::new();
            for node in nodes {
                all.append(&mut after(node, states)?);
            }
            all
        }
        Node::Repeat { node, min, max, .. } => {
            let mut now = states.clone();
            let mut all = BTreeSet::new();
            let mut copy = 0;
            loop {
                if copy >= *min {
                    let before = all.len();
                    all.extend(now.iter().copied());
                    // Copies that lead to no new state lead to none later.
                    if max.is_some_and(|max| copy >= max) || copy > *min && all.len() == before {
                        break all;
                    }
                }
                let next = after(node, &now)?;
                if next == now {
                    all.extend(next);
                    break all;
                }
                now = next;
                copy += 1;
            }
        }
    };
    (after.len() <= MAX_STATES).then_some(after)
}

/// States after one byte of a set.
fn step(state: State, set: &ByteSet) -> Vec<State> {
    if let State::Known(_) = state {
        return vec![state];
    }
    let mut states = Vec::new();
    if set.iter().any(|byte| !is_word_byte(byte)) {
        states.push(match state {
            State::Within(word) => State::Known(word.ended()),
            _ => State::Between,
        });
    }
    let mut letters: Vec<u8> = set.iter().filter(|byte| is_word_byte(*byte)).collect();
    if !letters.is_empty() && state == State::Own {
        states.push(State::Own);
        letters.clear();
    }
    let word = match state {
        State::Within(word) => word,
        _ => Neighbour::default(),
    };
    for letter in letters {
        let longer = word.with(letter);
        states.push(if longer.is_complete() {
            State::Known(longer)
        } else {
            State::Within(longer)
        });
    }
    states
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compile::report;
    use crate::database::Around;
    use crate::database::record::CheckRecord;

    fn node(pattern: &str) -> Node {
        let hir = report::parse(pattern, None).expect("test pattern");
        Node::from_hir(&hir)
    }

    /// Whether a check with these neighbours passes at an offset of a text.
    fn passes(before: u64, behind: u64, text: &str, at: usize) -> bool {
        CheckRecord::of_neighbours(before, behind)
            .has_neighbours(&mut Around::new(text.as_bytes(), false), at)
    }

    #[test]
    fn words_on_both_sides_are_told() {
        let behind = behind(&node(r"(?i)ignore\W{1,3}(?:all|any|the)\b"));
        assert!(passes(u64::MAX, behind, "please Ignore -ALL of it", 7));
        assert!(!passes(u64::MAX, behind, "please ignore me", 7));
        let before = before(&node(r"(?:ignore|forget) +(?:all +)?").reversed());
        for text in ["ignore  rules", "forget all rules"] {
            assert!(passes(before, u64::MAX, text, text.len() - 5));
        }
        assert!(!passes(before, u64::MAX, "obey rules", 5));
        assert!(!passes(before, u64::MAX, "rules", 0));
    }

    #[test]
    fn short_words_end() {
        let behind = behind(&node(r"send +(?:to|me)\W"));
        assert!(passes(u64::MAX, behind, "send me.", 0));
        assert!(!passes(u64::MAX, behind, "send men.", 0));
    }

    #[test]
    fn what_is_not_known_passes() {
        assert_eq!(behind(&node("ignore")), u64::MAX);
        assert_eq!(behind(&node("ignore .*")), u64::MAX);
        assert_eq!(before(&node("(?:ignore )?").reversed()), u64::MAX);
        // Nested loops end.
        behind(&node("a(?:(?:b c)*(?:d e)*)*f"));
    }
}
