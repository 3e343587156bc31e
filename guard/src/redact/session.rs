//! What numbered labels and the vault remember.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use zeroize::Zeroize;

use super::RedactError;
use super::reversible::{Reading, Reversible, is_session, read};

/// Greatest number of a label: six digits, so that no number of a card or person passes for one.
pub(super) const MAX_NUMBER: u32 = 999_999;
/// Most characters of a session's name.
pub(super) const MAX_ID_LEN: usize = 32;

/// What redactions of one conversation remember, so that equal values get equal labels and answers
/// can be turned back.
///
/// A session holds values. They are wiped when it is dropped, and are never shown. It is bounded by
/// [`Self::MAX_ENTRIES`] and [`Self::MAX_BYTES`], past which a redaction fails with
/// [`RedactError::SessionFull`].
///
/// ```
/// use sluicegate_guard::redact::Session;
/// let session = Session::new("night-7")?;
/// assert!(session.is_empty());
/// assert!(Session::new("Night 7").is_err());
/// # Ok::<(), sluicegate_guard::redact::SessionNameError>(())
/// ```
pub struct Session {
    name: String,
    labels: BTreeMap<String, Numbers>,
    entries: usize,
    bytes: usize,
}

/// The values of one label.
#[derive(Default)]
struct Numbers {
    last: u32,
    by_value: BTreeMap<Arc<Value>, u32>,
    /// Each with how many values the session knew before it.
    by_number: BTreeMap<u32, (Arc<Value>, usize)>,
}

/// A value that is wiped when the last use of it is dropped.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Value(Vec<u8>);

impl Drop for Value {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

/// A text that can't name a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SessionNameError;

impl fmt::Display for SessionNameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the name of a session is 1 to {MAX_ID_LEN} of `a-z`, `0-9` and `-`"
        )
    }
}

impl std::error::Error for SessionNameError {}

impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session")
            .field("entries", &self.entries)
            .field("bytes", &self.bytes)
            .finish_non_exhaustive()
    }
}

impl Default for Session {
    /// A session named `0`, for a single text.
    fn default() -> Self {
        Self {
            name: "0".to_owned(),
            labels: BTreeMap::new(),
            entries: 0,
            bytes: 0,
        }
    }
}

impl Session {
    /// Most values that a session remembers.
    pub const MAX_ENTRIES: usize = 1 << 16;
    /// Most bytes of all values that a session remembers.
    pub const MAX_BYTES: usize = 1 << 26;

    /// An empty session. Its name stands in the tokens of the vault, so that those of another
    /// session are not taken for its own.
    ///
    /// # Errors
    /// When the name is not 1 to 32 of `a-z`, `0-9` and `-`.
    pub fn new(name: &str) -> Result<Self, SessionNameError> {
        let is_name = (1..=MAX_ID_LEN).contains(&name.len()) && name.bytes().all(is_session);
        if !is_name {
            return Err(SessionNameError);
        }
        Ok(Self {
            name: name.to_owned(),
            ..Self::default()
        })
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Number of values that are remembered.
    pub fn len(&self) -> usize {
        self.entries
    }

    /// Whether nothing is remembered.
    pub fn is_empty(&self) -> bool {
        self.entries == 0
    }

    /// The number of a value under a label: the one it has, or the next that is not taken.
    pub(super) fn number(
        &mut self,
        label: &str,
        value: &[u8],
        taken: &Taken,
    ) -> Result<u32, RedactError> {
        let value = Value(value.to_vec());
        let numbers = self.labels.entry(label.to_owned()).or_default();
        if let Some(&number) = numbers.by_value.get(&value) {
            return Ok(number);
        }
        let number = (numbers.last + 1..=MAX_NUMBER)
            .find(|&number| !taken.0.contains(&(label.to_owned(), number)))
            .filter(|_| {
                self.entries < Self::MAX_ENTRIES && value.0.len() <= Self::MAX_BYTES - self.bytes
            })
            .ok_or(RedactError::SessionFull)?;
        self.bytes += value.0.len();
        let value = Arc::new(value);
        numbers.last = number;
        numbers.by_value.insert(Arc::clone(&value), number);
        numbers.by_number.insert(number, (value, self.entries));
        self.entries += 1;
        Ok(number)
    }

    /// The value of a mark of this session.
    pub(super) fn value(&self, mark: &Reversible) -> Option<&[u8]> {
        self.entry(mark).map(|(value, _)| &value.0[..])
    }

    /// Whether a mark is of one of the first `entries` values of this session.
    pub(super) fn knew(&self, mark: &Reversible, entries: usize) -> bool {
        self.entry(mark)
            .is_some_and(|&(_, before)| before < entries)
    }

    fn entry(&self, mark: &Reversible) -> Option<&(Arc<Value>, usize)> {
        let (label, number) = self.place(mark)?;
        self.labels.get(label)?.by_number.get(&number)
    }

    /// Whether a mark looks like one of this session: its label has values here.
    pub(super) fn knows_label(&self, mark: &Reversible) -> bool {
        self.place(mark)
            .is_some_and(|(label, _)| self.labels.contains_key(label))
    }

    /// The label of a mark of this session, and its number.
    fn place<'a>(&self, mark: &Reversible<'a>) -> Option<(&'a str, u32)> {
        match *mark {
            Reversible::Numbered { label, number } => Some((label, number)),
            Reversible::Vault {
                session,
                id,
                number,
            } => (session == self.name).then_some((id, number)),
            Reversible::Token { .. } => None,
        }
    }
}

/// Labels with numbers that stand in a text and are not of the session. Given to a value, such a
/// number would turn back what was there before.
#[derive(Clone, Debug, Default)]
pub(crate) struct Taken(BTreeSet<(String, u32)>);

impl Taken {
    pub(super) fn new(text: &[u8], session: &Session) -> Self {
        let mut taken = Self::default();
        taken.add(text, session);
        taken
    }

    /// Those of another text that is turned back together with the first.
    pub(super) fn add(&mut self, text: &[u8], session: &Session) {
        for (open, _) in text.iter().enumerate().filter(|(_, byte)| **byte == b'[') {
            self.note(&text[open..], session);
        }
    }

    /// Takes note of a mark in a text that arrives, of as many as a session has values.
    pub(crate) fn pass(&mut self, mark: &[u8], session: &Session) {
        if self.0.len() < Session::MAX_ENTRIES {
            self.note(mark, session);
        }
    }

    /// Takes note of the mark that a text starts with, if it does.
    fn note(&mut self, text: &[u8], session: &Session) {
        if let Reading::Mark(_, mark) = read(text)
            && session.value(&mark).is_none()
            && let Some((label, number)) = session.place(&mark)
        {
            self.0.insert((label.to_owned(), number));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Taken {
        Taken(BTreeSet::new())
    }

    fn numbered(label: &str, number: u32) -> Reversible<'_> {
        Reversible::Numbered { label, number }
    }

    #[test]
    fn equal_values_have_equal_numbers() {
        let mut session = Session::default();
        for (label, value, number) in [
            ("A", "x", 1),
            ("A", "y", 2),
            ("B", "x", 1),
            ("A", "x", 1),
            ("A", "z", 3),
        ] {
            assert_eq!(
                session.number(label, value.as_bytes(), &none()),
                Ok(number),
                "{label} {value}"
            );
        }
        assert_eq!(session.len(), 4);
        assert_eq!(session.value(&numbered("A", 2)), Some(&b"y"[..]));
        assert_eq!(session.value(&numbered("A", 4)), None);
        assert!(session.knows_label(&numbered("A", 4)));
        assert!(!session.knows_label(&numbered("C", 1)));
    }

    #[test]
    fn numbers_that_stand_in_the_text_are_passed_over() {
        let mut session = Session::default();
        assert_eq!(session.number("A", b"x", &none()), Ok(1));
        let taken = Taken::new(b"[A_1] [A_2] [[A_3] [A_5] [A_04]", &session);
        assert_eq!(session.number("A", b"y", &taken), Ok(4));
        assert_eq!(session.number("A", b"z", &taken), Ok(6));
    }

    #[test]
    fn a_full_session_says_so() {
        let mut session = Session::default();
        let large = vec![b'x'; Session::MAX_BYTES + 1];
        assert_eq!(
            session.number("A", &large, &none()),
            Err(RedactError::SessionFull)
        );
        for value in 0..Session::MAX_ENTRIES {
            session.number("A", &value.to_be_bytes(), &none()).unwrap();
        }
        assert_eq!(
            session.number("A", b"more", &none()),
            Err(RedactError::SessionFull)
        );
        assert_eq!(session.number("A", &0usize.to_be_bytes(), &none()), Ok(1));
    }

    #[test]
    fn tokens_of_another_session_are_not_ours() {
        let mut session = Session::new("one").unwrap();
        session.number("a.b", b"x", &none()).unwrap();
        let vault = |session| Reversible::Vault {
            session,
            id: "a.b",
            number: 1,
        };
        assert_eq!(session.value(&vault("one")), Some(&b"x"[..]));
        assert_eq!(session.value(&vault("two")), None);
        assert!(!session.knows_label(&vault("two")));
    }

    #[test]
    fn nothing_is_shown_but_counts() {
        let mut session = Session::default();
        session.number("A", b"hidden", &none()).unwrap();
        assert_eq!(
            format!("{session:?}"),
            "Session { entries: 1, bytes: 6, .. }"
        );
    }
}
