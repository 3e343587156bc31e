//! International bank account numbers.

use crate::checksum::iso7064::remainder97;
use crate::symbols::alnum_up_to;
use crate::{Argument, Validator};

pub(crate) static IBAN: Validator = Validator {
    name: "iban",
    summary: "An IBAN of a registered country: length, letters and digits where they belong, check \
              digits; spaces and hyphens are skipped.",
    source: "ISO 13616 and the SWIFT IBAN Registry, \
             https://www.swift.com/standards/data-standards/iban-international-bank-account-number",
    chance: 0.000076,
    argument: Argument::None,
    valid: &[
        "DE89 3704 0044 0532 0130 00",
        "GB29 NWBK 6016 1331 9268 19",
        "FR1420041010050500013M02606",
        "NO93 8601 1117 947",
        "mt84-MALT-0110-0001-2345-MTLC-AST0-01S",
        "SA03 8000 0000 6080 1016 7519",
    ],
    invalid: &[
        "DE88 3704 0044 0532 0130 00",
        "DE89 3704 0044 0532 0130 0",
        "GB29 N1BK 6016 1331 9268 19",
        "XX89 3704 0044 0532 0130 00",
    ],
    check: |value, _| {
        alnum_up_to::<34>(value, b" -").is_some_and(|symbols| {
            let Some((head, account)) = symbols.split_first_chunk::<4>() else {
                return false;
            };
            // 00, 01 and 99 would also leave 1, and are never issued.
            matches!(
                head[2..],
                [b'0', b'2'..=b'9'] | [b'1'..=b'8', b'0'..=b'9'] | [b'9', b'0'..=b'8']
            ) && COUNTRIES
                .iter()
                .find(|(code, _)| code.as_bytes() == &head[..2])
                .is_some_and(|(_, form)| has_form(account, form.as_bytes()))
                && remainder97(account.iter().chain(head)) == 1
        })
    },
};

/// The national part by country: counts of digits (`n`), letters (`a`) and either (`c`).
const COUNTRIES: &[(&str, &str)] = &[
    ("AD", "8n12c"),
    ("AE", "19n"),
    ("AL", "8n16c"),
    ("AT", "16n"),
    ("AZ", "4a20c"),
    ("BA", "16n"),
    ("BE", "12n"),
    ("BG", "4a6n8c"),
    ("BH", "4a14c"),
    ("BI", "23n"),
    ("BR", "23n1a1c"),
    ("BY", "4c4n16c"),
    ("CH", "5n12c"),
    ("CR", "18n"),
    ("CY", "8n16c"),
    ("CZ", "20n"),
    ("DE", "18n"),
    ("DJ", "23n"),
    ("DK", "14n"),
    ("DO", "4c20n"),
    ("EE", "16n"),
    ("EG", "25n"),
    ("ES", "20n"),
    ("FI", "14n"),
    ("FK", "2a12n"),
    ("FO", "14n"),
    ("FR", "10n11c2n"),
    ("GB", "4a14n"),
    ("GE", "2a16n"),
    ("GI", "4a15c"),
    ("GL", "14n"),
    ("GR", "7n16c"),
    ("GT", "24c"),
    ("HN", "4a20n"),
    ("HR", "17n"),
    ("HU", "24n"),
    ("IE", "4a14n"),
    ("IL", "19n"),
    ("IQ", "4a15n"),
    ("IS", "22n"),
    ("IT", "1a10n12c"),
    ("JO", "4a4n18c"),
    ("KW", "4a22c"),
    ("KZ", "3n13c"),
    ("LB", "4n20c"),
    ("LC", "4a24c"),
    ("LI", "5n12c"),
    ("LT", "16n"),
    ("LU", "3n13c"),
    ("LV", "4a13c"),
    ("LY", "21n"),
    ("MC", "10n11c2n"),
    ("MD", "20c"),
    ("ME", "18n"),
    ("MK", "3n10c2n"),
    ("MN", "16n"),
    ("MR", "23n"),
    ("MT", "4a5n18c"),
    ("MU", "4a19n3a"),
    ("NI", "4a20n"),
    ("NL", "4a10n"),
    ("NO", "11n"),
    ("OM", "3n16c"),
    ("PK", "4a16c"),
    ("PL", "24n"),
    ("PS", "4a21c"),
    ("PT", "21n"),
    ("QA", "4a21c"),
    ("RO", "4a16c"),
    ("RS", "18n"),
    ("RU", "14n15c"),
    ("SA", "2n18c"),
    ("SC", "4a20n3a"),
    ("SD", "14n"),
    ("SE", "20n"),
    ("SI", "15n"),
    ("SK", "20n"),
    ("SM", "1a10n12c"),
    ("SO", "19n"),
    ("ST", "21n"),
    ("SV", "4a20n"),
    ("TL", "19n"),
    ("TN", "20n"),
    ("TR", "6n16c"),
    ("UA", "6n19c"),
    ("VA", "18n"),
    ("VG", "4a16n"),
    ("XK", "16n"),
    ("YE", "4a4n18c"),
];

/// Whether upper-case symbols follow a form of the table from end to end.
fn has_form(mut symbols: &[u8], form: &[u8]) -> bool {
    let mut count = 0;
    for &byte in form {
        let fits: fn(&u8) -> bool = match byte {
            b'n' => u8::is_ascii_digit,
            b'a' => u8::is_ascii_uppercase,
            b'c' => u8::is_ascii_alphanumeric,
            digit => {
                count = count * 10 + usize::from(digit - b'0');
                continue;
            }
        };
        let Some((part, rest)) = symbols.split_at_checked(count) else {
            return false;
        };
        if !part.iter().all(fits) {
            return false;
        }
        (symbols, count) = (rest, 0);
    }
    symbols.is_empty()
}
