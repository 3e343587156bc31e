//! Bulgaria: unified civil number.

use crate::arithmetic::{number, weighted};
use crate::calendar::is_date;
use crate::symbols::digits;
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
    check: |value, _| {
        digits(value, b" -").is_some_and(|digits: [u8; 10]| {
            let (century, month) = match number(&digits[2..4]) {
                month @ 21..=32 => (1800, month - 20),
                month @ 41..=52 => (2000, month - 40),
                month => (1900, month),
            };
            is_date(century + number(&digits[..2]), month, number(&digits[4..6]))
                && weighted(&digits, &[2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11 % 10
                    == u32::from(digits[9])
        })
    },
};
