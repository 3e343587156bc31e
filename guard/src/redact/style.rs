//! What stands in place of a value.

use std::fmt;

/// Fewest bytes of a key: 128 bits, so that hashes of short values can't be undone by guessing
/// the key.
pub const MIN_KEY_LEN: usize = 16;
/// Separates this use of a key from every other.
const KEY_CONTEXT: &str = "sluicegate redaction by keyed hash, version 1";
/// Bytes of a hash that are written, as twice as many hex digits.
pub(super) const HASH_LEN: usize = 8;

/// What stands in place of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Style {
    /// The classifier: `[SECRET_GITHUB_PAT]`.
    Label,
    /// `*` for each character.
    Mask,
    /// `*` for each character but the last ones. At least half of the value is always hidden.
    Partial {
        /// Most characters that are kept.
        keep: usize,
    },
    /// The classifier and a keyed hash of the value: `[secret.github.pat:0123456789abcdef]`.
    /// Equal values have equal hashes, under one key.
    Hash(HashKey),
}

/// The key of [`Style::Hash`].
#[derive(Clone, PartialEq, Eq)]
pub struct HashKey([u8; 32]);

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey")
    }
}

/// A key that is too short.
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

impl HashKey {
    /// A key from secret bytes, for example the contents of a key file; space at either end does
    /// not count.
    ///
    /// # Errors
    /// When there are fewer than [`MIN_KEY_LEN`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, KeyError> {
        let secret = secret.trim_ascii();
        if secret.len() < MIN_KEY_LEN {
            return Err(KeyError { len: secret.len() });
        }
        Ok(Self(blake3::derive_key(KEY_CONTEXT, secret)))
    }
}

impl Style {
    /// What stands in place of a value of this classifier.
    pub(super) fn replace(&self, id: &str, value: &[u8]) -> Vec<u8> {
        match self {
            Self::Label => label(id).into_bytes(),
            Self::Mask => vec![b'*'; characters(value).count()],
            Self::Partial { keep } => {
                let starts: Vec<usize> = characters(value).collect();
                let hidden = starts.len() - (*keep).min(starts.len() / 2);
                let mut output = vec![b'*'; hidden];
                if let Some(&from) = starts.get(hidden) {
                    output.extend_from_slice(&value[from..]);
                }
                output
            }
            Self::Hash(HashKey(key)) => {
                let hash = blake3::keyed_hash(key, value);
                let hex = hash.to_hex();
                format!("[{id}:{}]", &hex[..2 * HASH_LEN]).into_bytes()
            }
        }
    }
}

/// The label of a classifier: its id in capitals, dots and dashes as underscores, in brackets.
pub(super) fn label(id: &str) -> String {
    format!("[{}]", id.to_ascii_uppercase().replace(['.', '-'], "_"))
}

/// Where each character starts; a byte that belongs to none counts as one.
fn characters(value: &[u8]) -> impl Iterator<Item = usize> {
    let mut at = 0;
    value.utf8_chunks().flat_map(move |chunk| {
        let start = at;
        let valid = chunk.valid().len();
        at += valid + chunk.invalid().len();
        let bytes = start + valid..at;
        let valid = chunk.valid().char_indices();
        valid.map(move |(offset, _)| start + offset).chain(bytes)
    })
}
