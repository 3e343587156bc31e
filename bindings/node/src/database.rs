//! Databases: where they come from, what is read of them, their two fast calls.

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use napi::bindgen_prelude::{
    AsyncTask, Buffer, Either, Function, FunctionCallContext, Object, Unknown, Utf16String,
};
use napi::{Env, Error, Result, Task};
use napi_derive::napi;
use sluicegate::model::{Diagnostic, Level};
use sluicegate::{Completeness, IndexKind, compile};
use sluicegate_classifiers::{Rules, attach, attach_file, builtin_rules, load_file};

use crate::batch::Batch;
use crate::input::{Texts, lent};
use crate::memory::{Asked, Memory, Pool, Text, Unit};
use crate::packed;
use crate::refusal::Refusal;

/// What the objects and calls of one database have in common.
pub(crate) struct Shared {
    pub(crate) set: sluicegate::Database,
    pub(crate) pool: Pool,
}

impl Shared {
    /// Memory for a call.
    pub(crate) fn take(&self) -> Box<Memory> {
        self.pool.take(&self.set)
    }
}

/// A compiled set of classifiers.
#[napi]
pub struct Database(pub(crate) Arc<Shared>);

/// A call of a database: what is to be scanned, the lowest confidence and whether claims are resolved go
/// in; findings come out, packed, or nothing if there are none.
type Scan<'a> = Function<'a, (), Option<Utf16String>>;

/// The built-in catalogue.
#[napi(catch_unwind)]
pub fn builtin() -> Database {
    Database::new(sluicegate_classifiers::builtin())
}

/// Compiles packs and folders of packs, after the built-in ones if those are wanted.
#[napi(catch_unwind)]
pub fn from_files(paths: Vec<String>, builtin: bool) -> Either<Database, Refusal> {
    let mut rules = if builtin {
        builtin_rules()
    } else {
        Rules::default()
    };
    for path in paths {
        if let Err((path, error)) = rules.add_path(Path::new(&path)) {
            return Either::B(Refusal::unreadable(&path, &error));
        }
    }
    rules.settle();
    let is_error = |problem: &Diagnostic| problem.level() == Level::Error;
    if rules.problems.iter().any(is_error) {
        rules.problems.retain(is_error);
        return Either::B(Refusal::problems(&rules.problems));
    }
    if rules.classifiers.is_empty() {
        return Either::B(Refusal::empty());
    }
    match compile(&rules.classifiers) {
        Ok(compiled) => Either::A(Database::new(compiled.database)),
        Err(error) => Either::B(Refusal::problems(&error.0)),
    }
}

/// Maps a file.
#[napi(catch_unwind)]
pub fn load(path: String) -> Either<Database, Refusal> {
    match load_file(Path::new(&path)) {
        Ok(database) => Either::A(Database::new(database)),
        Err(error) => Either::B(Refusal::load(&error)),
    }
}

impl Database {
    fn new(set: sluicegate::Database) -> Self {
        let pool = Pool::default();
        Self(Arc::new(Shared { set, pool }))
    }

    /// A function that Node calls without looking for the object it belongs to, which was measured
    /// to cost 170 ns.
    fn function<'env>(
        &self,
        env: &'env Env,
        scan: impl Fn(&mut Memory, &Unknown<'_>, Asked) -> Result<Completeness> + 'static,
    ) -> Result<Scan<'env>> {
        let shared = Arc::clone(&self.0);
        env.create_function_from_closure("scan", move |call: FunctionCallContext<'_>| {
            let text = call.get(0)?;
            let min_confidence: u32 = call.get(1)?;
            let asked = Asked {
                min_confidence: min_confidence as u8,
                resolve: call.get(2)?,
            };
            let mut memory = shared.take();
            let completeness = scan(&mut memory, &text, asked)?;
            let nothing = memory.found.is_empty() && completeness == Completeness::Complete;
            let packed = (!nothing).then(|| {
                let mut units = Vec::new();
                packed::append(&memory.found, completeness, &mut units);
                units.into()
            });
            shared.pool.put(memory);
            Ok(packed)
        })
    }

    fn batch(&self, texts: &Object<'_>, threads: u32, min_confidence: u8) -> Result<Batch> {
        Ok(Batch {
            shared: Arc::clone(&self.0),
            texts: Texts::read(texts)?,
            threads: threads as usize,
            min_confidence,
        })
    }
}

#[napi]
impl Database {
    /// The same with one index more, of rows or of documents: that of a file, or a copy of these
    /// bytes.
    #[napi(catch_unwind)]
    pub fn with_index(
        &self,
        is_exact: bool,
        index: Either<String, Buffer>,
        key: Buffer,
    ) -> Either<Database, Refusal> {
        let kind = if is_exact {
            IndexKind::Exact
        } else {
            IndexKind::Documents
        };
        let set = &self.0.set;
        let with = match index {
            Either::A(path) => attach_file(set, kind, Path::new(&path), &key),
            Either::B(bytes) => attach(set, kind, bytes.to_vec(), &key),
        };
        match with {
            Ok(set) => Either::A(Database::new(set)),
            Err(error) => Either::B(Refusal::index(&error)),
        }
    }

    /// The function that scans strings.
    #[napi(catch_unwind)]
    pub fn string_scan<'env>(&self, env: &'env Env) -> Result<Scan<'env>> {
        self.function(env, |memory, text, asked| {
            memory.copied.set(text)?;
            Ok(memory.scan_copied(asked))
        })
    }

    /// The function that scans buffers.
    #[napi(catch_unwind)]
    pub fn buffer_scan<'env>(&self, env: &'env Env) -> Result<Scan<'env>> {
        self.function(env, |memory, buffer, asked| {
            let text = Text {
                bytes: lent(buffer)?,
                unit: Unit::Bytes,
            };
            Ok(memory.scan(text, asked))
        })
    }

    /// Scans an array of the package's own beside Node's thread.
    #[napi(catch_unwind)]
    pub fn scan_batch(
        &self,
        texts: Object<'_>,
        threads: u32,
        min_confidence: u8,
    ) -> Result<AsyncTask<Batch>> {
        Ok(AsyncTask::new(self.batch(
            &texts,
            threads,
            min_confidence,
        )?))
    }

    /// The same before it returns.
    #[napi(catch_unwind)]
    pub fn scan_batch_sync(
        &self,
        env: Env,
        texts: Object<'_>,
        threads: u32,
        min_confidence: u8,
    ) -> Result<Utf16String> {
        let mut batch = self.batch(&texts, threads, min_confidence)?;
        let packed = batch.compute();
        batch.finally(env)?;
        packed.map(Into::into)
    }

    /// Id, severity and confidence of each classifier, in the order of their indices.
    #[napi(catch_unwind)]
    pub fn classifiers(&self) -> Vec<(String, String, u8)> {
        let classifiers = self.0.set.classifiers();
        let told = classifiers.map(|info| {
            let severity = info.severity().as_str().to_owned();
            (info.id().to_owned(), severity, info.confidence())
        });
        told.collect()
    }

    /// What people read of a classifier, as JSON.
    #[napi(catch_unwind)]
    pub fn card(&self, id: String) -> Result<String> {
        let info = self.0.set.find(&id);
        let card = info.map(|info| info.card().to_owned());
        card.ok_or_else(|| Error::from_reason("there is no such classifier"))
    }

    /// BLAKE3 of the database in hexadecimal.
    #[napi(getter, catch_unwind)]
    pub fn digest(&self) -> String {
        let mut text = String::new();
        for byte in self.0.set.digest() {
            write!(text, "{byte:02x}").expect("a String takes all that is written");
        }
        text
    }

    /// The database without its indexes as bytes, for a file.
    #[napi(catch_unwind)]
    pub fn image(&self) -> Buffer {
        self.0.set.image().to_vec().into()
    }
}
