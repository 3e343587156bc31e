//! The engine for Python: the module `sluicegate._sluicegate`, which the package `sluicegate`
//! passes on. It translates and decides nothing.
//!
//! | file | holds |
//! |---|---|
//! | `database.rs` | the class `Database` |
//! | `finding.rs` | the class `Finding` |
//! | `classifier.rs` | the class `Classifier` |
//! | `input.rs` | texts and buffers as the bytes that a scan reads |
//! | `offset.rs` | byte offsets to code points |
//! | `memory.rs` | what a scan works in, kept for the next |
//! | `batch.rs` | many texts, on many threads |
//! | `arrow.rs` | Arrow arrays in and out |
//! | `file.rs` | databases from packs and to files |
//! | `error.rs` | errors as the exceptions of the package |

mod arrow;
mod batch;
mod classifier;
mod database;
mod error;
mod file;
mod finding;
mod input;
mod memory;
mod offset;

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

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
