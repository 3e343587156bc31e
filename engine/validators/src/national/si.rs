//! Slovenia, and the other successors of Yugoslavia: unique master citizen number.

use crate::arithmetic::{complement, number, weighted};
use crate::calendar::is_date;
use crate::symbols::{alnum_up_to, as_digits, digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static EMSO: Validator = Validator {
    name: "si-emso",
    summary: "An EMŠO (JMBG): date of birth with three digits of the year, region, serial, modulo \
              11; spaces and hyphens are skipped.",
    source: "Zakon o centralnem registru prebivalstva; \
             https://www.gov.si/",
    chance: 0.00145,
    argument: Argument::None,
    valid: &["0101006500006", "0505928 50 501 9", "2902000505006"],
    invalid: &[
        "0101006500007",
        "3201006500006",
        "0113006500006",
        "010100650000",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            let year = match number(&digits[4..7]) {
                year @ 0..=199 => 2000 + year,
                year @ 800.. => 1000 + year,
                _ => return false,
            };
            let check = complement(weighted(&digits, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11);
            // A complement of 10 was written as 0, where the serial was not passed over.
            is_date(year, number(&digits[2..4]), number(&digits[..2]))
                && check % 10 == u32::from(digits[12])
        })
    },
};

pub(crate) static DDV: Validator = Validator {
    name: "si-ddv",
    summary: "A tax number: eight digits, the first not 0, modulo 11, with or without SI; spaces, hyphens and dots are skipped.",
    source: "Zakon o davčnem postopku; https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0818,
    argument: Argument::None,
    valid: &["12345679", "SI 50223054", "SI87654326"],
    invalid: &["12345678", "SI 5022305", "02345679"],
    check: |value, _| {
        digits(without_prefix(value, b"SI", b" -.:"), b" -.").is_some_and(|digits: [u8; 8]| {
            let sum = weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]);
            // A remainder of 0 would ask for the check digit 11.
            digits[0] != 0
                && !sum.is_multiple_of(11)
                && complement(sum, 11) % 10 == u32::from(digits[7])
        })
    },
};

pub(crate) static MATICNA: Validator = Validator {
    name: "si-maticna",
    summary: "A company number: six digits and a check digit modulo 11, and perhaps three characters of the unit; spaces are skipped.",
    source: "https://www.ajpes.si/ (matična številka)",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["5860580", "5860580000", "2000016 000"],
    invalid: &["5860581", "5860581000", "586058"],
    check: |value, _| {
        alnum_up_to::<10>(value, b" ").is_some_and(|symbols| {
            let Some(digits) = symbols.get(..7).and_then(as_digits::<7>) else {
                return false;
            };
            let sum = weighted(&digits, &[7, 6, 5, 4, 3, 2]);
            matches!(symbols.len(), 7 | 10)
                && !sum.is_multiple_of(11)
                && complement(sum, 11) % 10 == u32::from(digits[6])
        })
    },
};
