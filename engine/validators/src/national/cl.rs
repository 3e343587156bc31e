//! Chile: national tax number.

use crate::symbols::{alnum_up_to, base36};
use crate::{Argument, Validator};

pub(crate) static RUT: Validator = Validator {
    name: "cl-rut",
    summary: "A RUT: six to eight digits, the first not 0, check digit or K modulo 11; spaces, \
              hyphens and dots are skipped.",
    source: "Decreto con Fuerza de Ley 3 de 1969; https://www.sii.cl/",
    chance: 0.082,
    argument: Argument::None,
    valid: &["12.345.678-5", "7654321-6", "20347878-k"],
    invalid: &["12.345.678-4", "12345-5", "02.345.678-5", "12.34K.678-5"],
    check: |value, _| {
        alnum_up_to::<9>(value, b" -.").is_some_and(|symbols| {
            let Some((&check, body)) = symbols.split_last() else {
                return false;
            };
            let sum: u32 = body
                .iter()
                .rev()
                .zip((2..=7).cycle())
                .map(|(&d, w)| base36(d) * w)
                .sum();
            let wanted = b"0K987654321"[(sum % 11) as usize];
            body.len() >= 6
                && body.iter().all(u8::is_ascii_digit)
                && body[0] != b'0'
                && check == wanted
        })
    },
};
