//! Wrong packs and schemas and what is said about them, word for word.
//!
//! `tests/golden/wrong-packs.txt` and `wrong-schemas.txt` hold them, each under a line `=== title`,
//! and behind a line `---` what the reader reports. `UPDATE_GOLDEN=1 cargo test -p sluicegate-model` writes
//! the reports anew; read the difference before you commit it.

#![expect(
    clippy::disallowed_methods,
    reason = "tests are told to rewrite their golden files"
)]

use std::fmt::Write;
use std::path::Path;
use std::sync::Arc;

use sluicegate_model::{Code, Diagnostic, Source, read_pack, read_schema, to_text};

/// Compares what is said about each file of a golden document; `read` gives the problems, and what
/// was read in spite of them.
fn compare(
    golden: &str,
    file: &str,
    mut read: impl FnMut(&Arc<Source>) -> (Vec<Diagnostic>, String),
) -> Vec<Code> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/golden")
        .join(golden);
    let golden = std::fs::read_to_string(&path).expect("the file is checked in");
    let mut fresh = String::new();
    let mut codes = Vec::new();
    for section in golden.split("=== ").skip(1) {
        let (title, rest) = section.split_once('\n').expect("a title has its line");
        let text = rest.split_once("---\n").map_or(rest, |(text, _)| text);
        let (problems, kept) = read(&Source::new(file, text));
        assert!(!problems.is_empty(), "{title}: nothing is wrong");
        codes.extend(problems.iter().map(|problem| problem.code));
        let said = to_text(&problems, false);
        writeln!(fresh, "=== {title}\n{text}---\n{said}\n{kept}")
            .expect("writing to a string succeeds");
    }
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, fresh).expect("the checkout can be written");
    } else {
        assert!(
            fresh == golden,
            "the reports differ; UPDATE_GOLDEN=1 shows how"
        );
    }
    codes
}

#[test]
fn wrong_packs_are_told_what_is_wrong() {
    let mut count = 0;
    let codes = compare("wrong-packs.txt", "pack.toml", |source| {
        count += 1;
        let (classifiers, problems) = read_pack(source, &mut read_table);
        let kept: Vec<&str> = classifiers.iter().map(|kept| kept.id.as_str()).collect();
        (problems, format!("kept: [{}]\n", kept.join(", ")))
    });
    assert!(count >= 25);
    for code in Code::ALL.iter().filter(|code| code.as_str() < "SG111") {
        assert!(codes.contains(code), "no pack meets {}", code.as_str());
    }
}

#[test]
fn wrong_schemas_are_told_what_is_wrong() {
    compare("wrong-schemas.txt", "schema.toml", |source| {
        let problems = read_schema(source).expect_err("nothing is wrong");
        (problems, String::new())
    });
}

fn read_table(file: &str) -> Result<String, String> {
    match file {
        "good.csv" => Ok("code,words\naa,x;y\nbb,z\n".to_owned()),
        "ragged.csv" => Ok("code,words\naa,x\nbb\ncc,y,z\n".to_owned()),
        "headers.csv" => Ok("code,code,two words\naa,x,y\n".to_owned()),
        "empty.csv" => Ok(String::new()),
        _ => Err("no such file".to_owned()),
    }
}

#[test]
fn bytes_that_are_not_utf8_are_refused_with_their_place() {
    let problem = Source::from_bytes("pack.toml", b"a = 1\nb = '\xff'".to_vec()).unwrap_err();
    assert_eq!(
        problem.to_string(),
        "error[SG111]: `pack.toml` is not UTF-8 at byte 11, line 2"
    );
}
