//! Hashes that stand for values.

use std::fmt;

use zeroize::Zeroizing;

use crate::token::{KeyError, derive};

/// What begins hashes that were made with a key.
const KEYED: &str = "keyed:";
/// Hex digits of a hash.
const DIGITS: usize = 16;
const PLAIN_USE: &str = "sluicegate 2026-11 hash of a value";
const KEYED_USE: &str = "sluicegate 2026-11 keyed hash of a value";

/// Hashes of values, by which the same value is known again: 16 hex digits, behind `keyed:` where they
/// are made with a key. A short value can be guessed from its plain hash; with a key only by whoever
/// has it.
///
/// ```
/// use sluicegate_guard::allow::ValueHash;
/// let plain = ValueHash::plain().of(b"TCK-1234");
/// assert_eq!(plain.len(), 16);
/// let keyed = ValueHash::keyed(b"a key for tests only")?.of(b"TCK-1234");
/// assert!(keyed.starts_with("keyed:") && !keyed.ends_with(&plain));
/// # Ok::<(), sluicegate_guard::token::KeyError>(())
/// ```
#[derive(Clone)]
pub struct ValueHash(Option<Zeroizing<[u8; 32]>>);

impl fmt::Debug for ValueHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let kind = if self.0.is_some() { "keyed" } else { "plain" };
        f.debug_tuple("ValueHash").field(&kind).finish()
    }
}

impl ValueHash {
    /// Hashes that anybody can make.
    pub fn plain() -> Self {
        Self(None)
    }

    /// Hashes with a key, for example the contents of a key file; space at either end does not count.
    ///
    /// # Errors
    /// When the secret has fewer than 16 bytes.
    pub fn keyed(secret: &[u8]) -> Result<Self, KeyError> {
        derive(KEYED_USE, secret).map(|key| Self(Some(key)))
    }

    /// The hash of a value.
    pub fn of(&self, value: &[u8]) -> String {
        match &self.0 {
            None => {
                let mut hasher = blake3::Hasher::new_derive_key(PLAIN_USE);
                hasher.update(value);
                hasher.finalize().to_hex()[..DIGITS].to_owned()
            }
            Some(key) => {
                let hash = blake3::keyed_hash(key, value).to_hex();
                format!("{KEYED}{}", &hash[..DIGITS])
            }
        }
    }

    /// Whether a hash that is written was made with a key.
    pub(super) fn is_keyed(hash: &str) -> bool {
        hash.starts_with(KEYED)
    }

    /// Whether a text has the form of a hash.
    pub(super) fn is_form(text: &str) -> bool {
        let digits = text.strip_prefix(KEYED).unwrap_or(text);
        digits.len() == DIGITS
            && digits
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    }
}
