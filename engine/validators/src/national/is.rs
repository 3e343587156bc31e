//! Iceland: identification number of people and companies.

use crate::arithmetic::{number, weighted};
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static KENNITALA: Validator = Validator {
    name: "is-kennitala",
    summary: "A kennitala: ten digits, date of birth (day + 40 for companies), modulo 11, century; spaces and hyphens are skipped.",
    source: "https://www.skra.is/english/people/my-registration/id-numbers/",
    chance: 0.00134,
    argument: Argument::None,
    valid: &["010203-4570", "1201852339", "4502696039"],
    invalid: &["010203-4560", "320203-4570", "011303-4570", "010203-457"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            matches!(number(&digits[..2]), 1..=31 | 41..=71)
                && matches!(number(&digits[2..4]), 1..=12)
                && matches!(digits[9], 0 | 9)
                && weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11)
        })
    },
};
