//! Shannon entropy, in integers.

use crate::{Argument, MAX_LEN, Validator};

pub(crate) static ENTROPY: Validator = Validator {
    name: "entropy",
    summary: "A text with at least this Shannon entropy, in bits per byte of the value.",
    source: "C. E. Shannon, A Mathematical Theory of Communication, 1948, section 6",
    chance: 0.98,
    argument: Argument::Hundredths {
        least: 0,
        most: 800,
        default: 300,
    },
    valid: &[
        "qX7vR2mK9pLw4TzB",
        "abcdefgh",
        "0123456789abcdef0123456789abcdef",
    ],
    invalid: &["aaaaaaaaaaaaaaaa", "abababababababab", "abcdefg", ""],
    check: |value, hundredths| at_least(value, hundredths),
};

/// Bits after the binary point of the logarithms.
const POINT: u32 = 20;

/// log2 of 0 to 256, fixed point, rounded down; the entry of 0 is 0, as 0 log 0 is in the formula.
static LOG2: [u64; 257] = {
    let mut table = [0; 257];
    let mut n = 1;
    while n < table.len() {
        table[n] = log2(n as u32);
        n += 1;
    }
    table
};

/// log2 of `n`, at least 1, fixed point, rounded down: squaring the mantissa gives one bit each.
const fn log2(n: u32) -> u64 {
    let exponent = n.ilog2();
    let mut mantissa = (n as u64) << (31 - exponent);
    let mut result = exponent as u64;
    let mut bit = 0;
    while bit < POINT {
        mantissa = (mantissa * mantissa) >> 31;
        result <<= 1;
        if mantissa >> 32 != 0 {
            mantissa >>= 1;
            result |= 1;
        }
        bit += 1;
    }
    result
}

fn lookup(n: u32) -> u64 {
    LOG2.get(n as usize).copied().unwrap_or_else(|| log2(n))
}

/// With n bytes, c of each kind, the entropy times n is n log n minus the sum of c log c.
fn at_least(value: &[u8], hundredths: u32) -> bool {
    if value.is_empty() || value.len() > MAX_LEN {
        return false;
    }
    let mut counts = [0u32; 256];
    for &byte in value {
        counts[usize::from(byte)] += 1;
    }
    let n = value.len() as u64;
    let repeated: u64 = counts.iter().map(|&c| u64::from(c) * lookup(c)).sum();
    let bits = (n * lookup(value.len() as u32)).saturating_sub(repeated);
    bits * 100 >= (n * u64::from(hundredths)) << POINT
}
