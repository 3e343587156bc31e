//! The C interface: translates between C and the engine, and decides nothing.
//!
//! `include/sluicegate.h` is generated from this crate; `CONVENTIONS.md` says what holds for every
//! function of it.
//!
//! | file | holds |
//! |---|---|
//! | `version.rs` | versions and sizes of what crosses |
//! | `status.rs` | the table of statuses |
//! | `error.rs` | why a call failed |
//! | `database.rs` | compiled sets of classifiers |
//! | `pack.rs` | rules to a database |
//! | `index.rs` | indexes beside a database |
//! | `slot.rs` | places for the database and the guard of the day |
//! | `scratch.rs` | the memory that scans use |
//! | `options.rs` | what a scan is asked for |
//! | `scan.rs` | one buffer |
//! | `batch.rs` | many buffers |
//! | `result.rs` | what was found |
//! | `guard.rs` | databases with policies |
//! | `request.rs` | what is known of a message |
//! | `session.rs` | what redactions of a conversation remember |
//! | `inspect.rs` | one message through a guard, and back |
//! | `verdict.rs` | what a guard decided |
//! | `stream.rs` | texts that arrive in pieces |
//! | `offset.rs` | bytes to code points and UTF-16 units |
//! | `limit.rs` | the engine's bounds |
//! | `handle.rs` | pointers from C: what is checked before one is used |
//! | `boundary.rs` | where panics stop |

#![expect(
    unsafe_code,
    reason = "what C hands over is known only by its promise; each block names whose promise it is"
)]
#![expect(
    non_camel_case_types,
    reason = "the types have the names that C programs read"
)]
#![expect(
    clippy::doc_markdown,
    reason = "the documentation becomes the comments of the header"
)]

// In these groups, which the header follows.
mod error;
mod status;
mod version;

mod database;
mod index;
mod pack;
mod slot;

mod batch;
mod options;
mod result;
mod scan;
mod scratch;

mod guard;
mod inspect;
mod request;
mod session;
mod stream;
mod verdict;

mod limit;

mod boundary;
mod handle;
mod offset;

pub use batch::*;
pub use database::*;
pub use error::*;
pub use guard::*;
pub use index::*;
pub use inspect::*;
pub use limit::*;
pub use offset::sg_offset_unit;
pub use options::*;
pub use pack::*;
pub use request::*;
pub use result::*;
pub use scan::*;
pub use scratch::*;
pub use session::*;
pub use slot::*;
pub use status::*;
pub use stream::*;
pub use verdict::*;
pub use version::*;
