//! The class `Classifier`.

use pyo3::prelude::*;
use sluicegate::ClassifierInfo;

/// What a database knows of one of its classifiers.
///
/// >>> import sluicegate
/// >>> first = sluicegate.Database.builtin().classifiers()[0]
/// >>> len(first.card["detectors"]) > 0
/// True
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct Classifier {
    /// Its id.
    #[pyo3(get)]
    id: String,
    /// How bad a finding is: info, low, medium, high or critical.
    #[pyo3(get)]
    severity: &'static str,
    /// Confidence of a finding before context is taken into account, 0 to 100.
    #[pyo3(get)]
    confidence: u8,
    card: String,
}

impl Classifier {
    pub(crate) fn new(info: &ClassifierInfo<'_>) -> Self {
        Self {
            id: info.id().to_owned(),
            severity: info.severity().as_str(),
            confidence: info.confidence(),
            card: info.card().to_owned(),
        }
    }
}

#[pymethods]
impl Classifier {
    /// What people read: name, description, tags, references, detectors with their plans.
    #[getter]
    fn card<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (&self.card,))
    }

    fn __repr__(&self) -> String {
        let Self {
            id,
            severity,
            confidence,
            ..
        } = self;
        format!("<Classifier {id}: {severity}, confidence {confidence}>")
    }
}
