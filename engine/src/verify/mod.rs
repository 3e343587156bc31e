//! Candidates to matches.
//!
//! | file | does |
//! |---|---|
//! | `look.rs` | assertions about a place |
//! | `machine.rs` | runs a verify program at one place |
//! | `confirm.rs` | candidate -> possible starts -> exact matches |
//! | `context.rs` | keywords near a match, and the confidence that results |

pub(crate) mod confirm;
pub(crate) mod context;
mod look;
mod machine;

pub(crate) use look::Look;
pub(crate) use machine::{Memory, Program, Tables, exists, farthest_back, op, preferred};
