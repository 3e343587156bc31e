//! Germany: tax identification and VAT numbers.

use crate::checksum::iso7064::holds_mod11_10;
use crate::symbols::{digits, without_prefix};
use crate::{Argument, Validator};

pub(crate) static STEUER_ID: Validator = Validator {
    name: "de-steuer-id",
    summary: "A tax identification number: eleven digits, the first not 0, one of the first ten \
              twice or thrice, MOD 11,10; spaces are skipped.",
    source: "Section 139b AO, \
             https://www.bzst.de/ (steuerliche Identifikationsnummer)",
    chance: 0.0033,
    argument: Argument::None,
    valid: &["86095742719", "65 929 970 489", "47036892816"],
    invalid: &["86095742718", "06095742719", "11122334455", "8609574271"],
    check: |value, _| {
        digits(value, b" ").is_some_and(|digits: [u8; 11]| {
            digits[0] != 0 && has_one_repeated(&digits[..10]) && holds_mod11_10(&digits)
        })
    },
};

pub(crate) static UST_ID: Validator = Validator {
    name: "de-ust-id",
    summary: "A VAT identification number: nine digits, the first not 0, MOD 11,10, with or \
              without DE; spaces, hyphens and dots are skipped.",
    source: "Section 27a UStG, https://ec.europa.eu/taxation_customs/vies/",
    chance: 0.09,
    argument: Argument::None,
    valid: &["136695976", "DE136695976", "DE 100 100 017"],
    invalid: &["DE136695977", "DE036695978", "DE13669597", "AT136695976"],
    check: |value, _| {
        digits(without_prefix(value, b"DE", b" -"), b" -.")
            .is_some_and(|digits: [u8; 9]| digits[0] != 0 && holds_mod11_10(&digits))
    },
};

/// Whether exactly one digit occurs more than once: twice, or, since 2016, three times but not in
/// a row.
fn has_one_repeated(digits: &[u8]) -> bool {
    let mut counts = [0u8; 10];
    for &digit in digits {
        counts[usize::from(digit % 10)] += 1;
    }
    let repeated = counts.iter().filter(|&&count| count > 1).count();
    let in_a_row = digits
        .windows(3)
        .any(|run| run[0] == run[1] && run[1] == run[2]);
    repeated == 1 && counts.iter().all(|&count| count <= 3) && !in_a_row
}
