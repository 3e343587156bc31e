//! Malta: VAT number.

use crate::arithmetic::{number, weighted};
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static VAT: Validator = Validator {
    name: "mt-vat",
    summary: "A VAT number: eight digits from 10000000, modulo 37, with or without MT; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0243,
    argument: Argument::None,
    valid: &["12345634", "MT 1987-6530", "MT20203032"],
    invalid: &["12345635", "MT 0987-6530", "MT1234563"],
    check: |value, _| {
        digits(without_prefix(value, b"MT", b" -.:"), b" -.").is_some_and(|digits: [u8; 8]| {
            number(&digits) >= 10_000_000
                && weighted(&digits, &[3, 4, 6, 7, 8, 9, 10, 1]).is_multiple_of(37)
        })
    },
};
