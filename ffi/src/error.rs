//! Why a call failed.

use std::ffi::{CString, c_char};

use sluicegate::model::{Diagnostic, Level, to_json};

use crate::handle::{self, Object};
use crate::{boundary, sg_status};

/// Why a call failed. It belongs to whoever called.
pub struct sg_error {
    status: sg_status,
    message: CString,
    hint: CString,
    diagnostics: CString,
    position: Option<sg_position>,
}

impl Object for sg_error {
    const TAG: u64 = u64::from_le_bytes(*b"sgerror\0");
    const NAME: &'static str = "sg_error";
}

/// A place in the text of a pack or policy.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct sg_position {
    /// Line, from 1.
    pub line: usize,
    /// Column, from 1, in code points.
    pub column: usize,
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
}

/// An error on its way to the boundary. Boxed, so that the results that carry it stay small.
pub(crate) struct Failure(Box<sg_error>);

impl Failure {
    pub(crate) fn new(status: sg_status, message: impl Into<String>) -> Self {
        Self(Box::new(sg_error {
            status,
            message: terminated(message.into()),
            hint: CString::default(),
            diagnostics: terminated(to_json(&[])),
            position: None,
        }))
    }

    pub(crate) fn null(name: &str) -> Self {
        Self::new(sg_status::NullPointer, format!("`{name}` is NULL"))
    }

    /// Rules or a policy that can't be used, because of the errors among these diagnostics.
    pub(crate) fn problems(status: sg_status, diagnostics: &[Diagnostic]) -> Self {
        let errors = diagnostics
            .iter()
            .filter(|diagnostic| diagnostic.level() == Level::Error);
        let count = errors.clone().count();
        let Some(first) = errors.clone().next().or(diagnostics.first()) else {
            return Self::new(status, "there are no rules to use");
        };
        let message = match count {
            0 | 1 => first.to_string(),
            _ => format!("{first} (the first of {count} errors)"),
        };
        let mut failure = Self::new(status, message).hint(&first.hint);
        failure.0.diagnostics = terminated(to_json(diagnostics));
        failure.0.position = first.place.as_ref().map(|place| {
            let (line, column, _) = place.source.line_at(place.span.start);
            sg_position {
                line,
                column,
                start: place.span.start,
                end: place.span.end,
            }
        });
        failure
    }

    #[must_use]
    pub(crate) fn hint(mut self, hint: &str) -> Self {
        self.0.hint = terminated(hint.to_owned());
        self
    }

    pub(crate) fn status(&self) -> sg_status {
        self.0.status
    }

    pub(crate) fn into_error(self) -> sg_error {
        *self.0
    }
}

/// The text as C reads it. A NUL inside, which would end it there, becomes a replacement character.
pub(crate) fn terminated(text: String) -> CString {
    CString::new(text).unwrap_or_else(|error| {
        let text = String::from_utf8_lossy(&error.into_vec()).replace('\0', "\u{FFFD}");
        CString::new(text).unwrap_or_default()
    })
}

/// The status of the call that failed; SG_STATUS_NULL_POINTER or SG_STATUS_WRONG_HANDLE where
/// `error` is no error.
///
/// # Safety
/// `error` is NULL or a live object of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_status(error: *const sg_error) -> sg_status {
    // SAFETY: the caller's promise is that of `borrow`.
    match unsafe { handle::borrow(error) } {
        Ok(error) => error.status,
        Err(failure) => failure.status(),
    }
}

/// What went wrong, in a sentence, without any of the scanned text. Borrowed from the error; empty
/// where `error` is no error.
///
/// # Safety
/// `error` is NULL or a live object of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_message(error: *const sg_error) -> *const c_char {
    // SAFETY: the caller's promise is that of `borrow`.
    unsafe { handle::borrow(error) }.map_or(c"".as_ptr(), |error| error.message.as_ptr())
}

/// What to do about it; empty where there is nothing to add, or `error` is no error. Borrowed from
/// the error.
///
/// # Safety
/// `error` is NULL or a live object of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_hint(error: *const sg_error) -> *const c_char {
    // SAFETY: the caller's promise is that of `borrow`.
    unsafe { handle::borrow(error) }.map_or(c"".as_ptr(), |error| error.hint.as_ptr())
}

/// Every problem of rules or a policy that could not be used, as a JSON array of objects with the keys `code`,
/// `level`, `title`, `message`, `hint`, `classifier`, `file`, `line`, `column`, `start` and `end`;
/// "[]" for other errors. Borrowed from the error; empty where `error` is no error.
///
/// # Safety
/// `error` is NULL or a live object of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_diagnostics(error: *const sg_error) -> *const c_char {
    // SAFETY: the caller's promise is that of `borrow`.
    unsafe { handle::borrow(error) }.map_or(c"".as_ptr(), |error| error.diagnostics.as_ptr())
}

/// Where the first problem of rules or a policy stands. SG_STATUS_NOT_FOUND where no place is known.
///
/// # Safety
/// `error` is NULL or a live object of this library; `position` is NULL or a place for one.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_position(
    error: *const sg_error,
    position: *mut sg_position,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let error = unsafe { handle::borrow(error) }?;
        let place = handle::place(position, "position")?;
        let Some(position) = error.position else {
            return Err(Failure::new(sg_status::NotFound, "no place is known"));
        };
        // SAFETY: `place` has checked what can be; it is a place for one by the caller's promise.
        unsafe { place.write(position) };
        Ok(())
    })
}

/// Frees an error. NULL is freed already.
///
/// # Safety
/// `error` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_error_free(error: *mut sg_error) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(error) }.map(drop))
}
