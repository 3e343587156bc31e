//! The Verhoeff scheme.

use crate::symbols::digits_up_to;
use crate::{Argument, Validator};

pub(crate) static VERHOEFF: Validator = Validator {
    name: "verhoeff",
    summary: "Two to 32 digits with a Verhoeff check digit; spaces and hyphens are skipped.",
    source: "J. Verhoeff, Error Detecting Decimal Codes, 1969",
    chance: 0.1,
    argument: Argument::None,
    valid: &["2363", "758722", "1234 5678 9010"],
    invalid: &["2364", "3263", "7", "23a3"],
    check: |value, _| {
        digits_up_to::<32>(value, b" -").is_some_and(|digits| digits.len() > 1 && holds(&digits))
    },
};

/// The product of the symmetries of a pentagon: 0-4 turn it, 5-9 flip it.
const PRODUCT: [[u8; 10]; 10] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 2, 3, 4, 0, 6, 7, 8, 9, 5],
    [2, 3, 4, 0, 1, 7, 8, 9, 5, 6],
    [3, 4, 0, 1, 2, 8, 9, 5, 6, 7],
    [4, 0, 1, 2, 3, 9, 5, 6, 7, 8],
    [5, 9, 8, 7, 6, 0, 4, 3, 2, 1],
    [6, 5, 9, 8, 7, 1, 0, 4, 3, 2],
    [7, 6, 5, 9, 8, 2, 1, 0, 4, 3],
    [8, 7, 6, 5, 9, 3, 2, 1, 0, 4],
    [9, 8, 7, 6, 5, 4, 3, 2, 1, 0],
];

/// What a digit becomes by its place from the right, repeating after eight places.
const PERMUTATION: [[u8; 10]; 8] = [
    [0, 1, 2, 3, 4, 5, 6, 7, 8, 9],
    [1, 5, 7, 6, 2, 8, 3, 0, 9, 4],
    [5, 8, 0, 3, 7, 9, 6, 1, 4, 2],
    [8, 9, 1, 6, 0, 4, 3, 5, 2, 7],
    [9, 4, 5, 3, 1, 2, 6, 8, 7, 0],
    [4, 2, 8, 6, 5, 7, 3, 9, 0, 1],
    [2, 7, 9, 3, 8, 0, 6, 4, 1, 5],
    [7, 0, 4, 6, 9, 1, 3, 2, 5, 8],
];

/// Whether digits 0 to 9 end in their check digit.
pub(crate) fn holds(digits: &[u8]) -> bool {
    let product = digits
        .iter()
        .rev()
        .enumerate()
        .fold(0u8, |product, (i, &digit)| {
            PRODUCT[usize::from(product)][usize::from(PERMUTATION[i % 8][usize::from(digit % 10)])]
        });
    product == 0
}
