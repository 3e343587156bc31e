//! `compile`: packs to a database file.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::args::CompileArgs;
use crate::catalogue;
use crate::failure::{Failure, Status, reason};

pub(crate) fn run(args: &CompileArgs) -> Result<Status, Failure> {
    if args.paths.is_empty() && args.no_builtin {
        return Err(Failure::new("there is nothing to compile")
            .at("--no-builtin")
            .hint("name packs, or leave out `--no-builtin`"));
    }
    let mut classifiers = catalogue::read(&args.paths, args.no_builtin)?;
    catalogue::select(&mut classifiers, &args.selection)?;
    let database = catalogue::compile_all(&classifiers)?;
    write_atomically(&args.output, database.image()).map_err(|error| {
        Failure::new(format!("can't write: {}", reason(&error)))
            .at(args.output.display())
            .hint("the folder must exist and be writable")
    })?;
    eprintln!(
        "{} classifiers, {} bytes",
        database.len(),
        database.image().len()
    );
    Ok(Status::Done)
}

/// Writes a file beside the one that is meant and renames it: whoever opens the path has the old
/// contents or the new, and a mapped old file stays as it is.
fn write_atomically(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if path.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    let name = path.file_name().ok_or(io::ErrorKind::InvalidFilename)?;
    let temporary = temporary_path(path, name.to_owned());
    let written = File::create_new(&temporary).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()?;
        fs::rename(&temporary, path)
    });
    if written.is_err() {
        // The first error is the one to report.
        let _ = fs::remove_file(&temporary);
    }
    written
}

fn temporary_path(path: &Path, mut name: OsString) -> PathBuf {
    name.push(format!(".{}.tmp", process::id()));
    path.with_file_name(name)
}
