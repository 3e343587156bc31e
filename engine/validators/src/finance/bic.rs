//! Business identifier codes.

use crate::country::is_country;
use crate::symbols::alnum_up_to;
use crate::{Argument, Validator};

pub(crate) static BIC: Validator = Validator {
    name: "bic",
    summary: "A BIC of 8 or 11 characters: four letters, an ISO country, two and three letters or \
              digits; spaces and hyphens are skipped.",
    source: "ISO 9362:2014, with the four letters that SWIFT assigns",
    chance: 0.37,
    argument: Argument::None,
    valid: &["DEUTDEFF", "NEDSZAJJXXX", "deut-de-ff-500"],
    invalid: &["DEUTQQFF", "DEU1DEFF", "DEUTDEFFX", "DEUTD3FF"],
    check: |value, _| {
        alnum_up_to::<11>(value, b" -").is_some_and(|symbols| {
            matches!(symbols.len(), 8 | 11)
                && symbols[..4].iter().all(u8::is_ascii_uppercase)
                && is_country(&symbols[4..6])
        })
    },
};
