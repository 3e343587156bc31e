//! Romania: personal numerical code.

use crate::arithmetic::{number, weighted};
use crate::calendar::{is_date, is_yymmdd};
use crate::symbols::{digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static CNP: Validator = Validator {
    name: "ro-cnp",
    summary: "A CNP: 13 digits, sex and century, date of birth, county, serial, modulo 11; spaces \
              and hyphens are skipped.",
    source: "Legea 105/1996; Hotărârea Guvernului 295/2021; counties in use: \
             https://github.com/vimishor/cnp-spec/wiki/FAQ",
    chance: 0.00212,
    argument: Argument::None,
    valid: &["1800101221144", "2 960229 40 001 1", "6010203520010"],
    invalid: &[
        "1800101221145",
        "0800101221144",
        "1801301221144",
        "1800101531144",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            let day = |century| {
                is_date(
                    century + number(&digits[1..3]),
                    number(&digits[3..5]),
                    number(&digits[5..7]),
                )
            };
            let dated = match digits[0] {
                1 | 2 => day(1900),
                3 | 4 => day(1800),
                5 | 6 => day(2000),
                7..=9 => is_yymmdd(&digits[1..7]),
                _ => false,
            };
            // Counties and sectors to 52, 70 for numbers given by the electronic register, 80 to 83
            // for births recorded abroad; the others stand in older numbers.
            let county = matches!(
                number(&digits[7..9]),
                1..=47 | 50..=52 | 54 | 56 | 60 | 64 | 70 | 78 | 80..=84 | 87 | 88 | 90 | 98 | 99
            );
            let check = match weighted(&digits, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9]) % 11 {
                10 => 1,
                remainder => remainder,
            };
            dated && county && number(&digits[9..12]) != 0 && check == u32::from(digits[12])
        })
    },
};

pub(crate) static CUI: Validator = Validator {
    name: "ro-cui",
    summary: "A CUI of 2 to 10 digits, the first not 0, modulo 11, with or without RO; spaces, hyphens and dots are skipped.",
    source: "OUG 82/1998; https://www.onrc.ro/, https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["12345674", "RO 9876543216", "123453"],
    invalid: &["12345675", "RO 0123453", "1"],
    check: |value, _| {
        const WEIGHTS: [u8; 9] = [7, 5, 3, 2, 1, 7, 5, 3, 2];
        let digits = digits_up_to::<10>(without_prefix(value, b"RO", b" -.:"), b" -.");
        digits.is_some_and(|digits| {
            let [body @ .., check] = &*digits else {
                return false;
            };
            digits.len() > 1
                && digits[0] != 0
                && weighted(body, &WEIGHTS[9 - body.len()..]) * 10 % 11 % 10 == u32::from(*check)
        })
    },
};
