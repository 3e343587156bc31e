//! Switzerland: social security number.

use crate::arithmetic::{complement, number, weighted};
use crate::checksum::gtin;
use crate::symbols::{digits, digits_up_to, without_prefix};
use crate::{Argument, Validator};

pub(crate) static AHV: Validator = Validator {
    name: "ch-ahv",
    summary: "An AHV/AVS number: 13 digits that start with 756, GS1 check digit; spaces, hyphens \
              and dots are skipped.",
    source: "https://www.zas.admin.ch/ (AHV number)",
    chance: 0.0001,
    argument: Argument::None,
    valid: &["756.9217.0769.85", "756.1234.5678.97", "7569999999991"],
    invalid: &["756.9217.0769.84", "757.9217.0769.84", "756.9217.0769.8"],
    check: |value, _| {
        digits(value, b" -.")
            .is_some_and(|digits: [u8; 13]| number(&digits[..3]) == 756 && gtin::holds(&digits))
    },
};

pub(crate) static UID: Validator = Validator {
    name: "ch-uid",
    summary: "An enterprise number: nine digits, modulo 11, with or without CHE in front and MWST, TVA, IVA, TPV, HR or RC behind; spaces, hyphens and dots are skipped.",
    source: "https://www.bfs.admin.ch/bfs/en/home/registers/enterprise-register/enterprise-identification.html",
    chance: 0.0909,
    argument: Argument::None,
    valid: &[
        "123.456.788",
        "CHE-123.456.788",
        "CHE 246801359 MWST",
        "che-109.876.542 tva",
    ],
    invalid: &["CHE-123.456.789", "CHE-12.345.678", "CHE-123.456.788 XYZ"],
    check: |value, _| {
        let mut value = without_prefix(value, b"CHE", b" -.");
        for suffix in ["MWST", "TVA", "IVA", "TPV", "HR", "RC"] {
            if let Some((body, tail)) =
                value.split_at_checked(value.len().saturating_sub(suffix.len()))
                && tail.eq_ignore_ascii_case(suffix.as_bytes())
            {
                value = body.trim_ascii_end();
            }
        }
        digits(value, b" -.").is_some_and(|digits: [u8; 9]| {
            complement(weighted(&digits, &[5, 4, 3, 2, 7, 6, 5, 4]), 11) == u32::from(digits[8])
        })
    },
};

pub(crate) static ESR: Validator = Validator {
    name: "ch-esr",
    summary: "A payment reference of 4 to 27 digits, modulo 10 recursive; spaces are skipped.",
    source: "https://www.six-group.com/ (Swiss implementation guidelines QR-bill, annex B)",
    chance: 0.1,
    argument: Argument::None,
    valid: &[
        "00 00000 00000 12345 67890 12343",
        "123456789017",
        "21 00000 00003 13947 14300 09017",
    ],
    invalid: &["123456789018", "000000", "12a4"],
    check: |value, _| {
        const CARRIES: [u8; 10] = [0, 9, 4, 6, 8, 2, 7, 1, 3, 5];
        digits_up_to::<27>(value, b" ").is_some_and(|digits| {
            let carry = digits.iter().fold(0, |carry, &digit| {
                CARRIES[usize::from((carry + digit) % 10)]
            });
            // The check digit brings the carry to 0, as the table has 0 in its first place only.
            digits.len() > 3 && digits.iter().any(|&digit| digit != 0) && carry == 0
        })
    },
};
