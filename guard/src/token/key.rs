//! Secret bytes to keys, one for each use.

use std::fmt;

use zeroize::Zeroizing;

/// Fewest bytes of a secret that keys are made from: 128 bits, so that short values can't be
/// learned by guessing the key.
pub const MIN_KEY_LEN: usize = 16;

/// A secret that is too short.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeyError {
    len: usize,
}

impl fmt::Display for KeyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { len } = self;
        write!(
            f,
            "the key has {len} bytes, it takes at least {MIN_KEY_LEN}"
        )
    }
}

impl std::error::Error for KeyError {}

/// A key of `LEN` bytes for one use, which the context names. Keys of different contexts tell
/// nothing about each other. Space at either end of the secret does not count.
pub(crate) fn derive<const LEN: usize>(
    context: &str,
    secret: &[u8],
) -> Result<Zeroizing<[u8; LEN]>, KeyError> {
    let secret = secret.trim_ascii();
    if secret.len() < MIN_KEY_LEN {
        return Err(KeyError { len: secret.len() });
    }
    let mut key = Zeroizing::new([0; LEN]);
    let mut hasher = blake3::Hasher::new_derive_key(context);
    hasher.update(secret);
    hasher.finalize_xof().fill(key.as_mut());
    Ok(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_context_has_a_key_of_its_own() {
        let secret = b" 0123456789abcdef\n";
        let key = derive::<32>("one", secret).unwrap();
        assert_eq!(*key, blake3::derive_key("one", secret.trim_ascii()));
        assert_ne!(*key, *derive::<32>("two", secret).unwrap());
    }

    #[test]
    fn a_short_secret_is_refused() {
        let error = derive::<32>("one", b"  short key   \n").unwrap_err();
        assert!(error.to_string().contains("9 bytes"));
    }
}
