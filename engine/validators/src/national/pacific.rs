//! Australia and New Zealand: tax, company and health numbers.

use crate::arithmetic::{complement, number, weighted};
use crate::symbols::{alnum, as_digits, digits, digits_up_to};
use crate::{Argument, Validator};

pub(crate) static TFN: Validator = Validator {
    name: "au-tfn",
    summary: "An Australian tax file number: nine digits that are not zero, modulo 11; spaces and \
              hyphens are skipped.",
    source: "https://www.ato.gov.au/ (tax file numbers, validation for software developers)",
    chance: 0.0909,
    argument: Argument::None,
    valid: &["123 456 782", "876-543-210", "459599230"],
    invalid: &["123 456 783", "000000000", "12345678", "123 456 7822"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            number(&digits) != 0
                && weighted(&digits, &[1, 4, 3, 7, 5, 8, 6, 9, 10]).is_multiple_of(11)
        })
    },
};

pub(crate) static ABN: Validator = Validator {
    name: "au-abn",
    summary: "An Australian business number: eleven digits, the first not 0, modulo 89; spaces and \
              hyphens are skipped.",
    source: "https://abr.business.gov.au/Help/AbnFormat",
    chance: 0.0101,
    argument: Argument::None,
    valid: &["51 824 753 556", "83-914-571-673", "53004085616"],
    invalid: &["51 824 753 557", "01 824 753 556", "5182475355"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 11]| {
            // One is taken from the first digit, which weighs 10.
            let sum = weighted(&digits, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]);
            digits[0] != 0 && (sum - 10).is_multiple_of(89)
        })
    },
};

pub(crate) static ACN: Validator = Validator {
    name: "au-acn",
    summary: "An Australian company number: nine digits that are not zero, modulo 10; spaces and \
              hyphens are skipped.",
    source: "https://asic.gov.au/for-business/registering-a-company/steps-to-register-a-company/australian-company-numbers/australian-company-number-digit-check/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["004 085 616", "010-499-966", "000000019"],
    invalid: &["004 085 617", "000 000 000", "00408561"],
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 9]| {
            number(&digits) != 0
                && complement(weighted(&digits, &[8, 7, 6, 5, 4, 3, 2, 1]), 10)
                    == u32::from(digits[8])
        })
    },
};

pub(crate) static MEDICARE: Validator = Validator {
    name: "au-medicare",
    summary: "An Australian Medicare number of 10 or 11 digits: the first 2 to 6, check digit \
              modulo 10, issue number, person's number; spaces, hyphens and slash are skipped.",
    source: "https://meteor.aihw.gov.au/content/270101 (Medicare card number)",
    chance: 0.045,
    argument: Argument::None,
    valid: &["2123 45670 1", "3987-65435-1/1", "59501231432"],
    invalid: &["2123 45671 1", "1123 45670 1", "2123 45670", "2123 45670 0"],
    check: |value, _| {
        digits_up_to::<11>(value, b" -/").is_some_and(|digits| {
            matches!(digits.len(), 10 | 11)
                && matches!(digits[0], 2..=6)
                && digits[9] != 0
                && digits.get(10) != Some(&0)
                && weighted(&digits, &[1, 3, 7, 9, 1, 3, 7, 9]) % 10 == u32::from(digits[8])
        })
    },
};

pub(crate) static NZ_IRD: Validator = Validator {
    name: "nz-ird",
    summary: "A New Zealand IRD number: eight or nine digits in the issued range, modulo 11 with \
              two sets of weights; spaces, hyphens and dots are skipped.",
    source: "Inland Revenue, Resident withholding tax specification, IRD number validation",
    chance: 0.0188,
    argument: Argument::None,
    valid: &["049-091-850", "49091850", "136 410 132", "35901981"],
    invalid: &["49091851", "9125568", "198-765-432-1", "999999999"],
    check: |value, _| {
        digits_up_to::<9>(value, b" -.").is_some_and(|digits| {
            let whole = number(&digits);
            if !matches!(digits.len(), 8 | 9) || !(10_000_000..=200_000_000).contains(&whole) {
                return false;
            }
            let mut body = [0; 9];
            body[9 - digits.len()..].copy_from_slice(&digits);
            let check = match complement(weighted(&body, &[3, 2, 7, 6, 5, 4, 3, 2]), 11) {
                10 => complement(weighted(&body, &[7, 4, 3, 2, 5, 2, 7, 6]), 11),
                check => check,
            };
            check == u32::from(body[8])
        })
    },
};

pub(crate) static PROVIDER: Validator = Validator {
    name: "au-provider",
    summary: "An Australian Medicare provider number: six digits, practice location, check letter \
              modulo 11; spaces and hyphens are skipped.",
    source: "Services Australia, provider number check digit; https://www.servicesaustralia.gov.au/",
    chance: 0.0326,
    argument: Argument::None,
    valid: &["123456AF", "065432BJ", "2147658L"],
    invalid: &["123456AG", "123456IF", "12345AF"],
    check: |value, _| {
        alnum(value, b" -").is_some_and(|symbols: [u8; 8]| {
            let place = b"0123456789ABCDEFGHJKLMNPQRTUVWXY"
                .iter()
                .position(|&known| known == symbols[6]);
            let (Some(digits), Some(place)) = (as_digits::<6>(&symbols[..6]), place) else {
                return false;
            };
            let sum = weighted(&digits, &[3, 5, 8, 4, 2, 1]) as usize + 6 * place;
            symbols[7] == b"YXWTLKJHFBA"[sum % 11]
        })
    },
};

pub(crate) static NZ_ACCOUNT: Validator = Validator {
    name: "nz-account",
    summary: "A New Zealand bank account: bank, branch of four digits, account of seven, suffix of \
              two or three; modulo 10 or 11 by bank; spaces and hyphens are skipped.",
    source: "Inland Revenue, Resident withholding tax and NRWT specification, bank account number \
             validation",
    chance: 0.0394,
    argument: Argument::None,
    valid: &[
        "01-0902-0068389-00",
        "12-3123-0123450-000",
        "25-2500-1234569-00",
    ],
    invalid: &[
        "01-0902-0068388-00",
        "07-0902-0068389-00",
        "25-2500-1234568-00",
        "01-0902-0068389",
    ],
    check: |value, _| {
        digits_up_to::<16>(value, b" -").is_some_and(|digits| {
            // The account is checked as eight digits, the suffix as four.
            let mut whole = [0; 18];
            if !matches!(digits.len(), 15 | 16) {
                return false;
            }
            whole[..6].copy_from_slice(&digits[..6]);
            whole[7..14].copy_from_slice(&digits[6..13]);
            whole[18 - (digits.len() - 13)..].copy_from_slice(&digits[13..]);
            is_nz_account(&whole)
        })
    },
};

fn is_nz_account(whole: &[u8; 18]) -> bool {
    let crossed = |weights: [u8; 11]| -> u32 {
        whole[7..]
            .iter()
            .zip(weights)
            .map(|(&digit, weight)| u32::from(digit) * u32::from(weight))
            .map(|product| {
                if product == 0 {
                    0
                } else {
                    (product - 1) % 9 + 1
                }
            })
            .sum()
    };
    let account = &whole[6..14];
    match number(&whole[..2]) {
        1..=6 | 10..=24 | 27 | 30 | 35 | 38 => {
            // Accounts below 990,000 are checked together with the branch.
            let branch = if number(account) < 990_000 {
                weighted(&whole[2..6], &[6, 3, 7, 9])
            } else {
                0
            };
            (branch + weighted(account, &[0, 0, 10, 5, 8, 4, 2, 1])).is_multiple_of(11)
        }
        8 => weighted(account, &[0, 7, 6, 5, 4, 3, 2, 1]).is_multiple_of(11),
        9 => crossed([0, 0, 0, 5, 4, 3, 2, 0, 0, 0, 1]).is_multiple_of(11),
        25 | 33 => weighted(account, &[0, 1, 7, 3, 1, 7, 3, 1]).is_multiple_of(10),
        26 | 28 | 29 => crossed([1, 3, 7, 1, 3, 7, 1, 0, 3, 7, 1]).is_multiple_of(10),
        31 => true,
        _ => false,
    }
}
