//! Cyprus: tax code.

use crate::symbols::{alnum, as_digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static TIC: Validator = Validator {
    name: "cy-tic",
    summary: "A tax code: eight digits and their letter, modulo 26, with or without CY; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0381,
    argument: Argument::None,
    valid: &["00123456H", "CY10203040V", "CY 9-8765432A"],
    invalid: &["00123456I", "CY1020304V", "CY12345678X"],
    check: |value, _| {
        // What digits in odd places count.
        const ODD: [u32; 10] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21];
        alnum(without_prefix(value, b"CY", b" -.:"), b" -.").is_some_and(
            |[body @ .., letter]: [u8; 9]| {
                as_digits::<8>(&body).is_some_and(|digits| {
                    let sum: u32 = digits
                        .iter()
                        .enumerate()
                        .map(|(i, &d)| {
                            if i % 2 == 0 {
                                ODD[usize::from(d)]
                            } else {
                                u32::from(d)
                            }
                        })
                        .sum();
                    digits[..2] != [1, 2] && u32::from(letter) == u32::from(b'A') + sum % 26
                })
            },
        )
    },
};
