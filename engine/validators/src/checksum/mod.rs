//! Check-digit systems that no single identifier owns.

pub(crate) mod damm;
pub(crate) mod gtin;
pub(crate) mod iso7064;
pub(crate) mod luhn;
pub(crate) mod verhoeff;
