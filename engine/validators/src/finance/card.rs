//! Payment cards.

use crate::arithmetic::number;
use crate::checksum::luhn;
use crate::symbols::digits_up_to;
use crate::{Argument, Validator};

pub(crate) static CARD: Validator = Validator {
    name: "card",
    summary: "A card number of Visa, Mastercard, American Express, Discover, Diners Club, JCB, \
              UnionPay or Maestro: issuer range, length and Luhn digit; spaces, hyphens and dots \
              are skipped.",
    source: "ISO/IEC 7812-1, and the issuer ranges that the card schemes publish for merchants",
    chance: 0.0276,
    argument: Argument::None,
    valid: &[
        "4111 1111 1111 1111",
        "5555-5555-5555-4444",
        "2223003122003222",
        "378282246310005",
        "6011111111111117",
        "30569309025904",
        "3530111333300000",
        "6200000000000005",
        "6759649826438453",
    ],
    invalid: &[
        "4111 1111 1111 1112",
        "1234567812345670",
        "411111111111116",
        "37828224631000",
        "0000000000000000",
    ],
    check: |value, _| {
        digits_up_to::<19>(value, b" -.")
            .is_some_and(|digits| has_issuer(&digits) && luhn::holds(&digits))
    },
};

/// First to last value of the leading six digits, shortest and longest number.
const ISSUERS: &[(u64, u64, usize, usize)] = &[
    (222100, 272099, 16, 16), // Mastercard
    (300000, 305999, 14, 19), // Diners Club
    (309500, 309599, 14, 19), // Diners Club
    (340000, 349999, 15, 15), // American Express
    (352800, 358999, 16, 19), // JCB
    (360000, 369999, 14, 19), // Diners Club
    (370000, 379999, 15, 15), // American Express
    (380000, 399999, 14, 19), // Diners Club
    (400000, 499999, 16, 16), // Visa; 13 and 19 are below
    (400000, 499999, 13, 13),
    (400000, 499999, 19, 19),
    (501800, 501899, 12, 19), // Maestro
    (502000, 502099, 12, 19), // Maestro
    (503800, 503899, 12, 19), // Maestro
    (510000, 559999, 16, 16), // Mastercard
    (589300, 589399, 12, 19), // Maestro
    (601100, 601199, 16, 19), // Discover
    (620000, 629999, 16, 19), // UnionPay, with a part shared with Discover
    (630400, 630499, 12, 19), // Maestro
    (644000, 659999, 16, 19), // Discover
    (675900, 675999, 12, 19), // Maestro
    (676100, 676399, 12, 19), // Maestro
    (810000, 817199, 16, 19), // UnionPay
];

fn has_issuer(digits: &[u8]) -> bool {
    let Some(lead) = digits.get(..6).map(number) else {
        return false;
    };
    ISSUERS.iter().any(|&(first, last, shortest, longest)| {
        (first..=last).contains(&lead) && (shortest..=longest).contains(&digits.len())
    })
}
