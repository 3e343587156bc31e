//! Brazil: taxpayer numbers of people and companies.

use crate::arithmetic::is_uniform;
use crate::symbols::{alnum, digits};
use crate::{Argument, Validator};

pub(crate) static CPF: Validator = Validator {
    name: "br-cpf",
    summary: "A CPF: eleven digits, not all the same, two check digits modulo 11; spaces, hyphens \
              and dots are skipped.",
    source: "Instrução Normativa RFB 2172/2024; https://www.gov.br/receitafederal/",
    chance: 0.01,
    argument: Argument::None,
    valid: &["529.982.247-25", "12345678909", "987 654 321-00"],
    invalid: &[
        "529.982.247-24",
        "111.111.111-11",
        "529.982.247-2",
        "52998224735",
    ],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 11]| {
            !is_uniform(&digits)
                && check_digit(&digits[..9]) == digits[9]
                && check_digit(&digits[..10]) == digits[10]
        })
    },
};

pub(crate) static CNPJ: Validator = Validator {
    name: "br-cnpj",
    summary: "A CNPJ: twelve digits, or since 2026 digits and letters, not all the same, two check \
              digits modulo 11; spaces, hyphens, dots and slash are skipped.",
    source: "Instrução Normativa RFB 2229/2024; \
             https://www.gov.br/receitafederal/pt-br/acesso-a-informacao/acoes-e-programas/programas-e-atividades/cnpj-alfanumerico",
    chance: 0.01,
    argument: Argument::None,
    valid: &["11.222.333/0001-81", "12.ABC.345/01DE-35", "00000000000191"],
    invalid: &[
        "11.222.333/0001-82",
        "12.ABC.345/01DE-36",
        "00000000000000",
        "12.ABC.345/01DE-3A",
    ],
    check: |value, _| {
        alnum(value, b" -./").is_some_and(|symbols: [u8; 14]| {
            // A symbol counts its code less that of 0, so that A is 17.
            let values = symbols.map(|symbol| symbol - b'0');
            !is_uniform(&values)
                && check_digit_of_company(&values[..12]) == values[12]
                && check_digit_of_company(&values[..13]) == values[13]
        })
    },
};

/// Weights from 2 upwards, from the right.
fn check_digit(digits: &[u8]) -> u8 {
    below_two_is_zero(
        digits
            .iter()
            .rev()
            .zip(2..)
            .map(|(&d, w)| u32::from(d) * w)
            .sum(),
    )
}

/// Weights from 2 to 9 and again, from the right.
fn check_digit_of_company(values: &[u8]) -> u8 {
    let weights = (2..=9).cycle();
    below_two_is_zero(
        values
            .iter()
            .rev()
            .zip(weights)
            .map(|(&d, w)| u32::from(d) * w)
            .sum(),
    )
}

fn below_two_is_zero(sum: u32) -> u8 {
    match sum % 11 {
        0 | 1 => 0,
        remainder => 11 - remainder as u8,
    }
}
