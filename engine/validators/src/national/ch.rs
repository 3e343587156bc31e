//! Switzerland: social security number.

use crate::arithmetic::number;
use crate::checksum::gtin;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static AHV: Validator = Validator {
    name: "ch-ahv",
    summary: "An AHV/AVS number: 13 digits that start with 756, GS1 check digit; spaces, hyphens \
              and dots are skipped.",
    source: "https://www.zas.admin.ch/ (AHV number)",
    chance: 0.0001,
    argument: Argument::None,
    valid: &["756.9217.0769.85", "756.1234.5678.97", "7569999999991"],
    invalid: &["756.9217.0769.84", "757.9217.0769.84", "756.9217.0769.8"],
    check: |value, _| {
        digits(value, b" -.")
            .is_some_and(|digits: [u8; 13]| number(&digits[..3]) == 756 && gtin::holds(&digits))
    },
};
