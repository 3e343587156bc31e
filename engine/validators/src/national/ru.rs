//! Russia: taxpayer and insurance numbers.

use crate::arithmetic::{number, weighted};
use crate::symbols::{digits, digits_up_to};
use crate::{Argument, Validator};

pub(crate) static INN: Validator = Validator {
    name: "ru-inn",
    summary: "An INN: 10 digits (company) with one check digit modulo 11 or 12 digits (person) \
              with two; spaces and hyphens are skipped.",
    source: "Order of the Federal Tax Service MMV-7-6/435 of 2012; https://www.nalog.gov.ru/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["7707083893", "500100732259", "7830002293", "12 3456789 047"],
    invalid: &[
        "7707083894",
        "500100732258",
        "500100732269",
        "0000000000",
        "770708389",
    ],
    check: |value, _| {
        const WEIGHTS: [u8; 11] = [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
        digits_up_to::<12>(value, b" -").is_some_and(|digits| {
            let holds = |at: usize| {
                weighted(&digits[..at], &WEIGHTS[11 - at..]) % 11 % 10 == u32::from(digits[at])
            };
            // Regions start at 01.
            match digits.len() {
                10 => number(&digits[..2]) != 0 && holds(9),
                12 => number(&digits[..2]) != 0 && holds(10) && holds(11),
                _ => false,
            }
        })
    },
};

pub(crate) static SNILS: Validator = Validator {
    name: "ru-snils",
    summary: "A SNILS: nine digits above 001-001-998 and two check digits modulo 101; spaces and \
              hyphens are skipped.",
    source: "Federal Law 27-FZ of 1996; https://sfr.gov.ru/",
    chance: 0.01,
    argument: Argument::None,
    valid: &["112-233-445 95", "087-654-303 00", "12345678964"],
    invalid: &["112-233-445 96", "000-000-001 01", "112-233-445 9"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            let sum = weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2, 1]);
            // Older numbers have no check digits. A remainder of 100 is written 00.
            number(&digits[..9]) > 1_001_998 && u64::from(sum % 101 % 100) == number(&digits[9..])
        })
    },
};

pub(crate) static OGRN: Validator = Validator {
    name: "ru-ogrn",
    summary: "An OGRN of 13 digits modulo 11, or an OGRNIP of 15 modulo 13; spaces are skipped.",
    source: "Order of the Ministry of Finance 165n of 2017; https://www.nalog.gov.ru/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["1027700132195", "1157746001236", "304500116000157"],
    invalid: &[
        "1027700132196",
        "304500116000158",
        "0000000000000",
        "102770013219",
    ],
    check: |value, _| {
        digits_up_to::<15>(value, b" ").is_some_and(|digits| {
            let modulus = match digits.len() {
                13 => 11,
                15 => 13,
                _ => return false,
            };
            let n = number(&digits);
            n != 0 && n / 10 % modulus % 10 == n % 10
        })
    },
};
