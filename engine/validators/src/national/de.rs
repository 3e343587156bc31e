//! Germany: tax identification and VAT numbers.

use crate::arithmetic::{complement, weighted};
use crate::checksum::iso7064::holds_mod11_10;
use crate::symbols::{alnum, alnum_up_to, as_digits, base36, digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static STEUER_ID: Validator = Validator {
    name: "de-steuer-id",
    summary: "A tax identification number: eleven digits, the first not 0, one of the first ten \
              twice or thrice, MOD 11,10; spaces are skipped.",
    source: "Section 139b AO, \
             https://www.bzst.de/ (steuerliche Identifikationsnummer)",
    chance: 0.0033,
    argument: Argument::None,
    valid: &["86095742719", "65 929 970 489", "47036892816"],
    invalid: &["86095742718", "06095742719", "11122334455", "8609574271"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 11]| {
            digits[0] != 0 && has_one_repeated(&digits[..10]) && holds_mod11_10(&digits)
        })
    },
};

pub(crate) static UST_ID: Validator = Validator {
    name: "de-ust-id",
    summary: "A VAT identification number: nine digits, the first not 0, MOD 11,10, with or \
              without DE; spaces, hyphens and dots are skipped.",
    source: "Section 27a UStG, https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.09,
    argument: Argument::None,
    valid: &["136695976", "DE136695976", "DE 100 100 017"],
    invalid: &["DE136695977", "DE036695978", "DE13669597", "AT136695976"],
    check: |value, _| {
        digits(without_prefix(value, b"DE", b" -.:"), b" -.")
            .is_some_and(|digits: [u8; 9]| digits[0] != 0 && holds_mod11_10(&digits))
    },
};

/// Whether exactly one digit occurs more than once: twice, or, since 2016, three times but not in
/// a row.
fn has_one_repeated(digits: &[u8]) -> bool {
    let mut counts = [0u8; 10];
    for &digit in digits {
        counts[usize::from(digit % 10)] += 1;
    }
    let repeated = counts.iter().filter(|&&count| count > 1).count();
    let in_a_row = digits
        .windows(3)
        .any(|run| run[0] == run[1] && run[1] == run[2]);
    repeated == 1 && counts.iter().all(|&count| count <= 3) && !in_a_row
}

pub(crate) static RVNR: Validator = Validator {
    name: "de-rvnr",
    summary: "A pension insurance number: area, date of birth, letter, serial, check digit by digit sums modulo 10; spaces are skipped.",
    source: "https://www.gesetze-im-internet.de/vkvv/__4.html",
    chance: 0.0076,
    argument: Argument::None,
    valid: &["15150780J013", "65 170839 M 006", "02020304Z998"],
    invalid: &[
        "15150780J018",
        "15150080J019",
        "15320780J019",
        "15150780J01",
    ],
    check: |value, _| {
        alnum(value, b" ").is_some_and(|symbols: [u8; 12]| {
            let letter = symbols[8];
            let mut plain = [b'0'; 13];
            plain[..8].copy_from_slice(&symbols[..8]);
            (plain[8], plain[9]) = two_digits(letter);
            plain[10..].copy_from_slice(&symbols[9..]);
            as_digits::<13>(&plain).is_some_and(|digits| {
                // The area is added to 40 or so where serials of a day ran out, the day to 50.
                letter.is_ascii_uppercase()
                    && matches!(10 * digits[2] + digits[3], 1..=31 | 51..=81)
                    && matches!(10 * digits[4] + digits[5], 1..=12)
                    && digit_sums(&digits[..12], &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10
                        == u32::from(digits[12])
            })
        })
    },
};

pub(crate) static KVNR: Validator = Validator {
    name: "de-kvnr",
    summary: "A health insurance number: letter, eight digits, check digit by digit sums modulo 10; spaces are skipped.",
    source: "https://www.gesetze-im-internet.de/sgb_5/__290.html",
    chance: 0.1,
    argument: Argument::None,
    valid: &["A123456780", "T 012345678", "Z987654321"],
    invalid: &["A123456781", "1123456780", "A12345678"],
    check: |value, _| {
        alnum(value, b" ").is_some_and(|symbols: [u8; 10]| {
            let mut plain = [b'0'; 11];
            (plain[0], plain[1]) = two_digits(symbols[0]);
            plain[2..].copy_from_slice(&symbols[1..]);
            symbols[0].is_ascii_uppercase()
                && as_digits::<11>(&plain).is_some_and(|digits| {
                    digit_sums(&digits[..10], &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10
                        == u32::from(digits[10])
                })
        })
    },
};

pub(crate) static LANR: Validator = Validator {
    name: "de-lanr",
    summary: "A physician number: six digits, check digit with weights 4 and 9 modulo 10, two of the specialty; spaces are skipped.",
    source: "Richtlinie der KBV nach section 75 Abs. 7 SGB V; https://www.kbv.de/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["123456601", "987654433", "000001199"],
    invalid: &["123456701", "000000000", "12345660"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 9]| {
            digits[..6] != [0; 6]
                && complement(weighted(&digits[..6], &[4, 9, 4, 9, 4, 9]), 10)
                    == u32::from(digits[6])
        })
    },
};

pub(crate) static AUSWEIS: Validator = Validator {
    name: "de-ausweis",
    summary: "A number of an identity card or passport: nine letters and digits, weights 7, 3 and 1 modulo 10, check digit; without it nine with a digit pass. Spaces are skipped.",
    source: "ICAO Doc 9303-3, section 4.9; https://www.personalausweisportal.de/",
    chance: 0.065,
    argument: Argument::None,
    valid: &["T220001293", "L01X00T471", "C01X00T478", "C01X00T47"],
    invalid: &["T220001294", "LAIX00T470", "L01X00T4", "L01X00T4781"],
    check: |value, _| {
        alnum_up_to::<10>(value, b" ").is_some_and(|symbols| {
            let sum: u32 = symbols
                .iter()
                .zip([7, 3, 1].into_iter().cycle())
                .take(9)
                .map(|(&symbol, weight)| base36(symbol) * weight)
                .sum();
            // Vowels and letters that look like others are left out.
            let allowed =
                |symbol: &u8| symbol.is_ascii_digit() || b"CFGHJKLMNPRTVWXYZ".contains(symbol);
            symbols.iter().all(allowed)
                && symbols.iter().any(u8::is_ascii_digit)
                && (symbols.len() == 9
                    || symbols.len() == 10
                        && symbols[9].is_ascii_digit()
                        && sum % 10 == base36(symbols[9]))
        })
    },
};

/// The number of a letter in the alphabet, in two digits; other bytes give no digits.
fn two_digits(letter: u8) -> (u8, u8) {
    let place = letter.wrapping_sub(b'A').wrapping_add(1);
    if letter.is_ascii_uppercase() {
        (b'0' + place / 10, b'0' + place % 10)
    } else {
        (0, 0)
    }
}

/// The sum of the digit sums of digits times weights.
fn digit_sums(digits: &[u8], weights: &[u8]) -> u32 {
    digits
        .iter()
        .zip(weights)
        .map(|(&d, &w)| u32::from(d * w / 10 + d * w % 10))
        .sum()
}
