//! Estonia, Latvia and Lithuania: personal codes, of which the Estonian and the Lithuanian share
//! their form, and numbers of companies and taxpayers.

use crate::arithmetic::{number, weighted};
use crate::calendar::is_date;
use crate::symbols::{digits, digits_up_to, without_prefix};
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
        digits(value, b" -").is_some_and(|digits: [u8; 11]| is_personal_code(&digits))
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

pub(crate) static REGISTRIKOOD: Validator = Validator {
    name: "ee-registrikood",
    summary: "An Estonian register code: eight digits from 1, 7, 8 or 9, modulo 11 twice; spaces are skipped.",
    source: "https://ariregister.rik.ee/; https://www.rik.ee/",
    chance: 0.04,
    argument: Argument::None,
    valid: &["10234561", "80123455", "7000 0125"],
    invalid: &["10234562", "20234561", "1023456"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 8]| {
            matches!(digits[0], 1 | 7..=9) && has_short_check(&digits)
        })
    },
};

pub(crate) static KMKR: Validator = Validator {
    name: "ee-kmkr",
    summary: "An Estonian VAT number: nine digits, weights 3, 7 and 1 modulo 10, with or without EE; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["100123450", "EE102030402", "EE 101 987 653"],
    invalid: &["EE100123451", "EE10012345", "000000000"],
    check: |value, _| {
        digits(without_prefix(value, b"EE", b" -.:"), b" -.").is_some_and(|digits: [u8; 9]| {
            number(&digits) != 0
                && weighted(&digits, &[3, 7, 1, 3, 7, 1, 3, 7, 1]).is_multiple_of(10)
        })
    },
};

pub(crate) static IMONE: Validator = Validator {
    name: "lt-imones-kodas",
    summary: "A Lithuanian company code: nine digits that are not zero, modulo 11 twice; spaces are skipped.",
    source: "https://www.registrucentras.lt/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["123456786", "301 234 564", "110987655"],
    invalid: &["123456787", "000000000", "12345678"],
    check: |value, _| {
        digits(value, b" ")
            .is_some_and(|digits: [u8; 9]| number(&digits) != 0 && has_short_check(&digits))
    },
};

pub(crate) static PVM: Validator = Validator {
    name: "lt-pvm",
    summary: "A Lithuanian VAT number: 9 or 12 digits with 1 before the check digit, modulo 11 twice, with or without LT; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.01,
    argument: Argument::None,
    valid: &["123456715", "LT100001234510", "LT 98765 4315"],
    invalid: &["123456716", "LT123456725", "LT10000123451"],
    check: |value, _| {
        const FIRST: [u8; 11] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2];
        const SECOND: [u8; 11] = [3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4];
        let digits = digits_up_to::<12>(without_prefix(value, b"LT", b" -.:"), b" -.");
        digits.is_some_and(|digits| {
            let [body @ .., check] = &*digits else {
                return false;
            };
            let expected = match weighted(body, &FIRST) % 11 {
                10 => weighted(body, &SECOND) % 11 % 10,
                remainder => remainder,
            };
            matches!(digits.len(), 9 | 12)
                && body.last() == Some(&1)
                && expected == u32::from(*check)
        })
    },
};

pub(crate) static PVN: Validator = Validator {
    name: "lv-pvn",
    summary: "A Latvian VAT number: eleven digits, of a company (the first above 3, modulo 11) or a personal code, with or without LV; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.135,
    argument: Argument::None,
    valid: &[
        "40001234561",
        "LV40001234561",
        "LV 5010 2030 402",
        "010203-20007",
    ],
    invalid: &["LV40001234562", "LV4000123456", "161175-19998"],
    check: |value, _| {
        digits(without_prefix(value, b"LV", b" -.:"), b" -.").is_some_and(|digits: [u8; 11]| {
            if digits[0] > 3 {
                weighted(&digits, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1]) % 11 == 3
            } else {
                is_personal_code(&digits)
            }
        })
    },
};

/// The check digit of eight or nine digits: a remainder of 10 asks for a second set of weights,
/// then counts as 0.
fn has_short_check(digits: &[u8]) -> bool {
    let Some((&check, body)) = digits.split_last() else {
        return false;
    };
    let expected = match weighted(body, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => weighted(body, &[3, 4, 5, 6, 7, 8, 9, 1]) % 11 % 10,
        remainder => remainder,
    };
    expected == u32::from(check)
}

fn is_personal_code(digits: &[u8; 11]) -> bool {
    const WEIGHTS: [u8; 10] = [1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let century = 1800 + 100 * u64::from(digits[6]);
    let dated = digits[6] <= 2
        && is_date(
            century + number(&digits[4..6]),
            number(&digits[2..4]),
            number(&digits[..2]),
        );
    // The weighted sum is at most 495, so the difference stays positive.
    let check = (1101 - weighted(digits, &WEIGHTS)) % 11;
    (dated && check == u32::from(digits[10])) || matches!(digits[..2], [3, 2..=9])
}
