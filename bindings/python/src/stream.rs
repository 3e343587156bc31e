//! The class `Stream`.

use pyo3::prelude::*;
use pyo3::types::PyList;
use sluicegate::{Completeness, Settled};

use crate::database::Database;
use crate::error;
use crate::input::Input;
use crate::live::Live;
use crate::memory::{Memory, Unit, detached};
use crate::offset::Counter;

/// A text that arrives in pieces, all of them str or all of them bytes-like: `Database.stream`
/// makes one. However it is cut, its findings are those of the whole. It is for one text, and for one
/// thread at a time.
///
/// >>> from sluicegate import Database
/// >>> stream = Database.builtin().stream()
/// >>> stream.push("café 4111 1111 1111 1")
/// []
/// >>> stream.push("111 and more")
/// []
/// >>> [(f.start, f.end) for f in stream.finish()]
/// [(5, 24)]
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct Stream {
    database: Py<Database>,
    min_confidence: u8,
    state: Live<State>,
}

struct State {
    stream: sluicegate::Stream,
    counter: Option<Counter>,
}

impl Stream {
    pub(crate) fn new(py: Python<'_>, database: Py<Database>, min_confidence: u8) -> Self {
        let state = Live::new(State {
            stream: sluicegate::Stream::new(&database.bind(py).get().set),
            counter: None,
        });
        Self {
            database,
            min_confidence,
            state,
        }
    }
}

#[pymethods]
impl Stream {
    /// Takes the next piece: the findings that it decides, in the order of a scan.
    fn push<'py>(&self, piece: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyList>> {
        let py = piece.py();
        let input = Input::new(piece)?;
        let text = input.text();
        let database = self.database.get();
        let mut state = self.state.lock()?;
        let State { stream, counter } = state.get()?;
        let counter = Counter::of(counter, text.unit)?;
        let mut memory = database.pool.take();
        detached(py, text.bytes.len(), || {
            let Memory { scanner, found } = &mut *memory;
            counter.push(text.bytes);
            let settled = stream.push(scanner.scratch(), text.bytes);
            keep(settled, self.min_confidence, found);
            counter.settle(found, stream.held());
        });
        let findings = database.names.list(py, &memory.found);
        database.pool.put(memory);
        findings
    }

    /// Takes the end of the text: the rest of the findings. The stream has then ended.
    ///
    /// Raises IncompleteError, which holds them, when not all of the text could be inspected.
    fn finish<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyList>> {
        let database = self.database.get();
        let State {
            mut stream,
            counter,
        } = self.state.lock()?.end()?;
        let mut counter = counter.unwrap_or_else(|| Counter::new(Unit::Bytes));
        let mut memory = database.pool.take();
        let completeness = detached(py, stream.held(), || {
            let Memory { scanner, found } = &mut *memory;
            let settled = stream.finish(scanner.scratch());
            keep(settled, self.min_confidence, found);
            counter.settle(found, 0);
            settled.completeness
        });
        let findings = database.names.list(py, &memory.found);
        database.pool.put(memory);
        match completeness {
            Completeness::Complete => findings,
            _ => Err(error::incomplete(py, findings?.into_any(), &[])),
        }
    }

    /// Bytes that have come and that a later finding may still reach into.
    #[getter]
    fn held(&self) -> PyResult<usize> {
        let mut state = self.state.lock()?;
        Ok(state.peek().map_or(0, |state| state.stream.held()))
    }

    /// Ends the stream, if it has not ended yet, without the rest of the findings.
    fn close(&self) -> PyResult<()> {
        self.state.lock()?.clear();
        Ok(())
    }

    fn __repr__(&self) -> String {
        format!("<Stream{}>", self.state.told())
    }
}

/// The findings that are wanted.
fn keep(settled: Settled<'_>, min_confidence: u8, found: &mut Vec<sluicegate::Finding>) {
    found.clear();
    let wanted = settled.findings.iter();
    found.extend(wanted.filter(|finding| finding.confidence >= min_confidence));
}
