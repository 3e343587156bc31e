//! Keys by name, which policies ask for.

use std::collections::BTreeMap;
use std::fmt;

use zeroize::Zeroizing;

/// The keys that policies name, as secret bytes. They are wiped when dropped and never shown.
///
/// ```
/// use sluicegate_guard::policy::Keys;
/// let keys = Keys::new().with("main", b"a key for tests only");
/// assert_eq!(format!("{keys:?}"), r#"Keys {"main"}"#);
/// ```
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Keys(BTreeMap<String, Zeroizing<Vec<u8>>>);

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Keys ")?;
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl Keys {
    /// None.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a key from secret bytes, for example the contents of a key file; space at either end
    /// does not count. It takes the place of another of this name. Whether there are enough bytes
    /// shows when it is used.
    #[must_use]
    pub fn with(mut self, name: impl Into<String>, secret: &[u8]) -> Self {
        self.0.insert(name.into(), Zeroizing::new(secret.to_vec()));
        self
    }

    /// Whether there is a key of this name.
    pub fn contains(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    pub(crate) fn get(&self, name: &str) -> Option<&[u8]> {
        self.0.get(name).map(|secret| secret.as_slice())
    }
}
