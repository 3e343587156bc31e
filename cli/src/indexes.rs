//! Options to indexes: keys, and indexes beside a database.

use std::fmt::Display;
use std::io;
use std::path::{Path, PathBuf};

use sluicegate::{AttachError, Database, DocumentIndex, ExactIndex, IndexError, IndexKey};
use sluicegate_guard::allow::ValueHash;

use crate::args::IndexFiles;
use crate::failure::Failure;
use crate::input;

/// How a key is made.
const MAKE_KEY: &str = "a key is a file of 16 bytes or more that nobody can guess: \
    `head -c 32 /dev/urandom | base64 > FILE`";

/// The key in a file.
pub(crate) fn key(path: &Path) -> Result<IndexKey, Failure> {
    key_of(path, IndexKey::new)
}

/// The hashes of values that are made with the key in a file.
pub(crate) fn value_hash(path: &Path) -> Result<ValueHash, Failure> {
    key_of(path, ValueHash::keyed)
}

fn key_of<K, E: Display>(path: &Path, new: fn(&[u8]) -> Result<K, E>) -> Result<K, Failure> {
    let secret = input::read_bytes(path).map_err(|error| {
        let failure = Failure::read(path, &error);
        match error.kind() {
            io::ErrorKind::NotFound => failure.hint(MAKE_KEY),
            _ => failure,
        }
    })?;
    new(secret.as_ref()).map_err(|error| {
        Failure::new(error.to_string())
            .at(path.display())
            .hint(MAKE_KEY)
    })
}

/// The database with the indexes that the options name.
pub(crate) fn attach(
    mut database: Database,
    files: &IndexFiles,
    key_file: Option<&PathBuf>,
) -> Result<Database, Failure> {
    if files.is_empty() {
        return Ok(database);
    }
    let path = key_file.ok_or_else(|| {
        Failure::new("an index needs the key that it was made with")
            .at("--key-file")
            .hint("give `--key-file FILE`")
    })?;
    let key = key(path)?;
    for path in &files.exact {
        let index =
            ExactIndex::load(input::read(path)?, &key).map_err(|error| refused(path, &error))?;
        database = database
            .with_exact(index)
            .map_err(|error| taken(path, &error))?;
    }
    for path in &files.documents {
        let index =
            DocumentIndex::load(input::read(path)?, &key).map_err(|error| refused(path, &error))?;
        database = database
            .with_documents(index)
            .map_err(|error| taken(path, &error))?;
    }
    Ok(database)
}

fn taken(path: &Path, error: &AttachError) -> Failure {
    Failure::new(error.to_string())
        .at(path.display())
        .hint(error.hint())
}

/// A file that is no index to use.
pub(crate) fn refused(path: &Path, error: &IndexError) -> Failure {
    Failure::new(error.to_string())
        .at(path.display())
        .hint(error.hint())
}
