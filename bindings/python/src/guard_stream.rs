//! The class `GuardStream`.

use std::sync::OnceLock;

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::PyTuple;
use sluicegate_guard::{DecidedFinding, Guard, Request, redact};

use crate::database::Database;
use crate::error;
use crate::input::Input;
use crate::live::Live;
use crate::memory::Unit;
use crate::offset::Counter;
use crate::output::Tail;
use crate::session::{Session, work_in};
use crate::verdict::Verdict;

/// A text that is decided about as it arrives, in pieces that are all str or all bytes-like:
/// `Guard.stream` makes one. However it is cut, what is passed on and the verdict are the same. It is
/// for one text, and for one thread at a time.
///
/// As a context manager it is closed on leaving.
///
/// >>> from sluicegate import Guard
/// >>> stream = Guard.from_text('default = "block"').stream()
/// >>> stream.push("card 4111 1111 11") + stream.push("11 1111" + " and more" * 20)
/// 'card '
/// >>> stream.stopped, stream.finish(), stream.verdict.action
/// (True, '', 'block')
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct GuardStream {
    database: Py<Database>,
    session: Option<Py<Session>>,
    state: Live<State>,
    verdict: OnceLock<Py<Verdict>>,
}

struct State {
    stream: sluicegate_guard::GuardStream,
    /// Where the caller gave none.
    own: redact::Session,
    counter: Option<Counter>,
    tail: Tail,
    /// With offsets as the caller counts them.
    findings: Vec<DecidedFinding>,
}

impl GuardStream {
    pub(crate) fn new(
        py: Python<'_>,
        guard: &Guard,
        database: Py<Database>,
        request: &Request,
        session: Option<Py<Session>>,
    ) -> PyResult<Self> {
        let mut own = redact::Session::default();
        let given = session.as_ref().map(Py::get);
        let stream = work_in(py, given, &mut own, 0, |session| {
            guard.stream(session, request)
        });
        let stream = stream.map_err(|error| error::redact(py, &error.to_string()))?;
        let state = Live::new(State {
            stream,
            own,
            counter: None,
            tail: Tail::default(),
            findings: Vec::new(),
        });
        Ok(Self {
            database,
            session,
            state,
            verdict: OnceLock::new(),
        })
    }
}

#[pymethods]
impl GuardStream {
    /// Takes the next piece: what can be passed on, a str for a str and bytes for anything else,
    /// often nothing. A str never ends within a character.
    fn push<'py>(&self, piece: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let py = piece.py();
        let input = Input::new(piece)?;
        let text = input.text();
        let mut state = self.state.lock()?;
        let State {
            stream,
            own,
            counter,
            tail,
            findings,
        } = state.get()?;
        let counter = Counter::of(counter, text.unit)?;
        let pool = &self.database.get().pool;
        let mut memory = pool.take();
        let given = self.session.as_ref().map(Py::get);
        let mut passed = work_in(py, given, own, text.bytes.len(), |session| {
            let mut passed = Vec::new();
            counter.push(text.bytes);
            stream.push(session, memory.scanner.scratch(), text.bytes, &mut passed);
            let mut decided = stream.take_findings();
            let spans = decided.iter_mut().map(|decided| &mut decided.finding);
            counter.settle(spans, stream.undecided());
            findings.append(&mut decided);
            passed
        });
        pool.put(memory);
        tail.take(py, text.unit, &mut passed)
    }

    /// Takes the end of the text: the rest that can be passed on, a str where nothing came. The
    /// stream has then ended, and `verdict` says what was decided.
    fn finish<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let State {
            mut stream,
            mut own,
            counter,
            mut tail,
            mut findings,
        } = self.state.lock()?.end()?;
        let mut counter = counter.unwrap_or_else(|| Counter::new(Unit::CodePoints));
        let pool = &self.database.get().pool;
        let mut memory = pool.take();
        let given = self.session.as_ref().map(Py::get);
        let bytes = stream.undecided();
        let (mut verdict, mut passed) = work_in(py, given, &mut own, bytes, |session| {
            let mut passed = Vec::new();
            let mut verdict = stream.finish(session, memory.scanner.scratch(), &mut passed);
            let spans = verdict.findings.iter_mut();
            counter.settle(spans.map(|decided| &mut decided.finding), 0);
            (verdict, passed)
        });
        pool.put(memory);
        findings.append(&mut verdict.findings);
        verdict.findings = findings;
        let verdict = Py::new(py, Verdict::new(verdict, None))?;
        self.verdict.get_or_init(|| verdict);
        tail.take(py, counter.unit(), &mut passed)
    }

    /// Bytes that have come and were not passed on, and may yet be.
    #[getter]
    fn held(&self) -> PyResult<usize> {
        let mut state = self.state.lock()?;
        let held = |state: &mut State| state.stream.held() + state.tail.len();
        Ok(state.peek().map_or(0, held))
    }

    /// Whether nothing more is passed on, because something is blocked or went wrong.
    #[getter]
    fn stopped(&self) -> PyResult<bool> {
        let mut state = self.state.lock()?;
        Ok(state.peek().is_some_and(|state| state.stream.is_stopped()))
    }

    /// What was decided, once the stream is finished; its text is None, since it has been passed
    /// on. Before that it raises ValueError.
    #[getter]
    fn verdict(&self, py: Python<'_>) -> PyResult<Py<Verdict>> {
        let verdict = self.verdict.get().map(|verdict| verdict.clone_ref(py));
        verdict.ok_or_else(|| PyValueError::new_err("the stream is not finished"))
    }

    /// Ends the stream, if it has not ended yet, and drops what it holds back. There is no verdict.
    fn close(&self) -> PyResult<()> {
        self.state.lock()?.clear();
        Ok(())
    }

    fn __enter__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    #[pyo3(signature = (*_raised))]
    fn __exit__(&self, _raised: &Bound<'_, PyTuple>) -> PyResult<()> {
        self.close()
    }

    fn __repr__(&self) -> String {
        format!("<GuardStream{}>", self.state.told())
    }
}
