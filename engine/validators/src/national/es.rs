//! Spain: numbers of citizens, foreigners and companies.

use crate::arithmetic::{complement, number};
use crate::checksum::luhn;
use crate::symbols::{alnum, as_digits};
use crate::{Argument, Validator};

pub(crate) static DNI: Validator = Validator {
    name: "es-dni",
    summary: "A DNI: eight digits and their letter, modulo 23; spaces, hyphens and dots are \
              skipped.",
    source: "Real Decreto 1553/2005; \
             https://www.interior.gob.es/ (dígito de control del NIF/NIE)",
    chance: 0.0385,
    argument: Argument::None,
    valid: &["12345678Z", "87654321-X", "00000001 R"],
    invalid: &["12345678A", "1234567Z", "123456789", "00000000T"],
    check: |value, _| {
        alnum(value, b" -.").is_some_and(|[body @ .., letter]: [u8; 9]| {
            as_digits::<8>(&body).is_some_and(|digits| {
                number(&digits) != 0 && LETTERS[(number(&digits) % 23) as usize] == letter
            })
        })
    },
};

pub(crate) static NIE: Validator = Validator {
    name: "es-nie",
    summary: "A NIE: X, Y or Z, seven digits and their letter, modulo 23; spaces, hyphens and dots \
              are skipped.",
    source: "Orden INT/2058/2008; \
             https://www.interior.gob.es/ (dígito de control del NIF/NIE)",
    chance: 0.0044,
    argument: Argument::None,
    valid: &["X1234567L", "Y-7654321-G", "Z0000001 Y"],
    invalid: &["X1234567M", "W1234567L", "X123456L", "X12345678"],
    check: |value, _| {
        alnum(value, b" -.").is_some_and(|[prefix, body @ .., letter]: [u8; 9]| {
            let series = match prefix {
                b'X' => 0,
                b'Y' => 1,
                b'Z' => 2,
                _ => return false,
            };
            as_digits::<7>(&body).is_some_and(|digits| {
                let value = series * 10_000_000 + number(&digits);
                LETTERS[(value % 23) as usize] == letter
            })
        })
    },
};

pub(crate) static CIF: Validator = Validator {
    name: "es-cif",
    summary: "A CIF: letter of the legal form, seven digits, check digit or letter; spaces, \
              hyphens and dots are skipped.",
    source: "Orden EHA/451/2008, https://www.boe.es/buscar/act.php?id=BOE-A-2008-3580",
    chance: 0.0424,
    argument: Argument::None,
    valid: &["A58818501", "B-12345674", "P1234567D", "G12345674"],
    invalid: &["A58818502", "I58818501", "P12345674", "A5881850"],
    check: |value, _| {
        alnum(value, b" -.").is_some_and(|[form, body @ .., check]: [u8; 9]| {
            as_digits::<7>(&body).is_some_and(|digits| {
                let control = complement(luhn::sum(digits.into_iter().chain([0])), 10) as u8;
                let letter = b"JABCDEFGHI"[usize::from(control)];
                match form {
                    b'A' | b'B' | b'E' | b'H' => check == b'0' + control,
                    b'N' | b'P' | b'Q' | b'R' | b'S' | b'W' => check == letter,
                    b'C' | b'D' | b'F' | b'G' | b'J' | b'U' | b'V' => {
                        check == b'0' + control || check == letter
                    }
                    _ => false,
                }
            })
        })
    },
};

/// Check letters by remainder.
const LETTERS: &[u8; 23] = b"TRWAGMYFPDXBNJZSQVHLCKE";
