//! Why there is no database, as `lib/error.cjs` makes an error of it.

use std::error::Error;
use std::io;
use std::path::Path;

use napi_derive::napi;
use sluicegate::model::{Diagnostic, to_json};
use sluicegate_classifiers::{LoadError, UnusableIndex};

/// Why there is no database.
#[napi(object, object_from_js = false)]
pub struct Refusal {
    /// Packs have these problems, as JSON.
    pub problems: Option<String>,
    /// The system refused to read a file, with this number if it has one.
    pub unreadable: bool,
    /// See `unreadable`.
    pub errno: Option<i32>,
    /// One sentence.
    pub message: String,
    /// What to do about it; empty where there is nothing to add.
    pub hint: String,
    /// The file concerned.
    pub file: Option<String>,
}

impl Refusal {
    /// Packs have problems.
    pub(crate) fn problems(problems: &[Diagnostic]) -> Self {
        Self {
            problems: Some(to_json(problems)),
            ..Self::of("", "", None)
        }
    }

    /// There is nothing to compile.
    pub(crate) fn empty() -> Self {
        Self {
            problems: Some("[]".to_owned()),
            ..Self::of(
                "there are no classifiers to use",
                "give packs that hold a [[classifier]], or builtin: true",
                None,
            )
        }
    }

    /// A file or folder can't be read.
    pub(crate) fn unreadable(path: &Path, error: &io::Error) -> Self {
        // The number is told apart.
        let text = error.to_string();
        let text = text.split(" (os error").next().unwrap_or_default();
        Self {
            unreadable: true,
            errno: error.raw_os_error(),
            ..Self::of(text, "", Some(path))
        }
    }

    /// A file is no database.
    pub(crate) fn load(error: &LoadError) -> Self {
        match error.source().and_then(<dyn Error>::downcast_ref) {
            Some(error_of_system) => Self::unreadable(error.path(), error_of_system),
            None => Self::of(&error.reason(), error.hint(), Some(error.path())),
        }
    }

    /// An index can't stand beside a database.
    pub(crate) fn index(error: &UnusableIndex) -> Self {
        let path = error.path();
        match error.source().and_then(<dyn Error>::downcast_ref) {
            Some(error_of_system) => {
                Self::unreadable(path.unwrap_or(Path::new("")), error_of_system)
            }
            None => Self::of(&error.reason(), error.hint(), path),
        }
    }

    fn of(message: &str, hint: &str, file: Option<&Path>) -> Self {
        Self {
            problems: None,
            unreadable: false,
            errno: None,
            message: message.to_owned(),
            hint: hint.to_owned(),
            file: file.map(|path| path.to_string_lossy().into_owned()),
        }
    }
}
