//! What can stand around a run where a shape does: what the kinds of bytes have to do with its tests.

use super::{Group, Test};

/// Runs of this length and longer ones are not told apart.
pub(super) const LONGEST: usize = 32;
/// Kinds of bytes that are told apart behind a run.
pub(super) const KINDS: usize = 16;
/// Stands for no byte, and for one that is not looked at: every test can hold.
pub(super) const UNKNOWN: u8 = KINDS as u8 - 1;
/// Added to a kind when a digit follows.
pub(super) const DIGIT: usize = KINDS;

/// The kind of each byte.
pub(super) static KIND: [u8; 256] = {
    let mut kinds = [0u8; 256];
    let mut byte = 0;
    while byte < 256 {
        kinds[byte] = match byte as u8 {
            b'0'..=b'9' => 1,
            b'A'..=b'Z' => 2,
            b'a'..=b'z' => 3,
            b' ' => 4,
            b'\t'..=b'\r' => 5,
            b'-' => 6,
            b'.' => 7,
            b'/' => 8,
            b':' => 9,
            b',' | b';' => 10,
            b'"' | b'\'' | b'`' => 11,
            b'_' => 12,
            b'(' | b')' | b'[' | b']' | b'{' | b'}' => 13,
            0x80.. => 14,
            _ => 0,
        };
        byte += 1;
    }
    kinds
};

/// For each length of a group's run, what can stand behind it where a shape does: a bit for each
/// kind, and again for each kind with a digit behind.
pub(super) type Possible = [u32; LONGEST + 1];

/// Whether a byte before that is no word character, or none at all, can be what a shape asks for, and
/// whether one that is can be.
pub(super) fn preceded(sets: &[Set], before: Option<(u8, bool)>) -> [bool; 2] {
    let Some((plane, negated)) = before else {
        return [true; 2];
    };
    let set = &sets[usize::from(plane)].bytes;
    let word: [u64; 4] = [0x03FF << 48, 0x07FF_FFFE_87FF_FFFE, 0, 0];
    let some = |flip: u64| {
        let held = set.iter().zip(word);
        // Bytes of the set, or not of it, among those that are word characters, or are not.
        held.map(|(set, word)| (if negated { !set } else { *set }) & (word ^ flip))
            .any(|bits| bits != 0)
    };
    // No byte is in no set.
    [negated || some(u64::MAX), some(0)]
}

/// A set, and how it relates to the kinds of bytes.
pub(super) struct Set {
    bytes: [u64; 4],
    /// Kinds of which some byte is in the set.
    some: u32,
    /// Kinds of which every byte is in the set.
    every: u32,
}

impl Set {
    pub(super) fn new(bytes: &[u64; 4]) -> Self {
        let mut some = 0;
        let mut missing = 0;
        for byte in 0..256 {
            let kind = 1u32 << KIND[byte];
            if bytes[byte / 64] >> (byte % 64) & 1 == 1 {
                some |= kind;
            } else {
                missing |= kind;
            }
        }
        Self {
            bytes: *bytes,
            some,
            every: some & !missing,
        }
    }

    fn is_subset(&self, other: &Self) -> bool {
        self.bytes.iter().zip(other.bytes).all(|(a, b)| a & !b == 0)
    }
}

/// Leaves out what a test can't hold with.
pub(super) fn restrict(possible: &mut Possible, sets: &[Set], group: Group, test: &Test) {
    let (run, asked) = (
        &sets[usize::from(group.plane)],
        &sets[usize::from(test.plane)],
    );
    let (inside, beyond) = if test.negated {
        (run.is_subset(asked), false)
    } else {
        (false, asked.is_subset(run))
    };
    for (length, kinds) in possible.iter_mut().enumerate() {
        let members = ((1u64 << length) - 1) << group.shift;
        // No member stands behind the run, unless the run is too long to say or leaves the 64
        // bytes.
        let bit = |at: usize| {
            let at = u32::from(group.shift) + at as u32;
            if length < LONGEST {
                1u64.checked_shl(at).unwrap_or(0)
            } else {
                0
            }
        };
        let (behind, second) = (bit(length), bit(length + 1));
        if inside && test.mask & members != 0 || beyond && test.mask & behind != 0 {
            *kinds = 0;
            continue;
        }
        // Kinds that the test allows behind the run, and whether it allows a digit, or another
        // byte, behind that.
        let mut first = u32::MAX;
        if test.mask & behind != 0 {
            first = if test.negated {
                !asked.every
            } else {
                asked.some
            };
        }
        let (mut digit, mut other) = (true, true);
        if test.mask & second != 0 {
            let digits = 1 << KIND[usize::from(b'0')];
            let all = (1u32 << UNKNOWN) - 1;
            (digit, other) = if test.negated {
                (asked.every & digits == 0, asked.every | digits != all)
            } else {
                (asked.some & digits != 0, asked.some & !digits != 0)
            };
        }
        let half = |allowed: bool| {
            let kinds = if allowed { first } else { 0 };
            kinds & 0x7FFF | 1 << UNKNOWN
        };
        *kinds &= half(other) | half(digit) << DIGIT;
    }
}
