//! Croatia: personal identification number.

use crate::arithmetic::number;
use crate::checksum::iso7064::holds_mod11_10;
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static OIB: Validator = Validator {
    name: "hr-oib",
    summary: "An OIB: eleven digits that are not zero, MOD 11,10, with or without HR; spaces and \
              hyphens are skipped.",
    source: "Zakon o osobnom identifikacijskom broju, NN 60/2008",
    chance: 0.1,
    argument: Argument::None,
    valid: &["33392005961", "HR12345678903", "HR 694 350 151 35"],
    invalid: &["33392005962", "3339200596", "HR12345678904"],
    check: |value, _| {
        digits(without_prefix(value, b"HR", b" -.:"), b" -")
            .is_some_and(|digits: [u8; 11]| number(&digits) != 0 && holds_mod11_10(&digits))
    },
};
