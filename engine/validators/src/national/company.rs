//! Japan, South Korea, Taiwan, China, Vietnam, Indonesia, Singapore and the Philippines: numbers of
//! companies and taxpayers.

use crate::arithmetic::{complement, number, weighted};
use crate::checksum::luhn;
use crate::symbols::{alnum, alnum_up_to, as_digits, base36, digits};
use crate::{Argument, Validator};

pub(crate) static JP_CORPORATE: Validator = Validator {
    name: "jp-corporate",
    summary: "A Japanese corporate number: a check digit modulo 9 and twelve digits; spaces and \
              hyphens are skipped.",
    source: "National Tax Agency, https://www.houjin-bangou.nta.go.jp/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["7123456789012", "6-7000-1201-2345", "8010001000123"],
    invalid: &["8123456789012", "0123456789012", "712345678901"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|[check, body @ ..]: [u8; 13]| {
            let sum = weighted(&body, &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]);
            9 - sum % 9 == u32::from(check)
        })
    },
};

pub(crate) static KR_BUSINESS: Validator = Validator {
    name: "kr-business",
    summary: "A South Korean business registration number: ten digits, office from 101, modulo 10; \
              spaces and hyphens are skipped.",
    source: "National Tax Service, https://www.hometax.go.kr/",
    chance: 0.09,
    argument: Argument::None,
    valid: &["123-81-23455", "2098765431", "504 82 12343"],
    invalid: &[
        "123-81-23456",
        "023-81-23455",
        "123-00-23455",
        "123-81-2345",
    ],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            let sum =
                weighted(&digits, &[1, 3, 7, 1, 3, 7, 1, 3, 5]) + u32::from(digits[8]) * 5 / 10;
            number(&digits[..3]) > 100
                && number(&digits[3..5]) != 0
                && complement(sum, 10) == u32::from(digits[9])
        })
    },
};

pub(crate) static KR_CORPORATION: Validator = Validator {
    name: "kr-corporation",
    summary: "A South Korean corporation registration number: thirteen digits, modulo 10 with the \
              weights 1 and 2; spaces and hyphens are skipped.",
    source: "Supreme Court of Korea, internet registry, http://www.iros.go.kr/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["110111-1234569", "134811-0087652", "2001117654324"],
    invalid: &["110111-1234568", "000000-0000000", "110111-123456"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 13]| {
            let sum = weighted(&digits, &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2]);
            number(&digits) != 0 && complement(sum, 10) == u32::from(digits[12])
        })
    },
};

pub(crate) static TW_UBN: Validator = Validator {
    name: "tw-ubn",
    summary: "A Taiwanese unified business number: eight digits that are not zero, sum of the \
              digits of the products modulo 5.",
    source: "Ministry of Finance, check digit rule of April 2023, https://www.fia.gov.tw/",
    chance: 0.22,
    argument: Argument::None,
    valid: &["12345670", "22222271", "04491593"],
    invalid: &["12345678", "00000000", "1234567"],
    check: |value, _| {
        digits(value, b"").is_some_and(|digits: [u8; 8]| {
            let sum: u32 = digits
                .iter()
                .zip([1, 2, 1, 2, 1, 2, 4, 1])
                .map(|(&digit, weight)| u32::from(digit) * weight)
                .map(|product| product / 10 + product % 10)
                .sum();
            // Seven times four is 28, whose digits count 10 or, added once more, 1 or 0.
            number(&digits) != 0
                && (sum.is_multiple_of(5) || digits[6] == 7 && (sum + 1).is_multiple_of(5))
        })
    },
};

pub(crate) static CN_ORGANISATION: Validator = Validator {
    name: "cn-organisation",
    summary: "A Chinese organisation code: eight digits or letters, check character modulo 11; \
              spaces and hyphens are skipped.",
    source: "GB 11714-1997",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["12345678-8", "MA1A2B3C-6", "D2143569-X"],
    invalid: &["12345678-9", "MA1A2B3C-X", "1234567-8"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 9]| {
            let sum: u32 = symbols[..8]
                .iter()
                .zip([3, 7, 9, 10, 5, 8, 4, 2])
                .map(|(&symbol, weight)| base36(symbol) * weight)
                .sum();
            symbols[8] == b"0123456789X"[complement(sum, 11) as usize]
        })
    },
};

pub(crate) static VN_MST: Validator = Validator {
    name: "vn-mst",
    summary: "A Vietnamese tax number: ten digits, modulo 11, with or without the three digits of \
              a branch; spaces, hyphens and dots are skipped.",
    source: "Circular 105/2020/TT-BTC; https://www.gdt.gov.vn/",
    chance: 0.09,
    argument: Argument::None,
    valid: &["0100234481", "0312345673-001", "03.00.123.450"],
    invalid: &[
        "0100234482",
        "0000000000",
        "0312345673-000",
        "0312345673-01",
    ],
    check: |value, _| {
        alnum_up_to::<13>(value, b" -.").is_some_and(|symbols| {
            let branch = match symbols.len() {
                10 => true,
                13 => &symbols[10..] != b"000" && symbols[10..].iter().all(u8::is_ascii_digit),
                _ => return false,
            };
            as_digits::<10>(&symbols[..10]).is_some_and(|digits| {
                let sum = weighted(&digits, &[31, 29, 23, 19, 17, 13, 7, 5, 3]);
                branch && number(&digits[2..9]) != 0 && 10 - sum % 11 == u32::from(digits[9])
            })
        })
    },
};

pub(crate) static ID_NPWP: Validator = Validator {
    name: "id-npwp",
    summary: "An Indonesian NPWP of fifteen digits: nine with a Luhn digit, office, branch; \
              spaces, hyphens and dots are skipped.",
    source: "Direktorat Jenderal Pajak, PER-04/PJ/2020; https://www.pajak.go.id/",
    chance: 0.1,
    argument: Argument::None,
    valid: &[
        "01.234.567.4-891.000",
        "712345677012000",
        "02.345.678.3-013.000",
    ],
    invalid: &[
        "01.234.567.5-891.000",
        "000000000000000",
        "01.234.567.4-891",
    ],
    check: |value, _| {
        digits(value, b" -.")
            .is_some_and(|digits: [u8; 15]| number(&digits) != 0 && luhn::holds(&digits[..9]))
    },
};

pub(crate) static SG_UEN: Validator = Validator {
    name: "sg-uen",
    summary: "A Singaporean unique entity number: business of eight digits, company of nine, or T, \
              S or R, year, kind of entity and four digits; check letter modulo 11.",
    source: "https://www.uen.gov.sg/ueninternet/faces/pages/admin/aboutUEN.jspx",
    chance: 0.035,
    argument: Argument::None,
    valid: &["53123456L", "201212345K", "T08GB0012H"],
    invalid: &["53123456A", "201212345A", "T08GB0012A", "5312345L"],
    check: |value, _| {
        alnum_up_to::<10>(value, b"").is_some_and(|symbols| {
            let Some((&check, body)) = symbols.split_last() else {
                return false;
            };
            if let Some(digits) = as_digits::<8>(body) {
                let sum = weighted(&digits, &[10, 4, 9, 3, 8, 2, 7, 1]);
                return check == b"XMKECAWLJDB"[(sum % 11) as usize];
            }
            if let Some(digits) = as_digits::<9>(body) {
                let sum = weighted(&digits, &[10, 8, 6, 4, 9, 7, 5, 3, 1]);
                return check == b"ZKCMDNERGWH"[(sum % 11) as usize];
            }
            is_other_entity(body, check)
        })
    },
};

pub(crate) static PH_TIN: Validator = Validator {
    name: "ph-tin",
    summary: "A Philippine TIN: nine digits that are not zero, the last a check digit modulo 11, and \
              three or five of a branch; spaces and hyphens are skipped.",
    source: "Bureau of Internal Revenue, https://www.bir.gov.ph/",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["123-456-782-000", "000-123-456", "12345678200001"],
    invalid: &["123-456-783-000", "000-000-000", "123-456-782-00"],
    check: |value, _| {
        alnum_up_to::<14>(value, b" -").is_some_and(|symbols| {
            matches!(symbols.len(), 9 | 12 | 14)
                && symbols.iter().all(u8::is_ascii_digit)
                && as_digits::<9>(&symbols[..9]).is_some_and(|digits| {
                    number(&digits) != 0
                        && weighted(&digits, &[9, 8, 7, 6, 5, 4, 3, 2]) % 11 == u32::from(digits[8])
                })
        })
    },
};

/// The symbols of other entities' numbers in the order of their values.
const UEN_ALPHABET: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWX0123456789";

fn is_other_entity(body: &[u8], check: u8) -> bool {
    let [b'R' | b'S' | b'T', y1, y2, k1, k2, serial @ ..] = body else {
        return false;
    };
    let mut sum = 0;
    for (symbol, weight) in body.iter().zip([4, 3, 5, 3, 10, 2, 2, 5, 7]) {
        match UEN_ALPHABET.iter().position(|known| known == symbol) {
            Some(value) => sum += value * weight,
            None => return false,
        }
    }
    // Six more is five less modulo 11.
    serial.len() == 4
        && serial.iter().chain([y1, y2]).all(u8::is_ascii_digit)
        && k1.is_ascii_uppercase()
        && k2.is_ascii_uppercase()
        && check == UEN_ALPHABET[(sum + 6) % 11]
}
