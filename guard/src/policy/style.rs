//! The names of redaction styles, as policies write them.

use crate::redact::{HashKey, Style};

/// Characters that `partial` keeps where the policy does not say.
const DEFAULT_KEEP: usize = 4;

/// The names.
pub(super) const NAMES: [&str; 4] = ["label", "mask", "partial", "hash"];

/// Why a style can't be had.
pub(super) enum StyleError {
    /// There is none of this name.
    Unknown,
    /// It needs a key.
    NoKey,
    /// The key that there is does not serve it.
    BadKey(String),
}

/// The style of this name; `keep` belongs to `partial`.
pub(super) fn style(
    name: &str,
    keep: Option<usize>,
    key: Option<&[u8]>,
) -> Result<Style, StyleError> {
    let key = || key.ok_or(StyleError::NoKey);
    Ok(match name {
        "label" => Style::Label,
        "mask" => Style::Mask,
        "partial" => Style::Partial {
            keep: keep.unwrap_or(DEFAULT_KEEP),
        },
        "hash" => Style::Hash(
            HashKey::new(key()?).map_err(|error| StyleError::BadKey(error.to_string()))?,
        ),
        _ => return Err(StyleError::Unknown),
    })
}
