//! Class planes: for each of up to eight byte sets, the positions of a block that hold a member.

use crate::BLOCK;

/// Eight byte sets, ready to be looked up together.
pub struct PlaneTable {
    /// For each byte value, bit 0 of byte `p` says whether plane `p` holds it.
    bits: Box<[u64; 256]>,
}

impl PlaneTable {
    /// Planes of one table.
    pub const PLANES: usize = 8;

    /// A table of at most [`Self::PLANES`] sets, each as 256 bits.
    ///
    /// # Panics
    /// When there are more sets.
    pub fn new(sets: &[[u64; 4]]) -> Self {
        assert!(
            sets.len() <= Self::PLANES,
            "a table holds at most eight planes"
        );
        let mut bits = Box::new([0u64; 256]);
        for (plane, set) in sets.iter().enumerate() {
            for (byte, bits) in bits.iter_mut().enumerate() {
                *bits |= (set[byte / 64] >> (byte % 64) & 1) << (8 * plane);
            }
        }
        Self { bits }
    }

    /// The bitmaps of all planes over a block.
    ///
    /// Eight bytes are looked up at a time: shifted by its place, each adds one bit to the eight
    /// planes' bytes of one word.
    pub fn planes(&self, block: &[u8; BLOCK]) -> [u64; Self::PLANES] {
        let mut planes = [0u64; Self::PLANES];
        for (group, bytes) in block.chunks_exact(8).enumerate() {
            let mut word = 0u64;
            for (i, &byte) in bytes.iter().enumerate() {
                word |= self.bits[usize::from(byte)] << i;
            }
            for (plane, bits) in word.to_le_bytes().into_iter().enumerate() {
                planes[plane] |= u64::from(bits) << (8 * group);
            }
        }
        planes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn planes_agree_with_their_sets() {
        let sets: Vec<[u64; 4]> = (0..8u64)
            .map(|i| {
                std::array::from_fn(|w| {
                    0x9E37_79B9_7F4A_7C15u64.rotate_left((i * 7 + w as u64 * 3) as u32)
                })
            })
            .collect();
        let table = PlaneTable::new(&sets);
        for seed in 0..8u8 {
            let block: [u8; 64] = std::array::from_fn(|i| {
                (i as u8)
                    .wrapping_mul(41)
                    .wrapping_add(seed.wrapping_mul(77))
            });
            let planes = table.planes(&block);
            for (set, plane) in sets.iter().zip(planes) {
                for (at, &byte) in block.iter().enumerate() {
                    let member = set[usize::from(byte / 64)] >> (byte % 64) & 1;
                    assert_eq!(plane >> at & 1, member);
                }
            }
        }
    }
}
