//! Bytes without the values that were found in them, and the way back.
//!
//! | file | holds |
//! |---|---|
//! | `redactor.rs` | one style for the findings of a database |
//! | `mixed.rs` | edits of findings that have a style each |
//! | `stream.rs` | the same for a text that arrives in pieces |
//! | `stage.rs` | one pass over such a text, and the passes behind it |
//! | `veil.rs` | hides marks from the scan |
//! | `pass.rs` | how many passes there are, and how far the edits of each reach |
//! | `edit.rs` | findings to sorted edits that do not overlap |
//! | `style.rs` | what stands in place of a value |
//! | `preserve.rs` | values of the same form, which have to be found again |
//! | `mark.rs` | recognises what a redaction left behind |
//! | `reversible.rs` | the text of marks that can be turned back |
//! | `session.rs` | what numbered labels and the vault remember |
//! | `restore.rs` | the way back, also in a stream |
//!
//! **Overlaps.** Findings that overlap become one edit over all of them, in the name of the one
//! that [`sluicegate::outranks`] the others: so no part of a value is left beside another.
//!
//! **A second pass changes nothing**, for every style but [`Style::Fpe`], whose results look like
//! the values they stand for. What a redaction leaves behind (a mark) is recognised, hidden from the
//! scan, and a finding that lies inside one is no longer a value. And because a mark is seldom as long
//! as its value, it can move a context keyword into a window, or complete a match that was none: so
//! what comes out is read again, by a stage of its own, until nothing changes. A rule that takes so
//! many bytes behind a keyword would walk through a text in this way, mark by mark; so in later stages
//! the edits reach further than the findings. What stands before an edit may have been passed on, so
//! a mark that makes a value of that is refused with [`RedactError::Unsettled`].
//!
//! **The way back.** [`Style::Numbered`], [`Style::Vault`], [`Style::Token`] and [`Style::Fpe`] give
//! back exactly the text that was redacted, with the same session, key and (for the last) database
//! and choice of findings. An edit that takes in a mark of an earlier pass holds what the mark
//! stood for, so that every mark is turned back in one step.
//!
//! **Text stays text.** Edits begin and end between characters, and so do tokens.

mod edit;
mod mark;
mod mixed;
mod pass;
mod preserve;
mod redactor;
mod restore;
mod reversible;
mod session;
mod stage;
mod stream;
mod style;
mod veil;

pub use crate::token::{FpeKey, KeyError, MIN_KEY_LEN, TokenKey};
pub use edit::{Edit, apply};
pub(crate) use mixed::{Mixed, Styled};
pub(crate) use pass::MAX_PASSES;
pub use redactor::{RedactError, Redacted, Redactor};
pub use restore::{Restored, Restorer, restore};
pub(crate) use session::Taken;
pub use session::{Session, SessionNameError};
pub(crate) use stage::{Choice, Halt, Plan, Stage, Work, known_entries};
pub use stream::RedactStream;
pub use style::{HashKey, Style};
pub(crate) use veil::Brackets;
