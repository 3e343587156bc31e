//! Estonia, Latvia and Lithuania: personal codes, of which the Estonian and the Lithuanian share
//! their form.

use crate::arithmetic::{number, weighted};
use crate::calendar::is_date;
use crate::symbols::digits;
use crate::{Argument, Validator};

pub(crate) static ISIKUKOOD: Validator = Validator {
    name: "ee-isikukood",
    summary: "An Estonian personal code: sex and century, date of birth, serial, modulo 11 twice; \
              spaces and hyphens are skipped.",
    source: "EVS 585:2007",
    chance: 0.003,
    argument: Argument::None,
    valid: &["37605030299", "50001010006", "4 760503 029 9"],
    invalid: &["37605030298", "97605030299", "37613030299", "3760503029"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            matches!(digits[0], 1..=8) && is_dated(&digits) && has_check(&digits)
        })
    },
};

pub(crate) static ASMENS_KODAS: Validator = Validator {
    name: "lt-asmens-kodas",
    summary: "A Lithuanian personal code: sex and century, date of birth as far as known, or 9 and \
              no date, serial, modulo 11 twice; spaces and hyphens are skipped.",
    source: "Lietuvos Respublikos gyventojų registro įstatymas; https://www.registrucentras.lt/",
    chance: 0.012,
    argument: Argument::None,
    valid: &["33309240064", "50001010006", "91234567895"],
    invalid: &["33309240065", "73309240064", "33313240064", "3330924006"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            (matches!(digits[0], 1..=6) && is_dated(&digits) || digits[0] == 9)
                && has_check(&digits)
        })
    },
};

pub(crate) static PERSONAS_KODS: Validator = Validator {
    name: "lv-personas-kods",
    summary: "A Latvian personal code: date of birth and century with a check digit, or, since \
              2017, 32 to 39 and nine digits drawn at random; spaces and hyphens are skipped.",
    source: "Fizisko personu reģistra likums; https://www.pmlp.gov.lv/lv/personas-kods",
    chance: 0.081,
    argument: Argument::None,
    valid: &["161175-19997", "010203 20007", "320001-23452"],
    invalid: &["161175-19998", "161375-19997", "161175-39997", "16117519"],
    check: |value, _| {
        const WEIGHTS: [u8; 10] = [1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            let century = 1800 + 100 * u64::from(digits[6]);
            let dated = digits[6] <= 2
                && is_date(
                    century + number(&digits[4..6]),
                    number(&digits[2..4]),
                    number(&digits[..2]),
                );
            // The weighted sum is at most 495, so the difference stays positive.
            let check = (1101 - weighted(&digits, &WEIGHTS)) % 11;
            (dated && check == u32::from(digits[10])) || matches!(digits[..2], [3, 2..=9])
        })
    },
};

fn is_dated(digits: &[u8; 11]) -> bool {
    let century = 1800 + 100 * (u64::from(digits[0].saturating_sub(1)) / 2);
    is_date(
        century + number(&digits[1..3]),
        number(&digits[3..5]),
        number(&digits[5..7]),
    )
}

/// The check digit: a remainder of 10 asks for a second set of weights, then counts as 0.
fn has_check(digits: &[u8; 11]) -> bool {
    let check = match weighted(digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11 {
        10 => weighted(digits, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10,
        remainder => remainder,
    };
    check == u32::from(digits[10])
}
