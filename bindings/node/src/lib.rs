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
//! | `refusal.rs` | why there is no database |
//!
//! To make an object through Node's interface costs more than the rest of a call, so the objects that
//! users see are made in JavaScript.

mod batch;
mod database;
mod input;
mod memory;
mod packed;
mod refusal;
mod utf16;
