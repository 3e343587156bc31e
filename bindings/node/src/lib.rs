//! The engine for Node: what `lib/native.cjs` loads and the package passes on. It translates and
//! decides nothing.
//!
//! | file | holds |
//! |---|---|
//! | `database.rs` | databases, what is read of them, their two fast calls |
//! | `batch.rs` | many texts, on many threads |
//! | `input.rs` | strings and buffers as the bytes that a scan reads |
//! | `utf16.rs` | UTF-16 to UTF-8, and byte offsets to UTF-16 units |
//! | `memory.rs` | what a scan works in, kept for the next |
//! | `packed.rs` | findings as one string, which `lib/finding.cjs` unpacks |
//! | `refusal.rs` | why there is no database or guard |
//! | `guard.rs` | guards: messages to verdicts, and back |
//! | `session.rs` | what redactions of one conversation remember |
//! | `redactor.rs` | texts without what a database finds, and back |
//! | `guard_stream.rs` | a text that a guard decides about as it arrives |
//! | `stream.rs` | the findings of a text as it arrives |
//! | `pending.rs` | units of findings in a text that arrives in pieces |
//! | `output.rs` | bytes as the strings and buffers that callers get |
//!
//! To make an object through Node's interface costs more than the rest of a call, so the objects that
//! users see are made in JavaScript.

mod batch;
mod database;
mod guard;
mod guard_stream;
mod input;
mod memory;
mod output;
mod packed;
mod pending;
mod redactor;
mod refusal;
mod session;
mod stream;
mod utf16;
