//! South Africa: identity number.

use crate::calendar::is_yymmdd;
use crate::checksum::luhn;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static ID: Validator = Validator {
    name: "za-id",
    summary: "A South African identity number: date of birth, serial, citizenship 0 to 2, Luhn \
              digit; spaces and hyphens are skipped.",
    source: "Identification Act 68 of 1997; https://www.dha.gov.za/",
    chance: 0.0011,
    argument: Argument::None,
    valid: &["8001015009087", "920229 5001 187", "0002290001086"],
    invalid: &[
        "8001015009088",
        "8013015009087",
        "8001015009387",
        "800101500908",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            is_yymmdd(&digits[..6]) && digits[10] <= 2 && luhn::holds(&digits)
        })
    },
};
