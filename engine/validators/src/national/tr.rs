//! Türkiye: citizen's number.

use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static TCKN: Validator = Validator {
    name: "tr-tckn",
    summary: "A Turkish citizen's number: eleven digits, the first not 0, two check digits modulo \
              10; spaces are skipped.",
    source: "Nüfus Hizmetleri Kanunu 5490; https://www.nvi.gov.tr/",
    chance: 0.009,
    argument: Argument::None,
    valid: &["10000000146", "12345678950", "987 654 321 50"],
    invalid: &["10000000147", "00000000146", "1000000014", "10000000246"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 11]| {
            let every_second = |from: usize| {
                digits[from..9]
                    .iter()
                    .step_by(2)
                    .map(|&d| u32::from(d))
                    .sum::<u32>()
            };
            let (odd, even) = (every_second(0), every_second(1));
            // At most 36 is taken away: 40 keeps the difference positive.
            let tenth = (odd * 7 + 40 - even) % 10;
            digits[0] != 0
                && tenth == u32::from(digits[9])
                && (odd + even + tenth) % 10 == u32::from(digits[10])
        })
    },
};

pub(crate) static VKN: Validator = Validator {
    name: "tr-vkn",
    summary: "A tax number: ten digits, powers of two modulo 9, then modulo 10; spaces are skipped.",
    source: "Vergi Usul Kanunu Genel Tebliği; https://www.gib.gov.tr/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["1234567890", "987 654 3217", "0012345672"],
    invalid: &["1234567891", "0000000000", "123456789"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 10]| {
            let sum: u32 = (1..=9)
                .rev()
                .zip(digits)
                .map(|(place, digit)| match (u32::from(digit) + place) % 10 {
                    0 => 0,
                    // Nine stands for a remainder of zero.
                    shifted => (shifted * (1 << place) + 8) % 9 + 1,
                })
                .sum();
            digits != [0; 10] && (10 - sum % 10) % 10 == u32::from(digits[9])
        })
    },
};
