//! Vehicle identification numbers.

use crate::arithmetic::is_uniform;
use crate::symbols::alnum;
use crate::{Argument, Validator};

pub(crate) static VIN: Validator = Validator {
    name: "vin",
    summary: "A VIN with the check digit that North America and China require (Europe does not): \
              17 letters and digits without I, O and Q; spaces and hyphens are skipped.",
    source: "ISO 3779 and 49 CFR 565.15",
    chance: 0.00147,
    argument: Argument::None,
    valid: &[
        "1M8GDM9AXKP042788",
        "1HGCM82633A004352",
        "5yj3e1ea0kf000316",
    ],
    invalid: &[
        "1M8GDM9A1KP042788",
        "1M8GDM9AXKP04278",
        "1O8GDM9AXKP042788",
        "11111111111111111",
    ],
    check: |value, _| {
        const WEIGHTS: [u32; 17] = [8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2];
        alnum(value, b" -").is_some_and(|symbols: [u8; 17]| {
            let mut sum = 0;
            for (&symbol, weight) in symbols.iter().zip(WEIGHTS) {
                let Some(value) = transliterated(symbol) else {
                    return false;
                };
                sum += value * weight;
            }
            !is_uniform(&symbols) && b"0123456789X"[(sum % 11) as usize] == symbols[8]
        })
    },
};

/// The value of a symbol by the table of 49 CFR 565.15; none for I, O and Q.
fn transliterated(symbol: u8) -> Option<u32> {
    let value = match symbol {
        b'0'..=b'9' => symbol - b'0',
        b'A'..=b'H' => symbol - b'A' + 1,
        b'J'..=b'N' => symbol - b'J' + 1,
        b'P' => 7,
        b'R' => 9,
        b'S'..=b'Z' => symbol - b'S' + 2,
        _ => return None,
    };
    Some(u32::from(value))
}
