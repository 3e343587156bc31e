//! Files mapped into memory; databases from files. The only module of the crate with unsafe code.

#![expect(
    unsafe_code,
    reason = "mapping a file is unsafe: others may write to it"
)]

use std::error::Error;
use std::fmt;
use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};

use sluicegate::{Database, ImageError};

/// A file's bytes, read from the disk as they are used.
#[derive(Debug)]
pub struct Map(memmap2::Mmap);

impl AsRef<[u8]> for Map {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// Maps a regular file. Whoever shortens the file while it is mapped ends the process with a bus
/// error, as with every mapped file.
///
/// # Errors
/// When the system refuses, for example because it is no regular file.
pub fn map_file(file: &File) -> io::Result<Map> {
    // SAFETY: the mapping is read-only and private to this value, and is read as plain bytes, for
    // which every content is valid. The caller of the program guarantees that the file is not
    // written to meanwhile; files that are replaced by renaming, as `sluicegate compile` does,
    // keep their mapped contents.
    unsafe { memmap2::Mmap::map(file) }.map(Map)
}

/// The contents of a file.
pub(crate) enum Contents {
    Mapped(Map),
    Read(Vec<u8>),
}

impl AsRef<[u8]> for Contents {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Mapped(map) => map.as_ref(),
            Self::Read(bytes) => bytes,
        }
    }
}

/// The contents of a file, mapped where it can be.
pub(crate) fn contents(path: &Path) -> io::Result<Contents> {
    let file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.len() == 0 || !metadata.is_file() {
        // Neither an empty file nor a pipe can be mapped.
        return std::fs::read(path).map(Contents::Read);
    }
    map_file(&file).map(Contents::Mapped)
}

/// Why a file could not be used as a database.
#[derive(Debug)]
pub struct LoadError {
    path: PathBuf,
    kind: Kind,
}

#[derive(Debug)]
enum Kind {
    Read(io::Error),
    Image(ImageError),
}

impl LoadError {
    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What is wrong, without the path.
    pub fn reason(&self) -> String {
        match &self.kind {
            Kind::Read(error) => format!("can't read: {error}"),
            Kind::Image(error) => error.to_string(),
        }
    }

    /// What to do about it; empty where there is nothing to add.
    pub fn hint(&self) -> &'static str {
        match &self.kind {
            Kind::Read(_) => "",
            Kind::Image(error) => error.hint(),
        }
    }
}

impl fmt::Display for LoadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason())
    }
}

impl Error for LoadError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.kind {
            Kind::Read(error) => Some(error),
            Kind::Image(error) => Some(error),
        }
    }
}

/// Maps a database file, checks it and uses it in place.
///
/// # Errors
/// When the file can't be read or is no database that this build can use.
pub fn load_file(path: &Path) -> Result<Database, LoadError> {
    let failed = |kind| LoadError {
        path: path.to_owned(),
        kind,
    };
    let image = contents(path).map_err(|error| failed(Kind::Read(error)))?;
    Database::load(image).map_err(|error| failed(Kind::Image(error)))
}
