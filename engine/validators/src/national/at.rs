//! Austria: social insurance number.

use crate::arithmetic::{number, weighted};
use crate::checksum::luhn;
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static SVNR: Validator = Validator {
    name: "at-svnr",
    summary: "A social insurance number: serial from 100, check digit, date of birth (months to 15 \
              where serials ran out), modulo 11; spaces and hyphens are skipped.",
    source: "https://www.sozialversicherung.at/ and https://www.gesundheit.gv.at/",
    chance: 0.0038,
    argument: Argument::None,
    valid: &["1237 010180", "7826-241275", "3129150599"],
    invalid: &[
        "1238 010180",
        "1237 320180",
        "1237 011680",
        "0237 010180",
        "1237 01018",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            digits[0] != 0
                && matches!(number(&digits[4..6]), 1..=31)
                && matches!(number(&digits[6..8]), 1..=15)
                && weighted(&digits, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 == u32::from(digits[3])
        })
    },
};

pub(crate) static UID: Validator = Validator {
    name: "at-uid",
    summary: "A VAT number: eight digits, the Luhn sum of seven and 4, with or without ATU; spaces, hyphens and dots are skipped.",
    source: "https://www.bmf.gv.at/ (UID-Nummer), https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["12345675", "ATU13579242", "AT U 246 801 38"],
    invalid: &["12345676", "ATU1234567", "ATU13579243"],
    check: |value, _| {
        let value = without_prefix(without_prefix(value, b"AT", b" -.:"), b"U", b" -.:");
        digits(value, b" -.").is_some_and(|[body @ .., check]: [u8; 8]| {
            (96 - luhn::sum(body.into_iter())) % 10 == u32::from(check)
        })
    },
};

pub(crate) static STEUERNUMMER: Validator = Validator {
    name: "at-steuernummer",
    summary: "A tax number: two digits of the tax office, seven with a Luhn digit; spaces, hyphens and slashes are skipped.",
    source: "https://www.bmf.gv.at/ (Abgabenkontonummer)",
    chance: 0.1,
    argument: Argument::None,
    valid: &["12 345/6782", "98 0203046", "46-135/7907"],
    invalid: &["12 345/6783", "98 020304", "00 000/0000"],
    check: |value, _| {
        digits(value, b" -/")
            .is_some_and(|digits: [u8; 9]| number(&digits) != 0 && luhn::holds(&digits))
    },
};
