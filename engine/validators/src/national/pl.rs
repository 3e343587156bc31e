//! Poland: personal, tax and statistical numbers.

use crate::arithmetic::{number, weighted};
use crate::calendar::is_date;
use crate::symbols::{alnum, base36, digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static PESEL: Validator = Validator {
    name: "pl-pesel",
    summary: "A PESEL: eleven digits, date of birth with its century in the month, modulo 10; \
              spaces and hyphens are skipped.",
    source: "https://www.gov.pl/web/gov/czym-jest-numer-pesel",
    chance: 0.0183,
    argument: Argument::None,
    valid: &["44051401359", "02070803628", "02271409867"],
    invalid: &["44051401358", "44053201359", "44151401357", "4405140135"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            let (century, month) = match number(&digits[2..4]) {
                month @ 81..=92 => (1800, month - 80),
                month @ 21..=32 => (2000, month - 20),
                month @ 41..=52 => (2100, month - 40),
                month @ 61..=72 => (2200, month - 60),
                month => (1900, month),
            };
            is_date(century + number(&digits[..2]), month, number(&digits[4..6]))
                && weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]).is_multiple_of(10)
        })
    },
};

pub(crate) static NIP: Validator = Validator {
    name: "pl-nip",
    summary: "A NIP: ten digits that are not zero, modulo 11, with or without PL; spaces, hyphens \
              and dots are skipped.",
    source: "Ustawa o zasadach ewidencji i identyfikacji podatników, 1995; \
             https://www.podatki.gov.pl/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["123-456-32-18", "PL5260001246", "1060000062"],
    invalid: &["123-456-32-19", "0000000000", "123456321", "DE1234563218"],
    check: |value, _| {
        digits(without_prefix(value, b"PL", b" -.:"), b" -.").is_some_and(|digits: [u8; 10]| {
            number(&digits) != 0
                && weighted(&digits, &[6, 5, 7, 2, 3, 4, 5, 6, 7]) % 11 == u32::from(digits[9])
        })
    },
};

pub(crate) static REGON: Validator = Validator {
    name: "pl-regon",
    summary: "A REGON of 9 or 14 digits, modulo 11; spaces and hyphens are skipped.",
    source: "Rozporządzenie w sprawie rejestru REGON, 2015; https://bip.stat.gov.pl/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["123456785", "12345678512347", "192-598-184"],
    invalid: &["123456786", "12345678512348", "000000000", "12345678"],
    check: |value, _| {
        digits_up_to::<14>(value, b" -").is_some_and(|digits| {
            let short = |digits: &[u8]| {
                number(digits) != 0
                    && weighted(digits, &[8, 9, 2, 3, 4, 5, 6, 7]) % 11 % 10 == u32::from(digits[8])
            };
            match digits.len() {
                9 => short(&digits),
                14 => {
                    short(&digits[..9])
                        && weighted(&digits, &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8]) % 11 % 10
                            == u32::from(digits[13])
                }
                _ => false,
            }
        })
    },
};

pub(crate) static DOWOD: Validator = Validator {
    name: "pl-dowod",
    summary: "A number of an identity card: three letters, check digit, five digits, modulo 10; spaces are skipped.",
    source: "Rozporządzenie w sprawie wzoru dowodu osobistego; ICAO Doc 9303-3",
    chance: 0.1,
    argument: Argument::None,
    valid: &["ABA212345", "XYZ 998765", "CCF213579"],
    invalid: &["ABA312345", "AB2123456", "ABA21234"],
    check: |value, _| is_document(value, 3, &[7, 3, 1, 9, 7, 3, 1, 7, 3]),
};

pub(crate) static PASZPORT: Validator = Validator {
    name: "pl-paszport",
    summary: "A number of a passport: two letters, check digit, six digits, modulo 10; spaces are skipped.",
    source: "Rozporządzenie w sprawie wzoru paszportu; ICAO Doc 9303-3",
    chance: 0.1,
    argument: Argument::None,
    valid: &["AB4123456", "ZS0000177", "EH 2654321"],
    invalid: &["AB5123456", "ABA412345", "AB412345"],
    check: |value, _| is_document(value, 2, &[7, 3, 9, 1, 7, 3, 1, 7, 3]),
};

pub(crate) static PWZ: Validator = Validator {
    name: "pl-pwz",
    summary: "A licence number of a physician: check digit from 1, six digits, modulo 11; spaces are skipped.",
    source: "https://nil.org.pl/ (numer prawa wykonywania zawodu)",
    chance: 0.0818,
    argument: Argument::None,
    valid: &["2234567", "5425740", "4012345"],
    invalid: &["3234567", "0234567", "223456"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|[check, body @ ..]: [u8; 7]| {
            check != 0 && weighted(&body, &[1, 2, 3, 4, 5, 6]) % 11 == u32::from(check)
        })
    },
};

/// Letters, then digits, the first of which makes the weighted sum a multiple of ten.
fn is_document(value: &[u8], letters: usize, weights: &[u32; 9]) -> bool {
    alnum(value, b" ").is_some_and(|symbols: [u8; 9]| {
        let sum: u32 = symbols
            .iter()
            .zip(weights)
            .map(|(&symbol, weight)| base36(symbol) * weight)
            .sum();
        symbols[..letters].iter().all(u8::is_ascii_uppercase)
            && symbols[letters..].iter().all(u8::is_ascii_digit)
            && sum.is_multiple_of(10)
    })
}
