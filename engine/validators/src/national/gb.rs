//! United Kingdom: health service, national insurance and tax numbers.

use crate::arithmetic::{complement, is_uniform, number, weighted};
use crate::symbols::{alnum, as_digits, digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static NHS: Validator = Validator {
    name: "uk-nhs",
    summary: "An NHS number: ten digits, modulo 11; spaces and hyphens are skipped.",
    source: "https://www.datadictionary.nhs.uk/attributes/nhs_number.html",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["943 476 5919", "999-123-4578", "4010232137"],
    invalid: &[
        "943 476 5918",
        "943 476 591",
        "000 000 0000",
        "943 476 59X9",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            // A remainder of 1 asks for the check digit 10, which is not issued.
            !is_uniform(&digits)
                && complement(weighted(&digits[..9], &[10, 9, 8, 7, 6, 5, 4, 3, 2]), 11)
                    == u32::from(digits[9])
        })
    },
};

pub(crate) static NINO: Validator = Validator {
    name: "uk-nino",
    summary: "A National Insurance number: an assigned pair of letters, six digits, A to D; spaces \
              and hyphens are skipped.",
    source: "https://www.gov.uk/hmrc-internal-manuals/national-insurance-manual/nim39110",
    chance: 0.0852,
    argument: Argument::None,
    valid: &["AB123456C", "JG 10 37 59 A", "ns-75-82-31-d"],
    invalid: &[
        "QQ123456C",
        "AO123456C",
        "BG123456A",
        "AB123456E",
        "AB12345C",
    ],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|[first, second, digits @ .., suffix]: [u8; 9]| {
            first.is_ascii_uppercase()
                && second.is_ascii_uppercase()
                && !matches!(first, b'D' | b'F' | b'I' | b'Q' | b'U' | b'V')
                && !matches!(second, b'D' | b'F' | b'I' | b'O' | b'Q' | b'U' | b'V')
                && !matches!(
                    &[first, second],
                    b"BG" | b"GB" | b"KN" | b"NK" | b"NT" | b"TN" | b"ZZ"
                )
                && digits.iter().all(u8::is_ascii_digit)
                && matches!(suffix, b'A'..=b'D')
        })
    },
};

pub(crate) static UTR: Validator = Validator {
    name: "uk-utr",
    summary: "A Unique Taxpayer Reference: ten digits, the first of them the check digit, a K \
              allowed behind; spaces and hyphens are skipped.",
    source: "HMRC, modulus 11 check of the Unique Taxpayer Reference; https://www.gov.uk/find-utr-number",
    chance: 0.1,
    argument: Argument::None,
    valid: &["19558 39661", "6134567890", "9234567891K"],
    invalid: &["29558 39661", "1134567890", "1955839661L", "195583966"],
    check: |value, _| {
        const CHECKS: [u8; 11] = [2, 1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
        let value = match value {
            [body @ .., b'K' | b'k'] => body,
            _ => value,
        };
        digits(value, b" -").is_some_and(|[check, body @ ..]: [u8; 10]| {
            let sum = weighted(&body, &[6, 7, 8, 9, 10, 5, 4, 3, 2]);
            CHECKS[(sum % 11) as usize] == check
        })
    },
};

pub(crate) static VAT: Validator = Validator {
    name: "gb-vat",
    summary: "A VAT number of 9 digits, or 12 with a branch, modulo 97 in either of two ways, with or without GB or XI; spaces, hyphens and dots are skipped.",
    source: "HMRC, VAT number check; https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0206,
    argument: Argument::None,
    valid: &["123456727", "GB 987 6543 53", "XI123456727001"],
    invalid: &["GB123456728", "GB12345672", "000000000"],
    check: |value, _| {
        let value = without_prefix(without_prefix(value, b"GB", b" -.:"), b"XI", b" -.:");
        digits_up_to::<12>(value, b" -.").is_some_and(|digits| {
            let sum = weighted(
                &digits[..digits.len().min(9)],
                &[8, 7, 6, 5, 4, 3, 2, 10, 1],
            );
            // Numbers from 2010 on are moved by 55.
            matches!(digits.len(), 9 | 12)
                && number(&digits[..7]) != 0
                && matches!(sum % 97, 0 | 42)
        })
    },
};

pub(crate) static UPN: Validator = Validator {
    name: "gb-upn",
    summary: "A unique pupil number: check letter, local authority, eight digits and a digit or letter, modulo 23; spaces are skipped.",
    source: "https://www.gov.uk/government/publications/unique-pupil-numbers",
    chance: 0.0307,
    argument: Argument::None,
    valid: &["C820123456780", "B801200005001", "A33098765432Q"],
    invalid: &["D820123456780", "C000123456780", "C82012345678"],
    check: |value, _| {
        const LETTERS: &[u8; 23] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
        alnum(value, b" ").is_some_and(|[check, body @ .., last]: [u8; 13]| {
            let Some(digits) = as_digits::<11>(&body) else {
                return false;
            };
            let last = match last {
                b'0'..=b'9' => u32::from(last - b'0'),
                letter => match LETTERS.iter().position(|&known| known == letter) {
                    Some(at) => at as u32,
                    None => return false,
                },
            };
            let sum = weighted(&digits, &[2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) + 13 * last;
            number(&digits[..3]) >= 200 && LETTERS[(sum % 23) as usize] == check
        })
    },
};
