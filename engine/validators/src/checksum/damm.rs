//! The Damm scheme.

use crate::symbols::digits_up_to;
use crate::{Argument, Validator};

pub(crate) static DAMM: Validator = Validator {
    name: "damm",
    summary: "Two to 32 digits with a Damm check digit; spaces and hyphens are skipped.",
    source: "H. M. Damm, Total anti-symmetrische Quasigruppen, Marburg 2004",
    chance: 0.1,
    argument: Argument::None,
    valid: &["5724", "112946", "1234 5678 6"],
    invalid: &["5725", "7524", "0", "57x4"],
    check: |value, _| {
        digits_up_to::<32>(value, b" -").is_some_and(|digits| digits.len() > 1 && holds(&digits))
    },
};

/// A totally anti-symmetric quasigroup of order ten with zeros in its diagonal.
const QUASIGROUP: [[u8; 10]; 10] = [
    [0, 3, 1, 7, 5, 9, 8, 6, 4, 2],
    [7, 0, 9, 2, 1, 5, 4, 8, 6, 3],
    [4, 2, 0, 6, 8, 7, 1, 3, 5, 9],
    [1, 7, 5, 0, 9, 8, 3, 4, 2, 6],
    [6, 1, 2, 3, 0, 4, 5, 9, 7, 8],
    [3, 6, 7, 4, 2, 0, 9, 5, 8, 1],
    [5, 8, 6, 9, 7, 2, 0, 1, 3, 4],
    [8, 9, 4, 5, 3, 6, 2, 0, 1, 7],
    [9, 4, 3, 8, 6, 1, 7, 2, 0, 5],
    [2, 5, 8, 1, 4, 3, 6, 7, 9, 0],
];

fn holds(digits: &[u8]) -> bool {
    let state = digits.iter().fold(0u8, |state, &digit| {
        QUASIGROUP[usize::from(state)][usize::from(digit % 10)]
    });
    state == 0
}
