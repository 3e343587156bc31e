//! Paths to files, files to bytes; pieces in and out.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use ignore::WalkBuilder;
use sluicegate_classifiers::{Map, map_file};

use crate::failure::Failure;

/// Files of this size are mapped; smaller ones are faster to read.
const MAP_FROM: u64 = 1 << 20;

/// The contents of a file.
pub(crate) enum Bytes {
    Owned(Vec<u8>),
    Mapped(Map),
}

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        match self {
            Self::Owned(bytes) => bytes,
            Self::Mapped(map) => map.as_ref(),
        }
    }
}

/// Whether a path stands for standard input.
pub(crate) fn is_stdin(path: &Path) -> bool {
    path == Path::new("-")
}

/// Everything in a file or standard input.
pub(crate) fn read(path: &Path) -> Result<Bytes, Failure> {
    read_bytes(path).map_err(|error| Failure::read(path, &error))
}

pub(crate) fn read_bytes(path: &Path) -> io::Result<Bytes> {
    let mut bytes = Vec::new();
    if is_stdin(path) {
        io::stdin().lock().read_to_end(&mut bytes)?;
        return Ok(Bytes::Owned(bytes));
    }
    let mut file = File::open(path)?;
    let metadata = file.metadata()?;
    if metadata.is_dir() {
        return Err(io::ErrorKind::IsADirectory.into());
    }
    if metadata.is_file() && metadata.len() >= MAP_FROM {
        return map_file(&file).map(Bytes::Mapped);
    }
    file.read_to_end(&mut bytes)?;
    Ok(Bytes::Owned(bytes))
}

/// A file to scan.
pub(crate) struct Input {
    pub(crate) path: PathBuf,
    /// Its size when it was listed; 0 where that is not known.
    pub(crate) len: u64,
}

/// The files that paths stand for, sorted by path, and what could not be listed. Folders are
/// walked with their hidden files, without `.git` and what a `.gitignore` names; links are not
/// followed.
pub(crate) fn collect(paths: &[PathBuf]) -> (Vec<Input>, Vec<Failure>) {
    let mut failures = Vec::new();
    let mut files = BTreeSet::new();
    for path in paths {
        if is_stdin(path) {
            files.insert(path.clone());
            continue;
        }
        match fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => walk(path, &mut files, &mut failures),
            Ok(_) => {
                files.insert(path.clone());
            }
            Err(error) => failures.push(Failure::read(path, &error)),
        }
    }
    let inputs = files.into_iter().map(|path| Input {
        len: fs::metadata(&path).map_or(0, |metadata| metadata.len()),
        path,
    });
    (inputs.collect(), failures)
}

fn walk(folder: &Path, files: &mut BTreeSet<PathBuf>, failures: &mut Vec<Failure>) {
    // What is scanned depends on the folder alone, not on the user's own ignore files.
    let walk = WalkBuilder::new(folder)
        .standard_filters(false)
        .parents(true)
        .git_ignore(true)
        .require_git(false)
        .filter_entry(|entry| entry.file_name() != ".git")
        .build();
    for entry in walk {
        match entry {
            Ok(entry) => {
                if entry.file_type().is_some_and(|kind| kind.is_file()) {
                    let path = entry.into_path();
                    files.insert(match path.strip_prefix(".") {
                        Ok(short) => short.to_owned(),
                        Err(_) => path,
                    });
                }
            }
            Err(error) => failures.push(walk_failure(folder, &error)),
        }
    }
}

fn walk_failure(folder: &Path, error: &ignore::Error) -> Failure {
    let mut path = folder;
    let mut inner = error;
    loop {
        inner = match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = at;
                err
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => err,
            _ => break,
        };
    }
    match inner {
        ignore::Error::Io(error) => Failure::read(path, error),
        other => Failure::new(format!("can't read: {other}")).at(path.display()),
    }
}

/// Reads a file or standard input in pieces of `chunk` bytes, of which the last may be shorter.
pub(crate) fn for_pieces(
    path: &Path,
    chunk: u32,
    mut take: impl FnMut(&[u8]) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let failed = |error| Failure::read(path, &error);
    let mut reader: Box<dyn Read> = if is_stdin(path) {
        Box::new(io::stdin().lock())
    } else {
        Box::new(File::open(path).map_err(failed)?)
    };
    let mut piece = Vec::new();
    loop {
        piece.clear();
        let read = reader.by_ref().take(chunk.into()).read_to_end(&mut piece);
        if read.map_err(failed)? == 0 {
            return Ok(());
        }
        take(&piece)?;
    }
}

/// Writes what is ready, at once: somebody waits for it.
pub(crate) fn pass_on(output: &mut impl Write, ready: &mut Vec<u8>) -> Result<(), Failure> {
    output.write_all(ready)?;
    output.flush()?;
    ready.clear();
    Ok(())
}
