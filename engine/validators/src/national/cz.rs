//! Czechia and Slovakia: birth number.

use crate::arithmetic::{number, weighted};
use crate::calendar::is_date;
use crate::symbols::{digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static RODNE_CISLO: Validator = Validator {
    name: "cz-rodne-cislo",
    summary: "A birth number: date of birth (month + 50 for women, + 20 since 2004), three digits \
              and no check before 1954, four and modulo 11 since; slash, spaces and hyphens are \
              skipped.",
    source: "Zákon 133/2000 Sb., section 13",
    chance: 0.0103,
    argument: Argument::None,
    valid: &["710319/2745", "395601/439", "991231/5006"],
    invalid: &[
        "710319/2746",
        "711319/2745",
        "710332/2745",
        "710319/27",
        "395601/000",
    ],
    check: |value, _| {
        digits_up_to::<10>(value, b" /-").is_some_and(|digits| is_birth_number(&digits))
    },
};

fn is_birth_number(digits: &[u8]) -> bool {
    let long = digits.len() == 10;
    if !long && digits.len() != 9 {
        return false;
    }
    let short_year = number(&digits[..2]);
    let year = match (long, short_year) {
        (true, 0..54) => 2000 + short_year,
        (false, 54..) => 1800 + short_year,
        _ => 1900 + short_year,
    };
    let month = match number(&digits[2..4]) {
        month @ 51..=62 => month - 50,
        month @ 21..=32 if year >= 2004 => month - 20,
        month @ 71..=82 if year >= 2004 => month - 70,
        month => month,
    };
    let body = number(&digits[..9]);
    // Up to 1985 a remainder of 10 was written as 0.
    let checked = !long
        || number(digits).is_multiple_of(11)
        || year < 1986 && body % 11 == 10 && digits[9] == 0;
    is_date(year, month, number(&digits[4..6]))
        && number(&digits[6..9]) + u64::from(long) != 0
        && checked
}

pub(crate) static ICO: Validator = Validator {
    name: "cz-ico",
    summary: "An IČO of Czechia or Slovakia: eight digits that are not zero, modulo 11; spaces are skipped.",
    source: "Zákon 111/2009 Sb., section 27; https://ares.gov.cz/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["12345679", "000 012 36", "65432100"],
    invalid: &["12345678", "00000000", "1234567"],
    check: |value, _| digits(value, b" ").is_some_and(|digits: [u8; 8]| is_ico(&digits)),
};

pub(crate) static DIC: Validator = Validator {
    name: "cz-dic",
    summary: "A Czech tax number: an IČO, a birth number or nine digits from 6, modulo 11, with or without CZ; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["12345679", "CZ12345679", "CZ 612345670", "CZ7103192745"],
    invalid: &["CZ12345678", "CZ612345671", "CZ7103192746", "CZ123456"],
    check: |value, _| {
        let digits = digits_up_to::<10>(without_prefix(value, b"CZ", b" -.:"), b" -./");
        digits.is_some_and(|digits| match digits.len() {
            8 => digits[0] != 9 && is_ico(&digits),
            9 if digits[0] == 6
                && (8 + weighted(&digits[1..], ICO_WEIGHTS) % 11) % 10 == u32::from(digits[8]) =>
            {
                true
            }
            _ => is_birth_number(&digits),
        })
    },
};

pub(crate) static DPH: Validator = Validator {
    name: "sk-ic-dph",
    summary: "A Slovak VAT number: ten digits, the third 2 to 4 or 7 to 9, a multiple of 11, with or without SK; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0491,
    argument: Argument::None,
    valid: &["1234567895", "SK2020123457", "SK 202 098 7650"],
    invalid: &["SK1234567896", "SK2010123457", "SK202012345"],
    check: |value, _| {
        digits(without_prefix(value, b"SK", b" -.:"), b" -.").is_some_and(|digits: [u8; 10]| {
            digits[0] != 0
                && matches!(digits[2], 2..=4 | 7..=9)
                && number(&digits).is_multiple_of(11)
        })
    },
};

pub(crate) static ACCOUNT: Validator = Validator {
    name: "cz-account",
    summary: "A Czech or Slovak account number: up to six digits and a hyphen, two to ten digits, slash and bank code; both parts modulo 11.",
    source: "Vyhláška 169/2011 Sb.; https://www.cnb.cz/",
    chance: 0.0083,
    argument: Argument::None,
    valid: &["19-2000145399/0800", "1234567805/0300", "1000000005/0100"],
    invalid: &[
        "19-2000145398/0800",
        "1234567806/0300",
        "1234567805/030",
        "1234567805",
    ],
    check: |value, _| {
        const WEIGHTS: [u8; 10] = [6, 3, 7, 9, 10, 5, 8, 4, 2, 1];
        let Some((account, bank)) = value.split_last_chunk::<5>() else {
            return false;
        };
        let holds = |part: &[u8], longest: usize| {
            digits_up_to::<10>(part, b"").is_some_and(|digits| {
                digits.len() >= 2
                    && digits.len() <= longest
                    && number(&digits) != 0
                    && weighted(&digits, &WEIGHTS[10 - digits.len()..]).is_multiple_of(11)
            })
        };
        bank[0] == b'/'
            && bank[1..].iter().all(u8::is_ascii_digit)
            && match account.iter().position(|&byte| byte == b'-') {
                Some(at) => holds(&account[..at], 6) && holds(&account[at + 1..], 10),
                None => holds(account, 10),
            }
    },
};

const ICO_WEIGHTS: &[u8] = &[8, 7, 6, 5, 4, 3, 2];

fn is_ico(digits: &[u8]) -> bool {
    number(digits) != 0 && (11 - weighted(digits, ICO_WEIGHTS) % 11) % 10 == u32::from(digits[7])
}
