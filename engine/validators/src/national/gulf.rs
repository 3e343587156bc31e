//! Iran, Kuwait, Oman and Kazakhstan: identity, company and tax numbers.

use crate::arithmetic::{is_uniform, number, weighted};
use crate::calendar::is_yymmdd;
use crate::symbols::{alnum, as_digits, digits};
use crate::{Argument, Validator};

pub(crate) static IR_CODE: Validator = Validator {
    name: "ir-code",
    summary: "An Iranian national code: ten digits, not all the same, modulo 11; spaces and \
              hyphens are skipped.",
    source: "National Organization for Civil Registration, https://www.sabteahval.ir/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["0123456789", "123-456789-1", "4731712343"],
    invalid: &["0123456780", "1111111111", "012345678"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            let check = match weighted(&digits, &[10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 {
                remainder @ 0..=1 => remainder,
                remainder => 11 - remainder,
            };
            !is_uniform(&digits) && check == u32::from(digits[9])
        })
    },
};

pub(crate) static IR_COMPANY: Validator = Validator {
    name: "ir-company",
    summary: "An Iranian legal entity's code: eleven digits, modulo 11; spaces and hyphens are \
              skipped.",
    source: "National ID of legal entities, https://www.ilenc.ir/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["10380284596", "10101234565", "1400-765432-7"],
    invalid: &["10380284597", "00000000000", "1038028459"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            // The tenth digit and two is added to each of the ten.
            let added = digits[9] + 2;
            let sum: u32 = digits[..10]
                .iter()
                .zip([29, 27, 23, 19, 17].into_iter().cycle())
                .map(|(&digit, weight)| u32::from(digit + added) * weight)
                .sum();
            !is_uniform(&digits) && sum % 11 % 10 == u32::from(digits[10])
        })
    },
};

pub(crate) static KW_CIVIL: Validator = Validator {
    name: "kw-civil",
    summary: "A Kuwaiti civil number: century 1 to 3, date of birth, four digits, check digit \
              modulo 11; spaces and hyphens are skipped.",
    source: "Public Authority for Civil Information, https://www.paci.gov.kw/",
    chance: 0.001,
    argument: Argument::None,
    valid: &["285073012346", "3050101 00125", "299123100027"],
    invalid: &[
        "285073012347",
        "485073012346",
        "285133012346",
        "28507301234",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 12]| {
            let sum = weighted(&digits, &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
            matches!(digits[0], 1..=3)
                && is_yymmdd(&digits[1..7])
                && 11 - sum % 11 == u32::from(digits[11])
        })
    },
};

pub(crate) static KZ_IIN: Validator = Validator {
    name: "kz-iin",
    summary: "A Kazakh number of a person (IIN) or company (BIN): date of birth, or year and month \
              of registration, check digit modulo 11 with two sets of weights; spaces are skipped.",
    source: "Law of the Republic of Kazakhstan 223 of 2007 on national registers of \
             identification numbers",
    chance: 0.0057,
    argument: Argument::None,
    valid: &["850730300124", "990101 500016", "040640001234"],
    invalid: &[
        "850730300125",
        "851330300124",
        "850772300124",
        "85073030012",
    ],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 12]| {
            // Companies have 4 to 6, the kind of entity, in place of a day's first digit.
            let dated = if matches!(digits[4], 4..=6) {
                matches!(number(&digits[2..4]), 1..=12)
            } else {
                is_yymmdd(&digits[..6]) && digits[6] <= 6
            };
            let check = match weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11 {
                10 => weighted(&digits, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11,
                check => check,
            };
            dated && check == u32::from(digits[11])
        })
    },
};

pub(crate) static OM_VAT: Validator = Validator {
    name: "om-vat",
    summary: "An Omani VAT number: OM, 11 or 12, seven digits, check character of ISO 7064 MOD 11-2 \
              over the last eight; spaces are skipped.",
    source: "Oman Tax Authority, Royal Decree 121/2020; https://tms.taxoman.gov.om/",
    chance: 0.0000027,
    argument: Argument::None,
    valid: &["OM1100012344", "OM1200098766", "OM 11 00042658"],
    invalid: &["OM1100012340X", "OM1300012344", "AE1100042650"],
    check: |value, _| {
        alnum(value, b" ").is_some_and(|symbols: [u8; 12]| {
            as_digits::<9>(&symbols[2..11]).is_some_and(|digits| {
                // Powers of two from the right.
                let remainder = digits[2..]
                    .iter()
                    .fold(0, |p, &d| (p + u32::from(d)) * 2 % 11);
                symbols.starts_with(b"OM")
                    && matches!(digits[..2], [1, 1 | 2])
                    && symbols[11] == b"10X98765432"[remainder as usize]
            })
        })
    },
};
