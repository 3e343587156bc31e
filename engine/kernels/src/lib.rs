//! Byte-level search kernels: what runs over every byte of the input.
//!
//! Input is processed in blocks of [`BLOCK`] bytes, counted from the start of the input and never
//! from an address, so that results do not depend on how the caller cut it.
//!
//! | file | finds |
//! |---|---|
//! | `gram.rs` | positions whose four folded bytes may be a gram of the set |
//! | `plane.rs` | for each class, the positions of a block that hold a byte of it |

mod gram;
mod plane;

pub use gram::{GRAM, GramFilter, fold_gram};
pub use plane::PlaneTable;

/// Bytes of one block; bit `i` of a block's bitmap stands for its byte `i`.
pub const BLOCK: usize = 64;

/// Bytes that are looked at together with a block: the block and the eight behind it.
pub const WINDOW: usize = BLOCK + 8;
