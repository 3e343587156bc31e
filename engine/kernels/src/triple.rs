//! Whether one of a few strings of three bytes stands in a stretch of the input.
//!
//! The strings are compared with bit 0x20 of every byte set, so that letters of both cases are one,
//! and so are a few marks: it says yes too often and never too seldom.

use crate::cpu::by_kernel;
use crate::{BLOCK, Kernel};

/// A string of ASCII bytes, folded.
pub type Triple = [u8; LEN];

/// Bytes of a string.
const LEN: usize = 3;
/// Bytes that are looked at in one step.
const STEP: usize = BLOCK + LEN - 1;

/// The byte as it is compared.
pub const fn fold(byte: u8) -> u8 {
    byte | 0x20
}

/// Whether one of the strings stands in the bytes.
///
/// ```
/// use sluicegate_kernels::{Kernel, triple};
/// assert!(triple::any(Kernel::best(), &[*b"end", *b"sys"], b"the SYSTEM"));
/// assert!(!triple::any(Kernel::best(), &[*b"end", *b"sys"], b"the sy"));
/// ```
pub fn any(kernel: Kernel, strings: &[Triple], bytes: &[u8]) -> bool {
    by_kernel!(kernel, [any_avx512, any_avx2, search], strings, bytes)
}

/// # Safety
/// The processor has the features named here.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi,bmi1,bmi2,lzcnt,popcnt")]
fn any_avx512(strings: &[Triple], bytes: &[u8]) -> bool {
    search(strings, bytes)
}

/// # Safety
/// The processor has the features named here.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2,bmi1,bmi2,lzcnt,popcnt")]
fn any_avx2(strings: &[Triple], bytes: &[u8]) -> bool {
    search(strings, bytes)
}

#[inline(always)]
fn search(strings: &[Triple], bytes: &[u8]) -> bool {
    let mut rest = bytes;
    while let Some(step) = rest.first_chunk() {
        if in_step(strings, step) {
            return true;
        }
        rest = &rest[BLOCK..];
    }
    if rest.len() < LEN {
        return false;
    }
    // Strings are ASCII, so what is filled up is in none.
    let mut step = [u8::MAX; STEP];
    step[..rest.len()].copy_from_slice(rest);
    in_step(strings, &step)
}

/// Written for compilers to turn into vectors: no way out before the end.
#[inline(always)]
fn in_step(strings: &[Triple], bytes: &[u8; STEP]) -> bool {
    let mut found = [0u8; BLOCK];
    for &[first, second, third] in strings {
        for (i, found) in found.iter_mut().enumerate() {
            *found |= u8::from(fold(bytes[i]) == first)
                & u8::from(fold(bytes[i + 1]) == second)
                & u8::from(fold(bytes[i + 2]) == third);
        }
    }
    found.iter().fold(0, |any, found| any | found) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kernel_finds_what_windows_of_three_find() {
        let mut state = 1u64;
        let mut next = |below: u64| {
            state = state
                .wrapping_mul(6364136223846793005)
                .wrapping_add(1442695040888963407);
            (state >> 33) % below
        };
        for _ in 0..4000 {
            let len = next(150) as usize;
            let bytes: Vec<u8> = (0..len)
                .map(|_| b"abAB c\0\xff"[next(8) as usize])
                .collect();
            let strings: Vec<Triple> = (0..next(4))
                .map(|_| std::array::from_fn(|_| fold(b"abc "[next(4) as usize])))
                .collect();
            let expected = bytes.windows(LEN).any(|window| {
                strings
                    .iter()
                    .any(|string| window.iter().map(|byte| fold(*byte)).eq(*string))
            });
            for kernel in Kernel::available() {
                assert_eq!(
                    any(kernel, &strings, &bytes),
                    expected,
                    "{kernel:?} {bytes:?} {strings:?}"
                );
            }
        }
    }
}
