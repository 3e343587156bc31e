//! Mobile equipment identities.

use crate::arithmetic::number;
use crate::checksum::luhn;
use crate::symbols::{alnum_up_to, base36, digits};
use crate::{Argument, Validator};

pub(crate) static IMEI: Validator = Validator {
    name: "imei",
    summary: "An IMEI: 15 digits with a reporting body other than 00, Luhn digit; spaces, hyphens, \
              dots and slashes are skipped.",
    source: "3GPP TS 23.003, section 6.2.1; GSMA TS.06",
    chance: 0.099,
    argument: Argument::None,
    valid: &[
        "490154203237518",
        "35-209900-176148-1",
        "86 000000 000000 9",
    ],
    invalid: &[
        "490154203237517",
        "000000000000000",
        "49015420323751",
        "4901542032375180",
    ],
    check: |value, _| {
        digits(value, b" -./")
            .is_some_and(|digits: [u8; 15]| number(&digits[..2]) != 0 && luhn::holds(&digits))
    },
};

pub(crate) static MEID: Validator = Validator {
    name: "meid",
    summary: "A MEID: 14 hexadecimal digits from A0, and perhaps a check digit by the Luhn formula over base 16; spaces and hyphens are skipped.",
    source: "3GPP2 S.R0048-A; TIA-1082",
    chance: 0.0149,
    argument: Argument::None,
    valid: &["A10000123456003", "AF 0123 4567 89AB", "A1-000012-345600"],
    invalid: &[
        "A10000123456004",
        "910000123456003",
        "A1000012345G003",
        "A100001234560",
    ],
    check: |value, _| {
        alnum_up_to::<15>(value, b" -").is_some_and(|symbols| {
            let doubled: u32 = symbols
                .iter()
                .enumerate()
                .map(
                    |(i, &symbol)| match base36(symbol) * if i % 2 == 1 { 2 } else { 1 } {
                        large @ 16.. => large - 15,
                        value => value,
                    },
                )
                .sum();
            symbols.iter().all(u8::is_ascii_hexdigit)
                && matches!(symbols[0], b'A'..=b'F')
                && (symbols.len() == 14 || symbols.len() == 15 && doubled.is_multiple_of(16))
        })
    },
};
