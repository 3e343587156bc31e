//! Sweden: personal identity and coordination numbers.

use crate::arithmetic::number;
use crate::calendar::{is_date, is_yymmdd};
use crate::checksum::luhn;
use crate::symbols::{digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static PERSONNUMMER: Validator = Validator {
    name: "se-personnummer",
    summary: "A personal identity or coordination number of 10 or 12 digits: date of birth, Luhn \
              digit; hyphen, plus and spaces are skipped.",
    source: "Folkbokföringslag (1991:481), section 18; https://www.skatteverket.se/",
    chance: 0.0073,
    argument: Argument::None,
    valid: &[
        "670919-9530",
        "19811218+9876",
        "701063-2391",
        "198112189876",
    ],
    invalid: &["670919-9531", "671319-9530", "670932-9530", "670919-953"],
    check: |value, _| {
        digits_up_to::<12>(value, b" -+").is_some_and(|digits| {
            let short = match digits.len() {
                10 => &digits[..],
                12 => &digits[2..],
                _ => return false,
            };
            let mut date = [0; 6];
            date.copy_from_slice(&short[..6]);
            // Sixty is added to the day in coordination numbers.
            if date[4] >= 6 {
                date[4] -= 6;
            }
            let dated = if digits.len() == 12 {
                let year = number(&digits[..4]);
                (1800..2100).contains(&year)
                    && is_date(year, number(&date[2..4]), number(&date[4..]))
            } else {
                is_yymmdd(&date)
            };
            dated && luhn::holds(short)
        })
    },
};

pub(crate) static VAT: Validator = Validator {
    name: "se-vat",
    summary: "A VAT number: ten digits with a Luhn digit and 01, with or without SE; spaces, hyphens and dots are skipped.",
    source: "https://www.skatteverket.se/ (momsregistreringsnummer), https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.001,
    argument: Argument::None,
    valid: &["123456789701", "SE556677889901", "SE 556677-8899 01"],
    invalid: &["SE123456789801", "SE123456789702", "SE1234567897"],
    check: |value, _| {
        let digits = digits(without_prefix(value, b"SE", b" -.:"), b" -.");
        digits.is_some_and(|digits: [u8; 12]| {
            number(&digits[..10]) != 0 && luhn::holds(&digits[..10]) && digits[10..] == [0, 1]
        })
    },
};
