//! Slovenia, and the other successors of Yugoslavia: unique master citizen number.

use crate::arithmetic::{complement, number, weighted};
use crate::calendar::is_date;
use crate::symbols::digits;
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
