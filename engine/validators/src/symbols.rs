//! Reading a value: separators skipped, symbols kept, in a buffer of fixed size.

use std::ops::Deref;

/// At most `N` symbols.
pub(crate) struct Symbols<const N: usize> {
    bytes: [u8; N],
    len: usize,
}

impl<const N: usize> Deref for Symbols<N> {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.bytes[..self.len]
    }
}

/// The symbols of a value that has at most `N`, `symbol` saying what a byte stands for.
/// Separators may stand between symbols, not at the ends; any other byte refuses the value. A
/// value longer than twice `N` bytes is refused unread.
pub(crate) fn read<const N: usize>(
    value: &[u8],
    separators: &[u8],
    symbol: fn(u8) -> Option<u8>,
) -> Option<Symbols<N>> {
    if value.len() > 2 * N {
        return None;
    }
    symbol(*value.first()?)?;
    symbol(*value.last()?)?;
    let mut symbols = Symbols {
        bytes: [0; N],
        len: 0,
    };
    for &byte in value {
        if let Some(symbol) = symbol(byte) {
            *symbols.bytes.get_mut(symbols.len)? = symbol;
            symbols.len += 1;
        } else if !separators.contains(&byte) {
            return None;
        }
    }
    Some(symbols)
}

/// Exactly `N` digits, as numbers 0 to 9.
pub(crate) fn digits<const N: usize>(value: &[u8], separators: &[u8]) -> Option<[u8; N]> {
    digits_up_to(value, separators).as_ref().and_then(exactly)
}

/// One to `N` digits, as numbers 0 to 9.
pub(crate) fn digits_up_to<const N: usize>(value: &[u8], separators: &[u8]) -> Option<Symbols<N>> {
    read(value, separators, |byte| {
        byte.is_ascii_digit().then(|| byte - b'0')
    })
}

/// Exactly `N` ASCII letters and digits, letters in upper case.
pub(crate) fn alnum<const N: usize>(value: &[u8], separators: &[u8]) -> Option<[u8; N]> {
    alnum_up_to(value, separators).as_ref().and_then(exactly)
}

/// One to `N` ASCII letters and digits, letters in upper case.
pub(crate) fn alnum_up_to<const N: usize>(value: &[u8], separators: &[u8]) -> Option<Symbols<N>> {
    read(value, separators, |byte| {
        byte.is_ascii_alphanumeric()
            .then(|| byte.to_ascii_uppercase())
    })
}

fn exactly<const N: usize>(symbols: &Symbols<N>) -> Option<[u8; N]> {
    (symbols.len == N).then_some(symbols.bytes)
}

/// The value without a prefix of letters, compared without regard to case, and without the
/// separators after it; the value itself where it does not start so.
pub(crate) fn without_prefix<'v>(value: &'v [u8], prefix: &[u8], separators: &[u8]) -> &'v [u8] {
    match value.split_at_checked(prefix.len()) {
        Some((head, mut rest)) if head.eq_ignore_ascii_case(prefix) => {
            while let [first, tail @ ..] = rest
                && separators.contains(first)
            {
                rest = tail;
            }
            rest
        }
        _ => value,
    }
}

/// The digits 0 to 9 that upper-case alphanumeric symbols are; none where one is a letter.
pub(crate) fn as_digits<const N: usize>(symbols: &[u8]) -> Option<[u8; N]> {
    let mut digits: [u8; N] = symbols.try_into().ok()?;
    for digit in &mut digits {
        *digit = digit.checked_sub(b'0').filter(|&value| value < 10)?;
    }
    Some(digits)
}

/// What a digit or upper-case letter counts in most standards: 0 to 9, then A = 10 to Z = 35.
/// Other bytes count 0; callers read through [`alnum`].
pub(crate) fn base36(symbol: u8) -> u32 {
    match symbol {
        b'0'..=b'9' => u32::from(symbol - b'0'),
        b'A'..=b'Z' => u32::from(symbol - b'A') + 10,
        _ => 0,
    }
}
