//! Several classifiers that claim one value, from the command line.

mod program;

use std::fs;

use program::run;
use serde_json::{Value, json};

const PACK: &str = r#"
[[classifier]]
id = "custom.tax"
chance = 0.1
[[classifier.regex]]
pattern = '\b[0-9]{9}\b'
[classifier.context]
keywords = ["tax"]

[[classifier]]
id = "custom.phone"
chance = 1.0
[[classifier.regex]]
pattern = '\b[0-9]{9}\b'
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("pack.toml", PACK);
    write("in.txt", "tax 123456789, 987654321\n");
    folder
}

const RULES: [&str; 3] = ["--no-builtin", "--rules", "pack.toml"];

fn args<'a>(args: &[&'a str]) -> Vec<&'a str> {
    [args, &RULES].concat()
}

#[test]
fn resolving_shows_the_winner_with_what_lost_to_it() {
    let folder = folder();
    let all = run(
        folder.path(),
        &args(&["scan", "in.txt", "--format", "jsonl"]),
    );
    assert_eq!(all.stdout.lines().count(), 4);
    let scan = ["scan", "in.txt", "--format", "jsonl", "--resolve"];
    let resolved = run(folder.path(), &args(&scan));
    assert_eq!(resolved.status, 1, "{}", resolved.stderr);
    let rows: Vec<Value> = resolved
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(rows[0]["classifier"], "custom.tax");
    let claims = json!([{
        "classifier": "custom.phone", "start": 4, "end": 13, "confidence": 50,
        "reason": "no keyword near, and the other has one",
    }]);
    assert_eq!(rows[0]["claims"], claims);

    let one = [
        "scan",
        "in.txt",
        "--format",
        "jsonl",
        "--resolve",
        "--select",
        "custom.phone",
    ];
    let one = run(folder.path(), &args(&one));
    assert_eq!(
        one.stdout.lines().count(),
        2,
        "what is not asked for wins nothing"
    );
    assert!(!one.stdout.contains("claims"));
}

#[test]
fn messages_are_resolved_too() {
    let folder = folder();
    fs::write(
        folder.path().join("in.jsonl"),
        "{\"id\": 1, \"text\": \"tax 123456789\"}\n",
    )
    .unwrap();
    let scan = ["scan", "in.jsonl", "--input-format", "jsonl", "--resolve"];
    let answer = run(folder.path(), &args(&scan));
    let answer: Value = serde_json::from_str(&answer.stdout).unwrap();
    assert_eq!(answer["findings"].as_array().unwrap().len(), 1);
    assert_eq!(
        answer["findings"][0]["claims"][0]["classifier"],
        "custom.phone"
    );
}

#[test]
fn explain_tells_what_wins_and_what_loses() {
    let folder = folder();
    let explain = |id| run(folder.path(), &args(&["explain", id, "--on", "in.txt"])).stdout;
    let won = explain("custom.tax");
    let loser = "    bytes 4..13  custom.phone loses: no keyword near, and the other has one";
    assert!(won.contains(loser), "{won}");
    let lost = explain("custom.phone");
    assert!(
        lost.contains("    bytes 4..13  custom.tax wins: no keyword"),
        "{lost}"
    );
    let card = run(folder.path(), &args(&["explain", "custom.tax"])).stdout;
    assert!(card.contains("evidence    3 bits"), "{card}");
}
