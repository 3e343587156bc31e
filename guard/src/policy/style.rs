//! Redaction styles as policies name them: without their keys.

use super::Keys;
use crate::redact::{FpeKey, HashKey, KeyError, Style, TokenKey};

/// Characters that `partial` keeps where the policy does not say.
pub(super) const DEFAULT_KEEP: usize = 4;
/// The key of a style where the policy does not say.
pub(crate) const DEFAULT_KEY: &str = "main";
/// The names.
pub(super) const NAMES: [&str; 8] = [
    "label", "numbered", "mask", "partial", "hash", "token", "fpe", "vault",
];

/// A [`Style`] whose key is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum NamedStyle {
    /// [`Style::Label`].
    #[default]
    Label,
    /// [`Style::Numbered`].
    Numbered,
    /// [`Style::Mask`].
    Mask,
    /// [`Style::Partial`].
    Partial {
        /// Most characters that are kept.
        keep: usize,
    },
    /// [`Style::Hash`].
    Hash {
        /// Name of the key.
        key: String,
    },
    /// [`Style::Token`].
    Token {
        /// Name of the key.
        key: String,
    },
    /// [`Style::Fpe`].
    Fpe {
        /// Name of the key.
        key: String,
    },
    /// [`Style::Vault`].
    Vault,
}

/// Why a style can't be used with the keys that there are.
pub(super) enum StyleError<'s> {
    /// There is none of this name.
    NoKey(&'s str),
    /// The one of this name does not serve.
    BadKey(&'s str, KeyError),
}

impl NamedStyle {
    /// The style of this name, with its key and what it keeps where the policy says so.
    pub(super) fn new(name: &str, keep: Option<usize>, key: Option<String>) -> Option<Self> {
        let key = || key.unwrap_or_else(|| DEFAULT_KEY.to_owned());
        Some(match name {
            "label" => Self::Label,
            "numbered" => Self::Numbered,
            "mask" => Self::Mask,
            "partial" => Self::Partial {
                keep: keep.unwrap_or(DEFAULT_KEEP),
            },
            "hash" => Self::Hash { key: key() },
            "token" => Self::Token { key: key() },
            "fpe" => Self::Fpe { key: key() },
            "vault" => Self::Vault,
            _ => return None,
        })
    }

    /// The style with its key.
    pub(super) fn with_key(&self, keys: &Keys) -> Result<Style, StyleError<'_>> {
        fn made<'s, K>(
            name: &'s str,
            keys: &Keys,
            new: fn(&[u8]) -> Result<K, KeyError>,
        ) -> Result<K, StyleError<'s>> {
            let secret = keys.get(name).ok_or(StyleError::NoKey(name))?;
            new(secret).map_err(|error| StyleError::BadKey(name, error))
        }
        Ok(match self {
            Self::Label => Style::Label,
            Self::Numbered => Style::Numbered,
            Self::Mask => Style::Mask,
            Self::Partial { keep } => Style::Partial { keep: *keep },
            Self::Hash { key } => Style::Hash(made(key, keys, HashKey::new)?),
            Self::Token { key } => Style::Token(made(key, keys, TokenKey::new)?),
            Self::Fpe { key } => Style::Fpe(made(key, keys, FpeKey::new)?),
            Self::Vault => Style::Vault,
        })
    }
}
