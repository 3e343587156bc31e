//! The class `Database`.

use std::fmt::Write;
use std::path::PathBuf;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyList, PyString};
use sluicegate::{Completeness, IndexKind};
use sluicegate_classifiers::{attach, attach_file, load_file};

use crate::argument::confidence;
use crate::arrow::{self, FindingsArray};
use crate::batch::{self, Task};
use crate::classifier::Classifier;
use crate::error;
use crate::file::{compile_files, replace};
use crate::finding::Names;
use crate::input::Input;
use crate::memory::{Asked, Pool, detached};
use crate::stream::Stream;

/// A compiled set of classifiers. It never changes and may be used by many threads at once.
///
/// >>> import sluicegate
/// >>> db = sluicegate.Database.builtin()
/// >>> [f.classifier for f in db.scan("card 4111 1111 1111 1111")]
/// ['pci.card.visa']
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct Database {
    pub(crate) set: sluicegate::Database,
    pub(crate) names: Names,
    pub(crate) pool: Pool,
}

impl Database {
    fn new(py: Python<'_>, set: sluicegate::Database) -> Self {
        let names = Names::new(py, &set);
        let pool = Pool::new(&set);
        Self { set, names, pool }
    }

    /// The one that is given, or the built-in catalogue.
    pub(crate) fn or_builtin(py: Python<'_>, given: Option<Py<Self>>) -> PyResult<Py<Self>> {
        match given {
            Some(database) => Ok(database),
            None => Py::new(py, Self::builtin(py)),
        }
    }

    /// The same database with one index more.
    fn with(
        &self,
        index: &Bound<'_, PyAny>,
        kind: IndexKind,
        key: &PyBackedBytes,
    ) -> PyResult<Self> {
        let py = index.py();
        let with = if let Ok(path) = index.extract::<PathBuf>() {
            py.detach(|| attach_file(&self.set, kind, &path, key))
        } else {
            let bytes = Input::new(index)?.text().bytes.to_vec();
            py.detach(|| attach(&self.set, kind, bytes, key))
        };
        Ok(Self::new(
            py,
            with.map_err(|error| error::index(py, &error))?,
        ))
    }

    fn task(&self, threads: usize, min_confidence: i64) -> PyResult<Task<'_>> {
        Ok(Task {
            database: &self.set,
            pool: &self.pool,
            threads,
            min_confidence: confidence(min_confidence)?,
        })
    }
}

#[pymethods]
impl Database {
    /// The built-in catalogue.
    ///
    /// >>> len(Database.builtin()) > 1000
    /// True
    #[staticmethod]
    fn builtin(py: Python<'_>) -> Self {
        let database = py.detach(sluicegate_classifiers::builtin);
        Self::new(py, database)
    }

    /// Compiles packs, which are TOML files, and folders of packs; with `builtin=True` beside the
    /// built-in catalogue.
    ///
    /// Raises RulesError with every problem of the packs, and OSError when a file can't be read.
    ///
    /// >>> import pathlib, tempfile
    /// >>> pack = pathlib.Path(tempfile.mkdtemp(), "pack.toml")
    /// >>> _ = pack.write_text('''
    /// ... [[classifier]]
    /// ... id = "custom.ticket"
    /// ... [[classifier.regex]]
    /// ... pattern = '\\bTICKET-[0-9]{4}\\b'
    /// ... ''')
    /// >>> Database.from_files([pack]).scan("see TICKET-1234")
    /// [Finding(classifier='custom.ticket', start=4, end=15, severity='medium', confidence=50, view='raw')]
    #[staticmethod]
    #[pyo3(signature = (paths, *, builtin = false))]
    fn from_files(py: Python<'_>, paths: Vec<PathBuf>, builtin: bool) -> PyResult<Self> {
        let database = py.detach(|| compile_files(&paths, builtin));
        let database = database.map_err(|refusal| error::refusal(py, &refusal))?;
        Ok(Self::new(py, database))
    }

    /// Maps a file that `save` or `sluicegate compile` wrote. While a database of it lives, such
    /// a file may be replaced but not written to.
    ///
    /// Raises DatabaseError when the file is no database of this version, truncated or altered,
    /// and OSError when it can't be read.
    #[staticmethod]
    fn load(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        let database = py.detach(|| load_file(&path));
        Ok(Self::new(
            py,
            database.map_err(|error| error::load(py, &error))?,
        ))
    }

    /// The same database with the rows of a table beside it, which are found as `exact.<name>`.
    ///
    /// `index` is a file that `sluicegate index exact` wrote, which is mapped and may be replaced but
    /// not written to meanwhile, or the bytes of one, which are copied. `key` is the contents of the
    /// key file that it was made with, 16 bytes or more; space at either end does not count.
    ///
    /// Raises DatabaseError when it is no index of this version, truncated, altered or made with
    /// another key, when the key is short, and when there is a classifier of its id; and OSError
    /// when it can't be read.
    ///
    /// >>> db = Database.builtin()
    /// >>> try:
    /// ...     db.with_exact(b"no index", b"a key for this example")
    /// ... except DatabaseError as error:
    /// ...     print(error.message)
    /// not a sluicegate exact-data index
    fn with_exact(&self, index: &Bound<'_, PyAny>, key: PyBackedBytes) -> PyResult<Self> {
        self.with(index, IndexKind::Exact, &key)
    }

    /// The same database with documents beside it, whose passages are found as `document.<name>`.
    ///
    /// `index` is a file that `sluicegate index documents` wrote, or its bytes; else as `with_exact`.
    fn with_documents(&self, index: &Bound<'_, PyAny>, key: PyBackedBytes) -> PyResult<Self> {
        self.with(index, IndexKind::Documents, &key)
    }

    /// Writes the database to a file, for `load` and for the command line's `--db`, without the
    /// indexes beside it. A file that was there is replaced at once or not at all.
    ///
    /// >>> import pathlib, tempfile
    /// >>> path = pathlib.Path(tempfile.mkdtemp(), "builtin.sgdb")
    /// >>> Database.builtin().save(path)
    /// >>> Database.load(path).digest == Database.builtin().digest
    /// True
    fn save(&self, py: Python<'_>, path: PathBuf) -> PyResult<()> {
        py.detach(|| replace(&path, self.set.image()))
            .map_err(|error| error::io(&path, &error))
    }

    /// BLAKE3 of the database in hexadecimal; equal rules and indexes have equal digests.
    #[getter]
    fn digest(&self) -> String {
        let mut text = String::new();
        for byte in self.set.digest() {
            write!(text, "{byte:02x}").expect("a String takes all that is written");
        }
        text
    }

    /// The classifiers in the order of their ids, those of indexes behind all others.
    fn classifiers(&self) -> Vec<Classifier> {
        self.set
            .classifiers()
            .map(|info| Classifier::new(&info))
            .collect()
    }

    /// Finds everything of at least this confidence in a text or buffer, in the order (start,
    /// end, classifier). Offsets count code points of a str and bytes of anything else.
    ///
    /// A buffer is read where it is, with the interpreter lock released: it may not be written to
    /// meanwhile. Python 3.9 and 3.10 copy all but bytes.
    ///
    /// With `resolve`, of findings that claim one value only the one that is most likely right.
    ///
    /// Raises IncompleteError when not all of the text could be inspected.
    ///
    /// >>> db = Database.builtin()
    /// >>> [(f.start, f.end) for f in db.scan("café 4111 1111 1111 1111")]
    /// [(5, 24)]
    /// >>> [(f.start, f.end) for f in db.scan("café 4111 1111 1111 1111".encode())]
    /// [(6, 25)]
    #[pyo3(signature = (text, *, min_confidence = 0, resolve = false))]
    fn scan<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        min_confidence: i64,
        resolve: bool,
    ) -> PyResult<Bound<'py, PyList>> {
        let py = text.py();
        let asked = Asked {
            min_confidence: confidence(min_confidence)?,
            resolve,
        };
        let input = Input::new(text)?;
        let text = input.text();
        let mut memory = self.pool.take();
        let scan = || memory.scan(text, asked);
        let completeness = detached(py, text.bytes.len(), scan);
        let findings = self.names.list(py, &memory.found);
        self.pool.put(memory);
        match completeness {
            Completeness::Complete => findings,
            _ => Err(error::incomplete(py, findings?.into_any(), &[])),
        }
    }

    /// Scans many texts and buffers on this many threads, 0 for as many as there are processors;
    /// the findings of each, in order.
    ///
    /// Raises IncompleteError when not all of some text could be inspected.
    ///
    /// >>> db = Database.builtin()
    /// >>> [len(findings) for findings in db.scan_batch(["nothing", "4111 1111 1111 1111"])]
    /// [0, 1]
    #[pyo3(signature = (texts, threads = 0, *, min_confidence = 0))]
    fn scan_batch<'py>(
        &self,
        texts: &Bound<'py, PyAny>,
        threads: usize,
        min_confidence: i64,
    ) -> PyResult<Bound<'py, PyList>> {
        let py = texts.py();
        let objects = objects(texts)?;
        let inputs: Vec<Input<'_, 'py>> =
            objects.iter().map(Input::new).collect::<Result<_, _>>()?;
        let texts: Vec<_> = inputs.iter().map(Input::text).collect();
        let task = self.task(threads, min_confidence)?;
        let outcome = py.detach(|| batch::scan(task, &texts));
        let lists = outcome.each().map(|findings| self.names.list(py, findings));
        let lists = PyList::new(py, lists.collect::<Result<Vec<_>, _>>()?)?;
        if outcome.incomplete.is_empty() {
            return Ok(lists);
        }
        Err(error::incomplete(py, lists.into_any(), &outcome.incomplete))
    }

    /// Scans an Arrow array of texts or binary values, or a chunked one, without copying it. Any
    /// object will do that has the method `__arrow_c_array__` or `__arrow_c_stream__`. Offsets
    /// count code points of texts and bytes of binary values.
    ///
    /// What is returned has the method `__arrow_c_array__`: a list of structs with the fields of
    /// Finding for each value, null where the value is. `pyarrow.array(...)` makes a pyarrow array
    /// of it.
    ///
    /// Raises IncompleteError when not all of some value could be inspected.
    #[pyo3(signature = (array, threads = 0, *, min_confidence = 0))]
    fn scan_arrow(
        &self,
        array: &Bound<'_, PyAny>,
        threads: usize,
        min_confidence: i64,
    ) -> PyResult<FindingsArray> {
        arrow::scan(array, self.task(threads, min_confidence)?)
    }

    /// A text that will arrive in pieces. However it is cut, the findings are those of the whole.
    ///
    /// >>> stream = Database.builtin().stream()
    /// >>> stream.push("card 4111 1111"), stream.held > 0
    /// ([], True)
    /// >>> [f.classifier for f in stream.push(" 1111 1111, ") + stream.finish()]
    /// ['pci.card.visa']
    #[pyo3(signature = (*, min_confidence = 0))]
    fn stream(slf: Py<Self>, py: Python<'_>, min_confidence: i64) -> PyResult<Stream> {
        let min_confidence = confidence(min_confidence)?;
        Ok(Stream::new(py, slf, min_confidence))
    }

    fn __len__(&self) -> usize {
        self.set.len()
    }

    fn __repr__(&self) -> String {
        format!("<Database of {} classifiers>", self.set.len())
    }
}

/// The elements of an iterable. A text is one too, of its characters, which nobody means.
fn objects<'py>(texts: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    if texts.is_instance_of::<PyString>() {
        return Err(PyTypeError::new_err(
            "expected an iterable of texts, not one str",
        ));
    }
    texts.try_iter()?.collect()
}
