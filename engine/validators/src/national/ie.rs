//! Ireland: personal public service number.

use crate::arithmetic::weighted;
use crate::symbols::{alnum_up_to, as_digits, base36, without_prefix};
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

pub(crate) static VAT: Validator = Validator {
    name: "ie-vat",
    summary: "A VAT number: a PPS number, or a digit, a letter or sign, five digits and a check letter modulo 23, with or without IE; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0385,
    argument: Argument::None,
    valid: &["1234567T", "IE 1234567FA", "8A65432K"],
    invalid: &["IE1234567U", "8A65432L", "IE123456T"],
    check: |value, _| {
        let value = without_prefix(value, b"IE", b" -.:");
        // The older form: its letter counts nothing, its first digit stands last.
        let older = |value: &[u8]| {
            let &[first, _, ref body @ .., check] = value else {
                return false;
            };
            let mut symbols = [b'0'; 7];
            let Ok(body) = <&[u8; 5]>::try_from(body) else {
                return false;
            };
            symbols[1..6].copy_from_slice(body);
            symbols[6] = first;
            as_digits::<7>(&symbols).is_some_and(|digits| {
                let sum = weighted(&digits, &[8, 7, 6, 5, 4, 3, 2]);
                b"WABCDEFGHIJKLMNOPQRSTUV"[(sum % 23) as usize] == check.to_ascii_uppercase()
            })
        };
        (PPS.check)(value, 0)
            || value
                .get(1)
                .is_some_and(|second| second.is_ascii_alphabetic() || b"+*".contains(second))
                && older(value)
    },
};
