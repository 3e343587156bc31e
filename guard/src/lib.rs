//! What happens to what was found.
//!
//! | folder | holds |
//! |---|---|
//! | `redact/` | findings to edits, edits to bytes without the values |

#![forbid(unsafe_code)]

pub mod redact;
