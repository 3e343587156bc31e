//! Denmark: civil registration number.

use crate::arithmetic::{number, weighted};
use crate::calendar::is_date;
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static CPR: Validator = Validator {
    name: "dk-cpr",
    summary: "A CPR number: ten digits whose date of birth exists in the century that the seventh \
              digit gives; numbers since 2007 need no check digit. Spaces and hyphens are skipped.",
    source: "https://cpr.dk/cpr-systemet/opbygning-af-cpr-nummeret and \
             https://cpr.dk/cpr-systemet/personnumre-uden-kontrolciffer-modulus-11-kontrol",
    chance: 0.0365,
    argument: Argument::None,
    valid: &["070761-4285", "010107 5003", "2902004007"],
    invalid: &[
        "320761-4285",
        "071361-4285",
        "290201-4285",
        "070761-0000",
        "070761-428",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            let year = number(&digits[4..6]);
            let century = match (digits[6], year) {
                (0..=3, _) | (4 | 9, 37..) => 1900,
                (5..=8, 58..) => 1800,
                _ => 2000,
            };
            is_date(century + year, number(&digits[2..4]), number(&digits[..2]))
                && number(&digits[6..]) != 0
        })
    },
};

pub(crate) static CVR: Validator = Validator {
    name: "dk-cvr",
    summary: "A CVR number: eight digits, the first not 0, modulo 11, with or without DK; spaces, hyphens and dots are skipped.",
    source: "https://erhvervsstyrelsen.dk/modulus-kontrol, https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0818,
    argument: Argument::None,
    valid: &["12345674", "DK 20 30 40 57", "DK-98765433"],
    invalid: &["12345675", "DK 2030405", "00000000"],
    check: |value, _| {
        digits(without_prefix(value, b"DK", b" -.:"), b" -.").is_some_and(|digits: [u8; 8]| {
            digits[0] != 0 && weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
        })
    },
};
