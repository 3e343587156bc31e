//! Securities and the entities that issue them.

use crate::checksum::iso7064::remainder97;
use crate::checksum::luhn;
use crate::country::is_country;
use crate::symbols::{alnum, base36};
use crate::{Argument, Validator};

pub(crate) static ISIN: Validator = Validator {
    name: "isin",
    summary: "An ISIN: ISO country or one of the prefixes outside countries, nine letters or \
              digits, Luhn digit; spaces and hyphens are skipped.",
    source: "ISO 6166, https://www.anna-web.org/identifiers/",
    chance: 0.039,
    argument: Argument::None,
    valid: &[
        "US0378331005",
        "GB0002634946",
        "XS0104440986",
        "de 000 bay001 7",
    ],
    invalid: &[
        "US0378331006",
        "QQ0378331005",
        "US037833100",
        "US03783310A5",
    ],
    check: |value, _| {
        alnum::<12>(value, b" -").is_some_and(|symbols| {
            let prefix = &symbols[..2];
            (is_country(prefix) || SUPRANATIONAL.contains(&[prefix[0], prefix[1]]))
                && symbols[11].is_ascii_digit()
                && luhn_of_letters(&symbols).is_multiple_of(10)
        })
    },
};

pub(crate) static CUSIP: Validator = Validator {
    name: "cusip",
    summary: "A CUSIP: eight characters of digits, letters, *, @ and #, of which one is a \
              digit, and the check digit; spaces and hyphens are skipped.",
    source: "ANSI X9.6, https://www.cusip.com/identifiers.html",
    chance: 0.1,
    argument: Argument::None,
    valid: &["037833100", "17275R102", "38259P508", "68389X 10 5"],
    invalid: &["037833101", "17275R103", "03783310", "03783310A"],
    check: |value, _| is_cusip(value),
};

pub(crate) static SEDOL: Validator = Validator {
    name: "sedol",
    summary: "A SEDOL: six digits or consonants and the check digit; spaces and hyphens are \
              skipped.",
    source: "London Stock Exchange, SEDOL Masterfile technical specification",
    chance: 0.1,
    argument: Argument::None,
    valid: &["0263494", "B0YBKJ7", "2046251"],
    invalid: &["0263495", "B0YBKJ8", "A0YBKJ7", "026349"],
    check: |value, _| {
        alnum::<7>(value, b" -").is_some_and(|symbols| {
            let sum: u32 = symbols
                .iter()
                .zip([1, 3, 1, 7, 3, 9, 1])
                .map(|(&s, w)| base36(s) * w)
                .sum();
            symbols.iter().all(|&symbol| !is_vowel(symbol))
                && symbols[6].is_ascii_digit()
                && sum.is_multiple_of(10)
        })
    },
};

pub(crate) static LEI: Validator = Validator {
    name: "lei",
    summary: "A legal entity identifier: 18 letters or digits and two check digits; spaces and \
              hyphens are skipped.",
    source: "ISO 17442, https://www.gleif.org/en/about-lei/iso-17442-the-lei-code-structure",
    chance: 0.0103,
    argument: Argument::None,
    valid: &[
        "506700GE1G29325QX363",
        "5493001KJTIIGC8Y1R12",
        "2138 00WS GIIZ CXF1 P572",
    ],
    invalid: &[
        "506700GE1G29325QX364",
        "506700GE1G29325QX36",
        "506700GE1G29325QX3A3",
    ],
    check: |value, _| {
        alnum::<20>(value, b" -").is_some_and(|symbols| {
            symbols[18..].iter().all(u8::is_ascii_digit) && remainder97(symbols.iter()) == 1
        })
    },
};

pub(crate) static FIGI: Validator = Validator {
    name: "figi",
    summary: "A FIGI: two consonants that are not a reserved country, G, eight consonants or \
              digits, check digit; spaces and hyphens are skipped.",
    source: "ANSI X9.145, https://www.omg.org/spec/FIGI/",
    chance: 0.00089,
    argument: Argument::None,
    valid: &["BBG000BLNNH6", "BBG000B9XRY4", "NRG92C84SB39"],
    invalid: &[
        "BBG000BLNNH7",
        "BBH000BLNNH6",
        "GBG000BLNNH6",
        "BBG000BLNNA6",
    ],
    check: |value, _| {
        alnum::<12>(value, b" -").is_some_and(|symbols| {
            let (body, check) = (&symbols[..11], symbols[11]);
            body[..2].iter().all(u8::is_ascii_uppercase)
                && !RESERVED.contains(&[body[0], body[1]])
                && body[2] == b'G'
                && !body.iter().any(|&symbol| is_vowel(symbol))
                && check.is_ascii_digit()
                && (double_add_double(body.iter().map(|&symbol| base36(symbol))) + base36(check))
                    .is_multiple_of(10)
        })
    },
};

/// Prefixes of ISINs outside countries: international clearing, substitutes, derivatives, the
/// European Union.
const SUPRANATIONAL: &[[u8; 2]] = &[
    *b"EU", *b"EZ", *b"QS", *b"QT", *b"QW", *b"XA", *b"XB", *b"XC", *b"XD", *b"XF", *b"XS",
];

/// Prefixes that FIGIs leave out so that none looks like an ISIN.
const RESERVED: &[[u8; 2]] = &[*b"BS", *b"BM", *b"GG", *b"GB", *b"GH", *b"KY", *b"VG"];

fn is_vowel(symbol: u8) -> bool {
    matches!(symbol, b'A' | b'E' | b'I' | b'O' | b'U')
}

/// The Luhn sum of symbols, each letter written as two digits, A = 10.
fn luhn_of_letters(symbols: &[u8; 12]) -> u32 {
    let mut digits = [0; 24];
    let mut len = 0;
    for &symbol in symbols {
        let value = base36(symbol) as u8;
        if value > 9 {
            digits[len] = value / 10;
            len += 1;
        }
        digits[len] = value % 10;
        len += 1;
    }
    luhn::sum(digits[..len].iter().copied())
}

/// The digit sums of the values, every second one doubled.
fn double_add_double(values: impl Iterator<Item = u32>) -> u32 {
    values
        .enumerate()
        .map(|(i, value)| if i % 2 == 1 { value * 2 } else { value })
        .map(|value| value / 10 + value % 10)
        .sum()
}

/// Reads for itself, as three of the symbols are neither letters nor digits.
fn is_cusip(value: &[u8]) -> bool {
    if value.len() > 18 {
        return false;
    }
    let mut values = [0; 9];
    let mut len = 0;
    for &byte in value {
        let symbol = match byte.to_ascii_uppercase() {
            b' ' | b'-' => continue,
            b'*' => 36,
            b'@' => 37,
            b'#' => 38,
            letter if letter.is_ascii_alphanumeric() => base36(letter),
            _ => return false,
        };
        let Some(place) = values.get_mut(len) else {
            return false;
        };
        *place = symbol;
        len += 1;
    }
    let (body, check) = (&values[..8], values[8]);
    len == 9
        && check < 10
        && body.iter().any(|&value| value < 10)
        && body.iter().any(|&value| value != 0)
        && (double_add_double(body.iter().copied()) + check).is_multiple_of(10)
}
