//! Finland: personal identity code.

use crate::arithmetic::{number, weighted};
use crate::calendar::is_date;
use crate::symbols::{as_digits, digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static HETU: Validator = Validator {
    name: "fi-hetu",
    summary: "A personal identity code: date of birth, sign of the century (+, -, A to F, U to Y), \
              number from 002, check character modulo 31.",
    source: "https://dvv.fi/en/personal-identity-code",
    chance: 0.00093,
    argument: Argument::None,
    valid: &["131052-308T", "010594Y9021", "290200A900B"],
    invalid: &[
        "131052-308U",
        "131052G308T",
        "321052-308T",
        "131052-001T",
        "131052308T",
    ],
    check: |value, _| {
        let Ok(value) = <&[u8; 11]>::try_from(value) else {
            return false;
        };
        let mut symbols = [0; 9];
        symbols[..6].copy_from_slice(&value[..6]);
        symbols[6..].copy_from_slice(&value[7..10]);
        let Some(digits) = as_digits::<9>(&symbols) else {
            return false;
        };
        let century = match value[6].to_ascii_uppercase() {
            b'+' => 1800,
            b'-' | b'U'..=b'Y' => 1900,
            b'A'..=b'F' => 2000,
            _ => return false,
        };
        is_date(
            century + number(&digits[4..6]),
            number(&digits[2..4]),
            number(&digits[..2]),
        ) && number(&digits[6..]) >= 2
            && CHECKS[(number(&digits) % 31) as usize] == value[10].to_ascii_uppercase()
    },
};

/// Check characters by remainder.
const CHECKS: &[u8; 31] = b"0123456789ABCDEFHJKLMNPRSTUVWXY";

pub(crate) static YTUNNUS: Validator = Validator {
    name: "fi-y-tunnus",
    summary: "A business number: eight digits, modulo 11, with or without FI; spaces, hyphens and dots are skipped.",
    source: "https://www.vero.fi/ (Y-tunnus, tarkistusmerkin laskenta), https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["1234567-1", "FI23456780", "0123456-2"],
    invalid: &["1234567-2", "FI2345678", "0000000-0"],
    check: |value, _| {
        digits(without_prefix(value, b"FI", b" -.:"), b" -.").is_some_and(|digits: [u8; 8]| {
            number(&digits) != 0 && weighted(&digits, &[7, 9, 10, 5, 8, 4, 2, 1]).is_multiple_of(11)
        })
    },
};
