//! United States: Social Security, individual taxpayer and employer numbers.

use crate::arithmetic::{is_uniform, number};
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static SSN: Validator = Validator {
    name: "us-ssn",
    summary: "Nine digits that can be a Social Security number: area 001-665 or 667-899, group and \
              serial not zero, no published dummy; spaces, hyphens and dots are skipped.",
    source: "https://secure.ssa.gov/poms.nsf/lnx/0110201035 and https://www.ssa.gov/history/ssn/misused.html",
    chance: 0.888,
    argument: Argument::None,
    valid: &["745-32-8164", "812 45 1097", "739281645"],
    invalid: &[
        "666-12-3456",
        "900-12-3456",
        "745-00-8164",
        "745-32-0000",
        "078-05-1120",
        "745-32-816",
    ],
    check: |value, _| digits(value, b" -.").is_some_and(|digits: [u8; 9]| is_ssn(&digits)),
};

pub(crate) static ITIN: Validator = Validator {
    name: "us-itin",
    summary: "Nine digits that can be an Individual Taxpayer Identification Number: 9, then 50-65, \
              70-88, 90-92 or 94-99 in the middle; spaces, hyphens and dots are skipped.",
    source: "https://www.irs.gov/irm/part3/irm_03-021-263r",
    chance: 0.044,
    argument: Argument::None,
    valid: &["912-70-1234", "987 65 4320", "900501234"],
    invalid: &["812-70-1234", "912-69-1234", "912-93-1234", "912-70-123"],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 9]| {
            digits[0] == 9 && matches!(number(&digits[3..5]), 50..=65 | 70..=88 | 90..=92 | 94..=99)
        })
    },
};

pub(crate) static EIN: Validator = Validator {
    name: "us-ein",
    summary: "Nine digits with a prefix that the IRS assigns to employers; a hyphen or space is \
              skipped.",
    source: "https://www.irs.gov/businesses/small-businesses-self-employed/how-eins-are-assigned-and-valid-ein-prefixes",
    chance: 0.83,
    argument: Argument::None,
    valid: &["12-3400567", "981234500", "20 4411890"],
    invalid: &["07-1234567", "89-1234567", "12-345678", "12-34S6789"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            !matches!(
                number(&digits[..2]),
                0 | 7..=9 | 17..=19 | 28 | 29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97
            )
        })
    },
};

/// Numbers printed on specimen cards and in advertisements, which were then used by thousands.
const DUMMIES: [u64; 3] = [78051120, 219099999, 123456789];

fn is_ssn(digits: &[u8; 9]) -> bool {
    let area = number(&digits[..3]);
    matches!(area, 1..=665 | 667..=899)
        && number(&digits[3..5]) != 0
        && number(&digits[5..]) != 0
        && !is_uniform(digits)
        && !DUMMIES.contains(&number(digits))
}
