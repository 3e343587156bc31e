//! Norway: national identity, D and H numbers.

use crate::arithmetic::{complement, number, weighted};
use crate::calendar::is_ddmmyy;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static FODSELSNUMMER: Validator = Validator {
    name: "no-fodselsnummer",
    summary: "A national identity number, D number (day + 40), H number (month + 40) or synthetic \
              number (month + 80): eleven digits, date, two digits modulo 11; spaces and hyphens \
              are skipped.",
    source: "Folkeregisterforskriften, section 2-2-1; \
             https://skatteetaten.github.io/folkeregisteret-api-dokumentasjon/",
    chance: 0.0016,
    argument: Argument::None,
    valid: &["018190 12365", "21834599926", "418190-12359"],
    invalid: &["018190 12366", "32819012365", "01939012365", "0181901236"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            let mut date = [0; 6];
            date.copy_from_slice(&digits[..6]);
            date[0] -= if date[0] >= 4 { 4 } else { 0 };
            date[2] -= match date[2] {
                8.. => 8,
                4..8 => 4,
                _ => 0,
            };
            let (year, individual) = (number(&digits[4..6]), number(&digits[6..9]));
            // Individual numbers go to centuries: below 500 to the 20th, 500-749 to 1854-1899 and
            // 2000-2039, 750-899 to 2000-2039, the others to 1940-2039.
            let has_century = match individual {
                500..=749 => !(40..54).contains(&year),
                750..=899 => year < 40,
                _ => true,
            };
            // A complement of 10 is no digit: such numbers are not issued.
            is_ddmmyy(&date)
                && has_century
                && complement(weighted(&digits, &[3, 7, 6, 1, 8, 9, 4, 5, 2]), 11)
                    == u32::from(digits[9])
                && complement(weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11)
                    == u32::from(digits[10])
        })
    },
};
