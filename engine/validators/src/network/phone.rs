//! International telephone numbers.

use crate::arithmetic::number;
use crate::symbols::digits_up_to;
use crate::{Argument, Validator};

pub(crate) static E164: Validator = Validator {
    name: "phone-e164",
    summary: "An international number after + or 00: assigned country code, 8 to 15 digits, for +1 \
              the form of the North American plan; spaces, hyphens, dots, slashes and parentheses \
              are skipped.",
    source: "ITU-T E.164 and its list of assigned country codes; https://nationalnanpa.com/",
    chance: 0.71,
    argument: Argument::None,
    valid: &["+44 20 7946 0958", "+1 (212) 555-0123", "0049 30 901820"],
    invalid: &[
        "+999 1234 5678",
        "+1 (112) 555-0123",
        "44 20 7946 0958",
        "+44 20",
        "+1234567890123456",
    ],
    check: |value, _| {
        let number = match value {
            [b'+', rest @ ..] | [b'0', b'0', rest @ ..] => rest.trim_ascii_start(),
            _ => return false,
        };
        let number = number.strip_suffix(b")").unwrap_or(number);
        let number = number.strip_prefix(b"(").unwrap_or(number);
        digits_up_to::<15>(number, b" -./()").is_some_and(|digits| {
            digits.len() >= 8
                && match digits[0] {
                    // A code and an exchange that start from 2.
                    1 => digits.len() == 11 && digits[1] >= 2 && digits[4] >= 2,
                    _ => is_assigned(&digits),
                }
        })
    },
};

/// Whether a number starts with a country code that is in use.
fn is_assigned(digits: &[u8]) -> bool {
    let two = number(&digits[..2]);
    let three = number(&digits[..3]);
    matches!(two,
        20 | 27 | 30..=34 | 36 | 39..=41 | 43..=49 | 51..=58 | 60..=66 | 70..=79 | 81 | 82 | 84
        | 86 | 90..=95 | 98)
        || matches!(three,
            211..=213 | 216 | 218 | 220..=258 | 260..=269 | 290 | 291 | 297..=299 | 350..=359
            | 370..=378 | 380..=383 | 385..=387 | 389 | 420 | 421 | 423 | 500..=509 | 590..=599
            | 670 | 672..=683 | 685..=692 | 800 | 808 | 850 | 852 | 853 | 855 | 856 | 870 | 878
            | 880..=883 | 886 | 888 | 960..=968 | 970..=977 | 979 | 992..=996 | 998)
}
