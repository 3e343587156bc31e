//! The engine for Python: the module `sluicegate._sluicegate`, which the package `sluicegate`
//! passes on. It translates and decides nothing.
//!
//! | file | holds |
//! |---|---|
//! | `database.rs` | the class `Database` |
//! | `finding.rs` | the class `Finding` |
//! | `classifier.rs` | the class `Classifier` |
//! | `stream.rs` | the class `Stream` |
//! | `guard.rs` | the class `Guard` |
//! | `guard_stream.rs` | the class `GuardStream` |
//! | `verdict.rs` | the classes `Verdict` and `DecidedFinding` |
//! | `session.rs` | the class `Session` |
//! | `redactor.rs` | the class `Redactor` |
//! | `argument.rs` | arguments to what they stand for |
//! | `input.rs` | texts and buffers as the bytes that a scan reads |
//! | `output.rs` | bytes as the texts that Python gave or gets |
//! | `live.rs` | what a stream works with until it ends |
//! | `offset.rs` | byte offsets to code points |
//! | `memory.rs` | what a scan works in, kept for the next |
//! | `batch.rs` | many texts, on many threads |
//! | `arrow.rs` | Arrow arrays in and out |
//! | `file.rs` | databases from packs and to files |
//! | `error.rs` | errors as the exceptions of the package |

mod argument;
mod arrow;
mod batch;
mod classifier;
mod database;
mod error;
mod file;
mod finding;
mod guard;
mod guard_stream;
mod input;
mod live;
mod memory;
mod offset;
mod output;
mod redactor;
mod session;
mod stream;
mod verdict;

use pyo3::prelude::*;

/// The part of `sluicegate` that is written in Rust.
#[pymodule]
mod _sluicegate {
    use pyo3::prelude::*;

    #[pymodule_export]
    use crate::arrow::FindingsArray;
    #[pymodule_export]
    use crate::classifier::Classifier;
    #[pymodule_export]
    use crate::database::Database;
    #[pymodule_export]
    use crate::finding::Finding;
    #[pymodule_export]
    use crate::guard::Guard;
    #[pymodule_export]
    use crate::guard_stream::GuardStream;
    #[pymodule_export]
    use crate::redactor::Redactor;
    #[pymodule_export]
    use crate::session::Session;
    #[pymodule_export]
    use crate::stream::Stream;
    #[pymodule_export]
    use crate::verdict::{DecidedFinding, Verdict};

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
