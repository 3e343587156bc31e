//! Israel: identity number.

use crate::arithmetic::number;
use crate::checksum::luhn;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static ID: Validator = Validator {
    name: "il-id",
    summary: "An Israeli identity number: nine digits that are not zero, Luhn digit; spaces and \
              hyphens are skipped.",
    source: "Population Registry Law 5725-1965; https://www.gov.il/en/departments/population_and_immigration_authority",
    chance: 0.1,
    argument: Argument::None,
    valid: &["123456782", "000000018", "9876-54324"],
    invalid: &["123456783", "000000000", "12345678"],
    check: |value, _| {
        digits(value, b" -")
            .is_some_and(|digits: [u8; 9]| number(&digits) != 0 && luhn::holds(&digits))
    },
};
