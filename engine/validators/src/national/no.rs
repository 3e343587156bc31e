//! Norway: national identity, D and H numbers.

use crate::arithmetic::{complement, number, weighted};
use crate::calendar::is_ddmmyy;
use crate::symbols::{digits, without_prefix};
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

pub(crate) static ORGNR: Validator = Validator {
    name: "no-orgnr",
    summary: "An organisation number: nine digits, modulo 11, with or without NO in front and MVA behind; spaces, hyphens and dots are skipped.",
    source: "https://www.brreg.no/om-oss/registrene-vare/om-enhetsregisteret/organisasjonsnummeret/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["123456785", "987 654 325", "NO 123 456 785 MVA"],
    invalid: &["123456786", "NO 987654326 MVA", "12345678", "000000000"],
    check: |value, _| {
        let value = without_prefix(value, b"NO", b" -.:");
        let value = match value.split_last_chunk::<3>() {
            Some((body, suffix)) if suffix.eq_ignore_ascii_case(b"MVA") => body.trim_ascii_end(),
            _ => value,
        };
        digits(value, b" -.").is_some_and(|digits: [u8; 9]| {
            number(&digits) != 0
                && complement(weighted(&digits, &[3, 2, 7, 6, 5, 4, 3, 2]), 11)
                    == u32::from(digits[8])
        })
    },
};

pub(crate) static KONTO: Validator = Validator {
    name: "no-kontonummer",
    summary: "An account number: eleven digits, modulo 11; spaces and dots are skipped.",
    source: "https://www.bits.no/ (kontonummer)",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["1234.56.78903", "86011112341", "9710 05 00004"],
    invalid: &["1234.56.78904", "8601111234", "00000000000"],
    check: |value, _| {
        digits(value, b" .").is_some_and(|digits: [u8; 11]| {
            number(&digits) != 0
                && complement(weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]), 11)
                    == u32::from(digits[10])
        })
    },
};
