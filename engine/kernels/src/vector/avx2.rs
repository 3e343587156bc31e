//! Lane operations in AVX2.

use std::arch::x86_64::*;

use super::Words;

#[derive(Clone, Copy)]
pub(crate) struct Avx2(__m256i, __m256i);

// SAFETY, for every block below: the trait asks callers to run where AVX2 is; loads and stores stay
// inside the array that the reference is to.
impl Words for Avx2 {
    #[inline(always)]
    unsafe fn load(words: &[u64; 8]) -> Self {
        // SAFETY: see above.
        unsafe {
            Self(
                _mm256_loadu_si256(words.as_ptr().cast()),
                _mm256_loadu_si256(words.as_ptr().add(4).cast()),
            )
        }
    }

    #[inline(always)]
    unsafe fn store(self, words: &mut [u64; 8]) {
        // SAFETY: see above.
        unsafe {
            _mm256_storeu_si256(words.as_mut_ptr().cast(), self.0);
            _mm256_storeu_si256(words.as_mut_ptr().add(4).cast(), self.1);
        }
    }

    #[inline(always)]
    unsafe fn splat(word: u64) -> Self {
        // SAFETY: see above.
        let word = unsafe { _mm256_set1_epi64x(word.cast_signed()) };
        Self(word, word)
    }

    #[inline(always)]
    unsafe fn and(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe {
            Self(
                _mm256_and_si256(self.0, other.0),
                _mm256_and_si256(self.1, other.1),
            )
        }
    }

    #[inline(always)]
    unsafe fn xor(self, other: Self) -> Self {
        // SAFETY: see above.
        unsafe {
            Self(
                _mm256_xor_si256(self.0, other.0),
                _mm256_xor_si256(self.1, other.1),
            )
        }
    }

    #[inline(always)]
    unsafe fn shift_right(self, above: Self, by: u32) -> Self {
        // SAFETY: see above. A shift by 64 gives zero.
        unsafe {
            let right = _mm_cvtsi32_si128(by.cast_signed());
            let left = _mm_cvtsi32_si128((64 - by).cast_signed());
            let one = |word, above| {
                _mm256_or_si256(_mm256_srl_epi64(word, right), _mm256_sll_epi64(above, left))
            };
            Self(one(self.0, above.0), one(self.1, above.1))
        }
    }

    #[inline(always)]
    unsafe fn nonzero(self) -> u8 {
        // SAFETY: see above.
        unsafe {
            let zero = _mm256_setzero_si256();
            let zeros = |words| {
                let equal = _mm256_cmpeq_epi64(words, zero);
                _mm256_movemask_pd(_mm256_castsi256_pd(equal)).cast_unsigned() as u8
            };
            !(zeros(self.0) | zeros(self.1) << 4)
        }
    }
}
