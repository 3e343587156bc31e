//! United Kingdom: health service, national insurance and tax numbers.

use crate::arithmetic::{complement, is_uniform, weighted};
use crate::symbols::{alnum, digits};
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
