//! Ship identification numbers.

use crate::arithmetic::weighted;
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static IMO: Validator = Validator {
    name: "imo",
    summary: "An IMO ship number: seven digits, the first not 0, modulo 10, with or without IMO; a \
              space is skipped.",
    source: "IMO resolution A.1117(30)",
    chance: 0.09,
    argument: Argument::None,
    valid: &["9074729", "IMO 9176187", "imo8814275"],
    invalid: &["9074728", "IMO 907472", "0000000", "IMX 9074729"],
    check: |value, _| {
        digits(without_prefix(value, b"IMO", b" "), b"").is_some_and(|digits: [u8; 7]| {
            digits[0] != 0 && weighted(&digits, &[7, 6, 5, 4, 3, 2]) % 10 == u32::from(digits[6])
        })
    },
};
