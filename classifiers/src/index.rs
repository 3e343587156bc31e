//! Indexes beside a database, from bytes and from files.

use std::error::Error;
use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use sluicegate::{
    AttachError, Database, DocumentIndex, ExactIndex, IndexError, IndexKey, IndexKeyError,
    IndexKind,
};

use crate::map::contents;

/// Why an index can't be used beside a database.
#[derive(Debug)]
pub struct UnusableIndex {
    path: Option<PathBuf>,
    problem: Problem,
}

#[derive(Debug)]
enum Problem {
    Key(IndexKeyError),
    Read(io::Error),
    Index(IndexError),
    Taken(AttachError),
}

impl UnusableIndex {
    /// The file concerned; none where the index came as bytes, or the key is at fault.
    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// What is wrong, without the path.
    pub fn reason(&self) -> String {
        match &self.problem {
            Problem::Key(error) => error.to_string(),
            Problem::Read(error) => format!("can't read: {error}"),
            Problem::Index(error) => error.to_string(),
            Problem::Taken(error) => error.to_string(),
        }
    }

    /// What to do about it; empty where there is nothing to add.
    pub fn hint(&self) -> &'static str {
        match &self.problem {
            Problem::Key(_) => "give the contents of the key file that the index was made with",
            Problem::Read(_) => "",
            Problem::Index(error) => error.hint(),
            Problem::Taken(error) => error.hint(),
        }
    }
}

impl fmt::Display for UnusableIndex {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(path) = &self.path {
            write!(f, "{}: ", path.display())?;
        }
        f.write_str(&self.reason())
    }
}

impl Error for UnusableIndex {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(match &self.problem {
            Problem::Key(error) => error,
            Problem::Read(error) => error,
            Problem::Index(error) => error,
            Problem::Taken(error) => error,
        })
    }
}

impl From<Problem> for UnusableIndex {
    fn from(problem: Problem) -> Self {
        let path = None;
        Self { path, problem }
    }
}

/// The database with one index more, of these bytes, which was made with this secret.
///
/// ```
/// use sluicegate::{IndexKind, compile};
/// let database = compile(&[])?.database;
/// let secret = b"an example of a secret";
/// let error =
///     sluicegate_classifiers::attach(&database, IndexKind::Exact, b"not one", secret).unwrap_err();
/// assert_eq!(error.to_string(), "not a sluicegate exact-data index");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
/// When the secret is short or another one, the bytes are no such index, or the database has a
/// classifier of its id.
pub fn attach(
    database: &Database,
    kind: IndexKind,
    index: impl AsRef<[u8]> + Send + Sync + 'static,
    secret: &[u8],
) -> Result<Database, UnusableIndex> {
    let key = IndexKey::new(secret).map_err(Problem::Key)?;
    Ok(with(database, kind, index, &key)?)
}

/// The same with an index file, which is mapped and used in place.
///
/// # Errors
/// Those of [`attach`], and when the file can't be read.
pub fn attach_file(
    database: &Database,
    kind: IndexKind,
    path: &Path,
    secret: &[u8],
) -> Result<Database, UnusableIndex> {
    let key = IndexKey::new(secret).map_err(Problem::Key)?;
    let index = contents(path).map_err(Problem::Read);
    index
        .and_then(|index| with(database, kind, index, &key))
        .map_err(|problem| UnusableIndex {
            path: Some(path.to_owned()),
            problem,
        })
}

fn with(
    database: &Database,
    kind: IndexKind,
    index: impl AsRef<[u8]> + Send + Sync + 'static,
    key: &IndexKey,
) -> Result<Database, Problem> {
    let with = match kind {
        IndexKind::Exact => {
            let index = ExactIndex::load(index, key).map_err(Problem::Index)?;
            database.with_exact(index)
        }
        IndexKind::Documents => {
            let index = DocumentIndex::load(index, key).map_err(Problem::Index)?;
            database.with_documents(index)
        }
    };
    with.map_err(Problem::Taken)
}
