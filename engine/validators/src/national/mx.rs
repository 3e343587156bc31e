//! Mexico: population, taxpayer and bank account numbers.

use crate::arithmetic::{complement, number};
use crate::calendar::is_yymmdd;
use crate::symbols::{alnum, as_digits, base36, digits};
use crate::{Argument, Validator};

pub(crate) static CURP: Validator = Validator {
    name: "mx-curp",
    summary: "A CURP: 18 characters, date of birth, sex, state, consonants, check digit; spaces \
              and hyphens are skipped.",
    source: "Instructivo normativo para la asignación de la CURP, DOF 18 October 2021; \
             https://www.gob.mx/curp/",
    chance: 0.0000002,
    argument: Argument::None,
    valid: &[
        "BOXW310820HNERXN09",
        "HEGG560427MVZRRL04",
        "xexx 010101 hnexxx a4",
    ],
    invalid: &[
        "BOXW310820HNERXN08",
        "BOXW311320HNERXN09",
        "BOXW310820HQQRXN09",
        "BOXW310820ANERXN09",
    ],
    check: |value, _| alnum(value, b" -").is_some_and(|symbols: [u8; 18]| is_curp(&symbols)),
};

pub(crate) static RFC: Validator = Validator {
    name: "mx-rfc",
    summary: "An RFC of 12 (company) or 13 (person) characters, Ñ and & included: letters, date, \
              check character modulo 11; spaces and hyphens are skipped.",
    source: "Código Fiscal de la Federación, article 27; SAT, IFAI 0610100135506 (algorithm)",
    chance: 0.0033,
    argument: Argument::None,
    valid: &["GODE561231GR8", "SAT970701NN3", "Ñ&A-010203-AA3"],
    invalid: &[
        "GODE561231GR9",
        "GODE561331GR8",
        "SAT970701NN",
        "1AT970701NN3",
    ],
    check: |value, _| is_rfc(value),
};

pub(crate) static CLABE: Validator = Validator {
    name: "mx-clabe",
    summary: "A CLABE: 18 digits that are not zero, weights 3, 7, 1 modulo 10; spaces and hyphens \
              are skipped.",
    source: "Asociación de Bancos de México, estándar CLABE; https://www.banxico.org.mx/",
    chance: 0.1,
    argument: Argument::None,
    valid: &[
        "032180000118359719",
        "002010077777777771",
        "646-180-11040000000-7",
    ],
    invalid: &[
        "032180000118359718",
        "03218000011835971",
        "000000000000000000",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 18]| {
            let sum: u32 = digits[..17]
                .iter()
                .zip([3, 7, 1].into_iter().cycle())
                .map(|(&d, w)| u32::from(d) * w % 10)
                .sum();
            number(&digits) != 0 && complement(sum, 10) == u32::from(digits[17])
        })
    },
};

/// The states, and NE for births abroad.
const STATES: &[u8] = b"ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMNMSNTNLOCPLQTQRSPSLSRTCTSTLVZYNZSNE";

fn is_curp(symbols: &[u8; 18]) -> bool {
    let Some(date) = as_digits::<6>(&symbols[4..10]) else {
        return false;
    };
    // Ñ, which a CURP writes as X, has its place in the alphabet: letters from O count one more.
    let value = |symbol: u8| base36(symbol) + u32::from(symbol >= b'O');
    let sum: u32 = symbols[..17]
        .iter()
        .zip((2..=18).rev())
        .map(|(&s, w)| value(s) * w)
        .sum();
    let consonant = |symbol: &u8| symbol.is_ascii_uppercase() && !b"AEIOU".contains(symbol);
    symbols[..4].iter().all(u8::is_ascii_uppercase)
        && b"AEIOUX".contains(&symbols[1])
        && is_yymmdd(&date)
        && b"HMX".contains(&symbols[10])
        && STATES
            .chunks_exact(2)
            .any(|state| state == &symbols[11..13])
        && symbols[13..16].iter().all(consonant)
        && u32::from(symbols[17]) == u32::from(b'0') + complement(sum, 10)
}

/// Reads for itself, as Ñ is two bytes of UTF-8 and & is neither letter nor digit. Values of the
/// alphabet: digits, A to N, & (24), O to Z, space (37), Ñ (38).
fn is_rfc(value: &[u8]) -> bool {
    const ENYE: u32 = 38;
    if value.len() > 24 {
        return false;
    }
    let mut values = [0; 13];
    let mut len = 0;
    let mut rest = value;
    while let [byte, tail @ ..] = rest {
        rest = tail;
        let symbol = match (byte.to_ascii_uppercase(), tail) {
            (b' ' | b'-', _) => continue,
            (b'&', _) => 24,
            (0xC3, [0x91 | 0xB1, after @ ..]) => {
                rest = after;
                ENYE
            }
            (letter, _) if letter.is_ascii_alphanumeric() => {
                base36(letter) + u32::from(letter >= b'O')
            }
            _ => return false,
        };
        let Some(place) = values.get_mut(len) else {
            return false;
        };
        *place = symbol;
        len += 1;
    }
    if len == 12 {
        // A company's three letters count as if a space stood before them.
        values.copy_within(..12, 1);
        values[0] = 37;
    } else if len != 13 || values[0] < 10 {
        return false;
    }
    let sum: u32 = values[..12]
        .iter()
        .zip((2..=13).rev())
        .map(|(&s, w)| s * w)
        .sum();
    let check = complement(sum, 11);
    let mut date = [0; 6];
    for (digit, &value) in date.iter_mut().zip(&values[4..10]) {
        *digit = value.min(10) as u8;
    }
    values[1..4].iter().all(|&value| value >= 10)
        && date.iter().all(|&digit| digit < 10)
        && is_yymmdd(&date)
        && values[10..12]
            .iter()
            .all(|&value| value <= 36 && value != 24)
        && values[12] == check
}
