//! The gram filter as plain code, which compilers turn into the vectors they are allowed to use.

use super::{
    GRAM, GramFilter, GramHits, PLACES, STRIDE, code, first_bit, hash, places_of, second_bit,
};
use crate::{BLOCK, Window};

/// Bytes whose codes a block needs.
const CODED: usize = BLOCK + GRAM - 1;

pub(super) fn search(filter: &GramFilter, window: &Window, hits: &mut GramHits) {
    search_with(filter, window, hits);
}

/// # Safety
/// The processor has the features named here.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn search_avx2(filter: &GramFilter, window: &Window, hits: &mut GramHits) {
    search_with(filter, window, hits);
}

#[inline(always)]
fn search_with(filter: &GramFilter, window: &Window, hits: &mut GramHits) {
    let blocks = window.blocks();
    for block in 0..blocks {
        let bytes: &[u8; CODED] = window[block * BLOCK..]
            .first_chunk()
            .expect("a window reaches a block past its span");
        let hashes: &mut [u32; PLACES] = hits.hashes[block * PLACES..]
            .first_chunk_mut()
            .expect("there is a hash for each place");
        let codes: [u8; CODED] = std::array::from_fn(|i| code(bytes[i]));
        for (i, hashed) in hashes.iter_mut().enumerate() {
            let pair = |at: usize| u32::from(codes[at]) << 5 | u32::from(codes[at + 1]);
            let at = i * STRIDE;
            *hashed = hash(pair(at) << 15 | pair(at + 2) << 5 | u32::from(codes[at + 4]));
        }
    }
    for block in 0..blocks {
        let hashes: &[u32; PLACES] = hits.hashes[block * PLACES..]
            .first_chunk()
            .expect("there is a hash for each place");
        let mut bits = 0;
        for (i, &hash) in hashes.iter().enumerate() {
            let word = filter.word(hash >> filter.shift);
            bits |= (word >> first_bit(hash) & word >> second_bit(hash) & 1) << i;
        }
        hits.bits[block] = bits & places_of(window.input_bits(block));
    }
}
