//! Allow-lists and baselines.

mod program;

use std::fs;
use std::path::Path;

use program::{Run, run};
use serde_json::Value;

const PACK: &str = r#"
[[classifier]]
id = "custom.ticket"
[[classifier.regex]]
pattern = '\bTCK-[0-9]{4}\b'

[[classifier]]
id = "custom.order"
[[classifier.regex]]
pattern = '\bORD-[0-9]{4}\b'
"#;

fn write(folder: &Path, name: &str, text: &str) {
    fs::write(folder.join(name), text).unwrap();
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "pack.toml", PACK);
    fs::create_dir(folder.path().join("in")).unwrap();
    write(folder.path(), "in/a.txt", "TCK-1111 TCK-2222\n");
    write(folder.path(), "in/b.txt", "ORD-1111 TCK-1111\n");
    folder
}

fn scan(folder: &Path, args: &[&str]) -> Run {
    let rules = ["scan", "in", "--no-builtin", "--rules", "pack.toml"];
    let lines = ["--format", "jsonl", "--show-values"];
    run(folder, &[&rules, &lines[..], args].concat())
}

/// The values that are told.
fn values(run: &Run) -> Vec<String> {
    let rows = run.stdout.lines().map(|line| {
        let row: Value = serde_json::from_str(line).unwrap();
        row["value"].as_str().unwrap().to_owned()
    });
    rows.collect()
}

#[test]
fn an_entry_asks_for_all_that_it_states() {
    let folder = folder();
    let hash = |key: &[&str]| {
        let first = scan(folder.path(), key).stdout;
        let row: Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
        row["value_hash"].as_str().unwrap().to_owned()
    };
    write(folder.path(), "key", "a key for tests only");
    let (plain, keyed) = (hash(&[]), hash(&["--key-file", "key"]));
    assert!(keyed.starts_with("keyed:"));
    let all = ["TCK-1111", "TCK-2222", "ORD-1111", "TCK-1111"];
    for (conditions, left) in [
        ("classifiers = [\"custom.t*\"]".to_owned(), &all[2..3]),
        ("patterns = ['...-1+', 'none']".to_owned(), &all[1..2]),
        ("patterns = ['TCK']".to_owned(), &all[..]),
        ("paths = [\"./in/b*\"]".to_owned(), &all[..2]),
        (format!("value_hashes = [\"{plain}\"]"), &all[1..3]),
        (
            "paths = [\"in/*\"]\nclassifiers = [\"custom.order\"]".to_owned(),
            &["TCK-1111", "TCK-2222", "TCK-1111"],
        ),
    ] {
        let entry = format!("[[allow]]\nreason = \"known\"\n{conditions}\n");
        write(folder.path(), "allow.toml", &entry);
        let found = scan(folder.path(), &["--allow", "allow.toml"]);
        assert_eq!(values(&found), left, "{conditions}\n{}", found.stderr);
        let warned = found.stderr.contains("SG502");
        assert_eq!(warned, left.len() == all.len(), "{}", found.stderr);
    }
    let entry = format!("[[allow]]\nreason = \"known\"\nvalue_hashes = [\"{keyed}\"]\n");
    write(folder.path(), "allow.toml", &entry);
    let allow = ["--allow", "allow.toml", "--key-file", "key"];
    assert_eq!(values(&scan(folder.path(), &allow)), all[1..3]);
    let missing = scan(folder.path(), &allow[..2]);
    assert_eq!(missing.status, 2);
    assert!(
        missing.stderr.contains("a keyed hash needs the key"),
        "{}",
        missing.stderr
    );
}

#[test]
fn what_is_wrong_with_an_allow_list_is_told() {
    let folder = folder();
    let text = "[[allow]]\npattern = ['x']\n[[allow]]\nreason = \"x\"\n\
        value_hashes = [\"12\"]\npatterns = ['(']\n";
    write(folder.path(), "allow.toml", text);
    let refused = scan(folder.path(), &["--allow", "allow.toml"]);
    assert_eq!(refused.status, 2);
    for part in ["SG102", "SG103", "`12` is no hash"] {
        assert!(refused.stderr.contains(part), "{part}: {}", refused.stderr);
    }
    write(
        folder.path(),
        "allow.toml",
        "[[allow]]\nreason = \"x\"\npatterns = ['(']\n",
    );
    let refused = scan(folder.path(), &["--allow", "allow.toml"]);
    assert!(refused.stderr.contains("SG201"), "{}", refused.stderr);
}

#[test]
fn test_values_are_left_out_where_that_is_asked_for() {
    let folder = tempfile::tempdir().unwrap();
    let text = "card 4242 4242 4242 4242 and 4539-1488-0343-6467\n\
        mail someone@example.org or someone@weirkeeper.io\n";
    write(folder.path(), "in.txt", text);
    let scan = |more: &[&str]| {
        let select = ["--select", "pci.card.visa", "--select", "pii.contact.email"];
        let args = ["scan", "in.txt", "--format", "jsonl", "--show-values"];
        values(&run(folder.path(), &[&args[..], &select, more].concat()))
    };
    assert_eq!(scan(&[]).len(), 4);
    let told = ["4539-1488-0343-6467", "someone@weirkeeper.io"];
    assert_eq!(scan(&["--allow-test-values"]), told);
}

#[test]
fn a_baseline_knows_values_wherever_they_stand() {
    let folder = folder();
    let written = scan(folder.path(), &["--write-baseline", "known.json"]);
    assert_eq!((written.status, written.stdout.as_str()), (0, ""));
    assert!(
        written.stderr.contains("4 findings written"),
        "{}",
        written.stderr
    );
    let baseline = fs::read_to_string(folder.path().join("known.json")).unwrap();
    assert_eq!(baseline.lines().count(), 5, "{baseline}");
    assert!(!baseline.contains("TCK-1111"));

    let args = ["--baseline", "known.json"];
    let known = scan(folder.path(), &args);
    assert_eq!((known.status, known.stdout.as_str()), (0, ""));
    assert!(
        known.stderr.contains("4 known findings left out"),
        "{}",
        known.stderr
    );

    // Moved, one copy more, and one that is new.
    write(folder.path(), "in/a.txt", "\n\n\nORD-1111\n");
    write(
        folder.path(),
        "in/b.txt",
        "TCK-1111 TCK-1111 TCK-1111 TCK-3333\n",
    );
    let new = scan(folder.path(), &args);
    assert_eq!(new.status, 1);
    assert_eq!(values(&new), ["TCK-1111", "TCK-3333"]);
    let text = ["--baseline", "known.json", "--format", "text"];
    let rules = ["scan", "in", "--no-builtin", "--rules", "pack.toml"];
    let text = run(folder.path(), &[&rules[..], &text].concat());
    assert_eq!(
        text.stdout.matches("custom.ticket").count(),
        2,
        "{}",
        text.stdout
    );
    assert!(
        text.stderr.contains("2 findings in 1 of 2 files"),
        "{}",
        text.stderr
    );

    write(folder.path(), "key", "a key for tests only");
    let keyed = scan(
        folder.path(),
        &["--baseline", "known.json", "--key-file", "key"],
    );
    assert_eq!(keyed.status, 2);
    assert!(keyed.stderr.contains("of another kind"), "{}", keyed.stderr);
}
