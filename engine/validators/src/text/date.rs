//! Written dates.

use crate::arithmetic::number;
use crate::calendar::is_date;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static DATE: Validator = Validator {
    name: "date",
    summary: "A day that exists between 1800 and 2199, as yyyy-mm-dd, yyyy/mm/dd, dd.mm.yyyy, \
              dd-mm-yyyy, mm/dd/yyyy or dd/mm/yyyy.",
    source: "ISO 8601-1:2019, section 5.2.2; Unicode CLDR, short date patterns",
    chance: 0.00146,
    argument: Argument::None,
    valid: &["1985-04-12", "29.02.2000", "12/31/1999", "31/12/1999"],
    invalid: &[
        "1985-04-31",
        "29.02.1900",
        "13/13/1999",
        "1985-04.12",
        "85-04-12",
    ],
    check: |value, _| {
        let Some(digits) = digits::<8>(value, b"-./").filter(|_| value.len() == 10) else {
            return false;
        };
        let two = |from: usize| number(&digits[from..from + 2]);
        let (separators, orders) = if value[4].is_ascii_digit() {
            let year = number(&digits[4..]);
            let day_first = (year, two(2), two(0));
            let second = if value[2] == b'/' {
                (year, two(0), two(2))
            } else {
                day_first
            };
            ([value[2], value[5]], [day_first, second])
        } else {
            let order = (number(&digits[..4]), two(4), two(6));
            ([value[4], value[7]], [order, order])
        };
        !separators[0].is_ascii_digit()
            && separators[0] == separators[1]
            && orders.iter().any(|&(year, month, day)| {
                (1800..2200).contains(&year) && is_date(year, month, day)
            })
    },
};
