//! Colombia, Peru, Ecuador and Uruguay: tax and identity numbers.

use crate::arithmetic::{complement, is_uniform, number, weighted};
use crate::checksum::luhn;
use crate::symbols::{alnum, as_digits, digits, digits_up_to};
use crate::{Argument, Validator};

pub(crate) static NIT: Validator = Validator {
    name: "co-nit",
    summary: "A Colombian NIT with its check digit: 8 to 11 digits, the first not 0, primes modulo \
              11; spaces, hyphens, dots and commas are skipped.",
    source: "DIAN, Orden Administrativa 4 de 1989; https://www.dian.gov.co/",
    chance: 0.09,
    argument: Argument::None,
    valid: &["213.123.432-1", "900123456-8", "8001972684"],
    invalid: &["213.123.432-2", "013123432-1", "213-1", "21312343212345"],
    check: |value, _| {
        digits_up_to::<11>(value, b" -.,").is_some_and(|digits| {
            let Some((&check, body)) = digits.split_last() else {
                return false;
            };
            let primes = [3, 7, 13, 17, 19, 23, 29, 37, 41, 43];
            let sum: u32 = body
                .iter()
                .rev()
                .zip(primes)
                .map(|(&d, w)| u32::from(d) * w)
                .sum();
            let wanted = match sum % 11 {
                remainder @ 0..=1 => remainder,
                remainder => 11 - remainder,
            };
            body.len() >= 7 && body[0] != 0 && wanted == u32::from(check)
        })
    },
};

pub(crate) static RUC: Validator = Validator {
    name: "pe-ruc",
    summary: "A Peruvian RUC: eleven digits that start with 10, 15, 16, 17 or 20, modulo 11; \
              spaces and hyphens are skipped.",
    source: "Decreto Legislativo 943; https://www.sunat.gob.pe/",
    chance: 0.005,
    argument: Argument::None,
    valid: &["20512333797", "10123456781", "20-12345678-6"],
    invalid: &["20512333798", "30512333797", "2051233379"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            let sum = weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
            matches!(number(&digits[..2]), 10 | 15..=17 | 20)
                && (11 - sum % 11) % 10 == u32::from(digits[10])
        })
    },
};

pub(crate) static CEDULA: Validator = Validator {
    name: "ec-cedula",
    summary: "An Ecuadorian cédula: ten digits, province 01 to 24 or 30, third digit to 6, Luhn \
              digit; spaces and hyphens are skipped.",
    source: "https://www.registrocivil.gob.ec/",
    chance: 0.0177,
    argument: Argument::None,
    valid: &["1710034065", "092687685-5", "3050012347"],
    invalid: &["1710034066", "2510034065", "1770034065", "171003406"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            matches!(number(&digits[..2]), 1..=24 | 30) && digits[2] <= 6 && luhn::holds(&digits)
        })
    },
};

pub(crate) static CI: Validator = Validator {
    name: "uy-ci",
    summary: "A Uruguayan identity card number: seven or eight digits, not all the same, modulo \
              10; spaces, hyphens and dots are skipped.",
    source: "Dirección Nacional de Identificación Civil, \
             https://www.gub.uy/ministerio-interior/direccion-nacional-identificacion-civil",
    chance: 0.1,
    argument: Argument::None,
    valid: &["1.234.567-2", "4 765 432-5", "123456-1"],
    invalid: &["1.234.567-3", "11111111", "123-4", "1.234.5678-2"],
    check: |value, _| {
        digits_up_to::<8>(value, b" -.").is_some_and(|digits| {
            let Some((&check, body)) = digits.split_last() else {
                return false;
            };
            let weights: &[u8] = match body.len() {
                7 => &[2, 9, 8, 7, 6, 3, 4],
                6 => &[9, 8, 7, 6, 3, 4],
                _ => return false,
            };
            !is_uniform(&digits) && complement(weighted(body, weights), 10) == u32::from(check)
        })
    },
};

pub(crate) static CUI: Validator = Validator {
    name: "pe-cui",
    summary: "A Peruvian DNI with its check character, a digit or a letter, modulo 11; spaces and \
              hyphens are skipped.",
    source: "Registro Nacional de Identificación y Estado Civil, https://www.reniec.gob.pe/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["12345678-1", "87654321-0", "12345678-E"],
    invalid: &["12345678-2", "12345678-A", "1234567-1"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 9]| {
            as_digits::<8>(&symbols[..8]).is_some_and(|digits| {
                let sum = weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]) as usize % 11;
                symbols[8] == b"65432110987"[sum] || symbols[8] == b"KJIHGFEDCBA"[sum]
            })
        })
    },
};

pub(crate) static EC_RUC: Validator = Validator {
    name: "ec-ruc",
    summary: "An Ecuadorian RUC: a cédula and 001 and up, or a company's or public body's number \
              modulo 11 and its branch; spaces and hyphens are skipped.",
    source: "Servicio de Rentas Internas, https://www.sri.gob.ec/",
    chance: 0.021,
    argument: Argument::None,
    valid: &["1710034065001", "1790123456001", "1760123420001"],
    invalid: &[
        "1710034066001",
        "1790123457001",
        "1710034065000",
        "2590123456001",
        "171003406500",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            let person = || luhn::holds(&digits[..10]) && number(&digits[10..]) != 0;
            let public = || {
                weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
                    && number(&digits[9..]) != 0
            };
            let company = || {
                weighted(&digits, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
                    && number(&digits[10..]) != 0
            };
            matches!(number(&digits[..2]), 1..=24 | 30 | 50)
                && match digits[2] {
                    0..=5 => person(),
                    6 => public() || person(),
                    9 => company(),
                    _ => false,
                }
        })
    },
};
