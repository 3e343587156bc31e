//! Identifiers of health care.

pub(crate) mod dea;
pub(crate) mod mbi;
pub(crate) mod npi;
