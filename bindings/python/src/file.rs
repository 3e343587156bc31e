//! Databases from packs and to files.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use sluicegate::model::{Diagnostic, Level};
use sluicegate::{Database, compile};
use sluicegate_classifiers::{Rules, builtin_rules};

/// Why packs give no database.
pub(crate) enum Refusal {
    /// A file or folder can't be read.
    Unreadable(PathBuf, io::Error),
    /// The packs have problems.
    Problems(Vec<Diagnostic>),
    /// There is nothing to compile.
    Empty,
}

/// Compiles packs and folders of packs, after the built-in ones if those are wanted.
pub(crate) fn compile_files(paths: &[PathBuf], builtin: bool) -> Result<Database, Refusal> {
    let mut rules = if builtin {
        builtin_rules()
    } else {
        Rules::default()
    };
    for path in paths {
        rules
            .add_path(path)
            .map_err(|(path, error)| Refusal::Unreadable(path, error))?;
    }
    rules.settle();
    let is_error = |problem: &Diagnostic| problem.level() == Level::Error;
    if rules.problems.iter().any(is_error) {
        rules.problems.retain(is_error);
        return Err(Refusal::Problems(rules.problems));
    }
    if rules.classifiers.is_empty() {
        return Err(Refusal::Empty);
    }
    match compile(&rules.classifiers) {
        Ok(compiled) => Ok(compiled.database),
        Err(error) => Err(Refusal::Problems(error.0)),
    }
}

/// Writes a file beside the one that is meant and renames it: whoever opens the path has the old
/// contents or the new, and a mapped old file stays as it is.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let mut beside = name.to_owned();
    beside.push(format!(".{}.tmp", process::id()));
    let beside = path.with_file_name(beside);
    let written = File::create_new(&beside).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_file(&beside);
    }
    written
}
