//! Freight containers.

use crate::symbols::{alnum, base36};
use crate::{Argument, Validator};

pub(crate) static CONTAINER: Validator = Validator {
    name: "iso6346",
    summary: "A freight container: three letters of the owner, U, J or Z, six digits, check digit modulo 11; spaces and hyphens are skipped.",
    source: "ISO 6346; https://www.bic-code.org/check-digit-calculator/",
    chance: 0.0115,
    argument: Argument::None,
    valid: &["CSQU3054383", "ABCU 123456-0", "XYZJ7654326"],
    invalid: &["CSQU3054384", "CSQA3054383", "CSQU305438"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 11]| {
            let sum: u32 = symbols[..10]
                .iter()
                .enumerate()
                .map(|(i, &symbol)| {
                    // Letters start at 10 and pass over the multiples of 11.
                    let value = base36(symbol);
                    let value = if value >= 10 {
                        value + (value - 1) / 10
                    } else {
                        value
                    };
                    value << i
                })
                .sum();
            symbols[..3].iter().all(u8::is_ascii_uppercase)
                && matches!(symbols[3], b'J' | b'U' | b'Z')
                && symbols[4..].iter().all(u8::is_ascii_digit)
                && sum % 11 % 10 == base36(symbols[10])
        })
    },
};
