//! Candidates to matches.
//!
//! | file | does |
//! |---|---|
//! | `machine.rs` | runs a verify program at one place |
//! | `confirm.rs` | candidate -> possible starts -> exact matches |
//! | `rejection.rs` | what refuses a value that matches |
//! | `context.rs` | keywords near a match, and the confidence that results |

pub(crate) mod confirm;
pub(crate) mod context;
mod machine;
mod rejection;

pub(crate) use machine::{Memory, exists, farthest_back, preferred};
pub(crate) use rejection::{Rejection, rejection};
