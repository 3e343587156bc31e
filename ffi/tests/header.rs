//! The header is that of the crate: generated anew where `cbindgen` (0.29 or later) is installed, and
//! compared by names in any case. `UPDATE_GOLDEN=1` writes it anew.

#![expect(
    clippy::disallowed_methods,
    reason = "tests are told to rewrite their golden files"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn the_header_is_generated() {
    let generated = Command::new("cbindgen")
        .args(["--quiet", "--crate", "sluicegate-ffi", "--config"])
        .arg(root().join("cbindgen.toml"))
        .arg(root())
        .output();
    let Ok(generated) = generated else {
        eprintln!("cbindgen is not installed: the header is not generated");
        return;
    };
    assert!(
        generated.status.success(),
        "{}",
        String::from_utf8_lossy(&generated.stderr)
    );
    let fresh = String::from_utf8(generated.stdout).unwrap();
    let path = root().join("include/sluicegate.h");
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, fresh).expect("the checkout can be written");
    } else {
        assert!(
            fresh == read(&path),
            "the header differs; UPDATE_GOLDEN=1 shows how"
        );
    }
}

/// The names in a text that begin with `sg_` and stand before a parenthesis.
fn functions(text: &str) -> BTreeSet<&str> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    text.match_indices('(')
        .map(|(at, _)| &text[text[..at].rfind(|c| !is_name(c)).map_or(0, |i| i + 1)..at])
        .filter(|name| name.starts_with("sg_"))
        .collect()
}

#[test]
fn header_sources_and_symbols_have_the_same_functions() {
    let header = read(&root().join("include/sluicegate.h"));
    let code: Vec<&str> = header
        .lines()
        .filter(|line| !line.trim_start().starts_with(['*', '/']))
        .collect();
    let code = code.join("\n");
    let declared = functions(&code);

    let symbols = read(&root().join("tests/golden/symbols.txt"));
    assert_eq!(declared, symbols.lines().collect());

    let mut sources = String::new();
    for entry in fs::read_dir(root().join("src")).unwrap() {
        sources += &read(&entry.unwrap().path());
    }
    let defined: Vec<&str> = sources
        .split("#[unsafe(no_mangle)]")
        .skip(1)
        .filter_map(|rest| rest.split_once("fn ").map(|(_, rest)| rest))
        .filter_map(|rest| rest.split_once('(').map(|(name, _)| name))
        .collect();
    assert_eq!(declared, defined.iter().copied().collect());
    assert_eq!(declared.len(), defined.len());
}

#[test]
fn the_library_is_named_after_its_interface() {
    let build = read(&root().join("build.rs"));
    let version = sluicegate_ffi::SG_ABI_VERSION;
    assert!(build.contains(&format!("ABI_VERSION: u32 = {version};")));
}
