//! Tokens that carry a check of their own.

pub(crate) mod github;
pub(crate) mod json;
pub(crate) mod jwt;
