//! Gram filter: a hashed bitmap of four-byte grams, asked at every position.

use crate::{BLOCK, WINDOW};

/// Length of a gram in bytes.
pub const GRAM: usize = 4;

/// Folds the bytes of a little-endian gram so that the two cases of a letter are one. Other bytes
/// are merged too, which a filter may do.
pub fn fold_gram(gram: u32) -> u32 {
    gram | 0x2020_2020
}

/// A bitmap of hashed grams: says no for certain, and yes perhaps.
///
/// ```
/// use sluicegate_kernels::{GramFilter, fold_gram};
/// let mut bitmap = vec![0u8; 64];
/// GramFilter::insert(&mut bitmap, fold_gram(u32::from_le_bytes(*b"AKIA")));
/// let mut window = [b' '; 72];
/// window[10..14].copy_from_slice(b"akia");
/// assert_eq!(GramFilter::new(&bitmap).candidates(&window) >> 10 & 1, 1);
/// ```
#[derive(Clone, Copy)]
pub struct GramFilter<'a> {
    bitmap: &'a [u8],
    shift: u32,
}

impl<'a> GramFilter<'a> {
    /// A filter over a bitmap, whose length is a power of two of at most `2^20` bytes. The empty
    /// bitmap holds nothing.
    ///
    /// # Panics
    /// When the length is another.
    pub fn new(bitmap: &'a [u8]) -> Self {
        assert!(
            bitmap.is_empty() || bitmap.len().is_power_of_two() && bitmap.len() <= 1 << 20,
            "the bitmap's length is a power of two",
        );
        Self {
            bitmap,
            shift: shift(bitmap.len()),
        }
    }

    /// Adds a folded gram to a bitmap of a length that [`GramFilter::new`] takes.
    pub fn insert(bitmap: &mut [u8], gram: u32) {
        let bit = hash(gram, shift(bitmap.len()));
        bitmap[bit / 8] |= 1 << (bit % 8);
    }

    /// Positions of a block at which a gram may start. The window is the block and the bytes behind
    /// it, zeros where the input has ended.
    pub fn candidates(&self, window: &[u8; WINDOW]) -> u64 {
        if self.bitmap.is_empty() {
            return 0;
        }
        let mut found = 0u64;
        for group in (0..BLOCK).step_by(GRAM) {
            // One load serves four positions.
            let mut word = [0; 8];
            word.copy_from_slice(&window[group..group + 8]);
            let word = u64::from_le_bytes(word);
            for i in 0..GRAM {
                let bit = hash(fold_gram((word >> (8 * i)) as u32), self.shift);
                found |= u64::from(self.bitmap[bit / 8] >> (bit % 8) & 1) << (group + i);
            }
        }
        found
    }
}

/// How far a 32-bit hash is shifted to number the bits of the bitmap.
fn shift(bytes: usize) -> u32 {
    29u32.saturating_sub(bytes.max(1).ilog2())
}

/// Number of the gram's bit. Multiplication by the golden ratio spreads the high bits best.
#[inline]
fn hash(gram: u32, shift: u32) -> usize {
    (gram.wrapping_mul(0x9E37_79B1) >> shift) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_inserted_is_lost_at_any_place() {
        for bytes in [1usize, 64, 4096, 1 << 15] {
            let mut bitmap = vec![0; bytes];
            let text: Vec<u8> = (0..72u32).map(|i| (i * 37 + 11) as u8).collect();
            let window: &[u8; 72] = text.as_slice().try_into().unwrap();
            for at in [0, 1, 31, 62, 63] {
                let gram = u32::from_le_bytes(window[at..at + 4].try_into().unwrap());
                GramFilter::insert(&mut bitmap, fold_gram(gram));
                assert_eq!(GramFilter::new(&bitmap).candidates(window) >> at & 1, 1);
            }
        }
    }

    #[test]
    fn an_empty_filter_finds_nothing() {
        assert_eq!(GramFilter::new(&[]).candidates(&[0; 72]), 0);
        assert_eq!(GramFilter::new(&[0; 64]).candidates(&[7; 72]), 0);
    }
}
