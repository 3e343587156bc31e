//! Compiled sets of classifiers.

use std::error::Error;
use std::ffi::{CString, c_char};
use std::path::Path;
use std::sync::Arc;

use sluicegate::{Database, ImageError};
use sluicegate_classifiers::{builtin, load_file};

use crate::error::{Failure, terminated};
use crate::handle::{self, Object};
use crate::{boundary, sg_error, sg_status};

/// Bytes of a digest.
pub const SG_DIGEST_SIZE: usize = 32;

/// A compiled set of classifiers. It never changes; any number of threads may use it at a time.
/// Results and slots share what is behind it, so it may be freed before them.
pub struct sg_database(pub(crate) Arc<Shared>);

impl Object for sg_database {
    const TAG: u64 = u64::from_le_bytes(*b"sgdatab\0");
    const NAME: &'static str = "sg_database";
}

/// A database with what C programs ask of it at every finding, ready.
pub(crate) struct Shared {
    pub(crate) database: Database,
    /// The ids in the order of their index, each with a NUL behind it.
    ids: Box<[u8]>,
    /// Where each id begins.
    starts: Box<[u32]>,
    /// By index.
    pub(crate) severities: Box<[u8]>,
    /// Warnings about the rules it was compiled from.
    diagnostics: CString,
}

impl Shared {
    pub(crate) fn new(database: Database, diagnostics: String) -> Arc<Self> {
        let mut ids = Vec::new();
        let mut starts = Vec::with_capacity(database.len());
        let mut severities = Vec::with_capacity(database.len());
        for classifier in database.classifiers() {
            starts.push(ids.len() as u32);
            ids.extend_from_slice(classifier.id().as_bytes());
            ids.push(0);
            severities.push(classifier.severity() as u8);
        }
        Arc::new(Self {
            database,
            ids: ids.into(),
            starts: starts.into(),
            severities: severities.into(),
            diagnostics: terminated(diagnostics),
        })
    }

    /// Another database, compiled from the same rules.
    pub(crate) fn of_same_rules(&self, database: Database) -> Arc<Self> {
        let diagnostics = self.diagnostics.to_string_lossy().into_owned();
        Self::new(database, diagnostics)
    }

    /// The id of the classifier with this index, terminated.
    pub(crate) fn id(&self, classifier: u32) -> Result<*const c_char, Failure> {
        let Some(&start) = self.starts.get(classifier as usize) else {
            let message = format!(
                "there is no classifier {classifier}: the database has {}",
                self.starts.len()
            );
            return Err(Failure::new(sg_status::OutOfRange, message));
        };
        Ok(self.ids[start as usize..].as_ptr().cast())
    }
}

/// Runs what makes a database, and hands it out.
///
/// # Safety
/// `database` and `error` are NULL or places for pointers.
pub(crate) unsafe fn make(
    database: *mut *mut sg_database,
    error: *mut *mut sg_error,
    body: impl FnOnce() -> Result<Arc<Shared>, Failure>,
) -> sg_status {
    let body = || {
        let place = handle::place(database, "database")?;
        let shared = body()?;
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(sg_database(shared))) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

fn load(image: impl AsRef<[u8]> + Send + Sync + 'static) -> Result<Arc<Shared>, Failure> {
    match Database::load(image) {
        Ok(database) => Ok(Shared::new(database, "[]".to_owned())),
        Err(error) => {
            Err(Failure::new(sg_status::InvalidDatabase, error.to_string()).hint(error.hint()))
        }
    }
}

/// The database of the built-in catalogue, which is part of the library.
///
/// # Safety
/// `database` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_builtin(
    database: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    // SAFETY: the caller's promise is that of `make`.
    unsafe {
        make(database, error, || {
            Ok(Shared::new(builtin(), "[]".to_owned()))
        })
    }
}

/// Maps the database file with this path (UTF-8), checks it and uses it in place. Whoever shortens
/// the file meanwhile ends the process; replace it by renaming another over it.
///
/// # Safety
/// `path` is NULL or to `path_len` bytes; `database` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_load_file(
    path: *const c_char,
    path_len: usize,
    database: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `text`.
        let path = unsafe { handle::text(path, path_len, "path") }?;
        let database = load_file(Path::new(path)).map_err(|error| {
            let status = match error.source() {
                Some(source) if source.is::<ImageError>() => sg_status::InvalidDatabase,
                _ => sg_status::ReadFailed,
            };
            Failure::new(status, error.to_string()).hint(error.hint())
        })?;
        Ok(Shared::new(database, "[]".to_owned()))
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(database, error, body) }
}

/// Checks the bytes of a database and uses a copy of them.
///
/// # Safety
/// `bytes` is NULL or to `len` bytes; `database` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_load_bytes(
    bytes: *const u8,
    len: usize,
    database: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `array`.
        let bytes = unsafe { handle::array(bytes, len, "bytes") }?;
        load(bytes.to_vec())
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(database, error, body) }
}

/// Checks the bytes of a database and uses them where they are. They stay there, unchanged, until
/// the process ends: constants of the program, or a mapping that is never undone.
///
/// # Safety
/// `bytes` is NULL or to `len` bytes that never change; `database` and `error` are NULL or places
/// for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_load_static(
    bytes: *const u8,
    len: usize,
    database: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `array`, for as long as the process lives.
        let bytes: &'static [u8] = unsafe { handle::array(bytes, len, "bytes") }?;
        load(bytes)
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(database, error, body) }
}

/// Another handle to the same database, to be freed on its own.
///
/// # Safety
/// `database` is NULL or a live object of this library; `shared` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_share(
    database: *const sg_database,
    shared: *mut *mut sg_database,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        Ok(Arc::clone(&database.0))
    };
    // SAFETY: the caller's promise is that of `make`; NULL is no place.
    unsafe { make(shared, std::ptr::null_mut(), body) }
}

/// The digest of a database, SG_DIGEST_SIZE bytes. Equal rules and indexes have equal digests.
///
/// # Safety
/// `database` is NULL or a live object of this library; `digest` is NULL or has room.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_digest(
    database: *const sg_database,
    digest: *mut u8,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        let place = handle::place(digest.cast::<[u8; SG_DIGEST_SIZE]>(), "digest")?;
        // SAFETY: `place` has checked what can be; there is room by the caller's promise.
        unsafe { place.write(database.0.database.digest()) };
        Ok(())
    })
}

/// The bytes of a database without its indexes, which a file may keep and the load functions take.
/// Borrowed from the database.
///
/// # Safety
/// `database` is NULL or a live object of this library; `bytes` and `len` are NULL or places for
/// their types.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_image(
    database: *const sg_database,
    bytes: *mut *const u8,
    len: *mut usize,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        let bytes = handle::place(bytes, "bytes")?;
        let len = handle::place(len, "len")?;
        let image = database.0.database.image();
        // SAFETY: `place` has checked what can be; they are places by the caller's promise.
        unsafe {
            bytes.write(image.as_ptr());
            len.write(image.len());
        }
        Ok(())
    })
}

/// How many classifiers a database has, one for each index beside it among them. Their indices are
/// the numbers below that.
///
/// # Safety
/// `database` is NULL or a live object of this library; `count` is NULL or a place for its type.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_classifier_count(
    database: *const sg_database,
    count: *mut u32,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        let place = handle::place(count, "count")?;
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(database.0.starts.len() as u32) };
        Ok(())
    })
}

/// The id of the classifier with this index. Borrowed from the database.
///
/// # Safety
/// `database` is NULL or a live object of this library; `id` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_classifier_id(
    database: *const sg_database,
    classifier: u32,
    id: *mut *const c_char,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        let place = handle::place(id, "id")?;
        let id = database.0.id(classifier)?;
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(id) };
        Ok(())
    })
}

/// Warnings about the rules that a database was compiled from, as sg_error_diagnostics gives them;
/// "[]" where there are none. Borrowed from the database.
///
/// # Safety
/// `database` is NULL or a live object of this library; `json` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_diagnostics(
    database: *const sg_database,
    json: *mut *const c_char,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        let place = handle::place(json, "json")?;
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(database.0.diagnostics.as_ptr()) };
        Ok(())
    })
}

/// Frees a handle. What else shares the database keeps it. NULL is freed already.
///
/// # Safety
/// `database` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_free(database: *mut sg_database) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(database) }.map(drop))
}
