//! Errors as the exceptions of the package.

use std::error::Error;
use std::io;
use std::path::Path;

use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use pyo3::types::PyDict;
use sluicegate::model::{Diagnostic, to_json};
use sluicegate_classifiers::{LoadError, UnusableIndex};

use crate::file::Refusal;

/// Why packs give no database.
pub(crate) fn refusal(py: Python<'_>, refusal: &Refusal) -> PyErr {
    match refusal {
        Refusal::Unreadable(path, error) => io(path, error),
        Refusal::Problems(problems) => of_problems(py, "RulesError", problems),
        Refusal::Empty => {
            let message = "there are no classifiers to use";
            let hint = "give packs that hold a [[classifier]], or builtin=True";
            raise(py, "RulesError", message, &[("hint", hint)])
        }
    }
}

/// What is wrong with a policy.
pub(crate) fn policy(py: Python<'_>, problems: &[Diagnostic]) -> PyErr {
    of_problems(py, "PolicyError", problems)
}

/// Problems as the package has them.
pub(crate) fn problems<'py>(
    py: Python<'py>,
    problems: &[Diagnostic],
) -> PyResult<Bound<'py, PyAny>> {
    class(py, "problems")?.call1((to_json(problems),))
}

/// Why a text can't be redacted or turned back.
pub(crate) fn redact(py: Python<'_>, message: &str) -> PyErr {
    raise(py, "RedactError", message, &[])
}

/// Why a file is no database.
pub(crate) fn load(py: Python<'_>, error: &LoadError) -> PyErr {
    if let Some(error_of_system) = error.source().and_then(<dyn Error>::downcast_ref) {
        return io(error.path(), error_of_system);
    }
    let file = error.path().to_string_lossy();
    let details = [("hint", error.hint()), ("file", &*file)];
    raise(py, "DatabaseError", &error.reason(), &details)
}

/// Why an index can't stand beside a database.
pub(crate) fn index(py: Python<'_>, error: &UnusableIndex) -> PyErr {
    let path = error.path();
    if let Some(path) = path
        && let Some(error_of_system) = error.source().and_then(<dyn Error>::downcast_ref)
    {
        return io(path, error_of_system);
    }
    let file = path.map(Path::to_string_lossy);
    let mut details = vec![("hint", error.hint())];
    details.extend(file.as_deref().map(|file| ("file", file)));
    raise(py, "DatabaseError", &error.reason(), &details)
}

/// What the system says of a file: the subclass of `OSError` that its number has.
pub(crate) fn io(path: &Path, error: &io::Error) -> PyErr {
    match error.raw_os_error() {
        Some(number) => {
            // The exception prints the number itself.
            let text = error.to_string();
            let text = text.split(" (os error").next().unwrap_or_default();
            PyOSError::new_err((number, text.to_owned(), path.to_owned()))
        }
        None => PyOSError::new_err(format!("{}: {error}", path.display())),
    }
}

/// Not everything could be inspected: of a batch, the texts with these indices. What was found
/// comes with the exception.
pub(crate) fn incomplete(py: Python<'_>, findings: Bound<'_, PyAny>, indices: &[usize]) -> PyErr {
    class(py, "IncompleteError")
        .and_then(|class| class.call1((findings, indices)))
        .map_or_else(|error| error, PyErr::from_value)
}

fn raise(py: Python<'_>, name: &str, message: &str, details: &[(&str, &str)]) -> PyErr {
    let made = class(py, name).and_then(|class| {
        let keywords = PyDict::new(py);
        for (key, value) in details {
            keywords.set_item(key, value)?;
        }
        class.call((message,), Some(&keywords))
    });
    made.map_or_else(|error| error, PyErr::from_value)
}

fn of_problems(py: Python<'_>, name: &str, problems: &[Diagnostic]) -> PyErr {
    class(py, name)
        .and_then(|class| class.call_method1("from_json", (to_json(problems),)))
        .map_or_else(|error| error, PyErr::from_value)
}

fn class<'py>(py: Python<'py>, name: &str) -> PyResult<Bound<'py, PyAny>> {
    py.import("sluicegate._errors")?.getattr(name)
}
