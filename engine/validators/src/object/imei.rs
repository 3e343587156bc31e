//! Mobile equipment identities.

use crate::arithmetic::number;
use crate::checksum::luhn;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static IMEI: Validator = Validator {
    name: "imei",
    summary: "An IMEI: 15 digits with a reporting body other than 00, Luhn digit; spaces, hyphens, \
              dots and slashes are skipped.",
    source: "3GPP TS 23.003, section 6.2.1; GSMA TS.06",
    chance: 0.099,
    argument: Argument::None,
    valid: &[
        "490154203237518",
        "35-209900-176148-1",
        "86 000000 000000 9",
    ],
    invalid: &[
        "490154203237517",
        "000000000000000",
        "49015420323751",
        "4901542032375180",
    ],
    check: |value, _| {
        digits(value, b" -./")
            .is_some_and(|digits: [u8; 15]| number(&digits[..2]) != 0 && luhn::holds(&digits))
    },
};
