//! The Luhn formula.

use crate::symbols::digits_up_to;
use crate::{Argument, Validator};

pub(crate) static LUHN: Validator = Validator {
    name: "luhn",
    summary: "Two to 32 digits whose Luhn sum is a multiple of 10; spaces and hyphens are skipped.",
    source: "ISO/IEC 7812-1, annex B",
    chance: 0.1,
    argument: Argument::None,
    valid: &["79927398713", "1230-2", "0000 0018"],
    invalid: &["79927398710", "1230-5", "5", "7992739871x"],
    check: |value, _| {
        digits_up_to::<32>(value, b" -").is_some_and(|digits| digits.len() > 1 && holds(&digits))
    },
};

/// Whether the Luhn sum of digits 0 to 9, the last of them the check digit, is a multiple of 10.
pub(crate) fn holds(digits: &[u8]) -> bool {
    sum(digits.iter().copied()).is_multiple_of(10)
}

/// The Luhn sum: from the right, every second digit counts as the digit sum of its double.
pub(crate) fn sum(digits: impl DoubleEndedIterator<Item = u8>) -> u32 {
    const DOUBLED: [u32; 10] = [0, 2, 4, 6, 8, 1, 3, 5, 7, 9];
    digits
        .rev()
        .enumerate()
        .map(|(i, d)| {
            if i % 2 == 1 {
                DOUBLED[usize::from(d % 10)]
            } else {
                u32::from(d)
            }
        })
        .sum()
}
