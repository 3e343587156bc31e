//! The class `Session`.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sluicegate_guard::redact;

use crate::memory::detached;

/// What redactions of one conversation remember, so that equal values have equal marks and answers
/// can be turned back. It holds values, in memory only; they are wiped when it is dropped. It may be
/// used by many threads, one after the other.
///
/// The name, 1 to 32 of a-z, 0-9 and -, stands in the marks of the style vault, so that those of
/// another session are not taken for its own.
///
/// >>> from sluicegate import Session
/// >>> session = Session("night-7")
/// >>> session
/// <Session night-7 of 0 values>
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct Session(Mutex<redact::Session>);

impl Session {
    pub(crate) fn lock(&self) -> MutexGuard<'_, redact::Session> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Session {
    #[new]
    #[pyo3(signature = (name = "0"))]
    fn new(name: &str) -> PyResult<Self> {
        match redact::Session::new(name) {
            Ok(session) => Ok(Self(Mutex::new(session))),
            Err(error) => Err(PyValueError::new_err(error.to_string())),
        }
    }

    /// Its name.
    #[getter]
    fn name(&self, py: Python<'_>) -> String {
        py.detach(|| self.lock().name().to_owned())
    }

    /// Number of values that it remembers.
    #[getter]
    fn count(&self, py: Python<'_>) -> usize {
        py.detach(|| self.lock().len())
    }

    fn __repr__(&self, py: Python<'_>) -> String {
        py.detach(|| {
            let session = self.lock();
            format!("<Session {} of {} values>", session.name(), session.len())
        })
    }
}

/// Does work on so many bytes in the caller's session, or else in one of its own.
pub(crate) fn work_in<T: Send>(
    py: Python<'_>,
    given: Option<&Session>,
    own: &mut redact::Session,
    bytes: usize,
    work: impl FnOnce(&mut redact::Session) -> T + Send,
) -> T {
    match given {
        None => detached(py, bytes, || work(own)),
        // Whoever waits for a session must not keep the interpreter from whoever has it.
        Some(given) => py.detach(|| work(&mut given.lock())),
    }
}
