//! The work folder of a build, and the index until it is done.
//!
//! Everything that a build writes lies in the folder `FILE.work` beside the index `FILE`, and so on
//! the same disk: the index is renamed out of it when it is whole. Until then whoever opens `FILE`
//! has the old index.

use std::fs::{self, File, TryLockError};
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use crate::problem::IndexingError;

const LOCK: &str = "lock";
const INDEX: &str = "index";
const STATE: &str = "state.json";
/// Bytes that are written at a time.
const BUFFER: usize = 1 << 20;

/// The work folder; held by one build at a time. It goes with this value, unless it holds a state to
/// go on from.
#[derive(Debug)]
pub(crate) struct Work {
    folder: PathBuf,
    target: PathBuf,
    _lock: File,
}

impl Work {
    /// Makes the folder of an index, or takes up the one that is there.
    pub(crate) fn open(target: &Path) -> Result<Self, IndexingError> {
        let failed = |error: io::Error| IndexingError::write(target, &error);
        if target.is_dir() {
            return Err(failed(io::ErrorKind::IsADirectory.into()));
        }
        let Some(name) = target.file_name() else {
            return Err(failed(io::ErrorKind::InvalidFilename.into()));
        };
        let mut name = name.to_owned();
        name.push(".work");
        let folder = target.with_file_name(name);
        match fs::create_dir(&folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => {
                return Err(failed(error));
            }
            _ => {}
        }
        let lock = File::create(folder.join(LOCK)).map_err(failed)?;
        match lock.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(
                    IndexingError::new("another build of this index is at work", &folder)
                        .hint("wait for it to end, or write to another file"),
                );
            }
            Err(TryLockError::Error(error)) => return Err(failed(error)),
        }
        Ok(Self {
            folder,
            target: target.to_owned(),
            _lock: lock,
        })
    }

    /// A file of the folder.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// An input or output error of the folder's files.
    pub(crate) fn failed(&self, error: &io::Error) -> IndexingError {
        IndexingError::write(&self.folder, error)
    }

    /// Removes what an earlier build left.
    pub(crate) fn clear(&self) -> io::Result<()> {
        for entry in fs::read_dir(&self.folder)? {
            let entry = entry?;
            if entry.file_name() != LOCK {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    /// What an interrupted build left of its state.
    pub(crate) fn state(&self) -> Option<Vec<u8>> {
        fs::read(self.path(STATE)).ok()
    }

    /// Keeps the state in one step: an interrupted build left the old one or this.
    pub(crate) fn keep_state(&self, state: &[u8]) -> io::Result<()> {
        let next = self.path("next");
        let mut file = File::create(&next)?;
        file.write_all(state)?;
        file.sync_all()?;
        fs::rename(&next, self.path(STATE))
    }

    /// Begins the index, with room of `header` bytes at the front.
    pub(crate) fn begin_index(&self, header: usize) -> io::Result<Output> {
        let mut file = BufWriter::with_capacity(BUFFER, File::create(self.path(INDEX))?);
        file.write_all(&vec![0; header])?;
        Ok(Output { file, error: None })
    }

    /// Writes the header to the front and puts the index in the place of the old one. Returns its
    /// length.
    pub(crate) fn finish_index(&self, output: Output, header: &[u8]) -> io::Result<u64> {
        if let Some(error) = output.error {
            return Err(error);
        }
        let mut file = output.file.into_inner()?;
        file.seek(SeekFrom::Start(0))?;
        file.write_all(header)?;
        file.sync_all()?;
        let len = file.metadata()?.len();
        fs::rename(self.path(INDEX), &self.target)?;
        // There is nothing more to go on from.
        let _ = fs::remove_file(self.path(STATE));
        // The new name is to outlast a loss of power, where the system can say so of folders.
        let parent = self
            .target
            .parent()
            .filter(|parent| *parent != Path::new(""));
        if let Ok(folder) = File::open(parent.unwrap_or(Path::new("."))) {
            let _ = folder.sync_all();
        }
        Ok(len)
    }
}

impl Drop for Work {
    fn drop(&mut self) {
        if !self.path(STATE).exists() {
            // What can't be removed is cleared by the next build.
            let _ = fs::remove_dir_all(&self.folder);
        }
    }
}

/// An index that is being written.
pub(crate) struct Output {
    file: BufWriter<File>,
    /// Of a write that could not say so.
    error: Option<io::Error>,
}

impl Output {
    pub(crate) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    /// Writes for those who can't fail; an error comes up when the index is finished.
    pub(crate) fn put(&mut self, bytes: &[u8]) {
        if self.error.is_none() {
            self.error = self.write(bytes).err();
        }
    }
}
