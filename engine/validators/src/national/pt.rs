//! Portugal: tax number.

use crate::arithmetic::weighted;
use crate::symbols::{alnum, base36, digits, without_prefix};
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
        digits(without_prefix(value, b"PT", b" -.:"), b" -.").is_some_and(|digits: [u8; 9]| {
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

pub(crate) static CC: Validator = Validator {
    name: "pt-cc",
    summary: "A number of a citizen card: eight digits, check digit, two letters or digits, check digit by the Luhn formula over base 36; spaces and hyphens are skipped.",
    source: "https://www.autenticacao.gov.pt/ (validação de número de documento)",
    chance: 0.1,
    argument: Argument::None,
    valid: &["000000000ZZ4", "12345678 0 AB3", "876543210CD3"],
    invalid: &["000000000ZZ5", "A00000000ZZ4", "12345678 0 AB"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 12]| {
            let sum: u32 = symbols
                .iter()
                .enumerate()
                .map(
                    |(i, &symbol)| match base36(symbol) * if i % 2 == 0 { 2 } else { 1 } {
                        large @ 10.. if i % 2 == 0 => large - 9,
                        value => value,
                    },
                )
                .sum();
            symbols[..9].iter().all(u8::is_ascii_digit)
                && symbols[11].is_ascii_digit()
                && sum.is_multiple_of(10)
        })
    },
};

pub(crate) static NISS: Validator = Validator {
    name: "pt-niss",
    summary: "A social security number: eleven digits from 1 or 2, prime weights modulo 10; spaces are skipped.",
    source: "https://www.seg-social.pt/ (NISS)",
    chance: 0.02,
    argument: Argument::None,
    valid: &["12345678902", "20987654329", "110 000 000 15"],
    invalid: &["12345678903", "32345678902", "1234567890"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 11]| {
            matches!(digits[0], 1 | 2)
                && 9 - weighted(&digits, &[29, 23, 19, 17, 13, 11, 7, 5, 3, 2]) % 10
                    == u32::from(digits[10])
        })
    },
};
