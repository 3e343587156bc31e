//! Belgium: national register number.

use crate::arithmetic::number;
use crate::calendar::is_date;
use crate::symbols::{digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static NRN: Validator = Validator {
    name: "be-nrn",
    summary: "A national register or BIS number of either century: eleven digits, date of birth as \
              far as known, serial, modulo 97; spaces, hyphens and dots are skipped.",
    source: "Arrêté royal du 3 avril 1984; https://www.ibz.rrn.fgov.be/",
    chance: 0.00287,
    argument: Argument::None,
    valid: &["85.07.30-033 28", "17 07 30 033 84", "40472311208"],
    invalid: &[
        "85.07.30-033 61",
        "85.13.30-033 28",
        "85.07.32-033 28",
        "85073003",
    ],
    check: |value, _| digits(value, b" -.").is_some_and(|digits: [u8; 11]| is_nrn(&digits)),
};

fn is_nrn(digits: &[u8; 11]) -> bool {
    let (year, day) = (number(&digits[..2]), number(&digits[4..6]));
    // Twenty or forty is added to the month in BIS numbers.
    let month = match number(&digits[2..4]) {
        month @ 20..=32 => month - 20,
        month @ 40..=52 => month - 40,
        month => month,
    };
    // Where the day is not known it is zero; where the month is not known either, days count on as
    // serials run out.
    let dated = is_date(2000 + year, month, day) || month <= 12 && day == 0 || month == 0;
    let (body, check) = (number(&digits[..9]), number(&digits[9..]));
    dated
        && matches!(number(&digits[6..9]), 1..=998)
        && [body, 2_000_000_000 + body]
            .iter()
            .any(|n| 97 - n % 97 == check)
}

pub(crate) static ENTERPRISE: Validator = Validator {
    name: "be-enterprise",
    summary: "An enterprise number: ten digits from 0 or 1, or nine of the older form, modulo 97, with or without BE; spaces, hyphens and dots are skipped.",
    source: "Arrêté royal du 24 juin 2003; https://economie.fgov.be/ (numéro d’entreprise)",
    chance: 0.0021,
    argument: Argument::None,
    valid: &[
        "0123456749",
        "BE 0765.432.146",
        "1234.567.894",
        "BE 123456749",
    ],
    invalid: &["0123456748", "BE 2765.432.146", "12345674", "BE 0000000097"],
    check: |value, _| {
        let digits = digits_up_to::<10>(without_prefix(value, b"BE", b" -.:"), b" -.");
        digits.is_some_and(|digits| {
            let n = number(&digits);
            matches!((digits.len(), digits[0]), (10, 0 | 1) | (9, 1..))
                && n >= 100
                && 97 - n / 100 % 97 == n % 100
        })
    },
};

pub(crate) static EID: Validator = Validator {
    name: "be-eid",
    summary: "An identity card number: ten digits and their remainder modulo 97; spaces, hyphens and dots are skipped.",
    source: "https://www.ibz.rrn.fgov.be/ (identity documents)",
    chance: 0.0103,
    argument: Argument::None,
    valid: &["591-1234567-53", "592135792405", "595-0000001-19"],
    invalid: &["591-1234567-54", "000-0000000-97", "591-1234567-5"],
    check: |value, _| {
        digits(value, b" -.")
            .is_some_and(|digits: [u8; 12]| number(&digits[..3]) != 0 && is_remainder(&digits))
    },
};

pub(crate) static OGM: Validator = Validator {
    name: "be-ogm",
    summary: "A structured message of a transfer: ten digits and their remainder modulo 97, with or without plus signs or asterisks; slashes and spaces are skipped.",
    source: "https://www.febelfin.be/ (gestructureerde mededeling)",
    chance: 0.0103,
    argument: Argument::None,
    valid: &[
        "123/4567/89002",
        "+++098/7654/32130+++",
        "***135/7924/68049***",
        "098765432130",
    ],
    invalid: &["123/4567/89003", "+++098/7654/32131+++", "123/4567/8900"],
    check: |value, _| {
        let inner = value.trim_ascii();
        let inner = inner
            .strip_prefix(b"+++")
            .or(inner.strip_prefix(b"***"))
            .unwrap_or(inner);
        let inner = inner
            .strip_suffix(b"+++")
            .or(inner.strip_suffix(b"***"))
            .unwrap_or(inner);
        digits(inner, b" /").is_some_and(|digits: [u8; 12]| is_remainder(&digits))
    },
};

/// Whether the last two digits are the remainder of the others modulo 97, 97 standing for 0.
fn is_remainder(digits: &[u8; 12]) -> bool {
    let remainder = match number(&digits[..10]) % 97 {
        0 => 97,
        remainder => remainder,
    };
    remainder == number(&digits[10..])
}
