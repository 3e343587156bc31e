//! The way back: marks to the values that they stand for, also in a stream that cuts them.

use std::fmt;

use super::edit::{Edit, apply};
use super::reversible::{Reading, Reversible, read};
use super::session::Session;
use crate::token::TokenKey;

/// A text with its values.
#[derive(Clone, PartialEq, Eq)]
pub struct Restored {
    /// The text.
    pub bytes: Vec<u8>,
    /// Number of marks that became values.
    pub restored: usize,
    /// Number of marks that were left as they are: altered, or of another key or session. For
    /// [`super::Style::Fpe`], values too that the key did not make.
    pub unknown: usize,
}

impl fmt::Debug for Restored {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Restored")
            .field("len", &self.bytes.len())
            .field("restored", &self.restored)
            .field("unknown", &self.unknown)
            .finish()
    }
}

/// Replaces tokens of the keys, and tokens and numbered labels of the session, by their values. What
/// a value holds is not read again. Whatever the text is encoded in, such as JSON, is the caller's
/// to take off before and put on after.
///
/// ```
/// use sluicegate_guard::redact::{Session, restore};
/// let restored = restore(b"write to [EMAIL_1]", None, &Session::default());
/// assert_eq!(restored.bytes, b"write to [EMAIL_1]");
/// assert_eq!(restored.restored, 0);
/// ```
pub fn restore<'k>(
    text: &[u8],
    keys: impl IntoIterator<Item = &'k TokenKey>,
    session: &Session,
) -> Restored {
    let mut restorer = Restorer::new(keys);
    let mut bytes = restorer.push(session, text);
    bytes.extend(restorer.finish());
    Restored {
        bytes,
        restored: restorer.restored,
        unknown: restorer.unknown,
    }
}

/// [`restore`] for a text that comes in pieces. However it is cut, what comes out is what the whole
/// would give, if the session does not change meanwhile. Only a suffix that could be the beginning
/// of a mark is held back, which is less than 1,800 bytes.
///
/// ```
/// use sluicegate_guard::redact::{Restorer, Session};
/// let session = Session::default();
/// let mut restorer = Restorer::new(None);
/// assert_eq!(restorer.push(&session, b"see [EMA"), b"see ");
/// assert_eq!(restorer.push(&session, b"IL] or"), b"[EMAIL] or");
/// assert_eq!(restorer.finish(), b"");
/// ```
#[derive(Clone)]
pub struct Restorer {
    keys: Vec<TokenKey>,
    held: Vec<u8>,
    restored: usize,
    unknown: usize,
}

impl fmt::Debug for Restorer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Restorer")
            .field("held", &self.held.len())
            .field("restored", &self.restored)
            .field("unknown", &self.unknown)
            .finish_non_exhaustive()
    }
}

impl Restorer {
    /// A stream at its start. Tokens that none of the keys opens are left as they are.
    pub fn new<'k>(keys: impl IntoIterator<Item = &'k TokenKey>) -> Self {
        Self {
            keys: keys.into_iter().cloned().collect(),
            held: Vec::new(),
            restored: 0,
            unknown: 0,
        }
    }

    /// Takes the next piece and gives what can be passed on.
    pub fn push(&mut self, session: &Session, piece: &[u8]) -> Vec<u8> {
        self.held.extend_from_slice(piece);
        let back = Reversal::new(&self.held, &self.keys, session);
        let released = apply(&self.held[..back.begun], &back.edits);
        self.held.drain(..back.begun);
        self.restored += back.edits.len();
        self.unknown += back.unknown;
        released
    }

    /// Ends the stream and gives what was held back: the beginning of a mark that did not come.
    pub fn finish(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.held)
    }

    /// Number of marks that became values so far.
    pub fn restored(&self) -> usize {
        self.restored
    }

    /// Number of marks that were left as they are so far: altered, or of another key or session.
    pub fn unknown(&self) -> usize {
        self.unknown
    }
}

/// What turns the marks of a text back.
pub(super) struct Reversal {
    /// One for each mark with a value, in order.
    pub(super) edits: Vec<Edit>,
    /// Number of marks without a value that should have one.
    pub(super) unknown: usize,
    /// Where a mark begins whose end may be to come; the end of the text where none does.
    begun: usize,
}

impl Reversal {
    pub(super) fn new(text: &[u8], keys: &[TokenKey], session: &Session) -> Self {
        let mut edits = Vec::new();
        let mut unknown = 0;
        let mut at = 0;
        while let Some(found) = text[at..].iter().position(|&byte| byte == b'[') {
            let open = at + found;
            at = match read(&text[open..]) {
                Reading::Mark(len, mark) => {
                    let span = open..open + len;
                    match value(&mark, keys, session) {
                        Some(replacement) => edits.push(Edit { span, replacement }),
                        None => unknown += usize::from(is_ours(&mark, session)),
                    }
                    open + len
                }
                Reading::Begun => {
                    return Self {
                        edits,
                        unknown,
                        begun: open,
                    };
                }
                Reading::Other => open + 1,
            };
        }
        Self {
            edits,
            unknown,
            begun: text.len(),
        }
    }
}

/// The value of a mark.
fn value(mark: &Reversible, keys: &[TokenKey], session: &Session) -> Option<Vec<u8>> {
    match mark {
        Reversible::Token { id, body } => keys.iter().find_map(|key| key.open(id, body)),
        Reversible::Vault { .. } | Reversible::Numbered { .. } => {
            session.value(mark).map(<[u8]>::to_vec)
        }
    }
}

/// Whether a mark without a value should have had one. A numbered label whose kind the session has
/// never seen is ordinary text, such as `[RFC_2119]`.
fn is_ours(mark: &Reversible, session: &Session) -> bool {
    match mark {
        Reversible::Token { .. } | Reversible::Vault { .. } => true,
        Reversible::Numbered { .. } => session.knows_label(mark),
    }
}
