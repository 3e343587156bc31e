//! Numbers of people and companies, one file per country.

pub(crate) mod us;
