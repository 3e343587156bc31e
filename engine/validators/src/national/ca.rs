//! Canada: social insurance, business and British Columbia's health numbers.

use crate::arithmetic::{number, weighted};
use crate::checksum::luhn;
use crate::symbols::{alnum_up_to, as_digits, digits};
use crate::{Argument, Validator};

pub(crate) static SIN: Validator = Validator {
    name: "ca-sin",
    summary: "A Social Insurance Number: nine digits that start with neither 0 nor 8, Luhn digit; \
              spaces, hyphens and dots are skipped.",
    source: "https://www.canada.ca/en/employment-social-development/services/sin.html",
    chance: 0.08,
    argument: Argument::None,
    valid: &["130 692 544", "950-000-000", "712345677"],
    invalid: &["130 692 545", "046 454 286", "830 692 547", "13069254"],
    check: |value, _| {
        digits(value, b" -.")
            .is_some_and(|digits: [u8; 9]| !matches!(digits[0], 0 | 8) && luhn::holds(&digits))
    },
};

pub(crate) static BC_PHN: Validator = Validator {
    name: "ca-bc-phn",
    summary: "A personal health number of British Columbia: 9, eight digits, check digit modulo \
              11; spaces and hyphens are skipped.",
    source: "British Columbia Ministry of Health, Conformance Standards, PHN check digit",
    chance: 0.0082,
    argument: Argument::None,
    valid: &["9876 543 218", "9123 456 798", "9000 111 238"],
    invalid: &["9876 543 217", "8876 543 218", "9876 543 21"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            digits[0] == 9
                && 11 - weighted(&digits[1..], &[2, 4, 8, 5, 10, 9, 7, 3]) % 11
                    == u32::from(digits[9])
        })
    },
};

pub(crate) static BN: Validator = Validator {
    name: "ca-bn",
    summary: "A business number: nine digits that are not zero, Luhn digit, with or without a \
              program of two letters and four digits; spaces and hyphens are skipped.",
    source: "https://www.canada.ca/en/revenue-agency/services/tax/businesses/topics/registering-your-business/business-number.html",
    chance: 0.1,
    argument: Argument::None,
    valid: &["123456782", "98765 4324 RC 0001", "130692544RT0001"],
    invalid: &[
        "123456783",
        "130692544R10001",
        "130692544RT001",
        "000000000",
    ],
    check: |value, _| {
        alnum_up_to::<15>(value, b" -").is_some_and(|symbols| {
            let program = match symbols.len() {
                9 => true,
                15 => {
                    symbols[9..11].iter().all(u8::is_ascii_uppercase)
                        && symbols[11..].iter().all(u8::is_ascii_digit)
                }
                _ => return false,
            };
            as_digits::<9>(&symbols[..9])
                .is_some_and(|digits| program && number(&digits) != 0 && luhn::holds(&digits))
        })
    },
};
