//! China, Taiwan and Hong Kong: identity and company numbers.

use crate::arithmetic::{complement, number};
use crate::calendar::is_date;
use crate::symbols::{alnum, alnum_up_to, as_digits, base36};
use crate::{Argument, Validator};

pub(crate) static RIC: Validator = Validator {
    name: "cn-ric",
    summary: "A citizen's identity number: province, date of birth since 1800, serial, check \
              character modulo 11; spaces and hyphens are skipped.",
    source: "GB 11643-1999",
    chance: 0.00002,
    argument: Argument::None,
    valid: &[
        "11010519491231002X",
        "440524188001010014",
        "310101 20000229 0007",
    ],
    invalid: &[
        "110105194912310021",
        "11010519491331002X",
        "99010519491231002X",
        "1101051949123100",
    ],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 18]| {
            let Some(digits) = as_digits::<17>(&symbols[..17]) else {
                return false;
            };
            let year = number(&digits[6..10]);
            // Powers of two modulo 11 from the right: ISO 7064 MOD 11-2.
            let remainder = digits.iter().fold(0, |p, &d| (p + u32::from(d)) * 2 % 11);
            let province = matches!(
                number(&digits[..2]),
                11..=15 | 21..=23 | 31..=37 | 41..=46 | 50..=54 | 61..=65 | 71 | 81..=83
            );
            province
                && (1800..2100).contains(&year)
                && is_date(year, number(&digits[10..12]), number(&digits[12..14]))
                && symbols[17] == b"10X98765432"[remainder as usize]
        })
    },
};

pub(crate) static USCC: Validator = Validator {
    name: "cn-uscc",
    summary: "A unified social credit code: 18 digits and letters without I, O, S, V and Z, six \
              digits of the region, check character modulo 31; spaces and hyphens are skipped.",
    source: "GB 32100-2015",
    chance: 0.021,
    argument: Argument::None,
    valid: &[
        "91350100M000100Y43",
        "91110000100000000R",
        "52 110000 MJ00000016",
    ],
    invalid: &[
        "91350100M000100Y44",
        "9135O100M000100Y43",
        "91350100M000100Y4",
        "I1350100M000100Y43",
    ],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 18]| {
            let mut sum = 0;
            let mut weight = 1;
            for &symbol in &symbols[..17] {
                let Some(value) = credit_value(symbol) else {
                    return false;
                };
                sum += value * weight;
                weight = weight * 3 % 31;
            }
            symbols[2..8].iter().all(u8::is_ascii_digit)
                && credit_value(symbols[17]) == Some(complement(sum, 31))
        })
    },
};

pub(crate) static TAIWAN: Validator = Validator {
    name: "tw-id",
    summary: "A Taiwanese identity or resident number: letter of the place, 1, 2, 8 or 9, eight \
              digits, modulo 10; spaces and hyphens are skipped.",
    source: "https://www.ris.gov.tw/ and https://www.immigration.gov.tw/ (resident numbers, 2021)",
    chance: 0.04,
    argument: Argument::None,
    valid: &["A123456789", "F131104093", "A 8000000 14"],
    invalid: &["A123456788", "A323456789", "1123456789", "A12345678"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|[letter, body @ ..]: [u8; 10]| {
            let (Some(digits), Some(place)) = (
                as_digits::<9>(&body),
                TAIWAN_PLACES.iter().position(|&known| known == letter),
            ) else {
                return false;
            };
            let place = place as u32 + 10;
            let body: u32 = digits
                .iter()
                .zip([8, 7, 6, 5, 4, 3, 2, 1, 1])
                .map(|(&d, w)| u32::from(d) * w)
                .sum();
            matches!(digits[0], 1 | 2 | 8 | 9)
                && (place / 10 + place % 10 * 9 + body).is_multiple_of(10)
        })
    },
};

pub(crate) static HONG_KONG: Validator = Validator {
    name: "hk-id",
    summary: "A Hong Kong identity card number: one or two letters, six digits, check character \
              modulo 11, in parentheses or not; spaces and hyphens are skipped.",
    source: "https://www.immd.gov.hk/eng/services/hkid.html",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["A123456(3)", "G123456(A)", "AB987654(3)", "c6686689"],
    invalid: &["G123456(4)", "G12345(3)", "1234567(3)", "ABC123456(3)"],
    check: |value, _| {
        alnum_up_to::<9>(value.strip_suffix(b")").unwrap_or(value), b" -(").is_some_and(|symbols| {
            let (letters, digits, check) = match *symbols {
                [first, ref digits @ .., check] if digits.len() == 6 => {
                    ([b' ', first], digits, check)
                }
                [first, second, ref digits @ .., check] if digits.len() == 6 => {
                    ([first, second], digits, check)
                }
                _ => return false,
            };
            // A missing first letter counts as a space, one more than Z.
            let lead = if letters[0] == b' ' {
                36
            } else {
                base36(letters[0])
            };
            let body: u32 = digits
                .iter()
                .zip((2..=7).rev())
                .map(|(&d, w)| base36(d) * w)
                .sum();
            letters[1].is_ascii_uppercase()
                && !letters[0].is_ascii_digit()
                && digits.iter().all(u8::is_ascii_digit)
                && base36(check) <= 10
                && (lead * 9 + base36(letters[1]) * 8 + body + base36(check)).is_multiple_of(11)
        })
    },
};

/// Letters of the places in the order of their numbers, which start at 10.
const TAIWAN_PLACES: &[u8; 26] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";

fn credit_value(symbol: u8) -> Option<u32> {
    const ALPHABET: &[u8; 31] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    ALPHABET
        .iter()
        .position(|&known| known == symbol)
        .map(|at| at as u32)
}
