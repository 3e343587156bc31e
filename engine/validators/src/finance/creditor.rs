//! Creditors and the references they give to payments.

use crate::checksum::iso7064::remainder97;
use crate::country::is_country;
use crate::symbols::alnum_up_to;
use crate::{Argument, Validator};

pub(crate) static SEPA: Validator = Validator {
    name: "sepa-creditor",
    summary: "A SEPA creditor identifier: country, two check digits modulo 97, three characters that do not count, up to 28 more; spaces and hyphens are skipped.",
    source: "European Payments Council EPC262-08, Creditor Identifier Overview",
    chance: 0.0039,
    argument: Argument::None,
    valid: &["DE98ZZZ09999999999", "FR72ZZZ123456", "ES 11 000 B12345674"],
    invalid: &["DE97ZZZ09999999999", "XX98ZZZ09999999999", "DE98ZZZ"],
    check: |value, _| {
        alnum_up_to::<35>(value, b" -").is_some_and(|symbols| {
            let (Some(head), Some(tail)) = (symbols.get(..4), symbols.get(7..)) else {
                return false;
            };
            !tail.is_empty()
                && is_country(&head[..2])
                && head[2..].iter().all(u8::is_ascii_digit)
                && remainder97(tail.iter().chain(head)) == 1
        })
    },
};

pub(crate) static REFERENCE: Validator = Validator {
    name: "rf-creditor",
    summary: "A creditor reference: RF, two check digits modulo 97, up to 21 letters and digits; spaces and hyphens are skipped.",
    source: "ISO 11649",
    chance: 1.5e-05,
    argument: Argument::None,
    valid: &["RF471234567890", "RF18 5390 0754 7034", "RF82ABC12345"],
    invalid: &[
        "RF481234567890",
        "RG471234567890",
        "RF47",
        "RF47123456789012345678901234",
    ],
    check: |value, _| {
        alnum_up_to::<25>(value, b" -").is_some_and(|symbols| {
            symbols
                .split_first_chunk::<4>()
                .is_some_and(|(head, tail)| {
                    head.starts_with(b"RF")
                        && head[2..].iter().all(u8::is_ascii_digit)
                        && !tail.is_empty()
                        && remainder97(tail.iter().chain(head)) == 1
                })
        })
    },
};
