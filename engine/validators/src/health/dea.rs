//! Registration of the United States Drug Enforcement Administration.

use crate::arithmetic::weighted;
use crate::symbols::{alnum, as_digits};
use crate::{Argument, Validator};

pub(crate) static DEA: Validator = Validator {
    name: "dea",
    summary: "A DEA number: type of registrant, a letter or 9, seven digits, modulo 10; spaces and \
              hyphens are skipped.",
    source: "21 CFR 1301; https://www.deadiversion.usdoj.gov/ (registration numbers)",
    chance: 0.0692,
    argument: Argument::None,
    valid: &["AB1234563", "F91234563", "mz-7654329"],
    invalid: &["AB1234564", "IB1234563", "A11234563", "AB123456"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|[kind, second, body @ ..]: [u8; 9]| {
            as_digits::<7>(&body).is_some_and(|digits| {
                kind.is_ascii_uppercase()
                    && !b"INOQVWYZ".contains(&kind)
                    && (second.is_ascii_uppercase() || second == b'9')
                    && weighted(&digits, &[1, 2, 1, 2, 1, 2]) % 10 == u32::from(digits[6])
            })
        })
    },
};
