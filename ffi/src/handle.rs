//! Pointers from C: what is checked before one is used.
//!
//! An object is handed out as a pointer to a tag that tells its type, with the object behind it.
//! NULL, an unaligned pointer and an object of another type are therefore recognised; memory that
//! was freed, or that this library never gave, is not.

use std::ffi::c_char;
use std::ptr::NonNull;
use std::sync::{Mutex, MutexGuard, TryLockError};

use crate::error::Failure;
use crate::sg_status;

/// What C programs hold by a pointer.
pub(crate) trait Object {
    /// Tells the type of an object in memory.
    const TAG: u64;
    /// The name of the type.
    const NAME: &'static str;
}

#[repr(C)]
struct Tagged<T> {
    tag: u64,
    object: T,
}

/// Hands an object to C, which gives it back to [`take`].
pub(crate) fn give<T: Object>(object: T) -> *mut T {
    let tag = T::TAG;
    Box::into_raw(Box::new(Tagged { tag, object })).cast()
}

/// The object that a pointer stands for.
///
/// # Safety
/// The pointer is NULL or from [`give`], for whatever type, and is not taken back during `'a`.
pub(crate) unsafe fn borrow<'a, T: Object>(pointer: *const T) -> Result<&'a T, Failure> {
    // SAFETY: the caller's promise is that of `tagged`.
    let tagged = unsafe { tagged(pointer) }?;
    // SAFETY: the tag tells that `give` made it with this type; it lives during `'a` by promise,
    // and is never borrowed mutably.
    Ok(unsafe { &(*tagged).object })
}

/// Takes an object back; `None` for NULL.
///
/// # Safety
/// The pointer is NULL or from [`give`], for whatever type, and nobody uses it any more.
pub(crate) unsafe fn take<T: Object>(pointer: *mut T) -> Result<Option<T>, Failure> {
    if pointer.is_null() {
        return Ok(None);
    }
    // SAFETY: the caller's promise is that of `tagged`.
    let tagged = unsafe { tagged(pointer) }?.cast_mut();
    // SAFETY: the tag tells that `give` made it with this type, from a box; by promise this is the
    // last use.
    Ok(Some(unsafe { Box::from_raw(tagged) }.object))
}

/// # Safety
/// The pointer is NULL or from [`give`] and not yet taken back.
unsafe fn tagged<T: Object>(pointer: *const T) -> Result<*const Tagged<T>, Failure> {
    if pointer.is_null() {
        return Err(Failure::null(T::NAME));
    }
    let tagged = pointer.cast::<Tagged<T>>();
    // SAFETY: whatever its type, an object from `give` is live by promise and begins with a tag.
    if !tagged.is_aligned() || unsafe { pointer.cast::<u64>().read() } != T::TAG {
        let message = format!("the pointer is not to a live {}", T::NAME);
        return Err(Failure::new(sg_status::WrongHandle, message));
    }
    Ok(tagged)
}

/// Exclusive use of an object's contents. Contents that a panic left behind are replaced.
pub(crate) fn lock<'a, T: Default>(
    contents: &'a Mutex<T>,
    name: &str,
) -> Result<MutexGuard<'a, T>, Failure> {
    match contents.try_lock() {
        Ok(guard) => Ok(guard),
        Err(TryLockError::Poisoned(poisoned)) => {
            let mut guard = poisoned.into_inner();
            *guard = T::default();
            contents.clear_poison();
            Ok(guard)
        }
        Err(TryLockError::WouldBlock) => Err(busy(name).hint("use one for each thread")),
    }
}

/// Exclusive use of contents that must not be lost: those that a panic left behind can't be trusted,
/// so nothing uses them again.
pub(crate) fn hold<'a, T>(
    contents: &'a Mutex<T>,
    name: &str,
) -> Result<MutexGuard<'a, T>, Failure> {
    match contents.try_lock() {
        Ok(guard) => Ok(guard),
        Err(TryLockError::WouldBlock) => Err(busy(name).hint("let one thread at a time use it")),
        Err(TryLockError::Poisoned(_)) => {
            let message = format!("a defect of the library has interrupted a use of this {name}");
            Err(Failure::new(sg_status::Panic, message).hint("free it and begin with another"))
        }
    }
}

fn busy(name: &str) -> Failure {
    let message = format!("another thread uses this {name}");
    Failure::new(sg_status::Busy, message)
}

/// A place that an output goes to, once everything else is done.
pub(crate) fn place<T>(pointer: *mut T, name: &str) -> Result<NonNull<T>, Failure> {
    let place = NonNull::new(pointer).ok_or_else(|| Failure::null(name))?;
    if !place.is_aligned() {
        return Err(unaligned(name));
    }
    Ok(place)
}

/// An array of the caller's; NULL will do for an empty one.
///
/// # Safety
/// The pointer is NULL or to `len` values that nobody writes to during `'a`.
pub(crate) unsafe fn array<'a, T>(
    pointer: *const T,
    len: usize,
    name: &str,
) -> Result<&'a [T], Failure> {
    if len == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(Failure::null(name));
    }
    if !pointer.is_aligned() {
        return Err(unaligned(name));
    }
    let fits = len
        .checked_mul(size_of::<T>())
        .is_some_and(|bytes| isize::try_from(bytes).is_ok());
    if !fits {
        let message = format!("the length of `{name}` is more than memory can hold");
        return Err(Failure::new(sg_status::InvalidArgument, message));
    }
    // SAFETY: not NULL, aligned, no longer than an object may be; the rest is the caller's promise.
    Ok(unsafe { std::slice::from_raw_parts(pointer, len) })
}

/// A structure of the caller's whose first field is its size.
///
/// # Safety
/// The pointer is NULL or to as many bytes as the first field says.
pub(crate) unsafe fn sized<T: Copy>(
    pointer: *const T,
    name: &str,
    type_name: &str,
) -> Result<T, Failure> {
    let place = place(pointer.cast_mut(), name)?;
    // SAFETY: not NULL and aligned; the size is there by the caller's promise.
    let size = unsafe { place.cast::<usize>().read() };
    if size != size_of::<T>() {
        let message = format!(
            "`{name}` has {size} bytes: this library takes {}",
            size_of::<T>()
        );
        let hint = format!("set `size` to sizeof({type_name})");
        return Err(Failure::new(sg_status::InvalidArgument, message).hint(&hint));
    }
    // SAFETY: as above, and the size tells that the rest is there.
    Ok(unsafe { place.read() })
}

/// UTF-8 text of the caller's.
///
/// # Safety
/// That of [`array`].
pub(crate) unsafe fn text<'a>(
    pointer: *const c_char,
    len: usize,
    name: &str,
) -> Result<&'a str, Failure> {
    // SAFETY: the caller's promise is that of `array`; a `char` of C is a byte.
    let bytes = unsafe { array(pointer.cast::<u8>(), len, name) }?;
    std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("`{name}` is not UTF-8 at byte {}", error.valid_up_to());
        Failure::new(sg_status::InvalidText, message)
    })
}

fn unaligned(name: &str) -> Failure {
    let message = format!("`{name}` is not aligned for its type");
    Failure::new(sg_status::InvalidArgument, message)
}
