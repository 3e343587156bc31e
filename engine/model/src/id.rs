//! Classifier ids: `<family>.<group>.<name>`.

use std::fmt;

/// The families a classifier id may start with, with what each holds.
///
/// `exact` and `document` belong to indexes and are therefore not for packs.
pub const FAMILIES: &[(&str, &str)] = &[
    ("secret", "credentials, tokens and keys"),
    (
        "pii",
        "people: national, tax, contact, licence, passport, address, phone",
    ),
    ("pci", "payment cards"),
    ("bank", "bank accounts, routing, securities"),
    ("health", "health identifiers and codes"),
    ("network", "network and device identifiers"),
    ("crypto", "cryptocurrency addresses and seeds"),
    ("inject", "prompt injection and jailbreak phrasing"),
    ("malicious", "attack payloads"),
    ("marking", "document markings and labels"),
    ("code", "source code leakage"),
    ("content", "opt-in moderation"),
    ("custom", "anything of a customer's own"),
];

/// A classifier's id: dot-separated words of `a-z`, `0-9` and `-`, for example `secret.github.pat`.
///
/// ```
/// use sluicegate_model::ClassifierId;
/// let id = ClassifierId::new("secret.github.pat")?;
/// assert_eq!(id.family(), "secret");
/// assert!(ClassifierId::new("Secret GitHub").is_err());
/// # Ok::<(), sluicegate_model::IdError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(transparent)]
pub struct ClassifierId(String);

/// Why a text is no classifier id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IdError(&'static str);

impl ClassifierId {
    /// The longest id, in bytes.
    pub const MAX_LEN: usize = 128;

    /// Checks the form: one to eight words of `a-z`, `0-9`, `-`, joined by dots, at most
    /// [`Self::MAX_LEN`] bytes.
    ///
    /// # Errors
    /// When the text has another form.
    pub fn new(text: &str) -> Result<Self, IdError> {
        if text.len() > Self::MAX_LEN {
            return Err(IdError("an id has at most 128 bytes"));
        }
        if text.split('.').count() > 8 {
            return Err(IdError("an id has at most eight words"));
        }
        for word in text.split('.') {
            if word.is_empty() {
                return Err(IdError("an id has no empty word between its dots"));
            }
            if !word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            {
                return Err(IdError(
                    "an id is made of a-z, 0-9 and '-', its words joined by dots",
                ));
            }
        }
        Ok(Self(text.to_owned()))
    }

    /// The id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first word.
    pub fn family(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }
}

/// Whether an id is what a pattern names: the same id, or, where the pattern ends in `*`, any id that
/// begins with what stands before it.
///
/// ```
/// use sluicegate_model::id_meets;
/// assert!(id_meets("pii.phone.us", "pii.phone.*") && id_meets("pii.phone.us", "pii.phone.us"));
/// assert!(!id_meets("pii.phone.us", "pii.phone"));
/// ```
pub fn id_meets(id: &str, pattern: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(beginning) => id.starts_with(beginning),
        None => id == pattern,
    }
}

/// Why a text is no pattern that [`id_meets`] could find an id for.
///
/// # Errors
/// When the text is neither an id nor the beginning of one followed by `*`.
pub(crate) fn check_pattern(pattern: &str) -> Result<(), IdError> {
    let Some(beginning) = pattern.strip_suffix('*') else {
        return ClassifierId::new(pattern).map(drop);
    };
    // What any id can go on with makes it one.
    ClassifierId::new(&format!("{beginning}x")).map(drop)
}

impl fmt::Display for ClassifierId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Display for IdError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for IdError {}
