//! Lane operations that every processor has.

use super::Words;

#[derive(Clone, Copy)]
pub(crate) struct Portable([u64; 8]);

impl Words for Portable {
    #[inline(always)]
    unsafe fn load(words: &[u64; 8]) -> Self {
        Self(*words)
    }

    #[inline(always)]
    unsafe fn store(self, words: &mut [u64; 8]) {
        *words = self.0;
    }

    #[inline(always)]
    unsafe fn splat(word: u64) -> Self {
        Self([word; 8])
    }

    #[inline(always)]
    unsafe fn and(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] & other.0[i]))
    }

    #[inline(always)]
    unsafe fn xor(self, other: Self) -> Self {
        Self(std::array::from_fn(|i| self.0[i] ^ other.0[i]))
    }

    #[inline(always)]
    unsafe fn shift_right(self, above: Self, by: u32) -> Self {
        // Two shifts to the left, because one by 64 is none.
        Self(std::array::from_fn(|i| {
            self.0[i] >> by | above.0[i] << 1 << (63 - by)
        }))
    }

    #[inline(always)]
    unsafe fn nonzero(self) -> u8 {
        self.0
            .iter()
            .enumerate()
            .fold(0, |bits, (i, word)| bits | u8::from(*word != 0) << i)
    }
}
