//! South Korea, Japan, Thailand, Malaysia, Indonesia and Singapore: identity numbers.

use crate::arithmetic::{is_uniform, number, weighted};
use crate::calendar::{is_date, is_ddmmyy, is_yymmdd};
use crate::symbols::{alnum, as_digits, digits};
use crate::{Argument, Validator};

pub(crate) static KR_RRN: Validator = Validator {
    name: "kr-rrn",
    summary: "A South Korean resident or foreigner registration number: date of birth, sex and \
              century, modulo 11 for births before October 2020; spaces and hyphens are skipped.",
    source: "Resident Registration Act, enforcement rules, article 2 (as changed in October 2020)",
    chance: 0.014,
    argument: Argument::None,
    valid: &["750101-2345670", "880229-5678906", "201001-3456789"],
    invalid: &[
        "900101-1234569",
        "901301-1234568",
        "900132-1234568",
        "900101-123456",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            let century = match digits[6] {
                1 | 2 | 5 | 6 => 1900,
                3 | 4 | 7 | 8 => 2000,
                _ => 1800,
            };
            let (year, month) = (century + number(&digits[..2]), number(&digits[2..4]));
            // Numbers given since then end in random digits.
            let random = (year, month) >= (2020, 10);
            // Foreigners' check digits are two more.
            let offset = if matches!(digits[6], 5..=8) { 13 } else { 11 };
            let sum = weighted(&digits, &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]);
            is_date(year, month, number(&digits[4..6]))
                && (random || (offset - sum % 11) % 10 == u32::from(digits[12]))
        })
    },
};

pub(crate) static JP_MY_NUMBER: Validator = Validator {
    name: "jp-my-number",
    summary: "A Japanese individual number: twelve digits, not all the same, modulo 11; spaces and \
              hyphens are skipped.",
    source: "Ministry of Internal Affairs and Communications, Ordinance 85 of 2014, article 5",
    chance: 0.1,
    argument: Argument::None,
    valid: &["1234 5678 9018", "9876-5432-1018", "100000000005"],
    invalid: &["1234 5678 9017", "000000000000", "1234 5678 901"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 12]| {
            let check = match weighted(&digits, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11 {
                0 | 1 => 0,
                remainder => 11 - remainder,
            };
            !is_uniform(&digits) && check == u32::from(digits[11])
        })
    },
};

pub(crate) static TH_ID: Validator = Validator {
    name: "th-id",
    summary: "A Thai citizen's number: 13 digits, the first 1 to 8, modulo 11; spaces and hyphens \
              are skipped.",
    source: "Bureau of Registration Administration, https://www.bora.dopa.go.th/",
    chance: 0.08,
    argument: Argument::None,
    valid: &["1-1037-02071-81-1", "3100500123458", "8 1234 56789 01 1"],
    invalid: &["1-1037-02071-81-2", "0103702071811", "110370207181"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            matches!(digits[0], 1..=8) && th_check(&digits) == u32::from(digits[12])
        })
    },
};

pub(crate) static TH_TIN: Validator = Validator {
    name: "th-tin",
    summary: "A Thai company's number: 13 digits, the first 0, modulo 11; spaces and hyphens are \
              skipped.",
    source: "Revenue Department, https://www.rd.go.th/; Department of Business Development",
    chance: 0.01,
    argument: Argument::None,
    valid: &["0-1055-12345-67-1", "0105512345671", "0 12 3 456 78901 6"],
    invalid: &[
        "0-1055-12345-67-2",
        "1-1037-02071-81-1",
        "0000000000000",
        "010551234567",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            digits[0] == 0 && !is_uniform(&digits) && th_check(&digits) == u32::from(digits[12])
        })
    },
};

/// The check digit that a citizen's and a company's number share.
fn th_check(digits: &[u8; 13]) -> u32 {
    let sum = weighted(digits, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]);
    (11 - sum % 11) % 10
}

pub(crate) static MY_NRIC: Validator = Validator {
    name: "my-nric",
    summary: "A Malaysian identity card number: date and place of birth, serial; there is no check \
              digit. Spaces and hyphens are skipped.",
    source: "National Registration Regulations 1990; https://www.jpn.gov.my/",
    chance: 0.030,
    argument: Argument::None,
    valid: &["770305-02-1234", "880415 14 5678", "000229016543"],
    invalid: &[
        "771305-02-1234",
        "770332-02-1234",
        "770305-00-1234",
        "770305-17-1234",
        "770305-02-123",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 12]| {
            is_yymmdd(&digits[..6])
                && matches!(
                    number(&digits[6..8]),
                    1..=16 | 21..=68 | 71 | 72 | 74..=79 | 82..=93 | 98 | 99
                )
        })
    },
};

pub(crate) static ID_NIK: Validator = Validator {
    name: "id-nik",
    summary: "An Indonesian population number: province, district, date of birth (day + 40 for \
              women), serial; there is no check digit. Spaces, hyphens and dots are skipped.",
    source: "Undang-Undang 24 Tahun 2013; Permendagri 72 Tahun 2022 (region codes)",
    chance: 0.027,
    argument: Argument::None,
    valid: &[
        "3171011708450001",
        "35 78 06 55 05 90 0003",
        "1101012902000001",
    ],
    invalid: &[
        "0071011708450001",
        "3171013208450001",
        "3171011713450001",
        "3171011708450000",
        "317101170845000",
    ],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 16]| {
            let mut date = [0; 6];
            date.copy_from_slice(&digits[6..12]);
            date[0] -= if date[0] >= 4 { 4 } else { 0 };
            let province = matches!(
                number(&digits[..2]),
                11..=19 | 21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97
            );
            province
                && number(&digits[2..4]) != 0
                && number(&digits[4..6]) != 0
                && is_ddmmyy(&date)
                && number(&digits[12..]) != 0
        })
    },
};

pub(crate) static SG_NRIC: Validator = Validator {
    name: "sg-nric",
    summary: "A Singaporean NRIC or FIN: S, T, F, G or M, seven digits, check letter modulo 11; \
              spaces and hyphens are skipped.",
    source: "National Registration Act; https://www.ica.gov.sg/",
    chance: 0.0074,
    argument: Argument::None,
    valid: &[
        "S0000001I",
        "F1234567N",
        "M1234567K",
        "t1234567j",
        "G1234567X",
    ],
    invalid: &["S0000001J", "A0000001I", "S000001I", "S00000011"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|[series, body @ .., check]: [u8; 9]| {
            let (offset, letters) = match series {
                b'S' => (0, b"JZIHGFEDCBA"),
                b'T' => (4, b"JZIHGFEDCBA"),
                b'F' => (0, b"XWUTRQPNMLK"),
                b'G' => (4, b"XWUTRQPNMLK"),
                b'M' => (3, b"XWUTRQPNJLK"),
                _ => return false,
            };
            as_digits::<7>(&body).is_some_and(|digits| {
                let sum = weighted(&digits, &[2, 7, 6, 5, 4, 3, 2]) + offset;
                letters[(sum % 11) as usize] == check
            })
        })
    },
};
