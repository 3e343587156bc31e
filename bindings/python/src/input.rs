//! Texts and buffers from Python as the bytes that a scan reads.

#[cfg(feature = "borrow")]
use arrow_buffer::Buffer;
#[cfg(feature = "borrow")]
use pyo3::buffer::PyBuffer;
use pyo3::exceptions::PyTypeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyMemoryView, PyString};
#[cfg(feature = "borrow")]
use pyo3_arrow::buffer::AnyBufferProtocol;

use crate::memory::{Text, Unit};

/// A text or buffer while it is scanned.
pub(crate) struct Input<'a, 'py> {
    held: Held<'a, 'py>,
    unit: Unit,
}

enum Held<'a, 'py> {
    /// The object's own bytes.
    Borrowed(&'a [u8]),
    /// A copy, where the object can't lend its bytes.
    Copied(Bound<'py, PyBytes>),
    /// A buffer's own bytes, which the object keeps in place until this is dropped.
    #[cfg(feature = "borrow")]
    Buffer(Buffer),
}

impl<'a, 'py> Input<'a, 'py> {
    /// Takes a `str` or an object with a buffer of bytes.
    pub(crate) fn new(object: &'a Bound<'py, PyAny>) -> PyResult<Self> {
        if let Ok(text) = object.cast::<PyString>() {
            let held = encoded(text)?;
            let unit = Unit::CodePoints;
            return Ok(Self { held, unit });
        }
        let held = if let Ok(bytes) = object.cast::<PyBytes>() {
            Held::Borrowed(bytes.as_bytes())
        } else {
            buffer(object)?
        };
        let unit = Unit::Bytes;
        Ok(Self { held, unit })
    }

    /// The bytes, which neither move nor change while this lives. Of a buffer that others may
    /// write to, its user guarantees the latter.
    pub(crate) fn text(&self) -> Text<'_> {
        let bytes = match &self.held {
            Held::Borrowed(bytes) => bytes,
            Held::Copied(bytes) => bytes.as_bytes(),
            #[cfg(feature = "borrow")]
            Held::Buffer(buffer) => buffer,
        };
        let unit = self.unit;
        Text { bytes, unit }
    }
}

/// The UTF-8 form of a text. Lone surrogates, which UTF-8 has no form for and parsers of JSON let
/// through, become three bytes like their neighbours.
fn encoded<'a, 'py>(text: &'a Bound<'py, PyString>) -> PyResult<Held<'a, 'py>> {
    #[cfg(feature = "borrow")]
    if let Ok(text) = text.to_str() {
        return Ok(Held::Borrowed(text.as_bytes()));
    }
    #[cfg(not(feature = "borrow"))]
    if let Ok(bytes) = text.encode_utf8() {
        return Ok(Held::Copied(bytes));
    }
    let py = text.py();
    let arguments = (intern!(py, "utf-8"), intern!(py, "surrogatepass"));
    let bytes = text.call_method1(intern!(py, "encode"), arguments)?;
    Ok(Held::Copied(bytes.cast_into()?))
}

/// The bytes of an object that has a buffer of bytes: copied only where the object has them in
/// pieces, or the stable interface of the interpreter lends no buffers.
fn buffer<'a, 'py>(object: &'a Bound<'py, PyAny>) -> PyResult<Held<'a, 'py>> {
    // The conversion does not ask whether the bytes lie in one piece, so that is asked here.
    #[cfg(feature = "borrow")]
    if let Ok(lent) = PyBuffer::get(object)
        && lent.is_c_contiguous()
        && let Ok(buffer) = AnyBufferProtocol::UInt8(lent).into_arrow_buffer()
    {
        return Ok(Held::Buffer(buffer));
    }
    let py = object.py();
    let view = PyMemoryView::from(object).map_err(|_| wrong_type(object))?;
    let size: usize = view.getattr(intern!(py, "itemsize"))?.extract()?;
    if size != 1 {
        return Err(PyTypeError::new_err(format!(
            "expected a buffer of bytes, not one of items of {size} bytes"
        )));
    }
    let bytes = view.call_method0(intern!(py, "tobytes"))?;
    Ok(Held::Copied(bytes.cast_into()?))
}

fn wrong_type(object: &Bound<'_, PyAny>) -> PyErr {
    let name = object.get_type().name();
    let name = name.map_or_else(|_| "another type".to_owned(), |name| name.to_string());
    PyTypeError::new_err(format!("expected str or a bytes-like object, not {name}"))
}
