//! France: social security, company and establishment numbers.

use crate::arithmetic::number;
use crate::checksum::luhn;
use crate::symbols::{alnum, as_digits, digits, without_prefix};
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

pub(crate) static TVA: Validator = Validator {
    name: "fr-tva",
    summary: "A VAT number: key of two digits modulo 97 or of the newer form modulo 11, SIREN, with or without FR; spaces, hyphens and dots are skipped.",
    source: "CGI, annexe 3, article 103; https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.00103,
    argument: Argument::None,
    valid: &[
        "44732829320",
        "FR44732829320",
        "FR 83 404 833 048",
        "FR-83404833048",
    ],
    invalid: &[
        "FR45732829320",
        "FR83404833049",
        "FRIO732829320",
        "FR4473282932",
    ],
    check: |value, _| {
        // The key's alphabet leaves out I and O.
        const KEY: &[u8; 34] = b"0123456789ABCDEFGHJKLMNPQRSTUVWXYZ";
        let symbols = alnum(without_prefix(value, b"FR", b" -.:"), b" -.");
        symbols.is_some_and(|[first, second, siren @ ..]: [u8; 11]| {
            let Some(digits) = as_digits::<9>(&siren) else {
                return false;
            };
            let place = |symbol| KEY.iter().position(|&known| known == symbol);
            let (Some(i), Some(j)) = (place(first), place(second)) else {
                return false;
            };
            let (i, j, n) = (i as u64, j as u64, number(&digits));
            let key = match (first.is_ascii_digit(), second.is_ascii_digit()) {
                (true, true) => 10 * i + j == (12 + 3 * (n % 97)) % 97,
                (true, false) => holds_new_key(24 * i + j - 10, n),
                (false, _) => holds_new_key(34 * i + j - 100, n),
            };
            // Companies of Monaco have a number of their own.
            key && n != 0 && (luhn::holds(&digits) || digits[..3] == [0; 3])
        })
    },
};

pub(crate) static SPI: Validator = Validator {
    name: "fr-spi",
    summary: "A tax number of a person (SPI): 13 digits from 0 to 3, the last three the remainder modulo 511; spaces are skipped.",
    source: "https://www.impots.gouv.fr/ (numéro fiscal); OECD, Tax Identification Numbers, France",
    chance: 0.000782,
    argument: Argument::None,
    valid: &["0123456789211", "30 12 345 678 167", "1 234 567 890 066"],
    invalid: &["0123456789212", "4123456789211", "012345678921"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 13]| {
            digits[0] <= 3
                && number(&digits) != 0
                && number(&digits[..10]) % 511 == number(&digits[10..])
        })
    },
};

/// The key of the newer form: quotient and remainder modulo 11 stand for an offset and a remainder.
fn holds_new_key(key: u64, siren: u64) -> bool {
    (siren + 1 + key / 11) % 11 == key % 11
}
