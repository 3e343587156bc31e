//! Values that only a key gives back.
//!
//! | file | holds |
//! |---|---|
//! | `key.rs` | secret bytes to keys, one for each use |
//! | `base32.rs` | bytes as text that survives being copied |
//! | `seal.rs` | reversible tokens: AES-SIV |
//! | `format.rs` | values of the same form: FF1 |
//!
//! Both are deterministic: equal values of one classifier look equal under one key, so that they
//! can still be compared, counted and joined. Who sees the result learns that two values are the
//! same, and how long a value is, but not the value.

mod base32;
mod format;
mod key;
mod seal;

pub(crate) use base32::is_digit;
pub(crate) use format::Direction;
pub use format::FpeKey;
pub(crate) use key::derive;
pub use key::{KeyError, MIN_KEY_LEN};
pub use seal::TokenKey;
pub(crate) use seal::{MAX_BODY, MIN_BODY};
