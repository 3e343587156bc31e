//! Tests of any text: how random, how varied, how unlike a placeholder it looks.

pub(crate) mod classes;
pub(crate) mod date;
pub(crate) mod entropy;
pub(crate) mod placeholder;
