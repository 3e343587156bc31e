//! Canada: Social Insurance Number.

use crate::checksum::luhn;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static SIN: Validator = Validator {
    name: "ca-sin",
    summary: "A Social Insurance Number: nine digits that start with neither 0 nor 8, Luhn digit; \
              spaces, hyphens and dots are skipped.",
    source: "https://www.canada.ca/en/employment-social-development/services/sin.html",
    chance: 0.08,
    argument: Argument::None,
    valid: &["130 692 544", "950-000-000", "712345677"],
    invalid: &["130 692 545", "046 454 286", "830 692 547", "13069254"],
    check: |value, _| {
        digits(value, b" -.")
            .is_some_and(|digits: [u8; 9]| !matches!(digits[0], 0 | 8) && luhn::holds(&digits))
    },
};
