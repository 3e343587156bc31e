//! Azerbaijan: taxpayer number.

use crate::arithmetic::weighted;
use crate::symbols::digits_up_to;
use crate::{Argument, Validator};

pub(crate) static VOEN: Validator = Validator {
    name: "az-voen",
    summary: "A VÖEN: ten digits (nine where a leading zero is lost), the last 1 for companies or 2 for people, modulo 11; spaces are skipped.",
    source: "https://www.taxes.gov.az/",
    chance: 0.0182,
    argument: Argument::None,
    valid: &["1401234581", "9900112242", "2000 765421"],
    invalid: &["1401234571", "1401234583", "140123458"],
    check: |value, _| {
        digits_up_to::<10>(value, b" ").is_some_and(|digits| {
            let weights: &[u8] = match digits.len() {
                10 => &[4, 1, 8, 6, 2, 7, 5, 3],
                9 => &[1, 8, 6, 2, 7, 5, 3],
                _ => return false,
            };
            let [body @ .., check, kind] = &*digits else {
                return false;
            };
            matches!(kind, 1 | 2) && weighted(body, weights) % 11 == u32::from(*check)
        })
    },
};
