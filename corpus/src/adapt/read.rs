//! Files, compressed or not.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::AdaptError;

fn failed(path: &Path) -> impl FnOnce(io::Error) -> AdaptError + '_ {
    |source| AdaptError {
        path: path.to_owned(),
        source,
    }
}

/// The files of a folder and of the folders in it, sorted by path.
pub(super) fn list(folder: &Path) -> Result<Vec<PathBuf>, AdaptError> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).map_err(failed(&folder))? {
            let entry = entry.map_err(failed(&folder))?;
            let kind = entry.file_type().map_err(failed(&folder))?;
            if kind.is_dir() {
                folders.push(entry.path());
            } else {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The contents of a file, and its bytes as they are stored.
pub(super) fn read(path: &Path) -> Result<(Vec<u8>, Vec<u8>), AdaptError> {
    let stored = fs::read(path).map_err(failed(path))?;
    if path.extension().is_none_or(|end| end != "xz") {
        return Ok((stored.clone(), stored));
    }
    let mut bytes = Vec::new();
    lzma_rust2::XzReader::new(stored.as_slice(), true)
        .read_to_end(&mut bytes)
        .map_err(failed(path))?;
    Ok((bytes, stored))
}
