//! The command `import` from outside: packs, reports, exit status.
//!
//! `import/` holds invented rules of each format and the packs they become; run with `UPDATE_GOLDEN=1` in
//! the environment to write the packs anew. The counts of public rule sets are checked where the
//! folder of `SLUICEGATE_DATA` is there.

#![expect(
    clippy::disallowed_methods,
    reason = "tests are told to rewrite their golden files"
)]

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use sluicegate::compile;
use sluicegate::model::{Classifier, Source, read_pack, write_pack};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/import")
        .join(name)
}

fn run(format: &str, file: &Path, more: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sluicegate"))
        .args(["import", format])
        .arg(file)
        .args(["-o", "-"])
        .args(more)
        .output()
        .expect("the command runs")
}

/// The pack and what was said on standard error.
fn imported(format: &str, file: &Path) -> (String, String) {
    let output = run(format, file, &[]);
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(0), "{said}");
    (String::from_utf8(output.stdout).expect("UTF-8"), said)
}

/// The classifiers of a pack, which must compile together.
fn classifiers(pack: &str) -> Vec<Classifier> {
    let mut no_tables = |name: &str| Err(format!("no table {name}"));
    let source = Source::new("pack.toml", pack);
    let (classifiers, diagnostics) = read_pack(&source, &mut no_tables);
    assert_eq!(diagnostics, []);
    compile(&classifiers).expect("a database");
    classifiers
}

#[test]
fn invented_rules_become_these_packs() {
    for (format, file) in [
        ("gitleaks", "gitleaks.toml"),
        ("kingfisher", "kingfisher.yml"),
        ("presidio", "presidio.yml"),
        ("lines", "lines.tsv"),
    ] {
        let (pack, _) = imported(format, &fixture(file));
        classifiers(&pack);
        let golden = fixture(&format!("{format}.pack.toml"));
        if std::env::var_os("UPDATE_GOLDEN").is_some() {
            std::fs::write(&golden, &pack).expect("the golden pack is writable");
        }
        let expected = std::fs::read_to_string(&golden).expect("the golden pack is there");
        assert_eq!(pack, expected, "{format}");
    }
}

#[test]
fn the_report_accounts_for_every_rule() {
    let report = std::env::temp_dir().join(format!("import-{}.jsonl", std::process::id()));
    let path = report.to_str().expect("UTF-8").to_owned();
    let output = run("gitleaks", &fixture("gitleaks.toml"), &["--report", &path]);
    assert_eq!(output.status.code(), Some(0));
    let text = std::fs::read_to_string(&report).expect("the report is written");
    std::fs::remove_file(&report).expect("the report can go");
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).expect("JSON"))
        .collect();
    let outcomes: Vec<_> = lines[1..]
        .iter()
        .map(|line| (line["rule"].as_str(), line["outcome"].as_str()))
        .collect();
    assert_eq!(
        outcomes,
        [
            (Some("acme-token"), Some("carried")),
            (Some("acme-pair"), Some("partly")),
            (Some("acme-second"), Some("partly")),
            (Some("acme-long"), Some("carried")),
            (Some("acme-file"), Some("not")),
        ]
    );
    assert_eq!(lines[0]["left"][0]["reason"], "allowlist of paths");
}

#[test]
fn what_can_not_be_read_is_named_with_its_place() {
    for (format, file, said) in [
        ("gitleaks", "kingfisher.yml", "kingfisher.yml:2:"),
        ("kingfisher", "gitleaks.toml", "no list `rules`"),
        ("presidio", "kingfisher.yml", "no list `recognizers`"),
        ("lines", "absent", "absent: "),
    ] {
        let output = run(format, &fixture(file), &[]);
        let stderr = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(output.status.code(), Some(2), "{stderr}");
        assert!(stderr.starts_with("error: "), "{stderr}");
        assert!(
            stderr.contains(said) && stderr.contains("hint: "),
            "{stderr}"
        );
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn public_rule_sets_are_carried_over() {
    let data = std::env::var_os("SLUICEGATE_DATA").map_or_else(
        || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data"),
        PathBuf::from,
    );
    let rules = data.join("rules");
    if !rules.is_dir() {
        return;
    }
    for (format, file, read, carried) in [
        ("gitleaks", "gitleaks.toml", 222, 221),
        ("kingfisher", "kingfisher.yml", 749, 749),
        ("lines", "patterns-998.tsv", 998, 998),
    ] {
        let (pack, said) = imported(format, &rules.join(file));
        assert!(said.starts_with(&format!("{read} rules read: ")), "{said}");
        let classifiers = classifiers(&pack);
        assert_eq!(classifiers.len(), carried, "{said}");
        // Nothing is lost between the classifiers and the text.
        let start = pack.find("\n[[classifier]]").expect("a classifier");
        assert_eq!(write_pack(&classifiers, ""), pack[start + 1..], "{format}");
    }
}
