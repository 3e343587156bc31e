//! JSON payloads: what is to be inspected in them, and edits that leave them JSON.
//!
//! | file | holds |
//! |---|---|
//! | `document.rs` | checks a text and walks through its keys, strings and numbers |
//! | `string.rs` | the text of a JSON string, with the way back to how it is written |
//! | `part.rs` | one key, string or number as it is inspected, and edits of it |
//! | `findings.rs` | what is found in the parts |
//! | `error.rs` | why a text is no payload |
//!
//! A string or number is inspected by itself, as `path.to.key: value` and as
//! `path.to.key "key": "value"`, so that keys are context to it and rules that are written for settings, for JSON or for lines of
//! their own apply. What reaches beyond the value is cut to it. Keys are inspected by themselves. A
//! string that holds a JSON object or array is a payload inside a payload.
//!
//! The document as it is written is inspected as well, since some rules look for JSON itself, such
//! as a private key with its members. What such a rule finds, beginning with the quote of a key,
//! counts in each value that it reaches into, or in the keys where it reaches no value. All else in
//! the document is left to the parts: a value's neighbours are no context to it.
//!
//! Indexes of exact data and documents are asked once more of all values together, one a line: the
//! cells of a row stand in values of their own.
//!
//! Edits are made in the text as it is written, inside one string or number, so whatever else
//! stands there (order, spaces, duplicate keys, digits of numbers, lone surrogates) stays as it
//! is. A number becomes a string unless what replaces it is a number.

mod document;
mod error;
mod findings;
mod part;
mod string;

pub use error::PayloadError;
pub(crate) use findings::scan;
pub(crate) use part::{Part, Payload, read};

/// Deepest nesting of objects and arrays. Common parsers stop there too, so what is passed on
/// could not be read further.
pub const MAX_DEPTH: usize = 128;
/// How many payloads may hold each other as strings. Tool calls use one or two; each level may
/// double the backslashes of the one inside. A payload further inside is inspected as text, and
/// the verdict says that the inspection was incomplete.
pub const MAX_EMBEDDED: usize = 4;
/// Bytes of the path that are context to a value, from its end: no catalogue rule needs more,
/// and work stays linear under long keys.
pub const MAX_PATH: usize = 256;
