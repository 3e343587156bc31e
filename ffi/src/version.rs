//! Versions, and sizes of what crosses.

use std::ffi::{CStr, c_char};

use crate::{sg_decision, sg_finding, sg_item, sg_request, sg_scan_options, sg_verdict};

/// Version of the interface that this header describes. It changes when a program that was
/// compiled with an older header can't use the library any more.
pub const SG_ABI_VERSION: u32 = 1;

const VERSION: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(version) => version,
        Err(_) => panic!("a version holds no NUL"),
    };

/// The library's version, for example "0.1.0".
#[unsafe(no_mangle)]
pub extern "C" fn sg_version() -> *const c_char {
    VERSION.as_ptr()
}

/// The interface that the library has. A program compares it with SG_ABI_VERSION, which it was
/// compiled with.
#[unsafe(no_mangle)]
pub extern "C" fn sg_abi_version() -> u32 {
    SG_ABI_VERSION
}

/// Size of sg_finding in the library, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn sg_finding_size() -> usize {
    size_of::<sg_finding>()
}

/// Size of sg_item in the library, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn sg_item_size() -> usize {
    size_of::<sg_item>()
}

/// Size of sg_scan_options in the library, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn sg_scan_options_size() -> usize {
    size_of::<sg_scan_options>()
}

/// Size of sg_request in the library, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn sg_request_size() -> usize {
    size_of::<sg_request>()
}

/// Size of sg_decision in the library, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn sg_decision_size() -> usize {
    size_of::<sg_decision>()
}

/// Size of sg_verdict in the library, in bytes.
#[unsafe(no_mangle)]
pub extern "C" fn sg_verdict_size() -> usize {
    size_of::<sg_verdict>()
}
