//! Montenegro and North Macedonia: tax numbers.

use crate::arithmetic::{complement, number, weighted};
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static PIB: Validator = Validator {
    name: "me-pib",
    summary: "A Montenegrin PIB: eight digits, modulo 11; spaces are skipped.",
    source: "https://www.gov.me/poreskauprava",
    chance: 0.1,
    argument: Argument::None,
    valid: &["02123452", "03123456", "02987651"],
    invalid: &["02123453", "00000000", "0212345"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 8]| {
            number(&digits) != 0
                && complement(weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]), 11) % 10
                    == u32::from(digits[7])
        })
    },
};

pub(crate) static EDB: Validator = Validator {
    name: "mk-edb",
    summary: "A North Macedonian EDB: 13 digits, modulo 11, with or without MK; spaces are skipped.",
    source: "http://www.ujp.gov.mk/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["4030012345675", "MK4080019876541", "5057011122337"],
    invalid: &["4030012345676", "MK408001987654", "0000000000000"],
    check: |value, _| {
        digits(without_prefix(value, b"MK", b" -.:"), b" ").is_some_and(|digits: [u8; 13]| {
            number(&digits) != 0
                && complement(weighted(&digits, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11) % 10
                    == u32::from(digits[12])
        })
    },
};
