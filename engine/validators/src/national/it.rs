//! Italy: tax code and VAT number.

use crate::arithmetic::number;
use crate::checksum::luhn;
use crate::symbols::{alnum, base36, digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static CODICE_FISCALE: Validator = Validator {
    name: "it-codice-fiscale",
    summary: "A tax code of 16 characters: date of birth, check letter, letters in place of digits \
              where two people would share a code; spaces and hyphens are skipped.",
    source: "Decreto ministeriale 23 dicembre 1976, articles 2 to 8",
    chance: 0.011,
    argument: Argument::None,
    valid: &[
        "RSSMRA85T10A562S",
        "VRDLGU80A01F205T",
        "rss mra 85t10 a56 nh",
    ],
    invalid: &[
        "RSSMRA85T10A562T",
        "RSSMRA85F10A562S",
        "RSSMRA85T32A562S",
        "RSSMRA85T10A562",
    ],
    check: |value, _| alnum(value, b" -").is_some_and(|symbols: [u8; 16]| is_tax_code(&symbols)),
};

pub(crate) static PARTITA_IVA: Validator = Validator {
    name: "it-partita-iva",
    summary: "A VAT number: seven digits, tax office, Luhn digit, with or without IT; spaces, \
              hyphens and dots are skipped.",
    source: "DPR 26 ottobre 1972 n. 633, article 35; Decreto ministeriale 23 dicembre 1976",
    chance: 0.0104,
    argument: Argument::None,
    valid: &["00743110157", "IT12345670017", "IT 1234 567 8887"],
    invalid: &["00743110158", "12345672104", "0074311015", "00000000000"],
    check: |value, _| {
        digits(without_prefix(value, b"IT", b" -.:"), b" -.").is_some_and(|digits: [u8; 11]| {
            number(&digits[..7]) != 0
                && matches!(number(&digits[7..10]), 1..=100 | 120 | 121 | 888 | 999)
                && luhn::holds(&digits)
        })
    },
};

/// What 0 to 9, and A to J as well, count in odd places, and K to Z after them.
const ODD: [u32; 26] = [
    1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23,
];

/// The letters of the months; the others are not used.
const MONTHS: &[u8; 12] = b"ABCDEHLMPRST";

/// The letters that stand for digits where codes would coincide.
const SUBSTITUTES: &[u8; 10] = b"LMNPQRSTUV";

fn is_tax_code(symbols: &[u8; 16]) -> bool {
    let digit = |place: usize| match symbols[place] {
        digit @ b'0'..=b'9' => Some(u64::from(digit - b'0')),
        letter => SUBSTITUTES
            .iter()
            .position(|&known| known == letter)
            .map(|at| at as u64),
    };
    let two = |place: usize| Some(digit(place)? * 10 + digit(place + 1)?);
    let (Some(year), Some(day)) = (two(6), two(9)) else {
        return false;
    };
    let Some(month) = MONTHS.iter().position(|&known| known == symbols[8]) else {
        return false;
    };
    // Forty is added to the days of women.
    let day = if day > 40 { day - 40 } else { day };
    let sum: u32 = symbols[..15]
        .iter()
        .enumerate()
        .map(|(i, &symbol)| match base36(symbol) {
            value if i % 2 == 0 => ODD[(if value < 10 { value } else { value - 10 }) as usize],
            value if value < 10 => value,
            value => value - 10,
        })
        .sum();
    symbols[..6].iter().all(u8::is_ascii_uppercase)
        && crate::calendar::is_date(2000 + year, month as u64 + 1, day)
        && symbols[11].is_ascii_uppercase()
        && (12..15).all(|place| digit(place).is_some())
        && u32::from(symbols[15]) == u32::from(b'A') + sum % 26
}

pub(crate) static AIC: Validator = Validator {
    name: "it-aic",
    summary: "An AIC of a medicine: nine digits from 0 with a check digit, or A and them, or six symbols in base 32; spaces are skipped.",
    source: "Decreto ministeriale 2 agosto 2001; https://www.aifa.gov.it/",
    chance: 0.01,
    argument: Argument::None,
    valid: &["012345676", "A012345676", "037601010", "0CSSBD"],
    invalid: &["012345677", "112345676", "01234567", "0AEIO1"],
    check: |value, _| {
        // Base 32 leaves out the vowels.
        const SYMBOLS: &[u8; 32] = b"0123456789BCDFGHJKLMNPQRSTUVWXYZ";
        if let Some(symbols) = alnum::<6>(value, b" ") {
            let n = symbols.iter().try_fold(0u32, |n, symbol| {
                Some(n * 32 + SYMBOLS.iter().position(|known| known == symbol)? as u32)
            });
            let mut digits = [0; 9];
            return n.is_some_and(|mut n| {
                for digit in digits.iter_mut().rev() {
                    (*digit, n) = ((n % 10) as u8, n / 10);
                }
                n == 0 && is_aic(&digits)
            });
        }
        digits(without_prefix(value, b"A", b" "), b" ").is_some_and(|digits| is_aic(&digits))
    },
};

/// Nine digits from 0, the last of which is the sum of the others, every second one doubled.
fn is_aic(digits: &[u8; 9]) -> bool {
    let sum = luhn::sum(digits[..8].iter().copied().chain([0]));
    digits[0] == 0 && number(digits) != 0 && sum % 10 == u32::from(digits[8])
}
