//! Hungary: social security number.

use crate::arithmetic::{number, weighted};
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static TAJ: Validator = Validator {
    name: "hu-taj",
    summary: "A TAJ number: nine digits that are not zero, weights 3 and 7, modulo 10; spaces and \
              hyphens are skipped.",
    source: "1996. évi XX. törvény, annex",
    chance: 0.1,
    argument: Argument::None,
    valid: &["111 111 110", "123-456-788", "012345678"],
    invalid: &["111 111 111", "123-456-789", "000000000", "12345678"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            number(&digits) != 0
                && weighted(&digits, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == u32::from(digits[8])
        })
    },
};
