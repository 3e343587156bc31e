//! Travel documents.

pub(crate) mod mrz;
