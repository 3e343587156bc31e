//! Bytes as the texts that Python gave or gets.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

use crate::error;
use crate::memory::{Text, Unit};

/// A text of the same kind as what was given. Lone surrogates come back as they were.
pub(crate) fn object<'py>(
    py: Python<'py>,
    unit: Unit,
    bytes: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    if unit == Unit::Bytes {
        return Ok(PyBytes::new(py, bytes).into_any());
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok(PyString::new(py, text).into_any());
    }
    let arguments = (intern!(py, "utf-8"), intern!(py, "surrogatepass"));
    let decoded = PyBytes::new(py, bytes).call_method1(intern!(py, "decode"), arguments);
    // What the interpreter raises holds the text.
    decoded.map_err(|_| error::redact(py, "what is left of a lone surrogate is no text"))
}

/// The same, and the object that was given where that is what passes.
pub(crate) fn passed<'py>(
    given: &Bound<'py, PyAny>,
    text: Text<'_>,
    bytes: &[u8],
) -> PyResult<Bound<'py, PyAny>> {
    let is_plain =
        given.is_exact_instance_of::<PyString>() || given.is_exact_instance_of::<PyBytes>();
    if is_plain && bytes == text.bytes {
        return Ok(given.clone());
    }
    object(given.py(), text.unit, bytes)
}

/// What a stream has passed on and Python can't have yet: the beginning of a character.
#[derive(Default)]
pub(crate) struct Tail(Vec<u8>);

impl Tail {
    /// What can be handed over of the bytes behind the tail. The rest is the new tail.
    pub(crate) fn take<'py>(
        &mut self,
        py: Python<'py>,
        unit: Unit,
        bytes: &mut Vec<u8>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if !self.0.is_empty() {
            bytes.splice(..0, self.0.drain(..));
        }
        if unit == Unit::CodePoints {
            self.0 = bytes.split_off(whole(bytes));
        }
        object(py, unit, bytes)
    }

    /// Bytes that wait.
    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }
}

/// Where a character begins at the end of a text whose last bytes have not come; the end of the
/// text where none does.
fn whole(text: &[u8]) -> usize {
    let end = text.len();
    let last = (end.saturating_sub(3)..end).rev();
    let mut begins = last.filter(|&at| text[at] & 0b1100_0000 != 0b1000_0000);
    let Some(start) = begins.next() else {
        return end;
    };
    let length = match text[start] {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0.. => 4,
        _ => 1,
    };
    if start + length > end { start } else { end }
}
