//! Places for the database and the guard of the day: readers keep what they hold while another is put in.

use std::ptr;
use std::sync::{Arc, PoisonError, RwLock};

use crate::error::Failure;
use crate::handle::{self, Object};
use crate::{boundary, database, guard, sg_database, sg_error, sg_guard, sg_status};

/// A place that holds a database, which any number of threads may read and replace at a time.
pub struct sg_slot(Place<database::Shared>);

/// A place that holds a guard, which any number of threads may read and replace at a time.
pub struct sg_guard_slot(Place<guard::Shared>);

struct Place<T>(RwLock<Arc<T>>);

impl Object for sg_slot {
    const TAG: u64 = u64::from_le_bytes(*b"sgslot\0\0");
    const NAME: &'static str = "sg_slot";
}

impl Object for sg_guard_slot {
    const TAG: u64 = u64::from_le_bytes(*b"sggslot\0");
    const NAME: &'static str = "sg_guard_slot";
}

impl<T> Place<T> {
    fn new(shared: &Arc<T>) -> Self {
        Self(RwLock::new(Arc::clone(shared)))
    }

    fn get(&self) -> Arc<T> {
        // Nothing that can panic runs under the lock, so it is never poisoned.
        Arc::clone(&self.0.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put(&self, shared: Arc<T>) {
        let mut held = self.0.write().unwrap_or_else(PoisonError::into_inner);
        let old = std::mem::replace(&mut *held, shared);
        drop(held);
        // Where this was its last holder, freeing it takes a while: not under the lock.
        drop(old);
    }
}

/// A slot with a database in it, which it shares.
///
/// # Safety
/// `database` is NULL or a live object of this library; `slot` and `error` are NULL or places for
/// pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_slot_new(
    database: *const sg_database,
    slot: *mut *mut sg_slot,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let database = unsafe { handle::borrow(database) }?;
        let place = handle::place(slot, "slot")?;
        let slot = sg_slot(Place::new(&database.0));
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(slot)) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// A handle to the database that is in the slot now, to be freed by the caller.
///
/// # Safety
/// `slot` is NULL or a live object of this library; `database` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_slot_get(
    slot: *const sg_slot,
    database: *mut *mut sg_database,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let slot = unsafe { handle::borrow(slot) }?;
        Ok::<_, Failure>(slot.0.get())
    };
    // SAFETY: the caller's promise is that of `make`; NULL is no place.
    unsafe { database::make(database, ptr::null_mut(), body) }
}

/// Puts another database into the slot. Handles and results keep the one they have.
///
/// # Safety
/// `slot` and `database` are NULL or live objects of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_slot_put(
    slot: *const sg_slot,
    database: *const sg_database,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let (slot, database) = unsafe { (handle::borrow(slot)?, handle::borrow(database)?) };
        slot.0.put(Arc::clone(&database.0));
        Ok(())
    })
}

/// Frees a slot. NULL is freed already.
///
/// # Safety
/// `slot` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_slot_free(slot: *mut sg_slot) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(slot) }.map(drop))
}

/// A slot with a guard in it, which it shares.
///
/// # Safety
/// `guard` is NULL or a live object of this library; `slot` and `error` are NULL or places for
/// pointers.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_slot_new(
    guard: *const sg_guard,
    slot: *mut *mut sg_guard_slot,
    error: *mut *mut sg_error,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let guard = unsafe { handle::borrow(guard) }?;
        let place = handle::place(slot, "slot")?;
        let slot = sg_guard_slot(Place::new(&guard.0));
        // SAFETY: `place` has checked what can be; it is a place by the caller's promise.
        unsafe { place.write(handle::give(slot)) };
        Ok(())
    };
    // SAFETY: the caller's promise is that of `call`.
    unsafe { boundary::call(error, body) }
}

/// A handle to the guard that is in the slot now, to be freed by the caller.
///
/// # Safety
/// `slot` is NULL or a live object of this library; `guard` is NULL or a place for a pointer.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_slot_get(
    slot: *const sg_guard_slot,
    guard: *mut *mut sg_guard,
) -> sg_status {
    let body = || {
        // SAFETY: the caller's promise is that of `borrow`.
        let slot = unsafe { handle::borrow(slot) }?;
        Ok::<_, Failure>(slot.0.get())
    };
    // SAFETY: the caller's promise is that of `make`; NULL is no place.
    unsafe { guard::make(guard, ptr::null_mut(), body) }
}

/// Puts another guard into the slot. Handles, results and streams keep the one they have.
///
/// # Safety
/// `slot` and `guard` are NULL or live objects of this library.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_slot_put(
    slot: *const sg_guard_slot,
    guard: *const sg_guard,
) -> sg_status {
    boundary::quiet(|| {
        // SAFETY: the caller's promise is that of `borrow`.
        let (slot, guard) = unsafe { (handle::borrow(slot)?, handle::borrow(guard)?) };
        slot.0.put(Arc::clone(&guard.0));
        Ok(())
    })
}

/// Frees a slot. NULL is freed already.
///
/// # Safety
/// `slot` is NULL or a live object of this library that is not used any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn sg_guard_slot_free(slot: *mut sg_guard_slot) -> sg_status {
    // SAFETY: the caller's promise is that of `take`.
    boundary::quiet(|| unsafe { handle::take(slot) }.map(drop))
}
