//! Gram filters: five bytes, each as one of 32 codes, hashed into a blocked Bloom filter that is
//! asked at every other position of the input; and four bytes in a second filter, for what is too
//! short to have five known ones at every other position: each unknown byte would be 32 grams.
//!
//! The code folds the case of letters and merges digits, white space and kinds of punctuation, so
//! that a class such as `[0-9]` or an unknown byte stands for few grams. Two bits of one word stand
//! for each gram (the split block filter of Putze, Sanders and Singler, "Cache-, hash- and
//! space-efficient Bloom filters", 2007, with one word as the block).

#[cfg(target_arch = "x86_64")]
mod avx512;
mod generic;

use crate::cpu::by_kernel;
use crate::{BLOCK, BLOCKS, Kernel, SPAN, Window};

/// Length of a long gram in bytes.
pub const GRAM: usize = 5;
/// Length of a short gram in bytes.
pub const SHORT: usize = 4;
/// A gram is looked for at the positions that are multiples of this, counted from the start of the
/// input. What is to be found anywhere needs a gram for each remainder.
pub const STRIDE: usize = 2;
/// Places of a block at which grams are looked for.
pub const PLACES: usize = BLOCK / STRIDE;
/// Number of codes.
pub const CODES: usize = 32;

/// The code of each byte.
static CODE: [u8; 256] = {
    let mut codes = [0u8; 256];
    let mut byte = 0;
    while byte < 256 {
        codes[byte] = match byte as u8 {
            // No letters, so that an edge of a word stands for few codes; and not all the same, or
            // text in other scripts would be one gram over and over.
            0x80.. => [0, 28, 29, 30, 31][byte % 5],
            b'a'..=b'z' | b'A'..=b'Z' => byte as u8 & 31,
            b'0'..=b'9' => 27,
            b'\t'..=b'\r' | b' ' => 28,
            b'_' | b'-' => 29,
            b'"' | b'\'' | b'(' | b')' | b'[' | b']' | b'{' | b'}' => 30,
            b'.' | b',' | b'/' | b':' | b';' | b'\\' | b'|' => 31,
            _ => 0,
        };
        byte += 1;
    }
    codes
};

/// The code of a byte: below [`CODES`].
#[inline]
pub fn code(byte: u8) -> u8 {
    CODE[usize::from(byte)]
}

/// Keeps the keys of short grams apart from those of long ones.
const SHORT_TAG: u32 = 1 << (5 * GRAM);

/// The key of a long gram of these codes.
pub fn key(codes: [u8; GRAM]) -> u32 {
    join(&codes)
}

/// The key of a short gram of these codes.
pub fn short_key(codes: [u8; SHORT]) -> u32 {
    SHORT_TAG | join(&codes)
}

fn join(codes: &[u8]) -> u32 {
    codes
        .iter()
        .fold(0, |key, &code| key << 5 | u32::from(code))
}

/// The hash of a key. Multiplication by the golden ratio spreads the high bits best.
#[inline]
pub fn hash(key: u32) -> u32 {
    key.wrapping_mul(GOLDEN)
}

const GOLDEN: u32 = 0x9E37_79B1;

/// What a search found.
#[derive(Default)]
pub struct GramHits {
    /// Where long grams may start.
    pub long: Places,
    /// Where short ones may.
    pub short: Places,
}

/// Where grams of one length may start.
pub struct Places {
    /// For each block, the places at which a gram may start: bit `i` stands for byte `i * STRIDE`.
    pub bits: [u32; BLOCKS],
    hashes: Box<[u32; SPAN / STRIDE]>,
}

impl Places {
    /// The hash of the gram at a place of a block at which there is a hit.
    #[inline]
    pub fn hash(&self, block: usize, place: usize) -> u32 {
        self.hashes[block * PLACES + place]
    }
}

impl Default for Places {
    fn default() -> Self {
        Self {
            bits: [0; BLOCKS],
            hashes: Box::new([0; SPAN / STRIDE]),
        }
    }
}

/// A set of grams that says no for certain, and yes perhaps.
#[derive(Clone, Copy)]
pub struct GramFilter<'a> {
    /// Little-endian words of 32 bits; their number is a power of two, or zero.
    words: &'a [u8],
    shift: u32,
}

/// The filters of long and of short grams.
///
/// ```
/// use sluicegate_kernels::{GramFilter, GramFilters, Kernel, Padding, Window, gram};
/// let (mut long, mut short) = ([0u8; 64], [0u8; 64]);
/// GramFilter::insert(&mut long, gram::hash(gram::key(b"akia0".map(gram::code))));
/// GramFilter::insert(&mut short, gram::hash(gram::short_key(b"my  ".map(gram::code))));
/// let mut hits = gram::GramHits::default();
/// let mut padding = Padding::default();
/// let window = Window::new(b"my  AKIA1234", 0, &mut padding);
/// let filters = GramFilters { long: GramFilter::new(&long), short: GramFilter::new(&short) };
/// filters.search(Kernel::best(), &window, &mut hits);
/// assert_eq!((hits.long.bits[0], hits.short.bits[0]), (1 << 2, 1 << 0));
/// ```
#[derive(Clone, Copy)]
pub struct GramFilters<'a> {
    /// Of grams of [`GRAM`] bytes.
    pub long: GramFilter<'a>,
    /// Of grams of [`SHORT`] bytes.
    pub short: GramFilter<'a>,
}

/// A word of a filter, at any address.
#[derive(Clone, Copy)]
#[repr(C, packed)]
struct Word(u32);

/// Bytes of a word.
const WORD: usize = size_of::<Word>();

impl<'a> GramFilter<'a> {
    /// Most bytes of a filter.
    pub const MAX_BYTES: usize = 1 << 17;

    /// A filter over words of 32 bits, little-endian. Their number is a power of two of at least
    /// two, or zero: the empty filter holds nothing.
    ///
    /// # Panics
    /// When the length is another.
    pub fn new(words: &'a [u8]) -> Self {
        assert!(
            words.is_empty()
                || words.len().is_power_of_two()
                    && (2 * WORD..=Self::MAX_BYTES).contains(&words.len()),
            "the number of words is a power of two",
        );
        Self {
            words,
            shift: shift(words.len()),
        }
    }

    /// Adds the gram with this hash to the words of a filter.
    pub fn insert(words: &mut [u8], hash: u32) {
        let at = (hash >> shift(words.len())) as usize * WORD;
        let bits = (1u32 << first_bit(hash) | 1 << second_bit(hash)).to_le_bytes();
        for (byte, bits) in words[at..at + WORD].iter_mut().zip(bits) {
            *byte |= bits;
        }
    }

    /// The word in which the bits of a hash stand.
    #[inline(always)]
    fn word(&self, index: u32) -> u32 {
        debug_assert!((index as usize) < self.words.len() / WORD);
        // SAFETY: callers pass `hash >> shift`, which is below the number of words: `shift` leaves
        // as many bits as the number of words, a power of two, has zeros at its end.
        // Volatile, or else the compiler gathers, which measured three times slower than one load each.
        let word = unsafe {
            self.words
                .as_ptr()
                .cast::<Word>()
                .add(index as usize)
                .read_volatile()
        };
        u32::from_le(word.0)
    }
}

impl GramFilters<'_> {
    /// Finds the places of the span at which a gram may start.
    pub fn search(&self, kernel: Kernel, window: &Window, hits: &mut GramHits) {
        hits.long.bits = [0; BLOCKS];
        hits.short.bits = [0; BLOCKS];
        by_kernel!(
            kernel,
            [avx512::search, generic::search_avx2, generic::search],
            self,
            window,
            hits
        );
    }
}

/// The places among the positions of a block.
#[inline(always)]
fn places_of(positions: u64) -> u32 {
    // Input ends at one position, so the number of places is that of the even positions before it.
    let len = (64 - positions.leading_zeros()).div_ceil(STRIDE as u32);
    ((1u64 << len) - 1) as u32
}

/// How far a hash is shifted to number the words of a filter of this many bytes.
fn shift(bytes: usize) -> u32 {
    32 - (bytes / WORD).max(2).ilog2()
}

/// The first of the two bits that stand for a hash in its word.
#[inline(always)]
fn first_bit(hash: u32) -> u32 {
    hash >> 12 & 31
}

/// The second.
#[inline(always)]
fn second_bit(hash: u32) -> u32 {
    hash >> 7 & 31
}

#[cfg(test)]
mod tests;
