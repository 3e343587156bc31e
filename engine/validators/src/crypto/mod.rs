//! Addresses of cryptocurrencies.

pub(crate) mod base58check;
pub(crate) mod bech32;
pub(crate) mod eip55;
