//! Bulgaria: unified civil number.

use crate::arithmetic::{complement, number, weighted};
use crate::calendar::is_date;
use crate::symbols::{digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static EGN: Validator = Validator {
    name: "bg-egn",
    summary: "An EGN: ten digits, date of birth with its century in the month, modulo 11; spaces \
              and hyphens are skipped.",
    source: "Naredba RD-02-20-9 of 2012 on ESGRAON; https://www.grao.bg/esgraon.html",
    chance: 0.011,
    argument: Argument::None,
    valid: &["7523169263", "8032056031", "752316 9263"],
    invalid: &["7523169264", "7513169263", "7523329263", "752316926"],
    check: |value, _| digits(value, b" -").is_some_and(|digits: [u8; 10]| is_egn(&digits)),
};

pub(crate) static EIK: Validator = Validator {
    name: "bg-eik",
    summary: "An EIK (BULSTAT) of nine digits, or of 13 for a branch, modulo 11 twice, with or without BG; spaces, hyphens and dots are skipped.",
    source: "Zakon za registar BULSTAT; https://www.bulstat.bg/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["123456786", "BG 203040500", "100123452"],
    invalid: &["123456787", "12345678", "BG123456787"],
    check: |value, _| {
        digits_up_to::<13>(without_prefix(value, b"BG", b" -.:"), b" -.").is_some_and(|digits| {
            match digits.len() {
                9 => has_eik_check(&digits),
                13 => {
                    let check = match weighted(&digits[8..], &[2, 7, 3, 5]) % 11 {
                        10 => weighted(&digits[8..], &[4, 9, 5, 7]) % 11 % 10,
                        remainder => remainder,
                    };
                    has_eik_check(&digits[..9]) && check == u32::from(digits[12])
                }
                _ => false,
            }
        })
    },
};

pub(crate) static LNCH: Validator = Validator {
    name: "bg-lnch",
    summary: "A personal number of a foreigner: ten digits, modulo 10; spaces are skipped.",
    source: "Naredba RD-02-20-9 of 2012; https://www.grao.bg/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["1001234562", "300 765 4324", "7000000018"],
    invalid: &["1001234563", "0000000000", "100123456"],
    check: |value, _| digits(value, b" ").is_some_and(|digits: [u8; 10]| is_lnch(&digits)),
};

pub(crate) static VAT: Validator = Validator {
    name: "bg-vat",
    summary: "A VAT number: an EIK of nine digits, or ten that are an EGN, a number of a foreigner or of another payer, with or without BG; spaces, hyphens and dots are skipped.",
    source: "https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.1,
    argument: Argument::None,
    valid: &["123456786", "BG123456786", "BG 1001234562", "9900123457"],
    invalid: &["BG123456787", "BG1001234564", "BG12345678"],
    check: |value, _| {
        let digits = digits_up_to::<10>(without_prefix(value, b"BG", b" -.:"), b" -.");
        digits.is_some_and(|digits| match <&[u8; 10]>::try_from(&*digits) {
            Ok(digits) => {
                let other = complement(weighted(digits, &[4, 3, 2, 7, 6, 5, 4, 3, 2]), 11);
                is_egn(digits) || is_lnch(digits) || other == u32::from(digits[9])
            }
            Err(_) => digits.len() == 9 && has_eik_check(&digits),
        })
    },
};

fn is_lnch(digits: &[u8; 10]) -> bool {
    number(digits) != 0
        && weighted(digits, &[21, 19, 17, 13, 11, 9, 7, 3, 1]) % 10 == u32::from(digits[9])
}

/// The check digit of nine: a remainder of 10 asks for a second set of weights, then counts as 0.
fn has_eik_check(digits: &[u8]) -> bool {
    let check = match weighted(digits, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => weighted(digits, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        remainder => remainder,
    };
    number(digits) != 0 && check == u32::from(digits[8])
}

fn is_egn(digits: &[u8; 10]) -> bool {
    let (century, month) = match number(&digits[2..4]) {
        month @ 21..=32 => (1800, month - 20),
        month @ 41..=52 => (2000, month - 40),
        month => (1900, month),
    };
    is_date(century + number(&digits[..2]), month, number(&digits[4..6]))
        && weighted(digits, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10 == u32::from(digits[9])
}
