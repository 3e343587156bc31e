//! Hungary: social security number.

use crate::arithmetic::{number, weighted};
use crate::symbols::{digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static TAJ: Validator = Validator {
    name: "hu-taj",
    summary: "A TAJ number: nine digits that are not zero, weights 3 and 7, modulo 10; spaces and \
              hyphens are skipped.",
    source: "1996. évi XX. törvény, annex",
    chance: 0.1,
    argument: Argument::None,
    valid: &["111 111 110", "123-456-788", "012345678"],
    invalid: &["111 111 111", "123-456-789", "000000000", "12345678"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            number(&digits) != 0
                && weighted(&digits, &[3, 7, 3, 7, 3, 7, 3, 7]) % 10 == u32::from(digits[8])
        })
    },
};

pub(crate) static ADOSZAM: Validator = Validator {
    name: "hu-adoszam",
    summary: "A tax number: seven digits and a check digit with weights 9, 7, 3 and 1, with or without HU in front or the code of the tax and the county behind; spaces, hyphens and dots are skipped.",
    source: "2017. évi CL. törvény; https://nav.gov.hu/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["12345676", "12345676-2-41", "HU13579241"],
    invalid: &["12345677-2-41", "HU1357924", "00000000"],
    check: |value, _| {
        let digits = digits_up_to::<11>(without_prefix(value, b"HU", b" -.:"), b" -.");
        digits.is_some_and(|digits| {
            matches!(digits.len(), 8 | 11)
                && number(&digits[..8]) != 0
                && weighted(&digits, &[9, 7, 3, 1, 9, 7, 3, 1]).is_multiple_of(10)
        })
    },
};

pub(crate) static ADOAZONOSITO: Validator = Validator {
    name: "hu-adoazonosito",
    summary: "A tax identifier of a person: 8, eight digits, check digit modulo 11; spaces are skipped.",
    source: "1996. évi XX. törvény, annex; https://nav.gov.hu/",
    chance: 0.00909,
    argument: Argument::None,
    valid: &["8123456786", "80 9876 5431", "8450000122"],
    invalid: &["8123456787", "7123456786", "812345678"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 10]| {
            digits[0] == 8
                && weighted(&digits, &[1, 2, 3, 4, 5, 6, 7, 8, 9]) % 11 == u32::from(digits[9])
        })
    },
};

pub(crate) static GIRO: Validator = Validator {
    name: "hu-giro",
    summary: "An account number of 16 or 24 digits: bank and branch, account, each with a check digit of weights 9, 7, 3 and 1; spaces and hyphens are skipped.",
    source: "https://www.giro.hu/; MNB 35/2017. (XII. 14.) rendelet",
    chance: 0.01,
    argument: Argument::None,
    valid: &[
        "11773016-11111010-00000008",
        "11773016-01234565",
        "10700024-55555550-51100000",
    ],
    invalid: &["11773017-01234565", "11773016-01234566", "11773016-0123456"],
    check: |value, _| {
        const WEIGHTS: [u8; 16] = [9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1, 9, 7, 3, 1];
        digits_up_to::<24>(value, b" -").is_some_and(|digits| {
            matches!(digits.len(), 16 | 24)
                && number(&digits[..8]) != 0
                && weighted(&digits[..8], &WEIGHTS).is_multiple_of(10)
                && weighted(&digits[8..], &WEIGHTS).is_multiple_of(10)
        })
    },
};
