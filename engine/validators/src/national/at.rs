//! Austria: social insurance number.

use crate::arithmetic::{number, weighted};
use crate::symbols::digits;
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
