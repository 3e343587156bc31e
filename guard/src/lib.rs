//! What happens to what was found.
//!
//! | folder | holds |
//! |---|---|
//! | `redact/` | findings to edits, edits to bytes without the values, and the way back |
//! | `token/` | values that only a key gives back |

#![forbid(unsafe_code)]

pub mod redact;
pub mod token;
