//! The European Union: banknotes and parties of the energy market.

use crate::arithmetic::number;
use crate::symbols::{alnum, as_digits, base36};
use crate::{Argument, Validator};

pub(crate) static BANKNOTE: Validator = Validator {
    name: "euro-banknote",
    summary: "A serial number of a euro banknote: one letter and eleven digits or two letters and ten, modulo 9; spaces are skipped.",
    source: "https://www.ecb.europa.eu/euro/banknotes/ (serial numbers)",
    chance: 0.111,
    argument: Argument::None,
    valid: &["X12345678902", "EA0123456781", "S09876543217"],
    invalid: &[
        "X12345678903",
        "EA0123456782",
        "123456789012",
        "X00000000000",
    ],
    check: |value, _| {
        alnum(value, b" ").is_some_and(|symbols: [u8; 12]| {
            let letters = if symbols[1].is_ascii_uppercase() {
                2
            } else {
                1
            };
            let mut digits = symbols;
            for symbol in &mut digits[..letters] {
                // The remainder of a letter's code, as a digit.
                *symbol = b'0' + *symbol % 9;
            }
            symbols[0].is_ascii_uppercase()
                && as_digits::<12>(&digits).is_some_and(|digits| {
                    let sum: u32 = digits.iter().map(|&d| u32::from(d)).sum();
                    number(&digits[letters..]) != 0 && sum.is_multiple_of(9)
                })
        })
    },
};

pub(crate) static EIC: Validator = Validator {
    name: "eic",
    summary: "An energy identification code: two digits of the office, a letter of the type, twelve letters, digits or hyphens, a check character modulo 37.",
    source: "ENTSO-E, The Energy Identification Coding Scheme Reference Manual; https://www.entsoe.eu/data/energy-identification-codes-eic/",
    chance: 0.0055,
    argument: Argument::None,
    valid: &["10X1001A1001A078", "11XTEST-COMPANY6", "10Y1001A1001A83F"],
    invalid: &["10X1001A1001A079", "10B1001A1001A078", "10X1001A1001A07"],
    check: |value, _| {
        <&[u8; 16]>::try_from(value).is_ok_and(|symbols| {
            let sum: u32 = symbols[..15]
                .iter()
                .zip((2..=16).rev())
                .map(|(&symbol, weight)| {
                    weight
                        * if symbol == b'-' {
                            36
                        } else {
                            base36(symbol.to_ascii_uppercase())
                        }
                })
                .sum();
            symbols[..2].iter().all(u8::is_ascii_digit)
                && matches!(symbols[2], b'A' | b'T' | b'V'..=b'Z')
                && symbols
                    .iter()
                    .all(|&symbol| symbol.is_ascii_alphanumeric() || symbol == b'-')
                && symbols[15] != b'-'
                && base36(symbols[15].to_ascii_uppercase()) == 36 - (sum + 36) % 37
        })
    },
};
