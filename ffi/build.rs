//! Writes into the shared library the name that programs ask the loader for.

use std::env;

/// `SG_ABI_VERSION`: a test compares them.
const ABI_VERSION: u32 = 1;

#[expect(
    clippy::disallowed_methods,
    reason = "cargo tells a build what it builds for this way"
)]
fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if env::var("CARGO_CFG_TARGET_OS").is_ok_and(|system| system == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libsluicegate.so.{ABI_VERSION}");
    }
}
