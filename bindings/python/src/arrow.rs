//! Arrow arrays in and out, through the PyCapsule interface
//! (<https://arrow.apache.org/docs/format/CDataInterface/PyCapsuleInterface.html>).

use std::sync::Arc;

use arrow_array::{
    Array, ArrayRef, BinaryArray, BinaryViewArray, Int64Array, LargeBinaryArray, LargeStringArray,
    ListArray, StringArray, StringViewArray, StructArray, UInt8Array,
};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{DataType, Field, FieldRef, Fields};
use pyo3::exceptions::{PyOverflowError, PyTypeError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyTuple};
use pyo3_arrow::ffi::{to_array_pycapsules, to_schema_pycapsule};
use pyo3_arrow::input::AnyArray;
use sluicegate::{Database, Finding};

use crate::batch::{self, Outcome, Task};
use crate::error;
use crate::memory::{Text, Unit};

/// Findings as an Arrow array: of each text a list of structs, or null. It holds none of the texts.
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct FindingsArray {
    field: FieldRef,
    array: ListArray,
}

#[pymethods]
impl FindingsArray {
    /// The array as a pair of capsules; whoever takes it calls this.
    #[pyo3(signature = (requested_schema = None))]
    fn __arrow_c_array__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyCapsule>>,
    ) -> PyResult<Bound<'py, PyTuple>> {
        let field = Arc::clone(&self.field);
        Ok(to_array_pycapsules(
            py,
            field,
            &self.array,
            requested_schema,
        )?)
    }

    /// The type as a capsule.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        Ok(to_schema_pycapsule(py, &*self.field)?)
    }

    fn __len__(&self) -> usize {
        self.array.len()
    }

    fn __repr__(&self) -> String {
        let findings = self.array.values().len();
        format!(
            "<FindingsArray of {} texts, {findings} findings>",
            self.array.len()
        )
    }
}

/// Scans an array or chunked array.
pub(crate) fn scan(object: &Bound<'_, PyAny>, task: Task<'_>) -> PyResult<FindingsArray> {
    let py = object.py();
    let columns = columns(object)?;
    let (array, incomplete) = py.detach(|| {
        let values: Vec<Option<Text<'_>>> = columns.iter().flat_map(Column::texts).collect();
        let empty = Text {
            bytes: &[],
            unit: Unit::Bytes,
        };
        let texts: Vec<Text<'_>> = values.iter().map(|value| value.unwrap_or(empty)).collect();
        let outcome = batch::scan(task, &texts);
        let nulls = values.iter().map(Option::is_some).collect();
        (list(task.database, &outcome, nulls), outcome.incomplete)
    });
    let array = array?;
    let field = Arc::new(Field::new("findings", array.data_type().clone(), true));
    let array = FindingsArray { field, array };
    if incomplete.is_empty() {
        return Ok(array);
    }
    Err(error::incomplete(
        py,
        Bound::new(py, array)?.into_any(),
        &incomplete,
    ))
}

/// A chunk of values in one of the forms that Arrow has for them.
struct Column {
    values: Values,
    unit: Unit,
}

enum Values {
    Small(BinaryArray),
    Large(LargeBinaryArray),
    View(BinaryViewArray),
}

impl Column {
    /// Shares the buffers of a chunk.
    fn new(chunk: &ArrayRef) -> PyResult<Self> {
        // What a text's producer says of its encoding is not relied on: texts are bytes here.
        fn of<A: Array + Clone + 'static>(chunk: &ArrayRef) -> A {
            let array = chunk.as_any().downcast_ref::<A>();
            array
                .expect("the type of an array is its data type")
                .clone()
        }
        let (values, unit) = match chunk.data_type() {
            DataType::Utf8 => (
                Values::Small(of::<StringArray>(chunk).into()),
                Unit::CodePoints,
            ),
            DataType::LargeUtf8 => (
                Values::Large(of::<LargeStringArray>(chunk).into()),
                Unit::CodePoints,
            ),
            DataType::Utf8View => {
                let values = of::<StringViewArray>(chunk).to_binary_view();
                (Values::View(values), Unit::CodePoints)
            }
            DataType::Binary => (Values::Small(of(chunk)), Unit::Bytes),
            DataType::LargeBinary => (Values::Large(of(chunk)), Unit::Bytes),
            DataType::BinaryView => (Values::View(of(chunk)), Unit::Bytes),
            other => {
                return Err(PyTypeError::new_err(format!(
                    "expected an array of texts or binary values, not of {other}"
                )));
            }
        };
        Ok(Self { values, unit })
    }

    /// The values in order.
    fn texts(&self) -> Vec<Option<Text<'_>>> {
        let unit = self.unit;
        let text = |bytes: Option<_>| bytes.map(|bytes| Text { bytes, unit });
        match &self.values {
            Values::Small(values) => values.iter().map(text).collect(),
            Values::Large(values) => values.iter().map(text).collect(),
            Values::View(values) => values.iter().map(text).collect(),
        }
    }
}

fn columns(object: &Bound<'_, PyAny>) -> PyResult<Vec<Column>> {
    let is_arrow = |name| object.hasattr(name);
    if !is_arrow("__arrow_c_array__")? && !is_arrow("__arrow_c_stream__")? {
        let name = object.get_type().name()?;
        return Err(PyTypeError::new_err(format!(
            "expected an Arrow array, which has `__arrow_c_array__` or `__arrow_c_stream__`, \
             not {name}"
        )));
    }
    let chunks = match object.extract::<AnyArray>()? {
        AnyArray::Array(array) => vec![Arc::clone(array.array())],
        stream @ AnyArray::Stream(_) => stream.into_chunked_array()?.into_inner().0,
    };
    chunks.iter().map(Column::new).collect()
}

/// The findings of each text as a list of structs; `valid` says which texts there are.
fn list<'d>(database: &'d Database, outcome: &Outcome, valid: Vec<bool>) -> PyResult<ListArray> {
    let findings = &outcome.findings;
    if i32::try_from(findings.len()).is_err() {
        return Err(PyOverflowError::new_err(
            "more findings than the offsets of an Arrow list reach: scan fewer texts at once",
        ));
    }
    let classifier = |finding: &Finding| database.classifier(finding.classifier);
    let place = |offset: usize| i64::try_from(offset).unwrap_or(i64::MAX);
    let text = |of: &dyn Fn(&Finding) -> &'d str| -> ArrayRef {
        Arc::new(StringArray::from_iter_values(findings.iter().map(of)))
    };
    let number = |of: &dyn Fn(&Finding) -> usize| -> ArrayRef {
        let places = findings.iter().map(|finding| place(of(finding)));
        Arc::new(Int64Array::from_iter_values(places))
    };
    let confidence = findings.iter().map(|finding| finding.confidence);
    let columns: [(&str, ArrayRef); 6] = [
        ("classifier", text(&|finding| classifier(finding).id())),
        ("start", number(&|finding| finding.start)),
        ("end", number(&|finding| finding.end)),
        (
            "severity",
            text(&|finding| classifier(finding).severity().as_str()),
        ),
        (
            "confidence",
            Arc::new(UInt8Array::from_iter_values(confidence)),
        ),
        ("view", text(&|finding| finding.view.as_str())),
    ];
    let field =
        |(name, array): &(&str, ArrayRef)| Field::new(*name, array.data_type().clone(), false);
    let fields: Fields = columns.iter().map(field).collect();
    let arrays = columns.into_iter().map(|(_, array)| array).collect();
    let structs = StructArray::new(fields, arrays, None);
    let item = Arc::new(Field::new("item", structs.data_type().clone(), false));
    let offsets = OffsetBuffer::from_lengths(outcome.counts.iter().copied());
    let nulls = valid.contains(&false).then(|| NullBuffer::from(valid));
    Ok(ListArray::new(item, offsets, Arc::new(structs), nulls))
}
