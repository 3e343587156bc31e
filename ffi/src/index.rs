//! Indexes beside a database: rows of tables, passages of documents.

use std::error::Error;
use std::ffi::c_char;
use std::io;
use std::path::Path;

use sluicegate::{IndexKeyError, IndexKind};
use sluicegate_classifiers::{UnusableIndex, attach, attach_file};

use crate::database::make;
use crate::error::Failure;
use crate::{handle, sg_database, sg_error, sg_status};

/// Where an index is.
enum Place {
    File(*const c_char),
    Bytes(*const u8),
}

fn failure(error: &UnusableIndex) -> Failure {
    let status = match error.source() {
        Some(source) if source.is::<IndexKeyError>() => sg_status::InvalidArgument,
        Some(source) if source.is::<io::Error>() => sg_status::ReadFailed,
        _ => sg_status::InvalidIndex,
    };
    Failure::new(status, error.to_string()).hint(error.hint())
}

/// Makes the database with one index more, and hands it out.
///
/// # Safety
/// `database` is NULL or a live object of this library; `index` is NULL or to `len` bytes, and `key`
/// to `key_len`; `attached` and `error` are NULL or places for pointers.
unsafe fn attached(
    kind: IndexKind,
    database: *const sg_database,
    (index, len): (Place, usize),
    (key, key_len): (*const u8, usize),
    attached: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        // SAFETY: the caller's promise is that of `array`.
        let key = unsafe { handle::array(key, key_len, "key") }?;
        let before = &database.0.database;
        let with = match index {
            Place::File(path) => {
                // SAFETY: the caller's promise is that of `text`.
                let path = unsafe { handle::text(path, len, "path") }?;
                attach_file(before, kind, Path::new(path), key)
            }
            Place::Bytes(bytes) => {
                // SAFETY: the caller's promise is that of `array`.
                let bytes = unsafe { handle::array(bytes, len, "bytes") }?;
                attach(before, kind, bytes.to_vec(), key)
            }
        };
        let with = with.map_err(|error| failure(&error))?;
        Ok(database.0.of_same_rules(with))
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(attached, error, body) }
}

/// The same database with the rows of a table beside it, which are found as "exact.NAME": maps the
/// index file with this path (UTF-8), checks it and uses it in place. `key` is the contents of the
/// key file that the index was made with, 16 bytes or more; space at either end does not count. The
/// given database stays as it is. Whoever shortens the file meanwhile ends the process; replace it
/// by renaming another over it.
///
/// # Safety
/// `database` is NULL or a live object of this library; `path` is NULL or to `path_len` bytes, and
/// `key` to `key_len`; `attached` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_attach_exact_file(
    database: *const sg_database,
    path: *const c_char,
    path_len: usize,
    key: *const u8,
    key_len: usize,
    attached: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let index = (Place::File(path), path_len);
    let key = (key, key_len);
    // SAFETY: the caller's promise is that of `attached`.
    unsafe { self::attached(IndexKind::Exact, database, index, key, attached, error) }
}

/// The same with the bytes of an index, of which it uses a copy.
///
/// # Safety
/// `database` is NULL or a live object of this library; `bytes` is NULL or to `len` bytes, and `key`
/// to `key_len`; `attached` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_attach_exact_bytes(
    database: *const sg_database,
    bytes: *const u8,
    len: usize,
    key: *const u8,
    key_len: usize,
    attached: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let index = (Place::Bytes(bytes), len);
    let key = (key, key_len);
    // SAFETY: the caller's promise is that of `attached`.
    unsafe { self::attached(IndexKind::Exact, database, index, key, attached, error) }
}

/// The same database with documents beside it, whose passages are found as "document.NAME"; else as
/// sg_database_attach_exact_file.
///
/// # Safety
/// `database` is NULL or a live object of this library; `path` is NULL or to `path_len` bytes, and
/// `key` to `key_len`; `attached` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_attach_documents_file(
    database: *const sg_database,
    path: *const c_char,
    path_len: usize,
    key: *const u8,
    key_len: usize,
    attached: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let index = (Place::File(path), path_len);
    let key = (key, key_len);
    // SAFETY: the caller's promise is that of `attached`.
    unsafe { self::attached(IndexKind::Documents, database, index, key, attached, error) }
}

/// The same with the bytes of an index, of which it uses a copy.
///
/// # Safety
/// `database` is NULL or a live object of this library; `bytes` is NULL or to `len` bytes, and `key`
/// to `key_len`; `attached` and `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_database_attach_documents_bytes(
    database: *const sg_database,
    bytes: *const u8,
    len: usize,
    key: *const u8,
    key_len: usize,
    attached: *mut *mut sg_database,
    error: *mut *mut sg_error,
) -> sg_status {
    let index = (Place::Bytes(bytes), len);
    let key = (key, key_len);
    // SAFETY: the caller's promise is that of `attached`.
    unsafe { self::attached(IndexKind::Documents, database, index, key, attached, error) }
}
