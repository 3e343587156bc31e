//! Which half a text belongs to: a hash decides, so that it is the same in every run and whatever
//! else there is.

use sluicegate::model::Case;

use crate::evaluate::BenignText;

/// Bytes of a benign text that belong together.
const PIECE: usize = 1 << 16;

/// Two halves of cases and benign texts: what changes are made from, and what they are tried on.
#[derive(Debug)]
pub(super) struct Halves {
    /// By case, whether it is in the first half.
    cases: Vec<bool>,
    /// Hashes of the names of benign texts.
    benign: Vec<u64>,
    /// Benign bytes of either half.
    pub(super) bytes: [u64; 2],
}

impl Halves {
    pub(super) fn new(cases: &[Case], benign: &[BenignText<'_>]) -> Self {
        let is_first = |case: &Case| {
            let hash = fnv(fnv(START, case.source.as_bytes()), b"\n");
            is_even(fnv(hash, case.id.as_bytes()))
        };
        let mut halves = Self {
            cases: cases.iter().map(is_first).collect(),
            benign: benign
                .iter()
                .map(|one| fnv(START, one.name.as_bytes()))
                .collect(),
            bytes: [0; 2],
        };
        for (number, one) in benign.iter().enumerate() {
            for at in (0..one.text.len()).step_by(PIECE) {
                let half = halves.of_benign(number, at);
                halves.bytes[half] += PIECE.min(one.text.len() - at) as u64;
            }
        }
        halves
    }

    /// 0 or 1.
    pub(super) fn of_case(&self, case: usize) -> usize {
        usize::from(!self.cases[case])
    }

    /// The half of the piece of a benign text that holds this byte.
    pub(super) fn of_benign(&self, text: usize, at: usize) -> usize {
        let piece = (at / PIECE) as u64;
        usize::from(!is_even(fnv(self.benign[text], &piece.to_le_bytes())))
    }
}

/// The offset and prime of the 64-bit FNV-1a hash (RFC 9923).
const START: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;

fn fnv(hash: u64, bytes: &[u8]) -> u64 {
    let mix = |hash: u64, &byte: &u8| (hash ^ u64::from(byte)).wrapping_mul(PRIME);
    bytes.iter().fold(hash, mix)
}

/// By a bit from the middle: the lowest ones depend on the lowest bits of each byte alone.
fn is_even(hash: u64) -> bool {
    hash >> 32 & 1 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_are_those_of_the_standard_and_part_evenly() {
        assert_eq!(fnv(START, b""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv(START, b"a"), 0xaf63_dc4c_8601_ec8c);
        let even = (0..1000).filter(|number: &u32| {
            let text = number.to_string();
            is_even(fnv(START, text.as_bytes()))
        });
        assert!((400..600).contains(&even.count()));
    }
}
