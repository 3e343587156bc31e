//! Byte-level search kernels: what runs over every byte of the input.
//!
//! The input is searched in spans of [`SPAN`] bytes, counted from the start of the input and never
//! from an address, so that results do not depend on how the caller cut it.
//!
//! | module | finds |
//! |---|---|
//! | `cpu` | what the processor can do: the [`Kernel`] that is the proof |
//! | `window` | a span of the input with its surroundings |
//! | `gram` | positions at which a gram of the set may start |
//! | `plane` | for each byte set, the positions that hold a member |
//! | `vector` | lane operations, the same for each processor family |
//! | `shape` | positions at which runs of byte sets follow one another |
//! | `triple` | whether one of a few short strings stands in a stretch |
//!
//! Each kernel is written as plain code that every processor runs and that judges the others; where
//! vectors gain by it, it stands a second time in the instructions of one processor family. Which
//! is used is the caller's choice of a [`Kernel`].

#![deny(unsafe_op_in_unsafe_fn)]

mod cpu;
pub mod gram;
pub mod plane;
pub mod shape;
pub mod triple;
mod vector;
mod window;

pub use cpu::Kernel;
pub use gram::{GramFilter, GramFilters};
pub use plane::PlaneTable;
pub use window::{AHEAD, BLOCK, BLOCKS, Padding, SPAN, WINDOW, Window};
