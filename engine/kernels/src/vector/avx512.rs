//! Lane operations in AVX-512.

use std::arch::x86_64::*;

use super::Words;
use crate::BLOCK;

#[derive(Clone, Copy)]
pub(crate) struct Avx512(__m512i);

// SAFETY, for every block below: the trait asks callers to run where AVX-512 is; loads and stores
// stay inside the array that the reference is to.
impl Words for Avx512 {
    #[inline(always)]
    unsafe fn load(words: &[u64; 8]) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_loadu_si512(words.as_ptr().cast()) })
    }

    #[inline(always)]
    unsafe fn store(self, words: &mut [u64; 8]) {
        // SAFETY: see above.
        unsafe { _mm512_storeu_si512(words.as_mut_ptr().cast(), self.0) }
    }

    #[inline(always)]
    unsafe fn splat(word: u64) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_set1_epi64(word.cast_signed()) })
    }

    #[inline(always)]
    unsafe fn and(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_and_si512(self.0, other.0) })
    }

    #[inline(always)]
    unsafe fn xor(self, other: Self) -> Self {
        // SAFETY: see above.
        Self(unsafe { _mm512_xor_si512(self.0, other.0) })
    }

    #[inline(always)]
    unsafe fn shift_right(self, above: Self, by: u32) -> Self {
        // SAFETY: see above.
        unsafe {
            let by = _mm512_set1_epi64(i64::from(by));
            Self(_mm512_shrdv_epi64(self.0, above.0, by))
        }
    }

    #[inline(always)]
    unsafe fn nonzero(self) -> u8 {
        // SAFETY: see above.
        unsafe { _mm512_test_epi64_mask(self.0, self.0) }
    }
}

/// The bytes of a block.
#[target_feature(enable = "avx512f")]
#[inline]
pub(crate) fn load(bytes: &[u8; BLOCK]) -> __m512i {
    // SAFETY: the reference covers the 64 bytes that are read.
    unsafe { _mm512_loadu_si512(bytes.as_ptr().cast()) }
}
