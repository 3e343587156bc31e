//! The indexes that the tests of C, Python and Node use, which can't make any: `tests/indexes`.
//! `UPDATE_GOLDEN=1` writes them anew.

#![expect(
    clippy::disallowed_methods,
    reason = "a golden file is written anew on demand"
)]

use std::fs;
use std::path::Path;

use sluicegate::model::{Source, read_schema};
use sluicegate::{
    Database, DocumentSettings, IndexKey, IndexKind, Scanner, build_documents, build_exact, compile,
};
use sluicegate_classifiers::{attach, attach_file};

const SECRET: &[u8] = b"an example of a secret";
const SCHEMA: &str = "name = \"people\"\n\
    [[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\n\
    [[column]]\nname = \"surname\"\ntype = \"name\"\n";
const ROWS: [[&str; 2]; 2] = [["4711-0815", "Weirkeeper"], ["4711-0816", "Lockhand"]];
const MINUTES: &str = "The council meets on the first Monday of each month in the old mill, where \
    the sluice was opened for the first time after the flood.";

/// Bytes that nobody else would make are those that everybody has.
fn stored(name: &str, made: &[u8]) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../indexes");
    let path = path.join(name);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(&path, made).unwrap();
    }
    assert!(
        fs::read(&path).unwrap() == made,
        "{name} differs; UPDATE_GOLDEN=1 writes it anew"
    );
}

#[test]
fn the_stored_indexes_are_those_that_are_made() {
    let key = IndexKey::new(SECRET).unwrap();
    let schema = read_schema(&Source::new("people.toml", SCHEMA)).unwrap();
    stored("people.sgx", &build_exact(&schema, &key, ROWS));
    let texts = [("may.txt", MINUTES, false)];
    let documents = build_documents(DocumentSettings::new("minutes"), &key, texts).unwrap();
    stored("minutes.sgf", &documents);
}

fn empty() -> Database {
    compile(&[]).unwrap().database
}

#[test]
fn a_file_and_its_bytes_are_the_same_index() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../indexes");
    for (kind, name, text, id) in [
        (
            IndexKind::Exact,
            "people.sgx",
            "Ms WEIRKEEPER, no. 4711 0815",
            "exact.people",
        ),
        (
            IndexKind::Documents,
            "minutes.sgf",
            MINUTES,
            "document.minutes",
        ),
    ] {
        let path = folder.join(name);
        let mapped = attach_file(&empty(), kind, &path, SECRET).unwrap();
        let read = attach(&empty(), kind, fs::read(&path).unwrap(), SECRET).unwrap();
        assert_eq!(mapped.digest(), read.digest());
        let mut scanner = Scanner::new(&mapped);
        let finding = scanner.scan(text.as_bytes()).findings[0];
        assert_eq!(mapped.classifier(finding.classifier).id(), id);

        let again = attach_file(&mapped, kind, &path, SECRET).unwrap_err();
        let sentence = format!("{}: there is a classifier `{id}` already", path.display());
        assert_eq!(again.to_string(), sentence);
        assert!(again.hint().contains("a name of its own"));
    }
}

#[test]
fn what_is_wrong_with_an_index_is_told_with_its_file() {
    let missing = Path::new("no such file");
    let refused = |path, secret| attach_file(&empty(), IndexKind::Exact, path, secret).unwrap_err();
    let error = refused(missing, SECRET);
    assert_eq!(error.path(), Some(missing));
    assert!(error.reason().starts_with("can't read: "), "{error}");
    let error = refused(missing, b"short");
    assert_eq!(error.path(), None);
    assert_eq!(
        error.to_string(),
        "the key has 5 bytes, it takes at least 16"
    );
}
