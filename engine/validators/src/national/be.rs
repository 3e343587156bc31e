//! Belgium: national register number.

use crate::arithmetic::number;
use crate::calendar::is_date;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static NRN: Validator = Validator {
    name: "be-nrn",
    summary: "A national register or BIS number of either century: eleven digits, date of birth as \
              far as known, serial, modulo 97; spaces, hyphens and dots are skipped.",
    source: "Arrêté royal du 3 avril 1984; https://www.ibz.rrn.fgov.be/",
    chance: 0.00287,
    argument: Argument::None,
    valid: &["85.07.30-033 28", "17 07 30 033 84", "40472311208"],
    invalid: &[
        "85.07.30-033 61",
        "85.13.30-033 28",
        "85.07.32-033 28",
        "85073003",
    ],
    check: |value, _| digits(value, b" -.").is_some_and(|digits: [u8; 11]| is_nrn(&digits)),
};

fn is_nrn(digits: &[u8; 11]) -> bool {
    let (year, day) = (number(&digits[..2]), number(&digits[4..6]));
    // Twenty or forty is added to the month in BIS numbers.
    let month = match number(&digits[2..4]) {
        month @ 20..=32 => month - 20,
        month @ 40..=52 => month - 40,
        month => month,
    };
    // Where the day is not known it is zero; where the month is not known either, days count on as
    // serials run out.
    let dated = is_date(2000 + year, month, day) || month <= 12 && day == 0 || month == 0;
    let (body, check) = (number(&digits[..9]), number(&digits[9..]));
    dated
        && matches!(number(&digits[6..9]), 1..=998)
        && [body, 2_000_000_000 + body]
            .iter()
            .any(|n| 97 - n % 97 == check)
}
