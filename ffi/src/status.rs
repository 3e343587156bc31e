//! The table of statuses. Numbers are never reused.

use std::ffi::{CStr, c_char};

/// How a call ended. Only `SG_STATUS_OK` is success.
#[repr(i32)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum sg_status {
    /// Done.
    Ok = 0,
    /// A pointer that may not be NULL is.
    NullPointer = 1,
    /// A pointer to an object of another type.
    WrongHandle = 2,
    /// The object is in use by a call in another thread.
    Busy = 3,
    /// A number, length or size that the function does not take.
    InvalidArgument = 4,
    /// Text that is not UTF-8, or no JSON where that is asked for.
    InvalidText = 5,
    /// An index past the end.
    OutOfRange = 6,
    /// There is no such thing.
    NotFound = 7,
    /// A file can't be read.
    ReadFailed = 8,
    /// Bytes that are no database of this library's format, or were altered.
    InvalidDatabase = 9,
    /// Rules with errors; the error lists all of them.
    InvalidRules = 10,
    /// A policy with errors, of which the error lists all; or one that streams can't carry out.
    InvalidPolicy = 11,
    /// A text that could not be inspected to its end, so that it can't be turned back.
    Incomplete = 12,
    /// Bytes that are no index of this library's format and of the kind that is asked for, were
    /// altered or made with another key; or an index whose id a classifier has already.
    InvalidIndex = 13,
    /// A defect of the library, stopped at its boundary. The objects of the call can be used again,
    /// but for a session or a stream, which say the same from then on.
    Panic = 100,
}

impl sg_status {
    /// Every status, in order of its number.
    const ALL: [Self; 15] = [
        Self::Ok,
        Self::NullPointer,
        Self::WrongHandle,
        Self::Busy,
        Self::InvalidArgument,
        Self::InvalidText,
        Self::OutOfRange,
        Self::NotFound,
        Self::ReadFailed,
        Self::InvalidDatabase,
        Self::InvalidRules,
        Self::InvalidPolicy,
        Self::Incomplete,
        Self::InvalidIndex,
        Self::Panic,
    ];

    /// The name of the constant in C.
    const fn name(self) -> &'static CStr {
        match self {
            Self::Ok => c"SG_STATUS_OK",
            Self::NullPointer => c"SG_STATUS_NULL_POINTER",
            Self::WrongHandle => c"SG_STATUS_WRONG_HANDLE",
            Self::Busy => c"SG_STATUS_BUSY",
            Self::InvalidArgument => c"SG_STATUS_INVALID_ARGUMENT",
            Self::InvalidText => c"SG_STATUS_INVALID_TEXT",
            Self::OutOfRange => c"SG_STATUS_OUT_OF_RANGE",
            Self::NotFound => c"SG_STATUS_NOT_FOUND",
            Self::ReadFailed => c"SG_STATUS_READ_FAILED",
            Self::InvalidDatabase => c"SG_STATUS_INVALID_DATABASE",
            Self::InvalidRules => c"SG_STATUS_INVALID_RULES",
            Self::InvalidPolicy => c"SG_STATUS_INVALID_POLICY",
            Self::Incomplete => c"SG_STATUS_INCOMPLETE",
            Self::InvalidIndex => c"SG_STATUS_INVALID_INDEX",
            Self::Panic => c"SG_STATUS_PANIC",
        }
    }
}

/// The name of a status, for example "SG_STATUS_OK"; "unknown status" for other numbers.
#[unsafe(no_mangle)]
pub extern "C" fn sg_status_name(status: i32) -> *const c_char {
    sg_status::ALL
        .iter()
        .find(|known| **known as i32 == status)
        .map_or(c"unknown status", |known| known.name())
        .as_ptr()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_ascend_and_have_names() {
        assert!(
            sg_status::ALL
                .windows(2)
                .all(|pair| (pair[0] as i32) < pair[1] as i32)
        );
        for status in sg_status::ALL {
            // SAFETY: the function returns terminated text that lives as long as the library.
            let name = unsafe { CStr::from_ptr(sg_status_name(status as i32)) };
            assert_eq!(name, status.name());
        }
        // SAFETY: as above.
        let unknown = unsafe { CStr::from_ptr(sg_status_name(-1)) };
        assert_eq!(unknown, c"unknown status");
    }
}
