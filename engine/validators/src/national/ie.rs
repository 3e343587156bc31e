//! Ireland: personal public service number.

use crate::arithmetic::weighted;
use crate::symbols::{alnum_up_to, as_digits, base36};
use crate::{Argument, Validator};

pub(crate) static PPS: Validator = Validator {
    name: "ie-pps",
    summary: "A PPS number: seven digits, check letter modulo 23, and since 2013 a second letter; \
              spaces and hyphens are skipped.",
    source: "Social Welfare Consolidation Act 2005, section 262; https://www.gov.ie/",
    chance: 0.0385,
    argument: Argument::None,
    valid: &["1234567T", "1234567FA", "7654321 G"],
    invalid: &["1234567U", "123456T", "1234567FB", "12345678"],
    check: |value, _| {
        alnum_up_to::<9>(value, b" -").is_some_and(|symbols| {
            let (digits, second) = match *symbols {
                [ref digits @ .., _] | [ref digits @ .., _, b'W'] if digits.len() == 7 => {
                    (digits, 0)
                }
                [ref digits @ .., _, letter @ b'A'..=b'I'] if digits.len() == 7 => {
                    (digits, base36(letter) - 9)
                }
                _ => return false,
            };
            as_digits::<7>(digits).is_some_and(|digits| {
                let sum = weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]) + 9 * second;
                b"WABCDEFGHIJKLMNOPQRSTUV"[(sum % 23) as usize] == symbols[7]
            })
        })
    },
};
