//! The class `Guard`.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::pybacked::PyBackedBytes;
use pyo3::types::{PyBytes, PyMapping, PyString};
use sluicegate::model::Source;
use sluicegate_guard::policy::{Keys, read_policy};
use sluicegate_guard::{Guard as Decider, Request, redact};

use crate::argument::{self, Form};
use crate::database::Database;
use crate::error;
use crate::guard_stream::GuardStream;
use crate::input::Input;
use crate::memory::Unit;
use crate::offset::to_code_points;
use crate::output;
use crate::session::{Session, work_in};
use crate::verdict::Verdict;

/// A database with a policy, which decides about messages. It never changes and may be used by
/// many threads at once.
///
/// `policy` is the path of a file in TOML, `database` the built-in catalogue where none is given,
/// and `keys` holds the secret bytes of the keys that the policy names, 16 or more of each.
///
/// Raises PolicyError with every problem of the policy, and OSError when it can't be read.
///
/// >>> import pathlib, sluicegate, tempfile
/// >>> policy = pathlib.Path(tempfile.mkdtemp(), "policy.toml")
/// >>> _ = policy.write_text('''
/// ... [[rule]]
/// ... name = "no-cards"
/// ... classifiers = ["pci.*"]
/// ... action = "redact"
/// ... style = { kind = "partial", keep = 4 }
/// ... ''')
/// >>> guard = sluicegate.Guard(policy)
/// >>> guard.inspect("card 4111 1111 1111 1111").text
/// 'card ***************1111'
#[pyclass(frozen, module = "sluicegate")]
pub(crate) struct Guard {
    guard: Decider,
    database: Py<Database>,
}

impl Guard {
    fn build(
        py: Python<'_>,
        source: &Arc<Source>,
        database: Option<Py<Database>>,
        keys: Option<&Bound<'_, PyMapping>>,
    ) -> PyResult<Self> {
        let policy = read_policy(source).map_err(|problems| error::policy(py, &problems))?;
        let database = Database::or_builtin(py, database)?;
        let set = &database.get().set;
        let guard = Decider::with_keys(set, policy, &named(keys)?);
        let guard = guard.map_err(|problems| error::policy(py, &problems))?;
        Ok(Self { guard, database })
    }
}

#[pymethods]
impl Guard {
    #[new]
    #[pyo3(signature = (policy, database = None, *, keys = None))]
    fn new(
        py: Python<'_>,
        policy: PathBuf,
        database: Option<Py<Database>>,
        keys: Option<&Bound<'_, PyMapping>>,
    ) -> PyResult<Self> {
        let bytes = fs::read(&policy).map_err(|error| error::io(&policy, &error))?;
        let source = Source::from_bytes(policy.to_string_lossy(), bytes);
        let source = source.map_err(|problem| error::policy(py, &[problem]))?;
        Self::build(py, &source, database, keys)
    }

    /// The same for the text of a policy.
    ///
    /// >>> guard = Guard.from_text('default = "block"')
    /// >>> guard.inspect("card 4111 1111 1111 1111").action
    /// 'block'
    #[staticmethod]
    #[pyo3(signature = (policy, database = None, *, keys = None))]
    fn from_text(
        py: Python<'_>,
        policy: &str,
        database: Option<Py<Database>>,
        keys: Option<&Bound<'_, PyMapping>>,
    ) -> PyResult<Self> {
        Self::build(py, &Source::new("policy", policy), database, keys)
    }

    /// The database.
    #[getter]
    fn database(&self, py: Python<'_>) -> Py<Database> {
        self.database.clone_ref(py)
    }

    /// Patterns and tags in the policy that no classifier of the database meets. A misspelt one
    /// leaves values alone, so they are worth showing.
    ///
    /// >>> rule = '[[rule]]\nname = "a"\nclassifiers = ["secrets.*"]\naction = "block"'
    /// >>> print(*(problem.message for problem in Guard.from_text(rule).unmatched()))
    /// rule `a`: no classifier matches `secrets.*`
    fn unmatched<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        error::problems(py, self.guard.unmatched())
    }

    /// Decides about a message, a str or anything with a buffer of bytes.
    ///
    /// `channel` says where it comes from and goes to: prompt, output, tool_args, tool_result or
    /// document. With `form="json"` it is one JSON text, and what is passed on is one too. Equal
    /// values have equal marks in all messages of one session; without one each message has its own.
    ///
    /// >>> guard = Guard.from_text('default = "redact"')
    /// >>> verdict = guard.inspect('{"card": 4111111111111111}', channel="tool_args", form="json")
    /// >>> verdict.text
    /// '{"card": "[PCI_CARD_VISA]"}'
    /// >>> [(f.classifier, f.start, f.end) for f in verdict.findings]
    /// [('pci.card.visa', 9, 25)]
    #[pyo3(signature = (text, *, channel = "prompt", form = "text", session = None))]
    fn inspect(
        &self,
        text: &Bound<'_, PyAny>,
        channel: &str,
        form: &str,
        session: Option<&Bound<'_, Session>>,
    ) -> PyResult<Verdict> {
        let py = text.py();
        let request = Request::new(argument::channel(channel)?);
        let form = argument::form(form)?;
        let input = Input::new(text)?;
        let message = input.text();
        let pool = &self.database.get().pool;
        let mut memory = pool.take();
        let mut own = redact::Session::default();
        let given = session.map(Bound::get);
        let mut verdict = work_in(py, given, &mut own, message.bytes.len(), |session| {
            let inspect = match form {
                Form::Text => Decider::inspect_in,
                Form::Json => Decider::inspect_json_in,
            };
            let scanner = &mut memory.scanner;
            let mut verdict = inspect(&self.guard, session, scanner, message.bytes, &request);
            if message.unit == Unit::CodePoints {
                let findings = verdict.findings.iter_mut();
                to_code_points(message.bytes, findings.map(|decided| &mut decided.finding));
            }
            verdict
        });
        pool.put(memory);
        let passed = verdict.text.take();
        let passed = passed.map(|bytes| output::passed(text, message, &bytes));
        Ok(Verdict::new(verdict, passed.transpose()?))
    }

    /// Turns a text back, such as an answer: the marks of the policy's keys and of the session
    /// become the values that they stand for. `channel` and `form` are those of the redaction.
    ///
    /// Raises RedactError when a JSON text is none, and when a scan for values that kept their form
    /// reached the bound on work.
    ///
    /// >>> from sluicegate import Session
    /// >>> guard = Guard.from_text('''
    /// ... [[rule]]
    /// ... name = "all"
    /// ... action = "redact"
    /// ... style = "numbered"
    /// ... ''')
    /// >>> session = Session()
    /// >>> guard.inspect("card 4111 1111 1111 1111", session=session).text
    /// 'card [VISA_1]'
    /// >>> guard.restore("[VISA_1] is charged", session=session)
    /// '4111 1111 1111 1111 is charged'
    #[pyo3(signature = (text, *, channel = "prompt", form = "text", session = None))]
    fn restore<'py>(
        &self,
        text: &Bound<'py, PyAny>,
        channel: &str,
        form: &str,
        session: Option<&Bound<'_, Session>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = text.py();
        let request = Request::new(argument::channel(channel)?);
        let form = argument::form(form)?;
        let input = Input::new(text)?;
        let marked = input.text();
        let pool = &self.database.get().pool;
        let mut memory = pool.take();
        let mut own = redact::Session::default();
        let given = session.map(Bound::get);
        let restored = work_in(py, given, &mut own, marked.bytes.len(), |session| {
            let scanner = &mut memory.scanner;
            match form {
                Form::Text => self.guard.restore(session, scanner, marked.bytes, &request),
                Form::Json => self.guard.restore_json(session, marked.bytes),
            }
        });
        pool.put(memory);
        let restored = restored.map_err(|error| error::redact(py, &error.to_string()))?;
        output::passed(text, marked, &restored.bytes)
    }

    /// A text that will arrive in pieces, for example the output of a model.
    ///
    /// Raises RedactError when the policy redacts with fpe, which looks at the whole text.
    ///
    /// >>> with Guard.from_text('default = "redact"').stream() as stream:
    /// ...     stream.push("card 4111 1111 11") + stream.push("11 1111 and") + stream.finish()
    /// 'card [PCI_CARD_VISA] and'
    #[pyo3(signature = (*, channel = "output", session = None))]
    fn stream(
        &self,
        py: Python<'_>,
        channel: &str,
        session: Option<Py<Session>>,
    ) -> PyResult<GuardStream> {
        let request = Request::new(argument::channel(channel)?);
        let database = self.database.clone_ref(py);
        GuardStream::new(py, &self.guard, database, &request, session)
    }

    /// Passes on what may be passed on of a text whose pieces another iterable gives. When
    /// something is blocked, iteration gives what stands before it and then raises Blocked. What is
    /// held back when the source raises is dropped. The source is the caller's to close.
    ///
    /// >>> guard = Guard.from_text('default = "redact"')
    /// >>> "".join(guard.filter(["card 4111 11", "11 1111 ", "1111, thanks"]))
    /// 'card [PCI_CARD_VISA], thanks'
    #[pyo3(signature = (source, *, channel = "output", session = None))]
    fn filter<'py>(
        &self,
        source: &Bound<'py, PyAny>,
        channel: &str,
        session: Option<Py<Session>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if source.is_instance_of::<PyString>() || source.is_instance_of::<PyBytes>() {
            return Err(PyTypeError::new_err(
                "expected an iterable of pieces, not one text",
            ));
        }
        let py = source.py();
        let pieces = source.try_iter()?;
        let stream = self.stream(py, channel, session)?;
        py.import("sluicegate._filter")?
            .call_method1("filter", (stream, pieces))
    }

    /// The same for an asynchronous iterable. Nothing is awaited but the source, so that it runs
    /// under every event loop; each piece is inspected before the next is asked for.
    ///
    /// >>> import asyncio
    /// >>> async def answer():
    /// ...     for piece in ["card 4111 11", "11 1111 ", "1111, thanks"]:
    /// ...         yield piece
    /// >>> async def main():
    /// ...     guard = Guard.from_text('default = "redact"')
    /// ...     return "".join([piece async for piece in guard.astream(answer())])
    /// >>> asyncio.run(main())
    /// 'card [PCI_CARD_VISA], thanks'
    #[pyo3(signature = (source, *, channel = "output", session = None))]
    fn astream<'py>(
        &self,
        source: &Bound<'py, PyAny>,
        channel: &str,
        session: Option<Py<Session>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        if !source.hasattr("__aiter__")? {
            let name = source.get_type().name()?;
            return Err(PyTypeError::new_err(format!(
                "expected an asynchronous iterable, not {name}"
            )));
        }
        let py = source.py();
        let stream = self.stream(py, channel, session)?;
        py.import("sluicegate._filter")?
            .call_method1("astream", (stream, source))
    }

    fn __repr__(&self) -> String {
        let policy = self.guard.policy();
        format!("<Guard {:?} of {} rules>", policy.name, policy.rules.len())
    }
}

/// The keys by their names.
fn named(keys: Option<&Bound<'_, PyMapping>>) -> PyResult<Keys> {
    let mut named = Keys::new();
    let Some(keys) = keys else {
        return Ok(named);
    };
    for item in keys.items()? {
        let (name, secret): (String, PyBackedBytes) = item.extract()?;
        named = named.with(name, &secret);
    }
    Ok(named)
}
