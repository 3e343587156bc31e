//! Argentina: tax and bank account numbers.

use crate::arithmetic::{complement, number, weighted};
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static CUIT: Validator = Validator {
    name: "ar-cuit",
    summary: "A CUIT, CUIL or CDI: eleven digits with an assigned lead, modulo 11; spaces, hyphens \
              and dots are skipped.",
    source: "Resolución General AFIP 1817/2005; https://www.afip.gob.ar/",
    chance: 0.012,
    argument: Argument::None,
    valid: &["20-12345678-6", "30500010912", "27 28033514 8"],
    invalid: &["20-12345678-7", "99-12345678-6", "20-1234567-6"],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 11]| {
            let sum = weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]);
            // A complement of 10 is written as 9, where no other lead was assigned to avoid it.
            matches!(
                number(&digits[..2]),
                20 | 23..=27 | 30 | 33 | 34 | 50 | 51 | 55
            ) && complement(sum, 11).min(9) == u32::from(digits[10])
        })
    },
};

pub(crate) static CBU: Validator = Validator {
    name: "ar-cbu",
    summary: "A CBU: 22 digits that are not zero in two blocks, each modulo 10; spaces and hyphens \
              are skipped.",
    source: "Banco Central de la República Argentina, Comunicación A 2622",
    chance: 0.01,
    argument: Argument::None,
    valid: &[
        "2850590940090418135201",
        "0110599520000001235579",
        "07203006-30000000000018",
    ],
    invalid: &[
        "2850590940090418135202",
        "2850590840090418135201",
        "0000000000000000000000",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 22]| {
            let (bank, account) = digits.split_at(8);
            digits.iter().any(|&d| d != 0)
                && complement(weighted(bank, &[7, 1, 3, 9, 7, 1, 3]), 10) == u32::from(bank[7])
                && complement(
                    weighted(account, &[3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3]),
                    10,
                ) == u32::from(account[13])
        })
    },
};
