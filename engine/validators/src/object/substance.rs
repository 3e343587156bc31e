//! Chemical substances.

use crate::arithmetic::weighted;
use crate::symbols::{digits, digits_up_to};
use crate::{Argument, Validator};

pub(crate) static CAS: Validator = Validator {
    name: "cas",
    summary: "A CAS registry number: two to seven digits from 1, two digits, check digit modulo 10; hyphens are skipped.",
    source: "https://www.cas.org/support/documentation/chemical-substances/checkdig",
    chance: 0.09,
    argument: Argument::None,
    valid: &["7732-18-5", "50-00-0", "123456-78-0"],
    invalid: &["7732-18-6", "0732-18-5", "7-18-5"],
    check: |value, _| {
        digits_up_to::<10>(value, b"-").is_some_and(|digits| {
            let sum: u32 = digits
                .iter()
                .rev()
                .zip(0..)
                .map(|(&d, w)| u32::from(d) * w)
                .sum();
            digits.len() >= 5 && digits[0] != 0 && sum % 10 == u32::from(digits[digits.len() - 1])
        })
    },
};

pub(crate) static EC: Validator = Validator {
    name: "ec-number",
    summary: "An EC number of a substance: seven digits from 2, modulo 11; hyphens are skipped.",
    source: "https://echa.europa.eu/information-on-chemicals/ec-inventory",
    chance: 0.0727,
    argument: Argument::None,
    valid: &["200-001-8", "231-791-2", "500-123-4"],
    invalid: &["200-001-9", "100-001-8", "200-001"],
    check: |value, _| {
        digits(value, b"-").is_some_and(|digits: [u8; 7]| {
            digits[0] >= 2 && weighted(&digits, &[1, 2, 3, 4, 5, 6]) % 11 == u32::from(digits[6])
        })
    },
};
