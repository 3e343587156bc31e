//! Dates of the Gregorian calendar.

use crate::arithmetic::number;

/// Whether the day exists.
pub(crate) fn is_date(year: u64, month: u64, day: u64) -> bool {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// Whether `yymmdd` exists in some century. Of the years ending in 00, 2000 had a 29 February.
pub(crate) fn is_yymmdd(digits: &[u8]) -> bool {
    digits.len() == 6
        && is_date(
            2000 + number(&digits[..2]),
            number(&digits[2..4]),
            number(&digits[4..]),
        )
}

/// Whether `ddmmyy` exists in some century.
pub(crate) fn is_ddmmyy(digits: &[u8]) -> bool {
    digits.len() == 6
        && is_date(
            2000 + number(&digits[4..]),
            number(&digits[2..4]),
            number(&digits[..2]),
        )
}
