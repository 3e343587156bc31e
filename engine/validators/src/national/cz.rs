//! Czechia and Slovakia: birth number.

use crate::arithmetic::number;
use crate::calendar::is_date;
use crate::symbols::digits_up_to;
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
