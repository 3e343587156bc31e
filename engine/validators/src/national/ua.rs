//! Ukraine: taxpayer's card number.

use crate::arithmetic::{number, weighted};
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static RNTRC: Validator = Validator {
    name: "ua-rntrc",
    summary: "A Ukrainian taxpayer number: days from 1900 to the date of birth, serial, modulo 11; \
              spaces and hyphens are skipped.",
    source: "Order of the Ministry of Finance 822 of 2017; https://tax.gov.ua/",
    chance: 0.0548,
    argument: Argument::None,
    valid: &["1759013776", "32 84500015", "2935277360"],
    invalid: &["1759013775", "9959013776", "0000000000", "175901377"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            // The first digit weighs -1, which is 10 modulo 11. Days run to the end of 2049.
            matches!(number(&digits[..5]), 1..=54_787)
                && weighted(&digits, &[10, 5, 7, 9, 4, 6, 10, 5, 7]) % 11 % 10
                    == u32::from(digits[9])
        })
    },
};

pub(crate) static EDRPOU: Validator = Validator {
    name: "ua-edrpou",
    summary: "An EDRPOU code: eight digits that are not zero, modulo 11 twice, with other weights between 30 and 60 million; spaces are skipped.",
    source: "https://usr.minjust.gov.ua/; Resolution of the Cabinet of Ministers 118 of 1996",
    chance: 0.1,
    argument: Argument::None,
    valid: &["12345678", "34567896", "60123453"],
    invalid: &["12345679", "34567897", "00000000", "1234567"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 8]| {
            let n = number(&digits);
            let weights: [u8; 7] = if (30_000_000..=60_000_000).contains(&n) {
                [7, 1, 2, 3, 4, 5, 6]
            } else {
                [1, 2, 3, 4, 5, 6, 7]
            };
            let check = match weighted(&digits, &weights) % 11 {
                10 => weighted(&digits, &weights.map(|weight| weight + 2)) % 11 % 10,
                remainder => remainder,
            };
            n != 0 && check == u32::from(digits[7])
        })
    },
};
