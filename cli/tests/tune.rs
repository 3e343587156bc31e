//! What `tune` proposes and writes.

mod program;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use program::{Run, run};

/// One classifier for each kind of change.
const PACK: &str = r#"# Ours, by hand.
[[classifier]]
id = "custom.context"   # found near some words
[[classifier.regex]]
pattern = '\bC[0-9]{4}\b'

[[classifier]]
id = "custom.exclude"
[[classifier.regex]]
pattern = '\bE[a-z0-9-]{6,}\b'

[[classifier]]
id = "custom.least"
confidence = 50
[[classifier.regex]]
pattern = '\bL[0-9]{4}\b'
[classifier.context]
keywords = ["ledger"]
window = 16

[[classifier]]
id = "custom.noise"
[[classifier.regex]]
pattern = '\bN[0-9]{4}\b'

[[classifier]]
id = "custom.right"
[[classifier.regex]]
pattern = '\bR[0-9]{4}\b'
"#;

/// Forty texts for each side of each classifier, so that both halves have enough.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut cases = String::new();
    let mut add = |name: &str, is_true: bool, number: usize, before: &str, value: &str| {
        let (start, end) = (before.len() + 1, before.len() + 1 + value.len());
        let labels = if is_true {
            format!("\"spans\":[[{start},{end},\"custom.{name}\"]]")
        } else {
            "\"labels\":[\"custom.*\"],\"negative\":true".to_owned()
        };
        writeln!(
            cases,
            "{{\"id\":\"{name}-{is_true}-{number}\",\"source\":\"s\",\"text\":\"{before} {value}\",{labels}}}"
        )
        .unwrap();
    };
    for number in 0..40 {
        let digits = 1000 + number * 37;
        let before = ["the badge of", "a visitor:"][number % 2];
        add("context", true, number, before, &format!("C{digits}"));
        add("context", false, number, "part", &format!("C{digits}"));
        add("exclude", true, number, "key", &format!("E{digits}-real"));
        add(
            "exclude",
            false,
            number,
            "key",
            &format!("E{digits}-sample"),
        );
        add(
            "least",
            true,
            number,
            "in the ledger",
            &format!("L{digits}"),
        );
        add("least", false, number, "in the", &format!("L{digits}"));
        add("noise", false, number, "in the", &format!("N{digits}"));
        add("right", true, number, "in the", &format!("R{digits}"));
    }
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("cases.jsonl", &cases);
    write("pack.toml", PACK);
    folder
}

fn tune(folder: &Path, more: &[&str]) -> Run {
    let mut args = vec![
        "tune",
        "--no-builtin",
        "--rules",
        "pack.toml",
        "cases.jsonl",
    ];
    args.extend(more);
    let ended = run(folder, &args);
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    ended
}

#[test]
fn each_kind_of_change_is_proposed_where_it_helps() {
    let folder = folder();
    let ended = tune(folder.path(), &["--pack", "ours.toml"]);
    for line in [
        "  custom.context: require one of badge, visitor\n",
        "  custom.exclude: exclude sample\n",
        "  custom.noise: disabled\n",
    ] {
        assert!(ended.stdout.contains(line), "{line}{}", ended.stdout);
    }
    // Keywords that it has do what a least confidence would; either is right.
    assert!(
        ended.stdout.contains("  custom.least: "),
        "{}",
        ended.stdout
    );
    assert!(!ended.stdout.contains("custom.right"), "{}", ended.stdout);
    assert!(
        ended.stderr.contains("nothing was written"),
        "{}",
        ended.stderr
    );
    assert!(!folder.path().join("ours.toml").exists());
    for jobs in ["1", "5"] {
        let again = tune(folder.path(), &["--pack", "ours.toml", "--jobs", jobs]);
        assert_eq!(again.stdout, ended.stdout);
    }
}

#[test]
fn what_is_written_does_what_was_said() {
    let folder = folder();
    tune(folder.path(), &["--pack", "ours.toml", "--write"]);
    let ours = fs::read_to_string(folder.path().join("ours.toml")).unwrap();
    assert!(
        ours.starts_with("# Changes proposed by `sluicegate tune`"),
        "{ours}"
    );
    for value in ["1000", "E1", "2369"] {
        assert!(!ours.contains(value), "{value} is in {ours}");
    }
    let args = [
        "eval",
        "--no-builtin",
        "--rules",
        "pack.toml",
        "--rules",
        "ours.toml",
        "cases.jsonl",
    ];
    let ended = run(folder.path(), &args);
    let all = ended.stdout.lines().nth(2).unwrap();
    let numbers: Vec<&str> = all.split_whitespace().skip(2).take(3).collect();
    assert_eq!(numbers, ["160", "160", "0"], "{}", ended.stdout);
    let check = run(folder.path(), &["check", "pack.toml", "ours.toml"]);
    assert!(!check.stdout.contains("error["), "{}", check.stdout);
    // Nothing is left to be done.
    let again = tune(folder.path(), &["--pack", "ours.toml", "--write"]);
    assert!(again.stdout.contains("No change"), "{}", again.stdout);
    assert_eq!(
        fs::read_to_string(folder.path().join("ours.toml")).unwrap(),
        ours
    );
}

#[test]
fn a_pack_of_classifiers_is_added_to_and_else_left_alone() {
    let folder = folder();
    let args = [
        "tune",
        "--no-builtin",
        "cases.jsonl",
        "--pack",
        "pack.toml",
        "--write",
    ];
    let ended = run(folder.path(), &args);
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    let pack = fs::read_to_string(folder.path().join("pack.toml")).unwrap();
    let added = pack
        .strip_prefix(PACK)
        .expect("what was there is unchanged");
    assert_eq!(added.matches("[[override]]").count(), 4, "{added}");
}

#[test]
fn limits_leave_out_what_is_past_them() {
    let folder = folder();
    let noisy = "R1111 ".repeat(100_000);
    fs::write(folder.path().join("benign.txt"), noisy).unwrap();
    let args = [
        "--pack",
        "ours.toml",
        "--benign",
        "benign.txt",
        "--max-false-per-mb",
        "2.5",
    ];
    let ended = tune(folder.path(), &args);
    assert!(
        ended.stdout.contains("custom.right: disabled"),
        "{}",
        ended.stdout
    );
    let strict = tune(
        folder.path(),
        &["--pack", "ours.toml", "--min-precision", "1"],
    );
    assert!(strict.stdout.contains("custom.noise: disabled"));
    let wrong = run(
        folder.path(),
        &["tune", "cases.jsonl", "--pack", "p", "--min-precision", "2"],
    );
    assert_eq!(wrong.status, 2);
    assert!(
        wrong.stderr.contains("a share is a number from 0 to 1"),
        "{}",
        wrong.stderr
    );
    let database = run(
        folder.path(),
        &["tune", "cases.jsonl", "--pack", "p", "--db", "x"],
    );
    assert!(
        database.stderr.contains("a database can't be changed"),
        "{}",
        database.stderr
    );
}
