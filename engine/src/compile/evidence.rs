//! How much the form of a value says: the bits that a classifier's chance is worth.
//!
//! A chance of 1 in 97 is worth 7 bits. Where an author states none, the pattern tells: a byte that
//! must be one of few in its alphabet is worth what that alphabet has more, and a byte that may be any
//! digit is worth nothing. Only what stands in the reported value counts: the name
//! before a value is no part of its form. All sums are in sixteenths of a bit, without floating
//! point, so that they are the same on every machine.

use sluicegate_model::{Classifier, DictionaryDetector};

use super::byteset::ByteSet;
use super::node::Node;

/// Parts of a bit that sums are made of.
const PARTS: u32 = 16;

/// Bytes of a set from which on it says nothing: it is an alphabet then, and not a choice.
const MANY: u32 = 9;

/// Alphabets that values are written in, smallest first; each byte counts within the first that has
/// it.
const ALPHABETS: [&[(u8, u8)]; 6] = [
    &[(b'0', b'9')],
    &[(b'a', b'z')],
    &[(b'A', b'Z')],
    &[(b'A', b'Z'), (b'a', b'z')],
    &[(b'0', b'9'), (b'A', b'Z'), (b'a', b'z')],
    &[(b'!', b'~')],
];

/// Bits of a classifier whose patterns are these, as far as they are known.
pub(super) fn bits(classifier: &Classifier, least: Option<u32>) -> u8 {
    let bits = match classifier.chance {
        Some(chance) => of_chance(chance),
        None => least.unwrap_or(0) / PARTS,
    };
    u8::try_from(bits).unwrap_or(u8::MAX)
}

/// The fraction of the square root of 2, as a float has it.
const MIDDLE: u64 = 0x6_A09E_667F_3BCD;

/// -log2, rounded to the nearest whole number.
fn of_chance(chance: f64) -> u32 {
    // The bits of a float are its exponent, biased by 1023, and a fraction behind a hidden one.
    let written = chance.to_bits();
    let exponent = (written >> 52 & 0x7FF) as u32;
    let fraction = written & ((1 << 52) - 1);
    if exponent == 0 {
        return u32::from(u8::MAX);
    }
    1023u32.saturating_sub(exponent + u32::from(fraction >= MIDDLE))
}

/// Parts that the value of a pattern is worth.
pub(super) fn of_pattern(node: &Node) -> u32 {
    of_value(node).unwrap_or_else(|| of_node(node))
}

/// Parts that the terms of a dictionary of words are worth.
pub(super) fn of_words(dictionary: &DictionaryDetector) -> u32 {
    let letters = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let shortest = dictionary.words().map(|term| letters(term.text)).min();
    let shortest = u32::try_from(shortest.unwrap_or(0)).unwrap_or(u32::MAX);
    shortest.saturating_mul(parts(26))
}

/// What the reported group is worth, where there is one.
fn of_value(node: &Node) -> Option<u32> {
    match node {
        Node::Value(inner) => Some(of_node(inner)),
        Node::Repeat { node, .. } => of_value(node),
        Node::Concat(nodes) | Node::Alt(nodes) => nodes.iter().filter_map(of_value).min(),
        Node::Empty | Node::Set(_) | Node::Char(_) | Node::Look(_) => None,
    }
}

fn of_node(node: &Node) -> u32 {
    match node {
        // What is written in letters of the world says little about which of them.
        Node::Empty | Node::Look(_) | Node::Char(_) => 0,
        Node::Set(set) => of_set(set),
        Node::Repeat { node, min, .. } => of_node(node).saturating_mul(*min),
        Node::Concat(nodes) => nodes
            .iter()
            .fold(0, |sum, node| sum.saturating_add(of_node(node))),
        Node::Alt(nodes) => {
            let least = nodes.iter().map(of_node).min().unwrap_or(0);
            least.saturating_sub(parts(u32::try_from(nodes.len()).unwrap_or(u32::MAX)))
        }
        Node::Value(inner) => of_node(inner),
    }
}

fn of_set(set: &ByteSet) -> u32 {
    if set.len() >= MANY {
        return 0;
    }
    let alphabets = ALPHABETS.iter().map(|ranges| ByteSet::of_ranges(ranges));
    let alphabet = alphabets
        .into_iter()
        .find(|alphabet| set.is_subset(alphabet))
        .unwrap_or(ByteSet::ALL);
    parts(alphabet.len()).saturating_sub(parts(set.len()))
}

/// log2 in parts of a bit, rounded down.
fn parts(count: u32) -> u32 {
    // The sixteenth power of what is kept of the number has its logarithm in whole bits.
    let more = (count.max(1).ilog2() + 1).saturating_sub(8);
    let kept = u128::from(count.max(1) >> more).min(255);
    kept.pow(PARTS).ilog2() + more * PARTS
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(pattern: &str) -> u32 {
        let hir = crate::compile::report::parse(pattern, None).expect("a pattern");
        of_pattern(&Node::from_hir(&hir)) / PARTS
    }

    #[test]
    fn a_chance_is_worth_its_logarithm() {
        for (chance, bits) in [
            (1.0, 0),
            (0.9, 0),
            (0.5, 1),
            (0.1, 3),
            (1.0 / 97.0, 7),
            (1e-6, 20),
            (1e-12, 40),
            (0.0, 255),
        ] {
            assert_eq!(of_chance(chance), bits, "{chance}");
        }
    }

    #[test]
    fn logarithms_are_rounded_down() {
        for (count, sixteenths) in [(1, 0), (2, 16), (10, 53), (26, 75), (94, 104), (1024, 160)] {
            assert_eq!(parts(count), sixteenths, "{count}");
        }
    }

    #[test]
    fn what_is_fixed_in_the_value_counts() {
        assert_eq!(of("[0-9]{9}"), 0);
        assert_eq!(of("[0-9a-f]{32}"), 0);
        assert_eq!(of("[0-9A-Za-z_-]{40}"), 0);
        assert!(of("ghp_[0-9A-Za-z]{36}") >= 20);
        assert_eq!(of("password: (?P<value>[a-z]{8})"), 0);
        assert_eq!(of("(?:ab|cd)?[0-9]+"), 0);
        assert!(of("abcd|wxyz") < of("abcd"));
    }
}
