//! The pure and hybrid systems of ISO/IEC 7064.

use crate::symbols::{alnum_up_to, base36, digits_up_to};
use crate::{Argument, Validator};

/// Longest string, check characters included.
const LONGEST: usize = 64;

pub(crate) static MOD11_2: Validator = Validator {
    name: "iso7064-mod11-2",
    summary: "Digits and one ISO 7064 MOD 11-2 check character, a digit or X; spaces and hyphens \
              are skipped.",
    source: "ISO/IEC 7064:2003",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["07940", "079X", "0000-0001-2345-6789"],
    invalid: &["07941", "0790", "X", "07X40"],
    check: |value, _| {
        let Some(symbols) = alnum_up_to::<LONGEST>(value, b" -") else {
            return false;
        };
        let Some((&check, body)) = symbols.split_last() else {
            return false;
        };
        let check = if check == b'X' { 10 } else { base36(check) };
        !body.is_empty()
            && check <= 10
            && body.iter().all(u8::is_ascii_digit)
            && pure(body.iter().map(|&b| base36(b)).chain([check]), 2, 11)
    },
};

pub(crate) static MOD37_2: Validator = Validator {
    name: "iso7064-mod37-2",
    summary: "Letters and digits and one ISO 7064 MOD 37-2 check character, one of them or an \
              asterisk; spaces and hyphens are skipped.",
    source: "ISO/IEC 7064:2003",
    chance: 0.027,
    argument: Argument::None,
    valid: &["A999914123456N", "G123489654321Y", "A9999 12 345678 R"],
    invalid: &["A999914123456M", "G123489654321*", "*", "A99*914123456N"],
    check: |value, _| {
        let (body, star) = match value {
            [body @ .., b'*'] => (body, true),
            _ => (value, false),
        };
        alnum_up_to::<LONGEST>(body, b" -").is_some_and(|symbols| {
            symbols.len() + usize::from(star) > 1
                && pure(
                    symbols.iter().map(|&b| base36(b)).chain(star.then_some(36)),
                    2,
                    37,
                )
        })
    },
};

pub(crate) static MOD97_10: Validator = Validator {
    name: "iso7064-mod97-10",
    summary: "Digits, or digits and letters, and two ISO 7064 MOD 97-10 check digits; spaces and \
              hyphens are skipped.",
    source: "ISO/IEC 7064:2003",
    chance: 0.0103,
    argument: Argument::None,
    valid: &["79444", "1234 5678 89", "ABC-123-4542"],
    invalid: &["79445", "1234 5678 88", "44", "7944X"],
    check: |value, _| {
        alnum_up_to::<LONGEST>(value, b" -").is_some_and(|symbols| {
            symbols.len() > 2
                && symbols[symbols.len() - 2..].iter().all(u8::is_ascii_digit)
                && remainder97(symbols.iter()) == 1
        })
    },
};

pub(crate) static MOD11_10: Validator = Validator {
    name: "iso7064-mod11-10",
    summary: "Digits and one ISO 7064 MOD 11,10 check digit; spaces and hyphens are skipped.",
    source: "ISO/IEC 7064:2003",
    chance: 0.1,
    argument: Argument::None,
    valid: &["07945", "1234 5678 903", "00200667306"],
    invalid: &["07946", "1234 5678 904", "5", "0794X"],
    check: |value, _| {
        digits_up_to::<LONGEST>(value, b" -")
            .is_some_and(|digits| digits.len() > 1 && holds_mod11_10(&digits))
    },
};

pub(crate) static MOD37_36: Validator = Validator {
    name: "iso7064-mod37-36",
    summary: "Letters and digits and one ISO 7064 MOD 37,36 check character; spaces and hyphens \
              are skipped.",
    source: "ISO/IEC 7064:2003",
    chance: 0.0278,
    argument: Argument::None,
    valid: &[
        "A12425GABC1234002M",
        "0000 0000 0000 0000 9",
        "B12425GABC12340023",
    ],
    invalid: &["A12425GABC1234002N", "A12425GABC1234003M", "M", "A12*25"],
    check: |value, _| {
        alnum_up_to::<LONGEST>(value, b" -").is_some_and(|symbols| {
            symbols.len() > 1 && hybrid(symbols.iter().map(|&b| base36(b)), 36)
        })
    },
};

/// A pure system: the symbols, read as a number in base `radix`, leave 1.
fn pure(symbols: impl Iterator<Item = u32>, radix: u32, modulus: u32) -> bool {
    symbols.fold(0, |p, symbol| (p * radix + symbol) % modulus) == 1
}

/// A hybrid system over `modulus` symbols: intermediate sums run modulo it, products modulo one
/// more.
fn hybrid(symbols: impl DoubleEndedIterator<Item = u32>, modulus: u32) -> bool {
    let mut body = symbols;
    let Some(check) = body.next_back() else {
        return false;
    };
    let product = body.fold(modulus, |product, symbol| {
        let sum = (product + symbol) % modulus;
        (if sum == 0 { modulus } else { sum }) * 2 % (modulus + 1)
    });
    (product + check) % modulus == 1
}

/// Whether digits 0 to 9 end in their MOD 11,10 check digit.
pub(crate) fn holds_mod11_10(digits: &[u8]) -> bool {
    hybrid(digits.iter().map(|&d| u32::from(d)), 10)
}

/// The remainder modulo 97 of upper-case symbols, each letter written as two digits, A = 10.
pub(crate) fn remainder97<'a>(symbols: impl IntoIterator<Item = &'a u8>) -> u32 {
    symbols.into_iter().fold(0, |remainder, &symbol| {
        let shift = if symbol.is_ascii_digit() { 10 } else { 100 };
        (remainder * shift + base36(symbol)) % 97
    })
}
