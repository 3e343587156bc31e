//! The modulo 10 check digit of GS1 and the numbers of the trade.

use crate::arithmetic::number;
use crate::symbols::{alnum, base36, digits, digits_up_to};
use crate::{Argument, Validator};

pub(crate) static EAN: Validator = Validator {
    name: "ean",
    summary: "A GTIN of 8, 12, 13 or 14 digits (EAN-8, UPC-A, EAN-13, ITF-14) that is not zero; \
              spaces and hyphens are skipped.",
    source: "https://ref.gs1.org/standards/genspecs/ section 7.9",
    chance: 0.1,
    argument: Argument::None,
    valid: &[
        "4006381333931",
        "73513537",
        "036000291452",
        "1 0614141 54321 9",
    ],
    invalid: &[
        "4006381333932",
        "73513536",
        "036000291453",
        "00000000",
        "400638133393",
    ],
    check: |value, _| {
        digits_up_to::<14>(value, b" -").is_some_and(|digits| {
            matches!(digits.len(), 8 | 12..=14) && number(&digits) != 0 && holds(&digits)
        })
    },
};

pub(crate) static ISBN: Validator = Validator {
    name: "isbn",
    summary: "An ISBN of 10 characters (the last may be X) or of 13 digits that starts with 978 or \
              979; spaces and hyphens are skipped.",
    source: "ISO 2108, https://www.isbn-international.org/content/isbn-users-manual",
    chance: 0.0909,
    argument: Argument::None,
    valid: &[
        "0-306-40615-2",
        "978-0-306-40615-7",
        "080442957X",
        "979-10-90636-07-1",
    ],
    invalid: &[
        "0-306-40615-3",
        "978-0-306-40615-8",
        "977-0-306-40615-8",
        "0804429X70",
    ],
    check: |value, _| {
        if let Some(digits) = digits::<13>(value, b" -") {
            return matches!(number(&digits[..3]), 978 | 979) && holds(&digits);
        }
        alnum::<10>(value, b" -").is_some_and(|symbols| holds_mod11(&symbols))
    },
};

pub(crate) static ISSN: Validator = Validator {
    name: "issn",
    summary: "An ISSN of eight characters (the last may be X) that is not zero; a space or hyphen \
              is skipped.",
    source: "ISO 3297, https://www.issn.org/understanding-the-issn/assignment-rules/issn-manual/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["0378-5955", "2434-561X", "20493630"],
    invalid: &["0378-5954", "2434-5610", "0000-0000", "0378-595"],
    check: |value, _| {
        alnum::<8>(value, b" -")
            .is_some_and(|symbols| symbols != *b"00000000" && holds_mod11(&symbols))
    },
};

/// Whether digits 0 to 9 end in their GS1 check digit: weights 1 and 3 in turn from the right.
pub(crate) fn holds(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .zip([1, 3].into_iter().cycle())
        .map(|(&d, w)| u32::from(d) * w)
        .sum();
    sum.is_multiple_of(10)
}

/// Digits and a last digit or X (for 10), weighted with their place from the right.
fn holds_mod11(symbols: &[u8]) -> bool {
    let Some((&check, body)) = symbols.split_last() else {
        return false;
    };
    let check = if check == b'X' { 10 } else { base36(check) };
    let sum: u32 = body
        .iter()
        .rev()
        .zip(2..)
        .map(|(&symbol, w)| base36(symbol) * w)
        .sum();
    check <= 10 && body.iter().all(u8::is_ascii_digit) && (sum + check).is_multiple_of(11)
}
