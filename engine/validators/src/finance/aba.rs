//! Routing numbers of United States banks.

use crate::arithmetic::{number, weighted};
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static ABA: Validator = Validator {
    name: "us-aba",
    summary: "Nine digits of an ABA routing number: check digit and assigned first two digits; \
              spaces and hyphens are skipped.",
    source: "ANSI X9.9, https://www.aba.com/about-us/routing-number",
    chance: 0.038,
    argument: Argument::None,
    valid: &["011000015", "1210-0035-8", "325081403"],
    invalid: &["011000016", "500000005", "000000000", "01100001"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            matches!(number(&digits[..2]), 0..=12 | 21..=32 | 61..=72 | 80)
                && number(&digits) != 0
                && weighted(&digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
        })
    },
};
