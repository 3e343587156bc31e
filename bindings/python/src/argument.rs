//! Arguments to what they stand for.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use sluicegate_guard::policy::Channel;

/// What a message is.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Text,
    Json,
}

/// The channel of this name.
pub(crate) fn channel(name: &str) -> PyResult<Channel> {
    let names = || Channel::ALL.iter().map(|channel| channel.as_str());
    Channel::from_name(name).ok_or_else(|| unknown("channel", name, names()))
}

/// The form of this name.
pub(crate) fn form(name: &str) -> PyResult<Form> {
    match name {
        "text" => Ok(Form::Text),
        "json" => Ok(Form::Json),
        _ => Err(unknown("form", name, ["text", "json"].into_iter())),
    }
}

/// Refuses a word that stands for nothing.
pub(crate) fn unknown<'n>(what: &str, name: &str, names: impl Iterator<Item = &'n str>) -> PyErr {
    let names: Vec<&str> = names.collect();
    PyValueError::new_err(format!(
        "there is no {what} {name:?}; it is one of {}",
        names.join(", ")
    ))
}

/// Refuses what is no confidence.
pub(crate) fn confidence(number: i64) -> PyResult<u8> {
    match u8::try_from(number) {
        Ok(confidence @ 0..=100) => Ok(confidence),
        _ => Err(PyValueError::new_err(format!(
            "a confidence is from 0 to 100, not {number}"
        ))),
    }
}
