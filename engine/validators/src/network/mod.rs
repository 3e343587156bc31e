//! Addresses of machines and of people on networks.

pub(crate) mod email;
pub(crate) mod ip;
pub(crate) mod mac;
pub(crate) mod phone;
pub(crate) mod uuid;
