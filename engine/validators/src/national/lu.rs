//! Luxembourg: VAT and national numbers.

use crate::arithmetic::number;
use crate::calendar::is_date;
use crate::checksum::{luhn, verhoeff};
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static TVA: Validator = Validator {
    name: "lu-tva",
    summary: "A VAT number: six digits and their remainder modulo 89, with or without LU; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.01,
    argument: Argument::None,
    valid: &["12345613", "LU 102 030 36", "LU98765421"],
    invalid: &["12345614", "LU 102 030 3", "00000000"],
    check: |value, _| {
        digits(without_prefix(value, b"LU", b" -.:"), b" -.").is_some_and(|digits: [u8; 8]| {
            number(&digits) != 0 && number(&digits[..6]) % 89 == number(&digits[6..])
        })
    },
};

pub(crate) static MATRICULE: Validator = Validator {
    name: "lu-matricule",
    summary: "A national number of a person: date of birth, serial, a Luhn and a Verhoeff digit, 13 digits; spaces and hyphens are skipped.",
    source: "Règlement grand-ducal du 18 juin 2014; https://ctie.gouvernement.lu/",
    chance: 8.5e-06,
    argument: Argument::None,
    valid: &["1985070412364", "2001 1231 456 80", "1970010100101"],
    invalid: &["1985070412365", "1985130412364", "198507041236"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            let year = number(&digits[..4]);
            // Both digits check the eleven before them.
            let mut second = [0; 12];
            second[..11].copy_from_slice(&digits[..11]);
            second[11] = digits[12];
            (1850..2100).contains(&year)
                && is_date(year, number(&digits[4..6]), number(&digits[6..8]))
                && luhn::holds(&digits[..12])
                && verhoeff::holds(&second)
        })
    },
};
