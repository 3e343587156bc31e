//! Class planes in AVX2.

use std::arch::x86_64::*;

use super::{PLANES, Plane, PlaneTable};
use crate::Window;

/// A byte is in a set when the set's row for the low half of the byte has the bit that its high
/// half stands for; rows for bytes from 0x80 on stand apart.
///
/// # Safety
/// The processor has the features named here.
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn planes(table: &PlaneTable, window: &Window, planes: &mut [Plane; PLANES]) {
    let (halves, _) = window.as_chunks::<32>();
    let high_bits = _mm256_set1_epi64x(0x8040_2010_0804_0201u64.cast_signed());
    let low_half = _mm256_set1_epi8(15);
    for (plane, rows) in planes.iter_mut().zip(&table.nibbles).take(table.count) {
        let (ascii, rest) = rows.split_at(16);
        let (ascii, others) = (row(ascii), row(rest));
        let has_others = rest.iter().any(|&row| row != 0);
        for number in 0..=window.blocks() {
            let member = |half: usize| {
                let bytes = load(&halves[number * 2 + half]);
                let low = _mm256_and_si256(bytes, low_half);
                let high = _mm256_and_si256(_mm256_srli_epi16(bytes, 4), _mm256_set1_epi8(7));
                let bit = _mm256_shuffle_epi8(high_bits, high);
                let mut row = _mm256_shuffle_epi8(ascii, low);
                if has_others {
                    row = _mm256_blendv_epi8(row, _mm256_shuffle_epi8(others, low), bytes);
                } else {
                    row =
                        _mm256_andnot_si256(_mm256_cmpgt_epi8(_mm256_setzero_si256(), bytes), row);
                }
                let held = _mm256_cmpeq_epi8(_mm256_and_si256(row, bit), bit);
                u64::from(_mm256_movemask_epi8(held).cast_unsigned())
            };
            plane[number] = member(0) | member(1) << 32;
        }
    }
}

#[target_feature(enable = "avx2")]
#[inline]
fn load(bytes: &[u8; 32]) -> __m256i {
    // SAFETY: the reference covers the 32 bytes that are read.
    unsafe { _mm256_loadu_si256(bytes.as_ptr().cast()) }
}

/// Sixteen bytes, in both halves of a vector.
#[target_feature(enable = "avx2")]
#[inline]
fn row(bytes: &[u8]) -> __m256i {
    let bytes: &[u8; 16] = bytes.first_chunk().expect("a row has sixteen bytes");
    // SAFETY: the reference covers the sixteen bytes that are read.
    _mm256_broadcastsi128_si256(unsafe { _mm_loadu_si128(bytes.as_ptr().cast()) })
}
