//! The gram filters in AVX-512.

use std::arch::x86_64::*;

use super::{
    CODE, GOLDEN, GramFilter, GramFilters, GramHits, PLACES, Places, SHORT_TAG, STRIDE, places_of,
};
use crate::vector::load;
use crate::{BLOCK, SPAN, WINDOW, Window};

/// Places that one vector of 32-bit lanes holds.
const LANES: usize = 16;

/// For each of sixteen places, where its first four bytes stand.
static FOUR_OF_EACH: [u8; BLOCK] = bytes_of_each(0);
/// For each of sixteen places, where its fifth byte stands.
static FIFTH_OF_EACH: [u8; BLOCK] = bytes_of_each(4);
/// The first byte of each lane.
const FIRST_BYTES: u64 = 0x1111_1111_1111_1111;

const fn bytes_of_each(offset: usize) -> [u8; BLOCK] {
    let mut at = [0; BLOCK];
    let mut i = 0;
    while i < BLOCK {
        at[i] = (i / 4 * STRIDE + i % 4 + offset) as u8;
        i += 1;
    }
    at
}

/// # Safety
/// The processor has the features named here.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn search(filters: &GramFilters, window: &Window, hits: &mut GramHits) {
    let letters = (table(0), table(BLOCK));
    let others = (table(2 * BLOCK), table(3 * BLOCK));
    // Codes of the whole window: each is needed by five positions.
    let mut codes = [0u8; WINDOW];
    let blocks = window.blocks();
    for (bytes, codes) in window
        .as_chunks::<BLOCK>()
        .0
        .iter()
        .zip(codes.as_chunks_mut::<BLOCK>().0)
        .take(blocks + 1)
    {
        let bytes = load(bytes);
        let ascii = _mm512_testn_epi8_mask(bytes, _mm512_set1_epi8(-128));
        store(
            codes,
            _mm512_mask_blend_epi8(
                ascii,
                _mm512_permutex2var_epi8(others.0, bytes, others.1),
                _mm512_permutex2var_epi8(letters.0, bytes, letters.1),
            ),
        );
    }
    let places = blocks * PLACES;
    let four_of_each = load(&FOUR_OF_EACH);
    let fifth_of_each = load(&FIFTH_OF_EACH);
    let golden = _mm512_set1_epi32(GOLDEN.cast_signed());
    let tag = _mm512_set1_epi32(SHORT_TAG.cast_signed());
    let long_lanes = hits.long.hashes[..places].as_chunks_mut::<LANES>().0;
    let short_lanes = hits.short.hashes[..places].as_chunks_mut::<LANES>().0;
    for (lane, (long, short)) in long_lanes.iter_mut().zip(short_lanes).enumerate() {
        let near = load(
            codes[lane * LANES * STRIDE..]
                .first_chunk()
                .expect("a block past the span"),
        );
        // Each lane holds four codes, then 5 bits of each, by two multiplications.
        let four = _mm512_permutexvar_epi8(four_of_each, near);
        let two = _mm512_maddubs_epi16(four, _mm512_set1_epi16(0x0120));
        let key = _mm512_madd_epi16(two, _mm512_set1_epi32(0x0001_0400));
        store_lanes(short, _mm512_mullo_epi32(_mm512_or_si512(key, tag), golden));
        let fifth = _mm512_maskz_permutexvar_epi8(FIRST_BYTES, fifth_of_each, near);
        let key = _mm512_or_si512(_mm512_slli_epi32(key, 5), fifth);
        store_lanes(long, _mm512_mullo_epi32(key, golden));
    }
    ask(&filters.long, window, &mut hits.long);
    ask(&filters.short, window, &mut hits.short);
}

/// Asks a filter for the hashes of every place.
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,bmi1,bmi2,lzcnt,popcnt")]
fn ask(filter: &GramFilter, window: &Window, hits: &mut Places) {
    if filter.words.is_empty() {
        return;
    }
    let places = window.blocks() * PLACES;
    let shift = _mm_cvtsi32_si128(filter.shift.cast_signed());
    let mut words = [0u32; SPAN / STRIDE];
    let hash_lanes = hits.hashes[..places].as_chunks::<LANES>().0;
    for (hashes, indices) in hash_lanes.iter().zip(words.as_chunks_mut::<LANES>().0) {
        store_lanes(indices, _mm512_srl_epi32(load_lanes(hashes), shift));
    }
    // One load each: gathering is slower on every processor measured. That the loops over a span
    // stand apart gives stores the time to reach the cache before they are loaded as vectors.
    for i in (0..places).step_by(8) {
        let eight: &mut [u32; 8] = words[i..].first_chunk_mut().expect("whole blocks");
        for index in eight {
            *index = filter.word(*index);
        }
    }
    let word_lanes = words[..places].as_chunks::<LANES>().0;
    for (lane, (hashes, words)) in hash_lanes.iter().zip(word_lanes).enumerate() {
        let (hash, word) = (load_lanes(hashes), load_lanes(words));
        let bit =
            |at: __m512i| _mm512_srlv_epi32(word, _mm512_and_si512(at, _mm512_set1_epi32(31)));
        let both = _mm512_and_si512(
            bit(_mm512_srli_epi32(hash, 12)),
            bit(_mm512_srli_epi32(hash, 7)),
        );
        let set = _mm512_test_epi32_mask(both, _mm512_set1_epi32(1));
        hits.bits[lane / 2] |= u32::from(set) << (lane % 2 * LANES);
    }
    for (block, bits) in hits.bits.iter_mut().enumerate() {
        *bits &= places_of(window.input_bits(block));
    }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn table(start: usize) -> __m512i {
    load(CODE[start..].first_chunk().expect("codes of 256 bytes"))
}

#[target_feature(enable = "avx512f")]
#[inline]
fn store(bytes: &mut [u8; BLOCK], vector: __m512i) {
    // SAFETY: the reference covers the 64 bytes that are written.
    unsafe { _mm512_storeu_si512(bytes.as_mut_ptr().cast(), vector) }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn load_lanes(lanes: &[u32; LANES]) -> __m512i {
    // SAFETY: the reference covers the 64 bytes that are read.
    unsafe { _mm512_loadu_si512(lanes.as_ptr().cast()) }
}

#[target_feature(enable = "avx512f")]
#[inline]
fn store_lanes(lanes: &mut [u32; LANES], vector: __m512i) {
    // SAFETY: the reference covers the 64 bytes that are written.
    unsafe { _mm512_storeu_si512(lanes.as_mut_ptr().cast(), vector) }
}
