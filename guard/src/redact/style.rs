//! What stands in place of a value.

use std::fmt;
use std::slice;

use zeroize::Zeroizing;

use super::RedactError;
use super::restore::restore;
use super::session::{Session, Taken};
use crate::token::{FpeKey, KeyError, TokenKey, derive};

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
    /// The last part of the classifier's id and a number: `[EMAIL_1]`. Within a [`Session`], equal
    /// values of one label have equal numbers, and [`super::restore`] turns them back.
    Numbered,
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
    /// Another value of the same form, by format-preserving encryption: digits for digits, letters
    /// for letters, the rest in its place, and such that the classifier finds it again. A value for
    /// which there is none becomes a token, see [`FpeKey`]. [`super::Redactor::restore`] turns both
    /// back.
    ///
    /// What comes out looks like what went in. So this is the one style that changes a text again
    /// when it is redacted again.
    Fpe(FpeKey),
    /// The value itself, encrypted: `[tok:pii.contact.email:mzxw6...]`. The key alone turns it
    /// back. A value of more than 1,024 bytes takes several tokens.
    Token(TokenKey),
    /// The classifier and a number in the [`Session`] of this name:
    /// `[vault:night-7:pii.contact.email:3]`. The session turns it back.
    Vault,
}

/// The key of [`Style::Hash`]. It is wiped when dropped.
#[derive(Clone, PartialEq, Eq)]
pub struct HashKey(Zeroizing<[u8; 32]>);

impl fmt::Debug for HashKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HashKey")
    }
}

impl HashKey {
    /// A key from secret bytes, for example the contents of a key file; space at either end does
    /// not count.
    ///
    /// # Errors
    /// When there are fewer than [`crate::token::MIN_KEY_LEN`] bytes.
    pub fn new(secret: &[u8]) -> Result<Self, KeyError> {
        derive(KEY_CONTEXT, secret).map(Self)
    }
}

impl Style {
    /// What stands in place of a value, or where that can be turned back, of what the marks in it
    /// stood for. `keys` open those.
    pub(super) fn stand_in(
        &self,
        id: &str,
        value: &[u8],
        keys: &[TokenKey],
        session: &mut Session,
        taken: &Taken,
    ) -> Result<Vec<u8>, RedactError> {
        if !self.is_reversible() {
            return self.replace(id, value, session, taken);
        }
        let value = restore(value, keys, session);
        self.replace(id, &value.bytes, session, taken)
    }

    /// What stands in place of a value of this classifier. For [`Style::Fpe`] it is the token of
    /// those values that can't keep their form.
    fn replace(
        &self,
        id: &str,
        value: &[u8],
        session: &mut Session,
        taken: &Taken,
    ) -> Result<Vec<u8>, RedactError> {
        Ok(match self {
            Self::Label => label(id).into_bytes(),
            Self::Numbered => {
                let label = short_label(id);
                let number = session.number(&label, value, taken)?;
                format!("[{label}_{number}]").into_bytes()
            }
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
            Self::Fpe(key) => key.token().seal(id, value).into_bytes(),
            Self::Token(key) => key.seal(id, value).into_bytes(),
            Self::Vault => {
                let number = session.number(id, value, taken)?;
                format!("[vault:{}:{id}:{number}]", session.name()).into_bytes()
            }
        })
    }

    /// The key that opens the tokens of this style, if it has any.
    pub(super) fn token_keys(&self) -> &[TokenKey] {
        match self {
            Self::Fpe(key) => slice::from_ref(key.token()),
            Self::Token(key) => slice::from_ref(key),
            _ => &[],
        }
    }

    /// Most characters of a value that are kept.
    pub(super) fn keeps(&self) -> usize {
        match self {
            Self::Partial { keep } => *keep,
            _ => 0,
        }
    }

    /// Whether what stands in place of a value can be turned back.
    fn is_reversible(&self) -> bool {
        matches!(
            self,
            Self::Numbered | Self::Fpe(_) | Self::Token(_) | Self::Vault
        )
    }
}

/// The label of a classifier: its id in capitals, dots and dashes as underscores, in brackets.
pub(super) fn label(id: &str) -> String {
    format!("[{}]", id.to_ascii_uppercase().replace(['.', '-'], "_"))
}

/// The label that takes a number: the last part of the id, in capitals.
pub(super) fn short_label(id: &str) -> String {
    let last = id.rsplit('.').next().unwrap_or(id);
    last.to_ascii_uppercase().replace('-', "_")
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
