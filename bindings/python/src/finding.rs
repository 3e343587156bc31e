//! The class `Finding`.

use pyo3::prelude::*;
use pyo3::types::{PyList, PyString};
use sluicegate::Database;

/// A span of a text that a classifier claims. It holds none of the text.
///
/// >>> from sluicegate import Finding
/// >>> finding = Finding("pci.card.visa", 5, 24, "high", 95)
/// >>> finding.end - finding.start
/// 19
#[pyclass(frozen, get_all, module = "sluicegate")]
pub(crate) struct Finding {
    /// Id of the classifier.
    classifier: Py<PyString>,
    /// Where it begins, in code points of a str and bytes of anything else.
    start: usize,
    /// Behind its last code point or byte; always greater than `start`.
    end: usize,
    /// How bad it is: info, low, medium, high or critical.
    severity: Py<PyString>,
    /// 0 to 100, context taken into account.
    confidence: u8,
    /// The form of the text in which it was found; "raw" is the text as it came.
    view: Py<PyString>,
}

/// What two findings are compared by.
type Parts<'a> = (
    &'a Py<PyString>,
    usize,
    usize,
    &'a Py<PyString>,
    u8,
    &'a Py<PyString>,
);

impl Finding {
    fn parts(&self) -> Parts<'_> {
        (
            &self.classifier,
            self.start,
            self.end,
            &self.severity,
            self.confidence,
            &self.view,
        )
    }
}

#[pymethods]
impl Finding {
    #[new]
    #[pyo3(signature = (classifier, start, end, severity, confidence, view = None))]
    fn new(
        py: Python<'_>,
        classifier: Py<PyString>,
        start: usize,
        end: usize,
        severity: Py<PyString>,
        confidence: u8,
        view: Option<Py<PyString>>,
    ) -> Self {
        let view = view.unwrap_or_else(|| PyString::intern(py, "raw").unbind());
        Self {
            classifier,
            start,
            end,
            severity,
            confidence,
            view,
        }
    }

    fn __getnewargs__(&self) -> Parts<'_> {
        self.parts()
    }

    fn __eq__(&self, py: Python<'_>, other: &Bound<'_, PyAny>) -> PyResult<Py<PyAny>> {
        let Ok(other) = other.cast::<Self>() else {
            return Ok(py.NotImplemented());
        };
        let equal = self.parts().into_pyobject(py)?.eq(other.get().parts())?;
        Ok(equal.into_pyobject(py)?.to_owned().into_any().unbind())
    }

    fn __hash__(&self, py: Python<'_>) -> PyResult<isize> {
        self.parts().into_pyobject(py)?.hash()
    }

    fn __repr__(&self) -> String {
        let Self {
            start,
            end,
            confidence,
            ..
        } = self;
        format!(
            "Finding(classifier='{}', start={start}, end={end}, severity='{}', \
             confidence={confidence}, view='{}')",
            self.classifier, self.severity, self.view
        )
    }
}

/// The texts that findings share, made once for each database.
pub(crate) struct Names {
    /// Id and severity of each classifier, by index.
    classifiers: Vec<(Py<PyString>, Py<PyString>)>,
}

impl Names {
    pub(crate) fn new(py: Python<'_>, database: &Database) -> Self {
        let intern = |text| PyString::intern(py, text).unbind();
        let classifiers = database
            .classifiers()
            .map(|classifier| {
                (
                    intern(classifier.id()),
                    intern(classifier.severity().as_str()),
                )
            })
            .collect();
        Self { classifiers }
    }

    /// Findings of the database as Python has them.
    pub(crate) fn list<'py>(
        &self,
        py: Python<'py>,
        findings: &[sluicegate::Finding],
    ) -> PyResult<Bound<'py, PyList>> {
        PyList::new(py, findings.iter().map(|finding| self.finding(py, finding)))
    }

    fn finding(&self, py: Python<'_>, finding: &sluicegate::Finding) -> Finding {
        let (classifier, severity) = &self.classifiers[finding.classifier.get() as usize];
        Finding {
            classifier: classifier.clone_ref(py),
            start: finding.start,
            end: finding.end,
            severity: severity.clone_ref(py),
            confidence: finding.confidence,
            view: PyString::intern(py, finding.view.as_str()).unbind(),
        }
    }
}
