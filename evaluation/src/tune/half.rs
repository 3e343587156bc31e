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
    /// The same by benign text and its piece.
    benign: Vec<Vec<bool>>,
    /// Benign bytes of either half.
    pub(super) bytes: [u64; 2],
}

impl Halves {
    pub(super) fn new(cases: &[Case], benign: &[BenignText<'_>]) -> Self {
        let is_first = |case: &Case| is_even(&[case.source.as_bytes(), case.id.as_bytes()]);
        let mut halves = Self {
            cases: cases.iter().map(is_first).collect(),
            benign: benign
                .iter()
                .map(|one| {
                    let pieces = 0..one.text.len().div_ceil(PIECE);
                    let is_first = |piece: usize| {
                        is_even(&[one.name.as_bytes(), piece.to_string().as_bytes()])
                    };
                    pieces.map(is_first).collect()
                })
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
        usize::from(!self.benign[text][at / PIECE])
    }
}

/// Whether a hash of the parts is even. A zero byte ends each part.
fn is_even(parts: &[&[u8]]) -> bool {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(part);
        hasher.update(&[0]);
    }
    hasher.finalize().as_bytes()[0] & 1 == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashes_part_evenly() {
        let even = (0..1000).filter(|number: &u32| is_even(&[number.to_string().as_bytes()]));
        assert!((450..550).contains(&even.count()));
    }
}
