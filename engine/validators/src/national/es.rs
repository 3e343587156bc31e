//! Spain: numbers of citizens, foreigners and companies.

use crate::arithmetic::{complement, number, weighted};
use crate::checksum::luhn;
use crate::symbols::{alnum, alnum_up_to, as_digits, base36, digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static DNI: Validator = Validator {
    name: "es-dni",
    summary: "A DNI: eight digits (seven where a leading zero is lost) and their letter, modulo 23; spaces, hyphens and dots are \
              skipped.",
    source: "Real Decreto 1553/2005; \
             https://www.interior.gob.es/ (dígito de control del NIF/NIE)",
    chance: 0.0385,
    argument: Argument::None,
    valid: &["12345678Z", "87654321-X", "00000001 R"],
    invalid: &["12345678A", "1234567Z", "123456789", "00000000T"],
    check: |value, _| {
        alnum_up_to::<9>(value, b" -.").is_some_and(|symbols| {
            let [body @ .., letter] = &*symbols else {
                return false;
            };
            // Eight digits, or seven that have lost a leading zero.
            let mut eight = [b'0'; 8];
            match body.len() {
                7 => eight[1..].copy_from_slice(body),
                8 => eight.copy_from_slice(body),
                _ => return false,
            }
            as_digits::<8>(&eight).is_some_and(|digits| {
                number(&digits) != 0 && LETTERS[(number(&digits) % 23) as usize] == *letter
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

pub(crate) static NIF: Validator = Validator {
    name: "es-nif",
    summary: "A NIF: a DNI, NIE or CIF, or K, L or M with seven digits and their letter, with or without ES; spaces, hyphens and dots are skipped.",
    source: "Real Decreto 1065/2007, articles 18 to 26; https://sede.agenciatributaria.gob.es/",
    chance: 0.0385,
    argument: Argument::None,
    valid: &["12345678Z", "M-1234567-L", "ES B12345674", "ESX1234567L"],
    invalid: &["12345678A", "M1234567K", "ESB12345675", "B1234567"],
    check: |value, _| {
        let value = without_prefix(value, b"ES", b" -.:");
        (CIF.check)(value, 0)
            || (DNI.check)(value, 0)
            || (NIE.check)(value, 0)
            || alnum(value, b" -.").is_some_and(|[form, body @ .., letter]: [u8; 9]| {
                matches!(form, b'K' | b'L' | b'M')
                    && as_digits::<7>(&body)
                        .is_some_and(|digits| LETTERS[(number(&digits) % 23) as usize] == letter)
            })
    },
};

pub(crate) static CCC: Validator = Validator {
    name: "es-ccc",
    summary: "An account number of 20 digits: bank, branch, two check digits modulo 11, account; spaces, hyphens and dots are skipped.",
    source: "Circular 9/1999 of the Consejo Superior Bancario; https://www.bde.es/",
    chance: 0.0099,
    argument: Argument::None,
    valid: &[
        "1234 5678 01 0123456789",
        "2100-0418-45-0200051332",
        "12345678010123456789",
    ],
    invalid: &[
        "1234 5678 02 0123456789",
        "2100-0418-46-0200051332",
        "1234567801012345678",
    ],
    check: |value, _| {
        const WEIGHTS: [u8; 10] = [1, 2, 4, 8, 5, 10, 9, 7, 3, 6];
        digits(value, b" -.").is_some_and(|digits: [u8; 20]| {
            let check = |body: &[u8], weights: &[u8]| match complement(weighted(body, weights), 11)
            {
                10 => 1,
                check => check,
            };
            number(&digits[..8]) != 0
                && check(&digits[..8], &WEIGHTS[2..]) == u32::from(digits[8])
                && check(&digits[10..], &WEIGHTS) == u32::from(digits[9])
        })
    },
};

pub(crate) static NUSS: Validator = Validator {
    name: "es-nuss",
    summary: "A social security number: province, eight digits, two check digits modulo 97; spaces, hyphens and slashes are skipped.",
    source: "Orden de 17 de enero de 1996 (BOE-A-1996-1578); https://www.seg-social.es/",
    chance: 0.0103,
    argument: Argument::None,
    valid: &["410000000113", "28/12345678/40", "08 01234567 74"],
    invalid: &["410000000114", "28/12345678/41", "4100000001"],
    check: |value, _| {
        digits(value, b" -/").is_some_and(|digits: [u8; 12]| {
            let (province, serial) = (number(&digits[..2]), number(&digits[2..10]));
            // Serials below ten million lose their leading zero before the division.
            let shift = if serial < 10_000_000 {
                10_000_000
            } else {
                100_000_000
            };
            province != 0 && (province * shift + serial) % 97 == number(&digits[10..])
        })
    },
};

pub(crate) static CUPS: Validator = Validator {
    name: "es-cups",
    summary: "A CUPS of a supply point of electricity or gas: ES, 16 digits, two check letters modulo 529, sometimes a digit and a letter more; spaces and hyphens are skipped.",
    source: "Procedimiento de operación 10.8 of Red Eléctrica (BOE-A-2009-6896)",
    chance: 2.8e-06,
    argument: Argument::None,
    valid: &[
        "ES1234123456789012JY",
        "ES 0021 0000 0000 0001 RK",
        "ES0031123456789012BF0F",
    ],
    invalid: &[
        "ES1234123456789012JX",
        "ES123412345678901JY",
        "FR1234123456789012JY",
        "ES0031123456789012BF0G",
    ],
    check: |value, _| {
        alnum_up_to::<22>(value, b" -").is_some_and(|symbols| {
            let (Some(head), Some(body), Some(check)) =
                (symbols.get(..2), symbols.get(2..18), symbols.get(18..20))
            else {
                return false;
            };
            let tail = &symbols[20..];
            head == b"ES"
                && as_digits::<16>(body).is_some_and(|digits| {
                    let remainder = number(&digits) % 529;
                    let letters = [remainder / 23, remainder % 23].map(|at| LETTERS[at as usize]);
                    check == letters
                })
                && (tail.is_empty()
                    || matches!(
                        tail,
                        [b'0'..=b'9', b'F' | b'P' | b'R' | b'C' | b'X' | b'Y' | b'Z']
                    ))
        })
    },
};

pub(crate) static CATASTRO: Validator = Validator {
    name: "es-catastro",
    summary: "A cadastral reference: 18 letters and digits and two check letters modulo 23; spaces and hyphens are skipped.",
    source: "https://www.catastro.hacienda.gob.es/ (referencia catastral)",
    chance: 0.0015,
    argument: Argument::None,
    valid: &[
        "1234567VK1234A0001OQ",
        "9876543 AB1234C 0002 ID",
        "13077A018000390000MS",
    ],
    invalid: &[
        "1234567VK1234A0001OR",
        "1234567VK1234A0001O",
        "9876543AB1234C0003ID",
    ],
    check: |value, _| {
        const WEIGHTS: [u32; 11] = [13, 15, 12, 5, 4, 17, 9, 21, 3, 7, 1];
        alnum(value, b" -").is_some_and(|symbols: [u8; 20]| {
            let check = |part: &[u8]| {
                let sum: u32 = part
                    .iter()
                    .chain(&symbols[14..18])
                    .zip(WEIGHTS)
                    .map(|(&symbol, weight)| place(symbol) * weight)
                    .sum();
                b"MQWERTYUIOPASDFGHJKLBZX"[(sum % 23) as usize]
            };
            check(&symbols[..7]) == symbols[18] && check(&symbols[7..14]) == symbols[19]
        })
    },
};

/// A digit itself, a letter its place in the Spanish alphabet, where Ñ follows N.
fn place(symbol: u8) -> u32 {
    match base36(symbol) {
        digit @ ..10 => digit,
        letter @ ..24 => letter - 9,
        letter => letter - 8,
    }
}
