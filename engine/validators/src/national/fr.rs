//! France: social security, company and establishment numbers.

use crate::arithmetic::number;
use crate::checksum::luhn;
use crate::symbols::{alnum, as_digits, digits};
use crate::{Argument, Validator};

pub(crate) static NIR: Validator = Validator {
    name: "fr-nir",
    summary: "A NIR with its key: sex, year, month, department (2A and 2B for Corsica), commune, \
              serial, modulo 97; spaces, hyphens and dots are skipped.",
    source: "Code de la sécurité sociale, R115-1; https://www.insee.fr/fr/metadonnees/definition/c1409",
    chance: 0.0051,
    argument: Argument::None,
    valid: &[
        "255081416802538",
        "1 85 05 78 006 084 91",
        "2 69 05 2A 588 157 17",
    ],
    invalid: &[
        "255081416802539",
        "955081416802538",
        "255131416802538",
        "25508141680253",
    ],
    check: |value, _| alnum(value, b" -.").is_some_and(|symbols: [u8; 15]| is_nir(symbols)),
};

pub(crate) static SIREN: Validator = Validator {
    name: "fr-siren",
    summary: "A SIREN: nine digits that are not zero, Luhn digit; spaces, hyphens and dots are \
              skipped.",
    source: "Code de commerce, R123-220; https://www.insee.fr/fr/metadonnees/definition/c2047",
    chance: 0.1,
    argument: Argument::None,
    valid: &["732 829 320", "356000000", "404-833-048"],
    invalid: &["732 829 321", "000000000", "73282932", "7328293200"],
    check: |value, _| {
        digits(value, b" -.")
            .is_some_and(|digits: [u8; 9]| number(&digits) != 0 && luhn::holds(&digits))
    },
};

pub(crate) static SIRET: Validator = Validator {
    name: "fr-siret",
    summary: "A SIRET: 14 digits whose first nine are a SIREN, Luhn digit, or for La Poste a digit \
              sum divisible by 5; spaces, hyphens and dots are skipped.",
    source: "Code de commerce, R123-221; https://www.insee.fr/fr/metadonnees/definition/c1841",
    chance: 0.01,
    argument: Argument::None,
    valid: &["732 829 320 00074", "35600000049837", "40483304800022"],
    invalid: &[
        "732 829 320 00075",
        "35600000049838",
        "73282932100073",
        "7328293200007",
    ],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 14]| {
            let siren = &digits[..9];
            number(siren) != 0
                && luhn::holds(siren)
                && (luhn::holds(&digits)
                    || number(siren) == LA_POSTE
                        && digits
                            .iter()
                            .map(|&d| u32::from(d))
                            .sum::<u32>()
                            .is_multiple_of(5))
        })
    },
};

/// The company with more establishments than Luhn digits allow for.
const LA_POSTE: u64 = 356_000_000;

fn is_nir(mut symbols: [u8; 15]) -> bool {
    // Corsica counts as 19 and 18 in the key.
    match [symbols[5], symbols[6]] {
        [b'2', b'A'] => (symbols[5], symbols[6]) = (b'1', b'9'),
        [b'2', b'B'] => (symbols[5], symbols[6]) = (b'1', b'8'),
        _ => {}
    }
    let Some(digits) = as_digits::<15>(&symbols) else {
        return false;
    };
    let (month, department) = (number(&digits[3..5]), number(&digits[5..7]));
    // Months from 20 stand for births whose month is not known.
    matches!(digits[0], 1..=4 | 7 | 8)
        && matches!(month, 1..=12 | 20..=42 | 50..=99)
        && department != 0
        && number(&digits[7..10]) != 0
        && number(&digits[10..13]) != 0
        && 97 - number(&digits[..13]) % 97 == number(&digits[13..])
}
