//! The class `Redactor`.

use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use sluicegate::{Finding, Scanner};
use sluicegate_guard::redact::{self, FpeKey, HashKey, KeyError, RedactError, Style, TokenKey};

use crate::argument::{confidence, unknown};
use crate::database::Database;
use crate::error;
use crate::input::Input;
use crate::output;
use crate::session::{Session, work_in};

/// The names of the styles.
const STYLES: [&str; 8] = [
    "label", "numbered", "mask", "partial", "hash", "token", "fpe", "vault",
];

/// Those that take a key.
const KEYED: [&str; 3] = ["hash", "token", "fpe"];
/// As in policies: what may have been kept is looked at whenever a mark is looked for.
const MAX_KEEP: usize = 100;

/// Puts something else in place of everything that a database finds. It never changes and may be
/// used by many threads at once.
///
/// `style` is label, numbered, mask, partial (which keeps up to `keep` characters, 0 to 100), hash, token, fpe
/// or vault; hash, token and fpe take a `key` of 16 secret bytes or more.
///
/// >>> from sluicegate import Redactor
/// >>> Redactor().redact("card 4111 1111 1111 1111")
/// 'card [PCI_CARD_VISA]'
/// >>> redactor = Redactor("token", key=b"a key for this example")
/// >>> redactor.restore(redactor.redact("card 4111 1111 1111 1111"))
/// 'card 4111 1111 1111 1111'
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct Redactor {
    inner: redact::Redactor,
    style: &'static str,
    database: Py<Database>,
}

#[pymethods]
impl Redactor {
    #[new]
    #[pyo3(signature = (style = "label", database = None, *, key = None, keep = 4))]
    fn new(
        py: Python<'_>,
        style: &str,
        database: Option<Py<Database>>,
        key: Option<PyBackedBytes>,
        keep: usize,
    ) -> PyResult<Self> {
        let Some(&name) = STYLES.iter().find(|name| **name == style) else {
            return Err(unknown("style", style, STYLES.into_iter()));
        };
        if key.is_some() && !KEYED.contains(&name) {
            let message = format!("the style {name} takes no key");
            return Err(PyValueError::new_err(message));
        }
        if keep > MAX_KEEP {
            let message = format!("what is kept is from 0 to {MAX_KEEP} characters, not {keep}");
            return Err(PyValueError::new_err(message));
        }
        let style = match name {
            "numbered" => Style::Numbered,
            "mask" => Style::Mask,
            "partial" => Style::Partial { keep },
            "hash" => Style::Hash(made(name, key, HashKey::new)?),
            "token" => Style::Token(made(name, key, TokenKey::new)?),
            "fpe" => Style::Fpe(made(name, key, FpeKey::new)?),
            "vault" => Style::Vault,
            _ => Style::Label,
        };
        let database = Database::or_builtin(py, database)?;
        let inner = redact::Redactor::new(&database.get().set, style);
        Ok(Self {
            inner,
            style: name,
            database,
        })
    }

    /// A text or buffer without what is found of at least this confidence, a str for a str and
    /// bytes for anything else. Equal values have equal marks in all texts of one session; without
    /// one each text has its own.
    ///
    /// Raises RedactError when the values can't be removed: nothing of the text may be passed on.
    #[pyo3(signature = (text, *, session = None, min_confidence = 0))]
    fn redact<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        session: Option<&Bound<'_, Session>>,
        min_confidence: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let redactor = &self.inner;
        self.pass(
            text,
            session,
            min_confidence,
            |session, scanner, bytes, wanted| {
                let redacted = redactor.redact_in(session, scanner, bytes, wanted)?;
                Ok(redacted.bytes)
            },
        )
    }

    /// Turns a text back: the marks of the key and of the session become the values that they stand
    /// for. Values of the style fpe are found by scanning, with the `min_confidence` of the
    /// redaction.
    ///
    /// Raises RedactError when such a scan reached the bound on work.
    #[pyo3(signature = (text, *, session = None, min_confidence = 0))]
    fn restore<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        session: Option<&Bound<'_, Session>>,
        min_confidence: i64,
    ) -> PyResult<Bound<'py, PyAny>> {
        let redactor = &self.inner;
        self.pass(
            text,
            session,
            min_confidence,
            |session, scanner, bytes, wanted| {
                let restored = redactor.restore(session, scanner, bytes, wanted)?;
                Ok(restored.bytes)
            },
        )
    }

    fn __repr__(&self) -> String {
        format!("<Redactor by {}>", self.style)
    }
}

impl Redactor {
    /// Hands a text to the redactor, without the interpreter, and gives back what becomes of it.
    fn pass<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        session: Option<&Bound<'_, Session>>,
        min_confidence: i64,
        work: impl FnOnce(
            &mut redact::Session,
            &mut Scanner,
            &[u8],
            &(dyn Fn(&Finding) -> bool + Sync),
        ) -> Result<Vec<u8>, RedactError>
        + Send,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = text.py();
        let wanted = wanted(min_confidence)?;
        let input = Input::new(text)?;
        let given = input.text();
        let pool = &self.database.get().pool;
        let mut memory = pool.take();
        let mut own = redact::Session::default();
        let session = session.map(Bound::get);
        let passed = work_in(py, session, &mut own, given.bytes.len(), |session| {
            work(session, &mut memory.scanner, given.bytes, &wanted)
        });
        pool.put(memory);
        let passed = passed.map_err(|error| error::redact(py, &error.to_string()))?;
        output::passed(text, given, &passed)
    }
}

/// The key of a style that takes one.
fn made<K>(
    style: &str,
    key: Option<PyBackedBytes>,
    new: fn(&[u8]) -> Result<K, KeyError>,
) -> PyResult<K> {
    let Some(key) = key else {
        let message = format!("the style {style} takes a key");
        return Err(PyValueError::new_err(message));
    };
    new(&key).map_err(|error| PyValueError::new_err(error.to_string()))
}

/// Which findings count.
fn wanted(min_confidence: i64) -> PyResult<impl Fn(&Finding) -> bool + Sync> {
    let min_confidence = confidence(min_confidence)?;
    Ok(move |finding: &Finding| finding.confidence >= min_confidence)
}
