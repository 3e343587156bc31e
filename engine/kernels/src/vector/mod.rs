//! Lane operations: eight words of 64 bits at a time, in the instructions of one processor family.

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
mod portable;

#[cfg(target_arch = "x86_64")]
pub(crate) use avx2::Avx2;
#[cfg(target_arch = "x86_64")]
pub(crate) use avx512::{Avx512, load};
pub(crate) use portable::Portable;

/// Eight words of 64 bits.
///
/// # Safety
/// Every method may use the instructions of its implementation: callers run on a processor that
/// has them, in a function that enables them.
pub(crate) trait Words: Copy {
    /// The words as they stand in memory.
    unsafe fn load(words: &[u64; 8]) -> Self;

    /// Puts the words into memory.
    unsafe fn store(self, words: &mut [u64; 8]);

    /// The same word eight times.
    unsafe fn splat(word: u64) -> Self;

    /// Bits that are in both.
    unsafe fn and(self, other: Self) -> Self;

    /// Bits that are in one of them.
    unsafe fn xor(self, other: Self) -> Self;

    /// Each word shifted right by `by`, below 64; the bits that become free are the lowest of
    /// `above`'s word.
    unsafe fn shift_right(self, above: Self, by: u32) -> Self;

    /// For each word, whether it has any bit: bit `i` for word `i`.
    unsafe fn nonzero(self) -> u8;
}
