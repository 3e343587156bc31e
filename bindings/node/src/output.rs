//! Bytes as the strings and buffers that callers get.

use napi::bindgen_prelude::{BufferSlice, Either};
use napi::{Env, Result};

use crate::memory::Unit;

/// A string for a string, a buffer for a buffer.
pub(crate) type Output<'env> = Either<String, BufferSlice<'env>>;

/// What to give for a text of this kind. Node keeps its own copy, so that nothing of a buffer waits
/// for the event loop to be freed.
pub(crate) fn output(env: &Env, bytes: Vec<u8>, unit: Unit) -> Result<Output<'_>> {
    Ok(match unit {
        Unit::Bytes => Either::B(BufferSlice::copy_from(env, bytes)?),
        // Only what a session remembers of a buffer can be no UTF-8.
        Unit::Utf16 => Either::A(
            String::from_utf8(bytes)
                .unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()),
        ),
    })
}
