//! Check-digit systems that no single identifier owns.

pub(crate) mod luhn;
