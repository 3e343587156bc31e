//! A file in the place of another, in one step.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process;

use crate::failure::{Failure, reason};

/// Puts these bytes in the place of a file, or makes it.
pub(crate) fn write(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    try_write(path, bytes).map_err(|error| {
        Failure::new(format!("can't write: {}", reason(&error)))
            .at(path.display())
            .hint("the folder must exist and be writable")
    })
}

/// Writes a file beside the one that is meant and renames it: whoever opens the path has the old
/// contents or the new, and a mapped old file stays as it is.
fn try_write(path: &Path, bytes: &[u8]) -> io::Result<()> {
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
