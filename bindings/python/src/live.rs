//! What a stream works with until it ends.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use pyo3::exceptions::{PyRuntimeError, PyValueError};
use pyo3::prelude::*;

/// The state of a stream; nothing once it has ended. It is for one thread at a time.
pub(crate) struct Live<T>(Mutex<Option<T>>);

/// The state while a thread has it.
pub(crate) struct Held<'l, T>(MutexGuard<'l, Option<T>>);

impl<T> Live<T> {
    pub(crate) fn new(state: T) -> Self {
        Self(Mutex::new(Some(state)))
    }

    /// The state, unless another thread has it: in which order two pushes count, nobody can know.
    pub(crate) fn lock(&self) -> PyResult<Held<'_, T>> {
        match self.0.try_lock() {
            Ok(state) => Ok(Held(state)),
            Err(TryLockError::Poisoned(state)) => Ok(Held(PoisonError::into_inner(state))),
            Err(TryLockError::WouldBlock) => Err(PyRuntimeError::new_err(
                "the stream is in use by another thread",
            )),
        }
    }

    /// What a representation says of it.
    pub(crate) fn told(&self) -> &'static str {
        match self.lock() {
            Err(_) => ", in use",
            Ok(state) if state.0.is_none() => ", ended",
            Ok(_) => "",
        }
    }
}

impl<T> Held<'_, T> {
    /// The state of a stream that has not ended.
    pub(crate) fn get(&mut self) -> PyResult<&mut T> {
        self.0.as_mut().ok_or_else(ended)
    }

    /// The same where it has not.
    pub(crate) fn peek(&mut self) -> Option<&mut T> {
        self.0.as_mut()
    }

    /// Ends the stream, which has not ended yet.
    pub(crate) fn end(&mut self) -> PyResult<T> {
        self.0.take().ok_or_else(ended)
    }

    /// Ends the stream, if it has not ended yet.
    pub(crate) fn clear(&mut self) {
        *self.0 = None;
    }
}

fn ended() -> PyErr {
    PyValueError::new_err("the stream has ended")
}
