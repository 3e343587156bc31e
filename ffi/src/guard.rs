//! Databases with policies.

use std::collections::BTreeMap;
use std::ffi::{CString, c_char};
use std::ptr;
use std::sync::Arc;

use sluicegate::model::{Source, to_json};
use sluicegate_guard::Guard;
use sluicegate_guard::policy::{Keys, read_policy};

use crate::database;
use crate::error::{Failure, terminated};
use crate::handle::{self, Object};
use crate::{boundary, sg_database, sg_error, sg_status};

/// A database with a policy: decides about messages. It never changes; any number of threads may use
/// it at a time. Results, streams and slots share what is behind it, so it may be freed before them.
pub struct sg_guard(pub(crate) Arc<Shared>);

impl Object for sg_guard {
    const TAG: u64 = u64::from_le_bytes(*b"sgguard\0");
    const NAME: &'static str = "sg_guard";
}

/// A key that a policy names. The secret is copied, and wiped when the guard is freed.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct sg_key {
    /// What the policy calls it, UTF-8; "main" where a policy gives no name.
    pub name: *const c_char,
    /// Bytes of the name.
    pub name_len: usize,
    /// The secret bytes, 16 or more, for example the contents of a key file; space at either end
    /// does not count.
    pub secret: *const u8,
    /// Number of secret bytes.
    pub secret_len: usize,
}

/// A guard with what C programs ask of it, ready.
pub(crate) struct Shared {
    pub(crate) guard: Guard,
    pub(crate) database: Arc<database::Shared>,
    /// The names of the rules, as C reads them.
    rules: BTreeMap<String, CString>,
    /// Warnings about the policy.
    diagnostics: CString,
}

impl Shared {
    fn new(guard: Guard, database: Arc<database::Shared>) -> Arc<Self> {
        let names = guard.policy().rules.iter().map(|rule| &rule.name);
        Arc::new(Self {
            rules: names
                .map(|name| (name.clone(), terminated(name.clone())))
                .collect(),
            diagnostics: terminated(to_json(guard.unmatched())),
            guard,
            database,
        })
    }

    /// The name of a rule, terminated; NULL where there is none.
    pub(crate) fn rule(&self, name: Option<&str>) -> *const c_char {
        name.and_then(|name| self.rules.get(name))
            .map_or(ptr::null(), |name| name.as_ptr())
    }
}

/// Runs what makes a guard, and hands it out.
///
/// # Safety
/// `guard` and `error` are NULL or places for pointers.
pub(crate) unsafe fn make(
    guard: *mut *mut sg_guard,
    error: *mut *mut sg_error,
    body: impl FnOnce() -> Result<Arc<Shared>, Failure>,
) -> sg_status {
    let body = || {
        let place = handle::place(guard, "guard")?;
        let shared = body()?;
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(sg_guard(shared))) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// A guard that finds with a database, which it shares, and decides by a policy: TOML, UTF-8. `keys`
/// are those that the policy names; of two with one name the second counts. The error lists every
/// problem of the policy: see sg_error_diagnostics. Warnings are kept by the guard: see
/// sg_guard_diagnostics.
///
/// # Safety
/// `database` is NULL or a live object of this library; `policy` is NULL or to `policy_len` bytes;
/// `keys` is NULL or to `key_count` keys, their pointers to as many bytes as they say; `guard` and
/// `error` are NULL or places for pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_new(
    database: *const sg_database,
    policy: *const c_char,
    policy_len: usize,
    keys: *const sg_key,
    key_count: usize,
    guard: *mut *mut sg_guard,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        // SAFETY: the caller's promise is that of `text`.
        let text = unsafe { handle::text(policy, policy_len, "policy") }?;
        // SAFETY: the caller's promise is that of `array`.
        let given = unsafe { handle::array(keys, key_count, "keys") }?;
        let mut keys = Keys::new();
        for key in given {
            // SAFETY: the caller's promise is that of `text`.
            let name = unsafe { handle::text(key.name, key.name_len, "name") }?;
            // SAFETY: the caller's promise is that of `array`.
            let secret = unsafe { handle::array(key.secret, key.secret_len, "secret") }?;
            keys = keys.with(name, secret);
        }
        let guard = read_policy(&Source::new("policy", text))
            .and_then(|policy| Guard::with_keys(&database.0.database, policy, &keys))
            .map_err(|problems| Failure::problems(sg_status::InvalidPolicy, &problems))?;
        Ok(Shared::new(guard, Arc::clone(&database.0)))
    };
    // SAFETY: the caller's promise is that of `make`.
    unsafe { make(guard, error, body) }
}

/// Another handle to the same guard, to be freed on its own.
///
/// # Safety
/// `guard` is NULL or a live object of this library; `shared` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_share(
    guard: *const sg_guard,
    shared: *mut *mut sg_guard,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let guard = unsafe { handle::borrow(guard) }?;
        Ok(Arc::clone(&guard.0))
    };
    // SAFETY: the caller's promise is that of `make`; NULL is no place.
    unsafe { make(shared, ptr::null_mut(), body) }
}

/// Warnings about a guard's policy, as sg_error_diagnostics gives them: patterns and tags that no
/// classifier of the database meets, of which a misspelt one leaves values alone. "[]" where there
/// are none. Borrowed from the guard.
///
/// # Safety
/// `guard` is NULL or a live object of this library; `json` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_diagnostics(
    guard: *const sg_guard,
    json: *mut *const c_char,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let guard = unsafe { handle::borrow(guard) }?;
        let place = handle::place(json, "json")?;
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(guard.0.diagnostics.as_ptr()) };
        Ok(())
    })
}

/// Frees a handle. What else shares the guard keeps it. NULL is freed already.
///
/// # Safety
/// `guard` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_free(guard: *mut sg_guard) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(guard) }.map(drop))
}
