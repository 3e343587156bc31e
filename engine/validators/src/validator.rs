//! What a validator is, and what it may be told.

use std::fmt;

/// One check that a pack can name in `validate`.
#[derive(Clone, Copy)]
pub struct Validator {
    /// The name packs use, in kebab-case.
    pub name: &'static str,
    /// What is checked, in one sentence, with the separators that are skipped.
    pub summary: &'static str,
    /// Where the format or formula is documented: a standard's number or a public address.
    pub source: &'static str,
    /// Share of random strings that are accepted, 0.0 to 1.0. Random means: of the shape of the
    /// first valid vector, a random digit for each digit, a random letter for each letter.
    pub chance: f64,
    /// What may follow the name after a colon.
    pub argument: Argument,
    /// Values that are accepted, with the default argument where there is one.
    pub valid: &'static [&'static str],
    /// Values that are not.
    pub invalid: &'static [&'static str],
    pub(crate) check: fn(&[u8], u32) -> bool,
}

/// The argument a validator takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Argument {
    /// None: the name stands alone.
    None,
    /// A whole number.
    Whole {
        /// Smallest value.
        least: u32,
        /// Largest value.
        most: u32,
        /// What the name alone stands for.
        default: u32,
    },
    /// A number with at most two decimals, kept in hundredths.
    Hundredths {
        /// Smallest value, in hundredths.
        least: u32,
        /// Largest value, in hundredths.
        most: u32,
        /// What the name alone stands for, in hundredths.
        default: u32,
    },
}

impl fmt::Debug for Validator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Validator").field(&self.name).finish()
    }
}
