//! Ghana, Morocco, Mauritius, Mozambique, Senegal and Tunisia: tax and identity numbers.

use crate::arithmetic::{complement, number, weighted};
use crate::calendar::is_ddmmyy;
use crate::symbols::{alnum, alnum_up_to, as_digits, base36, digits};
use crate::{Argument, Validator};

pub(crate) static GH_TIN: Validator = Validator {
    name: "gh-tin",
    summary: "A Ghanaian TIN: P, C, G, Q or V, 00, seven digits, check character modulo 11; spaces \
              and hyphens are skipped.",
    source: "Ghana Revenue Authority, https://gra.gov.gh/",
    chance: 0.00018,
    argument: Argument::None,
    valid: &["P0001234560", "C0007654324", "V-000111222-8"],
    invalid: &["P0001234561", "A0001234560", "P0101234560", "P000123456"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 11]| {
            as_digits::<9>(&symbols[1..10]).is_some_and(|digits| {
                let sum = weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9]);
                b"PCGQV".contains(&symbols[0])
                    && digits[..2] == [0, 0]
                    && symbols[10] == b"0123456789X"[(sum % 11) as usize]
            })
        })
    },
};

pub(crate) static MA_ICE: Validator = Validator {
    name: "ma-ice",
    summary: "A Moroccan ICE: fifteen digits that are not zero and leave nothing modulo 97; spaces \
              and hyphens are skipped.",
    source: "Décret 2-11-63 du 20 mai 2011; https://www.ice.gov.ma/",
    chance: 0.0103,
    argument: Argument::None,
    valid: &["001234567000062", "002987654 0000 94", "001543210000165"],
    invalid: &["001234567000063", "000000000000000", "01234567000062"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 15]| {
            let whole = number(&digits);
            whole != 0 && whole.is_multiple_of(97)
        })
    },
};

pub(crate) static MU_NID: Validator = Validator {
    name: "mu-nid",
    summary: "A Mauritian national identity number: letter of the surname, date of birth, six \
              digits, check character modulo 17; spaces and hyphens are skipped.",
    source: "National Identity Card Act 1985; https://mnis.govmu.org/",
    chance: 0.0021,
    argument: Argument::None,
    valid: &["A0101901234563", "S311285001234D", "P150765987650A"],
    invalid: &[
        "A0101901234564",
        "A3213901234563",
        "10101901234563",
        "A010190123456",
    ],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 14]| {
            as_digits::<12>(&symbols[1..13]).is_some_and(|digits| {
                let sum: u32 = symbols[..13]
                    .iter()
                    .zip((2..=14).rev())
                    .map(|(&symbol, weight)| base36(symbol) * weight)
                    .sum();
                symbols[0].is_ascii_uppercase()
                    && is_ddmmyy(&digits[..6])
                    && base36(symbols[13]) == complement(sum, 17)
            })
        })
    },
};

pub(crate) static MZ_NUIT: Validator = Validator {
    name: "mz-nuit",
    summary: "A Mozambican NUIT: nine digits that are not zero, the last a check digit modulo 11; \
              spaces, hyphens and dots are skipped.",
    source: "Autoridade Tributária de Moçambique, https://www.at.gov.mz/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["400123454", "123 456 785", "700.987.655"],
    invalid: &["400123455", "000000000", "40012345"],
    check: |value, _| {
        digits(value, b" -.").is_some_and(|digits: [u8; 9]| {
            let check = match weighted(&digits, &[8, 9, 4, 5, 6, 7, 8, 9]) % 11 {
                10 => 1,
                remainder => remainder,
            };
            number(&digits) != 0 && check == u32::from(digits[8])
        })
    },
};

pub(crate) static SN_NINEA: Validator = Validator {
    name: "sn-ninea",
    summary: "A Senegalese NINEA: seven or nine digits, the last a check digit modulo 10, and, \
              where written, the tax code of digit, letter and digit; spaces, hyphens, commas and \
              slashes are skipped.",
    source: "Décret 2012-886 (NINEA); https://www.ansd.sn/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["001234567", "308765439 2G3", "0045676/0A1", "1234567 2B2"],
    invalid: &["001234568", "001234567 9G3", "12345", "001234567 2G"],
    check: |value, _| {
        alnum_up_to::<12>(value, b" -,/").is_some_and(|symbols| {
            let body = match *symbols {
                [ref body @ .., tax, letter, centre]
                    if matches!(tax, b'0'..=b'2')
                        && letter.is_ascii_uppercase()
                        && centre.is_ascii_digit() =>
                {
                    body
                }
                ref body => body,
            };
            // Seven digits are nine with zeros in front.
            let weights: &[u32] = match body.len() {
                9 => &[1, 2, 1, 2, 1, 2, 1, 2, 1],
                7 => &[1, 2, 1, 2, 1, 2, 1],
                _ => return false,
            };
            let sum: u32 = body
                .iter()
                .zip(weights)
                .map(|(&symbol, weight)| base36(symbol) * weight)
                .sum();
            body.iter().all(u8::is_ascii_digit) && sum != 0 && sum.is_multiple_of(10)
        })
    },
};

pub(crate) static TN_MF: Validator = Validator {
    name: "tn-mf",
    summary: "A Tunisian matricule fiscal: up to seven digits, check letter modulo 23, and, where \
              written, the codes of tax and category and the branch, 000 but for category E; \
              spaces and slashes are skipped.",
    source: "Ministère des Finances, https://www.impots.finances.gov.tn/",
    chance: 0.0003,
    argument: Argument::None,
    valid: &["1234567R/A/M/000", "0987654/S", "12345NPE002"],
    invalid: &["1234567R/A/M/001", "1234567I/A/M/000", "1234567R/A/M/00"],
    check: |value, _| {
        alnum_up_to::<13>(value, b" /").is_some_and(|symbols| {
            let digits = symbols.iter().take_while(|s| s.is_ascii_digit()).count();
            let (body, rest) = symbols.split_at(digits);
            if !(3..=7).contains(&digits) {
                return false;
            }
            // Shorter numbers are seven digits with zeros in front.
            let sum: u32 = body
                .iter()
                .rev()
                .zip(1..)
                .map(|(&s, w)| base36(s) * w)
                .sum();
            let branch = match rest {
                [_] => true,
                [_, tax, b'E', branch @ ..] => {
                    b"ABDFNP".contains(tax)
                        && branch.len() == 3
                        && branch.iter().all(u8::is_ascii_digit)
                }
                [_, tax, b'C' | b'M' | b'N' | b'P', branch @ ..] => {
                    b"ABDFNP".contains(tax) && branch == b"000"
                }
                _ => false,
            };
            branch && rest[0] == b"ABCDEFGHJKLMNPQRSTVWXYZ"[(sum % 23) as usize]
        })
    },
};
