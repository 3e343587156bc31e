//! Greece: tax number.

use crate::arithmetic::number;
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static AFM: Validator = Validator {
    name: "gr-afm",
    summary: "An AFM: nine digits that are not zero, powers of two modulo 11, with or without EL; \
              spaces and hyphens are skipped.",
    source: "https://www.aade.gr/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["094259216", "EL123456783", "EL 094 014 201"],
    invalid: &["094259217", "000000000", "09425921", "EL123456784"],
    check: |value, _| {
        digits(without_prefix(value, b"EL", b" -.:"), b" -").is_some_and(
            |[body @ .., check]: [u8; 9]| {
                let sum = body.iter().fold(0, |sum, &d| (sum + u32::from(d)) * 2);
                number(&body) != 0 && sum % 11 % 10 == u32::from(check)
            },
        )
    },
};
