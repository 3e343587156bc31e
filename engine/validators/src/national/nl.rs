//! Netherlands: citizen service number.

use crate::arithmetic::{number, weighted};
use crate::symbols::digits_up_to;
use crate::{Argument, Validator};

pub(crate) static BSN: Validator = Validator {
    name: "nl-bsn",
    summary: "A BSN: eight or nine digits that are not zero, the eleven test; spaces, hyphens and \
              dots are skipped.",
    source: "Besluit burgerservicenummer; https://www.rvig.nl/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["111222333", "1234.56.782", "999-99-0019", "10000008"],
    invalid: &["111222334", "000000000", "1234567", "1112223330"],
    check: |value, _| {
        digits_up_to::<9>(value, b" -.").is_some_and(|digits| {
            let Some((&check, body)) = digits.split_last() else {
                return false;
            };
            // An eight-digit number has lost a leading zero, which weighs nothing.
            let weights: &[u8] = match body.len() {
                8 => &[9, 8, 7, 6, 5, 4, 3, 2],
                7 => &[8, 7, 6, 5, 4, 3, 2],
                _ => return false,
            };
            number(&digits) != 0 && weighted(body, weights) % 11 == u32::from(check)
        })
    },
};
