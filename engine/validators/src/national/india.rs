//! India: identity, taxpayer and goods-and-services-tax numbers.

use crate::arithmetic::{complement, number};
use crate::checksum::verhoeff;
use crate::symbols::{alnum, as_digits, base36, digits};
use crate::{Argument, Validator};

pub(crate) static AADHAAR: Validator = Validator {
    name: "in-aadhaar",
    summary: "An Aadhaar number: twelve digits, the first 2 to 9, no palindrome, Verhoeff digit; \
              spaces and hyphens are skipped.",
    source: "https://uidai.gov.in/en/my-aadhaar/about-your-aadhaar.html",
    chance: 0.08,
    argument: Argument::None,
    valid: &["2341 2341 2346", "9999-4105-7058", "876543210122"],
    invalid: &[
        "2341 2341 2347",
        "1341 2341 2346",
        "2341 2341 234",
        "222222222222",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 12]| {
            digits[0] >= 2 && !digits.iter().eq(digits.iter().rev()) && verhoeff::holds(&digits)
        })
    },
};

pub(crate) static PAN: Validator = Validator {
    name: "in-pan",
    summary: "A PAN: five letters of which the fourth is a kind of holder, four digits that are \
              not zero, a letter; spaces and hyphens are skipped.",
    source: "https://incometaxindia.gov.in/, Income-tax Rules 1962, rule 114",
    chance: 0.385,
    argument: Argument::None,
    valid: &["ABCPE1234F", "AAACT 2727 Q", "zzzhz0001a"],
    invalid: &["ABCDE1234F", "ABCPE0000F", "ABCPE12345", "ABCP1234F"],
    check: |value, _| alnum(value, b" -").is_some_and(|symbols: [u8; 10]| is_pan(&symbols)),
};

pub(crate) static GSTIN: Validator = Validator {
    name: "in-gstin",
    summary: "A GSTIN: state code, PAN, number of registration, Z, check character modulo 36; \
              spaces and hyphens are skipped.",
    source: "Central Goods and Services Tax Rules 2017, rule 10; https://www.gst.gov.in/",
    chance: 0.00015,
    argument: Argument::None,
    valid: &["27AAPFU0939F1ZV", "29AAGCB7383J1Z4", "07 ABCPE1234F 1ZD"],
    invalid: &[
        "27AAPFU0939F1ZW",
        "00AAPFU0939F1ZV",
        "27AADFU0939F1Z",
        "27AAPFU0939F1YV",
    ],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 15]| {
            let Some(state) = as_digits::<2>(&symbols[..2]) else {
                return false;
            };
            let sum: u32 = symbols[..14]
                .iter()
                .zip([1, 2].into_iter().cycle())
                .map(|(&symbol, w)| base36(symbol) * w)
                .map(|product| product / 36 + product % 36)
                .sum();
            matches!(number(&state), 1..=38 | 97 | 99)
                && is_pan(&symbols[2..12])
                && symbols[12] != b'0'
                && symbols[13] == b'Z'
                && complement(sum, 36) == base36(symbols[14])
        })
    },
};

fn is_pan(symbols: &[u8]) -> bool {
    symbols.len() == 10
        && symbols[..5].iter().all(u8::is_ascii_uppercase)
        && b"ABCFGHJLPT".contains(&symbols[3])
        && as_digits::<4>(&symbols[5..9]).is_some_and(|digits| number(&digits) != 0)
        && symbols[9].is_ascii_uppercase()
}
