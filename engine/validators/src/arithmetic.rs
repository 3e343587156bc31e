//! Sums and numbers over digits 0 to 9.

/// The sum of digits times weights, pairwise.
pub(crate) fn weighted(digits: &[u8], weights: &[u8]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(&d, &w)| u32::from(d) * u32::from(w))
        .sum()
}

/// The number that up to 19 digits write; more would not fit and wrap.
pub(crate) fn number(digits: &[u8]) -> u64 {
    digits.iter().fold(0, |n: u64, &d| {
        n.wrapping_mul(10).wrapping_add(u64::from(d))
    })
}

/// What is missing to the next multiple of `modulus`, 0 where nothing is.
pub(crate) fn complement(sum: u32, modulus: u32) -> u32 {
    (modulus - sum % modulus) % modulus
}

/// Whether all symbols are the same.
pub(crate) fn is_uniform(symbols: &[u8]) -> bool {
    symbols.windows(2).all(|pair| pair[0] == pair[1])
}
