//! Paraguay, Uruguay and Venezuela: tax numbers.

use crate::arithmetic::{complement, number, weighted};
use crate::symbols::{alnum, as_digits, digits, digits_up_to};
use crate::{Argument, Validator};

pub(crate) static PY_RUC: Validator = Validator {
    name: "py-ruc",
    summary: "A Paraguayan RUC: up to eight digits and a check digit modulo 11; spaces, hyphens \
              and dots are skipped.",
    source: "Dirección Nacional de Ingresos Tributarios, https://www.dnit.gov.py/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["80012345-0", "1234567-9", "654.321-9"],
    invalid: &["80012345-1", "0012345-5", "123-6", "1234567890-1"],
    check: |value, _| {
        digits_up_to::<9>(value, b" -.").is_some_and(|digits| {
            let Some((&check, body)) = digits.split_last() else {
                return false;
            };
            let sum: u32 = body
                .iter()
                .rev()
                .zip(2..)
                .map(|(&digit, weight)| u32::from(digit) * weight)
                .sum();
            body.len() >= 5 && body[0] != 0 && complement(sum, 11) % 10 == u32::from(check)
        })
    },
};

pub(crate) static UY_RUT: Validator = Validator {
    name: "uy-rut",
    summary: "A Uruguayan RUT: office 01 to 22, six digits that are not zero, 001, check digit \
              modulo 11; spaces and hyphens are skipped.",
    source: "Dirección General Impositiva, https://www.gub.uy/direccion-general-impositiva",
    chance: 0.00002,
    argument: Argument::None,
    valid: &["211234560019", "08-001234-001-2", "15 765432 001 2"],
    invalid: &[
        "211234560018",
        "231234560019",
        "210000000016",
        "211234560029",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 12]| {
            let sum = weighted(&digits, &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
            matches!(number(&digits[..2]), 1..=22)
                && number(&digits[2..8]) != 0
                && digits[8..11] == [0, 0, 1]
                && complement(sum, 11) == u32::from(digits[11])
        })
    },
};

pub(crate) static VE_RIF: Validator = Validator {
    name: "ve-rif",
    summary: "A Venezuelan RIF: letter of the kind of person, eight digits, check digit modulo 11; \
              spaces, hyphens and dots are skipped.",
    source: "SENIAT, Providencia Administrativa 0073; http://www.seniat.gob.ve/",
    chance: 0.022,
    argument: Argument::None,
    valid: &["J-12345678-4", "V876543210", "G-20.000.123-2"],
    invalid: &["J-12345678-5", "X-12345678-4", "J-1234567-4"],
    check: |value, _| {
        alnum(value, b" -.").is_some_and(|[kind, body @ ..]: [u8; 10]| {
            let kind = match kind {
                b'V' => 4,
                b'E' => 8,
                b'J' | b'C' => 12,
                b'P' => 16,
                b'G' => 20,
                _ => return false,
            };
            as_digits::<9>(&body).is_some_and(|digits| {
                let sum = kind + weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]);
                complement(sum, 11) % 10 == u32::from(digits[8])
            })
        })
    },
};
