//! National Provider Identifier of the United States.

use crate::checksum::luhn;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static NPI: Validator = Validator {
    name: "npi",
    summary: "An NPI: ten digits that start with 1 or 2, Luhn digit over 80840 and the number; \
              spaces and hyphens are skipped.",
    source: "45 CFR 162.406; https://www.cms.gov/Regulations-and-Guidance/Administrative-Simplification/NationalProvIdentStand/Downloads/NPIcheckdigit.pdf",
    chance: 0.02,
    argument: Argument::None,
    valid: &["1234567893", "2000 000 002", "1999999984"],
    invalid: &["1234567894", "3234567891", "123456789"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            let sum = luhn::sum([8, 0, 8, 4, 0].into_iter().chain(digits));
            matches!(digits[0], 1 | 2) && sum.is_multiple_of(10)
        })
    },
};
