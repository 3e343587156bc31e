//! The manual pages are those of the command line as it is defined.
//!
//! `UPDATE_GOLDEN=1` writes them anew.

use std::env;
use std::fs;
use std::path::Path;

#[test]
#[expect(clippy::disallowed_methods, reason = "the one switch of golden tests")]
fn manual_pages_are_up_to_date() {
    let checked_in = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/man");
    let fresh = tempfile::tempdir().unwrap();
    clap_mangen::generate_to(sluicegate_cli::command(), fresh.path()).unwrap();
    let pages = |folder: &Path| {
        let entries = fs::read_dir(folder).into_iter().flatten();
        let mut pages: Vec<(String, String)> = entries
            .map(|entry| {
                let path = entry.unwrap().path();
                let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                (name, fs::read_to_string(path).unwrap())
            })
            .collect();
        pages.sort();
        pages
    };
    if env::var_os("UPDATE_GOLDEN").is_some() {
        let _ = fs::remove_dir_all(&checked_in);
        fs::create_dir_all(&checked_in).unwrap();
        for (name, text) in pages(fresh.path()) {
            fs::write(checked_in.join(name), text).unwrap();
        }
    }
    let (fresh, checked_in) = (pages(fresh.path()), pages(&checked_in));
    let names = |pages: &[(String, String)]| -> Vec<String> {
        pages.iter().map(|(name, _)| name.clone()).collect()
    };
    assert_eq!(
        names(&fresh),
        names(&checked_in),
        "`make generate` writes them"
    );
    for ((name, fresh), (_, checked_in)) in fresh.iter().zip(&checked_in) {
        assert!(
            fresh == checked_in,
            "{name} is stale; `make generate` writes it"
        );
    }
}
