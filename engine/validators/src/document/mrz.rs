//! Machine-readable zones and the document numbers in them.

use crate::calendar::is_yymmdd;
use crate::symbols::{base36, read};
use crate::{Argument, Validator};

pub(crate) static MRZ: Validator = Validator {
    name: "mrz",
    summary: "A machine-readable zone: the whole of a passport (TD3), card (TD1) or larger card \
              (TD2), its second line alone, or the first two lines of a TD1; dates and check \
              digits. Line ends and spaces are skipped.",
    source: "ICAO Doc 9303, parts 3 to 6; specimens of parts 4 to 6",
    chance: 0.000001,
    argument: Argument::None,
    valid: &[
        "L898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<\nL898902C36UTO7408122F1204159ZE184226B<<<<<10",
        "I<UTOD231458907<<<<<<<<<<<<<<<\r\n7408122F1204159UTO<<<<<<<<<<<6\r\nERIKSSON<<ANNA<MARIA<<<<<<<<<<",
        "7408122F1204159UTO<<<<<<<<<<<6",
        "D231458907UTO7408122F1204159<<<<<<<6",
    ],
    invalid: &[
        "L898902C37UTO7408122F1204159ZE184226B<<<<<10",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<11",
        "7408123F1204159UTO<<<<<<<<<<<6",
        "7413125F1204159UTO<<<<<<<<<<<6",
        "L898902C36UTO7408122F1204159ZE184226B<<<<<1",
    ],
    check: |value, _| {
        read::<90>(value, b"\r\n ", symbol).is_some_and(|zone| match zone.len() {
            44 => is_td3(&zone),
            88 => is_td3(&zone[44..]),
            36 => is_td2(&zone),
            72 => is_td2(&zone[36..]),
            30 => has_td1_dates(&zone),
            60 | 90 => is_td1(&zone[..30], &zone[30..60]),
            _ => false,
        })
    },
};

pub(crate) static PASSPORT: Validator = Validator {
    name: "icao-passport",
    summary: "A document number as it stands in a machine-readable zone: nine letters, digits or \
              fillers, check digit.",
    source: "ICAO Doc 9303, part 3, section 4.9",
    chance: 0.1,
    argument: Argument::None,
    valid: &["L898902C36", "D231458907", "AB12345<<6"],
    invalid: &["L898902C37", "D23145890", "<<<<<<<<<0", "L898902C3X"],
    check: |value, _| {
        value.len() == 10
            && read::<10>(value, b"", symbol)
                .is_some_and(|symbols| symbols[0] != b'<' && holds(&[&symbols[..9]], symbols[9]))
    },
};

/// Letters count in lower case as well: text is often copied so.
fn symbol(byte: u8) -> Option<u8> {
    (byte.is_ascii_alphanumeric() || byte == b'<').then(|| byte.to_ascii_uppercase())
}

/// Whether the check digit fits the symbols before it: weights 7, 3, 1 modulo 10, A = 10, the
/// filler 0.
fn holds(parts: &[&[u8]], check: u8) -> bool {
    let symbols = parts.iter().flat_map(|part| part.iter());
    let sum: u32 = symbols
        .zip([7, 3, 1].into_iter().cycle())
        .map(|(&symbol, w)| base36(symbol) * w)
        .sum();
    check.is_ascii_digit() && sum % 10 == base36(check)
}

/// A date with its check digit. Parts of a date of birth that are not known are fillers.
fn is_dated(date: &[u8]) -> bool {
    let (body, check) = date.split_at(6);
    let exists = if body.contains(&b'<') {
        body.iter()
            .all(|&symbol| symbol == b'<' || symbol.is_ascii_digit())
    } else {
        let mut digits = [0; 6];
        for (digit, &symbol) in digits.iter_mut().zip(body) {
            if !symbol.is_ascii_digit() {
                return false;
            }
            *digit = symbol - b'0';
        }
        is_yymmdd(&digits)
    };
    exists && holds(&[body], check[0])
}

fn is_td3(line: &[u8]) -> bool {
    let personal = &line[28..42];
    is_td2_start(line)
        && (holds(&[personal], line[42])
            || line[42] == b'<' && personal.iter().all(|&symbol| symbol == b'<'))
        && holds(&[&line[..10], &line[13..20], &line[21..43]], line[43])
}

fn is_td2(line: &[u8]) -> bool {
    is_td2_start(line) && holds(&[&line[..10], &line[13..20], &line[21..35]], line[35])
}

/// What the second lines of TD2 and TD3 have in common. A number longer than nine symbols goes on
/// behind, with a filler for its check digit.
fn is_td2_start(line: &[u8]) -> bool {
    line[10..13].iter().all(|&symbol| !symbol.is_ascii_digit())
        && matches!(line[20], b'M' | b'F' | b'X' | b'<')
        && (holds(&[&line[..9]], line[9]) || line[9] == b'<')
        && is_dated(&line[13..20])
        && is_dated(&line[21..28])
}

fn has_td1_dates(line: &[u8]) -> bool {
    is_dated(&line[..7])
        && matches!(line[7], b'M' | b'F' | b'X' | b'<')
        && is_dated(&line[8..15])
        && line[15..18].iter().all(|&symbol| !symbol.is_ascii_digit())
        && line[29].is_ascii_digit()
}

fn is_td1(first: &[u8], second: &[u8]) -> bool {
    (holds(&[&first[5..14]], first[14]) || first[14] == b'<')
        && has_td1_dates(second)
        && holds(
            &[&first[5..], &second[..7], &second[8..15], &second[18..29]],
            second[29],
        )
}
