//! Tests of any text: how random, how varied, how unlike a placeholder it looks.

pub(crate) mod entropy;
