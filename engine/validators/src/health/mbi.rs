//! Medicare Beneficiary Identifier of the United States.

use crate::symbols::alnum;
use crate::{Argument, Validator};

pub(crate) static MBI: Validator = Validator {
    name: "mbi",
    summary: "An MBI: eleven characters, digits and letters (without S, L, O, I, B, Z) where they \
              belong; there is no check digit. Spaces and hyphens are skipped.",
    source: "https://www.cms.gov/medicare/new-medicare-card/understanding-the-mbi-with-format.pdf",
    chance: 0.187,
    argument: Argument::None,
    valid: &["1EG4-TE5-MK73", "9af0e12cd34", "1EG4TE5MK72"],
    invalid: &[
        "0EG4-TE5-MK73",
        "1SG4-TE5-MK73",
        "1EGA-TE5-MK73",
        "1EG4-TE5-MK7",
    ],
    check: |value, _| {
        // N a digit, D a digit from 1, A a letter, E either.
        const FORM: &[u8; 11] = b"DAENAENAANN";
        let letter = |symbol: u8| symbol.is_ascii_uppercase() && !b"SLOIBZ".contains(&symbol);
        alnum(value, b" -").is_some_and(|symbols: [u8; 11]| {
            symbols.iter().zip(FORM).all(|(&symbol, form)| match form {
                b'N' => symbol.is_ascii_digit(),
                b'D' => matches!(symbol, b'1'..=b'9'),
                b'A' => letter(symbol),
                _ => letter(symbol) || symbol.is_ascii_digit(),
            })
        })
    },
};
