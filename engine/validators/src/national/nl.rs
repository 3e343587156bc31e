//! Netherlands: citizen service number.

use crate::arithmetic::{number, weighted};
use crate::checksum::iso7064::remainder97;
use crate::symbols::{alnum_up_to, as_digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static BSN: Validator = Validator {
    name: "nl-bsn",
    summary: "A BSN: eight or nine digits that are not zero, the eleven test; spaces, hyphens and \
              dots are skipped.",
    source: "Besluit burgerservicenummer; https://www.rvig.nl/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["111222333", "1234.56.782", "999-99-0019", "10000008"],
    invalid: &["111222334", "000000000", "1234567", "1112223330"],
    check: |value, _| {
        digits_up_to::<9>(value, b" -.").is_some_and(|digits| {
            let Some((&check, body)) = digits.split_last() else {
                return false;
            };
            // An eight-digit number has lost a leading zero, which weighs nothing.
            let weights: &[u8] = match body.len() {
                8 => &[9, 8, 7, 6, 5, 4, 3, 2],
                7 => &[8, 7, 6, 5, 4, 3, 2],
                _ => return false,
            };
            number(&digits) != 0 && weighted(body, weights) % 11 == u32::from(check)
        })
    },
};

pub(crate) static BTW: Validator = Validator {
    name: "nl-btw",
    summary: "A VAT number: nine digits (eight where a leading zero is lost), B and two digits; the eleven test of the nine, or modulo 97 of the whole with NL; spaces, hyphens and dots are skipped.",
    source: "https://www.belastingdienst.nl/ (btw-identificatienummer), https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0039,
    argument: Argument::None,
    valid: &[
        "123456782B12",
        "NL135792411B01",
        "NL 0000.99.998 B57",
        "nl.1357.92.411.b.01",
    ],
    invalid: &[
        "NL123456783B12",
        "NL123456782C12",
        "NL123456782B00",
        "NL123456782B1",
    ],
    check: |value, _| {
        let symbols = alnum_up_to::<12>(without_prefix(value, b"NL", b" -.:"), b" -.");
        symbols.is_some_and(|symbols| {
            let [body @ .., b'B', tens, units] = &*symbols else {
                return false;
            };
            let mut nine = [b'0'; 9];
            match body.len() {
                8 => nine[1..].copy_from_slice(body),
                9 => nine.copy_from_slice(body),
                _ => return false,
            }
            as_digits::<9>(&nine).is_some_and(|digits| {
                let eleven =
                    weighted(&digits[..8], &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == u32::from(digits[8]);
                number(&digits) != 0
                    && tens.is_ascii_digit()
                    && units.is_ascii_digit()
                    && [*tens, *units] != *b"00"
                    && (eleven || remainder97(b"NL".iter().chain(&*symbols)) == 1)
            })
        })
    },
};

pub(crate) static ONDERWIJS: Validator = Validator {
    name: "nl-onderwijsnummer",
    summary: "An education number: nine digits from 10, remainder 5 of the eleven test; spaces, hyphens and dots are skipped.",
    source: "Besluit persoonsgebonden nummers onderwijs; https://duo.nl/",
    chance: 0.0009,
    argument: Argument::None,
    valid: &["101234564", "1000.00.016", "10 00 00 016"],
    invalid: &["101234565", "201234564", "10123456"],
    check: |value, _| {
        digits_up_to::<9>(value, b" -.").is_some_and(|digits| {
            let [body @ .., check] = &*digits else {
                return false;
            };
            digits.len() == 9
                && digits[..2] == [1, 0]
                && weighted(body, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == (u32::from(*check) + 5) % 11
        })
    },
};
