//! Moldova: identification numbers of people and companies.

use crate::arithmetic::{number, weighted};
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static IDNO: Validator = Validator {
    name: "md-idno",
    summary: "A Moldovan IDNO or IDNP: 13 digits, weights 7, 3 and 1 modulo 10; spaces are skipped.",
    source: "Hotărârea Guvernului 333/2002; https://asp.gov.md/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["1003600123459", "2004000987659", "0999900000017"],
    invalid: &["1003600123458", "0000000000000", "100360012345"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 13]| {
            number(&digits) != 0
                && weighted(&digits[..12], &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1]) % 10
                    == u32::from(digits[12])
        })
    },
};
