//! The gram filters as plain code, which compilers turn into the vectors they are allowed to use.

use super::{
    GRAM, GramFilter, GramFilters, GramHits, PLACES, Places, SHORT_TAG, STRIDE, code, first_bit,
    hash, places_of, second_bit,
};
use crate::{BLOCK, Window};

/// Bytes whose codes a block needs.
const CODED: usize = BLOCK + GRAM - 1;

pub(super) fn search(filters: &GramFilters, window: &Window, hits: &mut GramHits) {
    search_with(filters, window, hits);
}

/// # Safety
/// The processor has the features named here.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
pub(super) fn search_avx2(filters: &GramFilters, window: &Window, hits: &mut GramHits) {
    search_with(filters, window, hits);
}

#[inline(always)]
fn search_with(filters: &GramFilters, window: &Window, hits: &mut GramHits) {
    for block in 0..window.blocks() {
        let bytes: &[u8; CODED] = window[block * BLOCK..]
            .first_chunk()
            .expect("a window reaches a block past its span");
        let long: &mut [u32; PLACES] = hits.long.of_mut(block);
        let short: &mut [u32; PLACES] = hits.short.of_mut(block);
        let codes: [u8; CODED] = std::array::from_fn(|i| code(bytes[i]));
        for (i, (long, short)) in long.iter_mut().zip(short).enumerate() {
            let pair = |at: usize| u32::from(codes[at]) << 5 | u32::from(codes[at + 1]);
            let at = i * STRIDE;
            let four = pair(at) << 10 | pair(at + 2);
            *short = hash(SHORT_TAG | four);
            *long = hash(four << 5 | u32::from(codes[at + 4]));
        }
    }
    ask(&filters.long, window, &mut hits.long);
    ask(&filters.short, window, &mut hits.short);
}

/// Asks a filter for the hashes of every place.
#[inline(always)]
fn ask(filter: &GramFilter, window: &Window, places: &mut Places) {
    if filter.words.is_empty() {
        return;
    }
    for block in 0..window.blocks() {
        let mut bits = 0;
        for (i, &hash) in places.of_mut(block).iter().enumerate() {
            let word = filter.word(hash >> filter.shift);
            bits |= (word >> first_bit(hash) & word >> second_bit(hash) & 1) << i;
        }
        places.bits[block] = bits & places_of(window.input_bits(block));
    }
}

impl Places {
    /// The hashes of a block.
    #[inline(always)]
    fn of_mut(&mut self, block: usize) -> &mut [u32; PLACES] {
        self.hashes[block * PLACES..]
            .first_chunk_mut()
            .expect("there is a hash for each place")
    }
}
