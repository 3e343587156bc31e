//! Belarus: taxpayer number.

use crate::arithmetic::weighted;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static UNP: Validator = Validator {
    name: "by-unp",
    summary: "A UNP: nine digits, the first the region, modulo 11; spaces are skipped.",
    source: "https://www.portal.nalog.gov.by/grp/",
    chance: 0.0636,
    argument: Argument::None,
    valid: &["191234563", "500102039", "100200301"],
    invalid: &["191234564", "091234563", "19123456"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 9]| {
            matches!(digits[0], 1..=7)
                && weighted(&digits, &[29, 23, 19, 17, 13, 7, 5, 3]) % 11 == u32::from(digits[8])
        })
    },
};
