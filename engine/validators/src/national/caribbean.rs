//! Central America and the Caribbean: Guatemala, El Salvador, Nicaragua, the Dominican Republic.

use crate::arithmetic::{complement, number, weighted};
use crate::calendar::is_ddmmyy;
use crate::symbols::{alnum, alnum_up_to, as_digits, digits};
use crate::{Argument, Validator};

pub(crate) static GT_NIT: Validator = Validator {
    name: "gt-nit",
    summary: "A Guatemalan NIT: up to eleven digits and a check character modulo 11, K for 10; \
              spaces and hyphens are skipped.",
    source: "Superintendencia de Administración Tributaria, https://portal.sat.gob.gt/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["1234567-9", "76543218", "880-K"],
    invalid: &["1234567-8", "K234567-9", "12", "1234567-X"],
    check: |value, _| {
        alnum_up_to::<12>(value, b" -").is_some_and(|symbols| {
            let Some((&check, body)) = symbols.split_last() else {
                return false;
            };
            if body.len() < 2 || !body.iter().all(u8::is_ascii_digit) {
                return false;
            }
            let sum: u32 = body
                .iter()
                .rev()
                .zip(2..)
                .map(|(&symbol, weight)| u32::from(symbol - b'0') * weight)
                .sum();
            check == b"0123456789K"[complement(sum, 11) as usize]
        })
    },
};

pub(crate) static GT_CUI: Validator = Validator {
    name: "gt-cui",
    summary: "A Guatemalan CUI: eight digits, check digit modulo 11, department 01 to 22, \
              municipality; spaces and hyphens are skipped.",
    source: "Registro Nacional de las Personas, https://www.renap.gob.gt/",
    chance: 0.0198,
    argument: Argument::None,
    valid: &["1234 56789 0101", "2987 65438 2217", "3001234500502"],
    invalid: &[
        "1234 56788 0101",
        "1234 56789 2301",
        "1234 56789 0100",
        "1234 56789 010",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            matches!(number(&digits[9..11]), 1..=22)
                && number(&digits[11..]) != 0
                && weighted(&digits, &[2, 3, 4, 5, 6, 7, 8, 9]) % 11 == u32::from(digits[8])
        })
    },
};

pub(crate) static SV_DUI: Validator = Validator {
    name: "sv-dui",
    summary: "A Salvadoran DUI: eight digits and a check digit modulo 10; spaces and hyphens are \
              skipped.",
    source: "Registro Nacional de las Personas Naturales, https://www.rnpn.gob.sv/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["01234567-8", "04567891-1", "061234599"],
    invalid: &["01234567-9", "00000000-0", "0123456-8"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            number(&digits) != 0
                && complement(weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]), 10)
                    == u32::from(digits[8])
        })
    },
};

pub(crate) static SV_NIT: Validator = Validator {
    name: "sv-nit",
    summary: "A Salvadoran NIT: municipality 01 to 14 or abroad, date, serial, check digit modulo \
              11 by the older or the newer weights; spaces and hyphens are skipped.",
    source: "Ministerio de Hacienda, https://www.mh.gob.sv/",
    chance: 0.0011,
    argument: Argument::None,
    valid: &["0614-150785-123-6", "1217-010100-101-4", "01013112990010"],
    invalid: &[
        "0614-150785-123-7",
        "0614-321385-123-6",
        "2714-150785-123-6",
        "0614-150785-123",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 14]| {
            // Serials to 100 were given out under the older weights.
            let check = if number(&digits[10..13]) <= 100 {
                weighted(&digits, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11
            } else {
                complement(
                    weighted(&digits, &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]),
                    11,
                )
            };
            matches!(digits[0], 0 | 1 | 9)
                && is_ddmmyy(&digits[4..10])
                && check % 10 == u32::from(digits[13])
        })
    },
};

pub(crate) static NI_CEDULA: Validator = Validator {
    name: "ni-cedula",
    summary: "A Nicaraguan cédula: municipality, date of birth, serial, check letter modulo 23; \
              spaces and hyphens are skipped.",
    source: "Consejo Supremo Electoral, Ley 152 de Identificación Ciudadana",
    chance: 0.00144,
    argument: Argument::None,
    valid: &["001-150785-0012W", "281-010190-1000T", "5610310880003D"],
    invalid: &[
        "001-150785-0012X",
        "001-321385-0012W",
        "001-150785-00125",
        "001-150785-012W",
    ],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 14]| {
            as_digits::<13>(&symbols[..13]).is_some_and(|digits| {
                is_ddmmyy(&digits[3..9])
                    && symbols[13] == b"ABCDEFGHJKLMNPQRSTUVWXY"[(number(&digits) % 23) as usize]
            })
        })
    },
};

pub(crate) static DO_RNC: Validator = Validator {
    name: "do-rnc",
    summary: "A Dominican RNC: nine digits, the last a check digit modulo 11; spaces and hyphens \
              are skipped.",
    source: "Dirección General de Impuestos Internos, https://dgii.gov.do/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["1-01-12345-1", "401123452", "130-87654-1"],
    invalid: &["1-01-12345-2", "000000000", "10112345"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            let sum = weighted(&digits, &[7, 9, 8, 6, 5, 4, 3, 2]);
            number(&digits) != 0 && (10 - sum % 11) % 9 + 1 == u32::from(digits[8])
        })
    },
};
