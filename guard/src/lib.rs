//! What happens to what was found.
//!
//! | folder or file | holds |
//! |---|---|
//! | `allow/` | findings that are known and may be there |
//! | `policy/` | rules, and which of them decides for a finding |
//! | `payload/` | JSON: what is to be inspected in it, and edits that leave it JSON |
//! | `redact/` | findings to edits, edits to bytes without the values, and the way back |
//! | `token/` | values that only a key gives back |
//! | `guard.rs` | a database with a policy: messages to verdicts, and the way back |
//! | `inspection.rs` | one message on its way through a guard |
//! | `stream.rs` | a message that is decided about as it arrives |
//! | `verdict.rs` | what was decided about a message, and why |

#![forbid(unsafe_code)]

pub mod allow;
mod guard;
mod inspection;
pub mod payload;
pub mod policy;
pub mod redact;
mod stream;
pub mod token;
mod verdict;

pub use guard::{Guard, Request};
pub use stream::GuardStream;
pub use verdict::{DecidedFinding, InspectError, Reason, Verdict};
