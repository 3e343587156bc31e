//! Brazil: taxpayer, worker, voter, driver and health numbers.

use crate::arithmetic::{complement, is_uniform, number, weighted};
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

pub(crate) static PIS: Validator = Validator {
    name: "br-pis",
    summary: "A PIS, PASEP or NIS number, or a RENAVAM: eleven digits that are not zero, the last a \
              check digit modulo 11; spaces, hyphens and dots are skipped.",
    source: "Caixa Econômica Federal, https://www.caixa.gov.br/; Portaria DENATRAN 27/2013",
    chance: 0.1,
    argument: Argument::None,
    valid: &["120.12345.67-2", "17012345673", "123.98765.43-3"],
    invalid: &["120.12345.67-3", "000.00000.00-0", "120.12345.6-2"],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 11]| {
            let sum = weighted(&digits, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]);
            number(&digits) != 0 && complement(sum, 11) % 10 == u32::from(digits[10])
        })
    },
};

pub(crate) static CNH: Validator = Validator {
    name: "br-cnh",
    summary: "A driving licence's registration number: nine digits, not all the same, two check \
              digits modulo 11; spaces, hyphens and dots are skipped.",
    source: "Resolução CONTRAN 886/2021; https://www.gov.br/transportes/",
    chance: 0.01,
    argument: Argument::None,
    valid: &["01234567807", "987654321-09", "04680123404"],
    invalid: &["01234567808", "11111111111", "0123456780"],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 11]| {
            let first = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11;
            let second = weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11;
            // A first remainder of 10 is written 0 and takes two off the second.
            let (first, second) = if first == 10 {
                (0, (second + 9) % 11)
            } else {
                (first, second)
            };
            !is_uniform(&digits)
                && first == u32::from(digits[9])
                && second % 10 == u32::from(digits[10])
        })
    },
};

pub(crate) static TITULO: Validator = Validator {
    name: "br-titulo",
    summary: "A voter's number: eight digits, state 01 to 28, two check digits modulo 11; spaces \
              and hyphens are skipped.",
    source: "Resolução TSE 23.659/2021; https://www.tse.jus.br/",
    chance: 0.0028,
    argument: Argument::None,
    valid: &["1234 5678 0191", "102030402658", "0043 5687 0906"],
    invalid: &[
        "1234 5678 0192",
        "1234 5678 2991",
        "1234 5678 0091",
        "1234 5678 019",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 12]| {
            let state = number(&digits[8..10]);
            // São Paulo and Minas Gerais have 1 where others have 0.
            let check = |sum: u32| match sum % 11 {
                0 if state <= 2 => 1,
                remainder => remainder % 10,
            };
            matches!(state, 1..=28)
                && check(weighted(&digits, &[2, 3, 4, 5, 6, 7, 8, 9])) == u32::from(digits[10])
                && check(weighted(&digits[8..], &[7, 8, 9])) == u32::from(digits[11])
        })
    },
};

pub(crate) static CNS: Validator = Validator {
    name: "br-cns",
    summary: "A health card's number: fifteen digits, the first 1, 2, 7, 8 or 9, modulo 11; spaces \
              and hyphens are skipped.",
    source: "Ministério da Saúde, Cartão Nacional de Saúde, rotina de validação",
    chance: 0.0455,
    argument: Argument::None,
    valid: &[
        "700 1234 5678 9010",
        "898765432100121",
        "123 4567 8901 2348",
    ],
    invalid: &[
        "700 1234 5678 9011",
        "300 1234 5678 9010",
        "700 1234 5678 901",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 15]| {
            matches!(digits[0], 1 | 2 | 7..=9)
                && weighted(
                    &digits,
                    &[15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1],
                )
                .is_multiple_of(11)
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
