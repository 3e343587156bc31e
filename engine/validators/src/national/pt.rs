//! Portugal: tax number.

use crate::arithmetic::weighted;
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static NIF: Validator = Validator {
    name: "pt-nif",
    summary: "A NIF: nine digits with an assigned lead, modulo 11, with or without PT; spaces, \
              hyphens and dots are skipped.",
    source: "Decreto-Lei 14/2013; https://www.portaldasfinancas.gov.pt/",
    chance: 0.073,
    argument: Argument::None,
    valid: &["501964843", "PT 123 456 789", "298-765-438"],
    invalid: &["501964842", "401964840", "50196484", "000000000"],
    check: |value, _| {
        digits(without_prefix(value, b"PT", b" -"), b" -.").is_some_and(|digits: [u8; 9]| {
            let assigned = matches!(
                (digits[0], digits[1]),
                (1..=3 | 5 | 6 | 8, _) | (4, 5) | (7, 0..=2 | 4 | 5 | 7..=9) | (9, 0 | 1 | 8 | 9)
            );
            let check = match weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
                0 | 1 => 0,
                remainder => 11 - remainder,
            };
            assigned && check == u32::from(digits[8])
        })
    },
};
