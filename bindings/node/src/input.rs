//! Strings and buffers from Node as the bytes that a scan reads. The only module with unsafe code.

#![expect(
    unsafe_code,
    reason = "strings are copied into memory that is kept, and other threads read buffers"
)]

use std::ops::Range;
use std::{ptr, slice};

use napi::bindgen_prelude::{JsObjectValue, Object, ObjectRef, Unknown};
use napi::{Env, Error, JsValue, Result, Status, sys};

use crate::memory::{Text, Unit};
use crate::utf16::append_utf8;

/// What is kept for the next string, in units: more than nearly all have, and little to hold on to.
const KEPT: usize = 1 << 20;

/// Strings in their UTF-8 form, one after the other.
#[derive(Default)]
pub(crate) struct Copied {
    /// Where Node writes a string to, before it is converted.
    units: Vec<u16>,
    pub(crate) bytes: Vec<u8>,
}

impl Copied {
    /// Takes this string in place of all others.
    pub(crate) fn set(&mut self, string: &Unknown<'_>) -> Result<()> {
        self.bytes.clear();
        if self.append(string)? {
            return Ok(());
        }
        Err(refused(sys::Status::napi_string_expected))
    }

    /// Takes this string in place of all others, or borrows a buffer's bytes as [`lent`] does.
    pub(crate) fn text<'a>(&'a mut self, value: &Unknown<'a>) -> Result<Text<'a>> {
        self.bytes.clear();
        let (bytes, unit) = if self.append(value)? {
            (&*self.bytes, Unit::Utf16)
        } else {
            (lent(value)?, Unit::Bytes)
        };
        Ok(Text { bytes, unit })
    }

    /// Gives back what a very long string took.
    pub(crate) fn trim(&mut self) {
        if self.units.len() > KEPT {
            *self = Self::default();
        }
    }

    /// Takes a string beside the others; says no where the value is none.
    fn append(&mut self, value: &Unknown<'_>) -> Result<bool> {
        loop {
            let mut written = 0;
            // SAFETY: the environment and the value are those of a call that has not returned; Node
            // writes no more units than it is told that there are.
            let status = unsafe {
                sys::napi_get_value_string_utf16(
                    value.value().env,
                    value.raw(),
                    self.units.as_mut_ptr(),
                    self.units.len(),
                    &raw mut written,
                )
            };
            match status {
                sys::Status::napi_ok => {}
                sys::Status::napi_string_expected => return Ok(false),
                status => return Err(refused(status)),
            }
            // The last place is for a zero. Where the one before it is taken there may be more.
            if written + 1 < self.units.len() {
                append_utf8(&self.units[..written], &mut self.bytes);
                return Ok(true);
            }
            let mut length = 0;
            // SAFETY: as above; nowhere to write to asks for the length alone.
            let status = unsafe {
                sys::napi_get_value_string_utf16(
                    value.value().env,
                    value.raw(),
                    ptr::null_mut(),
                    0,
                    &raw mut length,
                )
            };
            if status != sys::Status::napi_ok {
                return Err(refused(status));
            }
            self.units.resize(length + 2, 0);
        }
    }
}

/// A buffer's own bytes, until the call that it was given to returns. Users guarantee that nobody
/// writes to them meanwhile, which only other threads could.
pub(crate) fn lent<'a>(buffer: &Unknown<'a>) -> Result<&'a [u8]> {
    let mut data = ptr::null_mut();
    let mut len = 0;
    // SAFETY: the environment and the value are those of a call that has not returned.
    let status = unsafe {
        sys::napi_get_buffer_info(
            buffer.value().env,
            buffer.raw(),
            &raw mut data,
            &raw mut len,
        )
    };
    if status != sys::Status::napi_ok {
        return Err(refused(status));
    }
    if len == 0 {
        return Ok(&[]);
    }
    // SAFETY: Node says that so many bytes are there. The value is an argument of the call or in an
    // array that is, which keeps the bytes alive, and no JavaScript runs before it returns.
    Ok(unsafe { slice::from_raw_parts(data.cast(), len) })
}

/// Strings and buffers that other threads read after the call with them has returned.
pub(crate) struct Texts {
    copied: Vec<u8>,
    places: Vec<Place>,
    /// Keeps the buffers alive. Not released where the worker ends first, which ends this as well.
    array: ObjectRef<false>,
}

enum Place {
    /// The string here in `copied`.
    Copied(Range<usize>),
    /// The bytes of a buffer in `array`.
    Lent(*const [u8]),
}

// SAFETY: the addresses are read by `each` alone, under what `read` demands; the reference is used
// by `release` alone, which is given the environment of the thread that it belongs to.
unsafe impl Send for Texts {}

impl Texts {
    /// Takes an array of strings and buffers, which must be the package's own: it keeps the buffers
    /// alive, so nobody may change it until `release`. Users guarantee that until then nobody
    /// writes to a buffer, gives its memory away or resizes it.
    pub(crate) fn read(array: &Object<'_>) -> Result<Self> {
        let mut strings = Copied::default();
        let count = array.get_array_length()?;
        let mut places = Vec::with_capacity(count as usize);
        for index in 0..count {
            let value: Unknown<'_> = array.get_element(index)?;
            let from = strings.bytes.len();
            places.push(if strings.append(&value)? {
                Place::Copied(from..strings.bytes.len())
            } else {
                Place::Lent(lent(&value)?)
            });
        }
        Ok(Self {
            copied: strings.bytes,
            places,
            array: array.create_ref()?,
        })
    }

    /// The texts, in order.
    pub(crate) fn each(&self) -> impl Iterator<Item = Text<'_>> {
        self.places.iter().map(|place| match place {
            Place::Copied(range) => Text {
                bytes: &self.copied[range.clone()],
                unit: Unit::Utf16,
            },
            Place::Lent(bytes) => Text {
                // SAFETY: the array that was read has the buffer, and `array` keeps that alive as
                // long as `self`; for the rest see `read`.
                bytes: unsafe { &**bytes },
                unit: Unit::Bytes,
            },
        })
    }

    /// Lets the buffers go.
    pub(crate) fn release(self, env: Env) -> Result<()> {
        self.array.unref(&env)
    }
}

/// What Node refused, which the package asks for only with values that it has checked.
fn refused(status: sys::napi_status) -> Error {
    Error::from_status(Status::from(status))
}
