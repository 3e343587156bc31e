//! What `scan` and `redact` write.

mod program;

use std::fs;
use std::path::Path;

use program::{run, run_with};
use serde_json::Value;

const PACK: &str = r#"
[[classifier]]
id = "custom.ticket"
name = "Ticket"
severity = "high"
confidence = 80
tags = ["b", "a", "b"]
references = ["https://example.org/tickets"]
[[classifier.regex]]
pattern = '\bTCK-[0-9]{12}\b'

[[classifier]]
id = "custom.word"
severity = "low"
[[classifier.regex]]
pattern = '(?-u:\b)secretword'
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &[u8]| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    write("rules/pack.toml", PACK.as_bytes());
    write("in/b.txt", "first\né😀 TCK-123456789012 x\n".as_bytes());
    write("in/a/z.txt", b"secretword");
    write("in/a.txt", b"\xff\x1b[31m TCK-000000000000\x00");
    write("in/.hidden", b"TCK-111111111111");
    write("in/.gitignore", b"ignored*\n");
    write("in/ignored.txt", b"TCK-222222222222");
    write("in/.git/config", b"TCK-333333333333");
    folder
}

fn scan(folder: &Path, more: &[&str]) -> program::Run {
    let mut args = vec!["scan", "--no-builtin", "--rules", "rules"];
    args.extend(more);
    run(folder, &args)
}

fn rows(text: &str) -> Vec<Value> {
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn json_lines_have_the_agreed_keys_in_a_fixed_order() {
    let folder = folder();
    let one = scan(folder.path(), &["--format", "jsonl", "--jobs", "1", "in"]);
    let many = scan(folder.path(), &["--format", "jsonl", "--jobs", "8", "in"]);
    assert_eq!((one.status, one.stderr.as_str()), (1, ""));
    assert_eq!(one.stdout, many.stdout);
    let rows = rows(&one.stdout);
    let paths: Vec<&str> = rows
        .iter()
        .map(|row| row["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths, ["in/.hidden", "in/a/z.txt", "in/a.txt", "in/b.txt"]);
    let mut last = rows[3].clone();
    let hash = last["value_hash"].take();
    assert_eq!(hash.as_str().unwrap().len(), 16);
    assert_eq!(
        last.to_string(),
        serde_json::json!({
            "path": "in/b.txt", "classifier": "custom.ticket", "start": 13, "end": 29, "line": 2,
            "column": 8, "severity": "high", "confidence": 80, "view": "raw", "value_hash": null,
        })
        .to_string()
    );
    assert!(!one.stdout.contains("123456789012"));
    let shown = scan(
        folder.path(),
        &["--format", "jsonl", "--show-values", "in/b.txt"],
    );
    assert!(shown.stdout.contains(r#""value":"TCK-123456789012""#));
}

#[test]
fn text_masks_values_and_escapes_what_a_terminal_would_obey() {
    let folder = folder();
    let text = scan(folder.path(), &["in"]);
    assert_eq!(text.status, 1);
    assert!(
        text.stdout
            .contains("in/b.txt:2:8  high  custom.ticket  80\n"),
        "{}",
        text.stdout
    );
    assert!(
        text.stdout.contains("  2 | é😀 TC************12 x\n"),
        "{}",
        text.stdout
    );
    assert!(
        text.stdout.contains("    |     ^^^^^^^^^^^^^^^^\n"),
        "{}",
        text.stdout
    );
    assert!(
        text.stdout
            .contains(r"\xff\u{1b}[31m TC************00\u{0}"),
        "{}",
        text.stdout
    );
    assert!(!text.stdout.contains('\x1b'));
    assert!(text.stderr.starts_with("4 findings in 4 of "));
    let colored = scan(folder.path(), &["--color", "always", "in/b.txt"]);
    assert!(colored.stdout.contains("\x1b[31mhigh\x1b[0m"));
    let shown = scan(folder.path(), &["--show-values", "in/b.txt"]);
    assert!(shown.stdout.contains("TCK-123456789012"));
}

#[test]
fn long_lines_are_cut_around_the_value() {
    let folder = folder();
    let line = format!(
        "{}TCK-123456789012 secretword{}",
        "a ".repeat(500_000),
        " z".repeat(500_000)
    );
    let args = ["scan", "--no-builtin", "--rules", "rules", "-"];
    let ended = run_with(folder.path(), &args, line.as_bytes());
    assert!(
        ended.stdout.contains("-:1:1000001  high"),
        "{}",
        ended.stdout
    );
    assert!(ended.stdout.lines().all(|line| line.chars().count() < 120));
    assert!(
        !ended.stdout.contains("secretword"),
        "a neighbour is masked too"
    );
}

#[test]
fn findings_are_chosen_by_id_and_confidence() {
    let folder = folder();
    let chosen = |more: &[&str]| {
        let mut args = vec!["--format", "jsonl", "in"];
        args.extend(more);
        rows(&scan(folder.path(), &args).stdout).len()
    };
    assert_eq!(chosen(&["--select", "custom.w*"]), 1);
    assert_eq!(
        chosen(&["--select", "custom.word", "--select", "*.ticket"]),
        4
    );
    assert_eq!(chosen(&["--min-confidence", "80"]), 3);
    assert_eq!(chosen(&["--min-confidence", "81"]), 0);
}

#[test]
fn messages_are_answered_in_order() {
    let folder = folder();
    let input = "{\"id\":\"m1\",\"text\":\"TCK-123456789012\"}\n\n{\"id\":2,\"text\":\"none\",\"more\":[]}\n";
    let args = [
        "scan",
        "--no-builtin",
        "--rules",
        "rules",
        "--input-format",
        "jsonl",
        "-",
    ];
    let ended = run_with(folder.path(), &args, input.as_bytes());
    assert_eq!(ended.status, 1);
    assert_eq!(
        ended.stdout,
        "{\"id\":\"m1\",\"findings\":[{\"classifier\":\"custom.ticket\",\"start\":0,\"end\":16,\
         \"severity\":\"high\",\"confidence\":80,\"view\":\"raw\"}]}\n{\"id\":2,\"findings\":[]}\n"
    );
}

#[test]
fn a_compiled_database_gives_the_same_findings() {
    let folder = folder();
    let made = run(
        folder.path(),
        &["compile", "rules", "--no-builtin", "-o", "x.sgdb"],
    );
    assert_eq!(made.status, 0, "{}", made.stderr);
    let from_rules = scan(folder.path(), &["--format", "jsonl", "in"]);
    let from_db = run(
        folder.path(),
        &["scan", "--db", "x.sgdb", "--format", "jsonl", "in"],
    );
    assert_eq!(from_rules.stdout, from_db.stdout);
}

#[test]
fn nothing_found_is_status_0() {
    let folder = folder();
    for format in ["text", "jsonl", "sarif"] {
        let ended = scan(folder.path(), &["--format", format, "in/.gitignore"]);
        assert_eq!(ended.status, 0, "{}", ended.stderr);
    }
}

#[test]
fn redaction_writes_the_input_without_its_values() {
    let folder = folder();
    fs::write(folder.path().join("key"), "0123456789abcdef\n").unwrap();
    let redact = |more: &[&str], input: &[u8]| {
        let mut args = vec!["redact", "--no-builtin", "--rules", "rules"];
        args.extend(more);
        let ended = run_with(folder.path(), &args, input);
        assert_eq!((ended.status, ended.stderr.as_str()), (0, ""));
        ended.stdout
    };
    let input = b"a TCK-123456789012 b\n";
    assert_eq!(redact(&[], input), "a [CUSTOM_TICKET] b\n");
    assert_eq!(
        redact(&["--style", "mask", "-"], input),
        "a **************** b\n"
    );
    assert_eq!(
        redact(&["--style", "partial"], input),
        "a ************9012 b\n"
    );
    assert_eq!(
        redact(&["--style", "partial", "--keep", "2"], input),
        "a **************12 b\n"
    );
    assert_eq!(
        redact(&["--select", "custom.word"], input),
        "a TCK-123456789012 b\n"
    );
    assert_eq!(
        redact(
            &["--style", "numbered"],
            b"TCK-123456789012 TCK-000000000000 TCK-123456789012"
        ),
        "[TICKET_1] [TICKET_2] [TICKET_1]"
    );
    let hashed = redact(&["--style", "hash", "--key-file", "key"], input);
    assert!(hashed.starts_with("a [custom.ticket:"), "{hashed}");
    assert_eq!(
        redact(&["--style", "hash", "--key-file", "key"], hashed.as_bytes()),
        hashed
    );
}

#[test]
fn redaction_with_a_key_can_be_turned_back() {
    let folder = folder();
    fs::write(folder.path().join("key"), "0123456789abcdef\n").unwrap();
    fs::write(folder.path().join("other"), "fedcba9876543210\n").unwrap();
    let redact = |more: &[&str], input: &str| {
        let mut args = vec!["redact", "--no-builtin", "--rules", "rules"];
        args.extend(more);
        run_with(folder.path(), &args, input.as_bytes())
    };
    let input = "a TCK-123456789012 b\n";
    // A ticket always begins with the same letters: hardly another value has its form, so that
    // `fpe` makes a token too.
    for style in ["token", "fpe"] {
        let there = redact(&["--style", style, "--key-file", "key"], input);
        let start = "a [tok:custom.ticket:";
        assert!(there.stdout.starts_with(start), "{}", there.stdout);
        let back = redact(
            &["--restore", "--style", style, "--key-file", "key"],
            &there.stdout,
        );
        assert_eq!((back.status, back.stdout.as_str()), (0, input));
        assert_eq!(back.stderr, "");
    }
    let there = redact(&["--style", "token", "--key-file", "key"], input);
    let back = redact(&["--restore", "--key-file", "other"], &there.stdout);
    assert_eq!((back.status, back.stdout), (0, there.stdout));
    assert!(back.stderr.contains("1 token is left"), "{}", back.stderr);
}

/// What a benchmark of the folder's rules on its text prints.
fn bench(folder: &Path, more: &[&str]) -> Value {
    let mut args = vec![
        "bench",
        "--no-builtin",
        "--rules",
        "rules",
        "--input",
        "text",
    ];
    args.extend(more);
    let ended = run(folder, &args);
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    serde_json::from_str(&ended.stdout).unwrap()
}

#[test]
fn bench_prints_the_agreed_keys() {
    let folder = folder();
    fs::write(
        folder.path().join("text"),
        "TCK-123456789012 and more. ".repeat(1000),
    )
    .unwrap();
    let row = bench(folder.path(), &["--chunk", "2700", "--threads", "2"]);
    for key in [
        "rules",
        "bytes",
        "chunk",
        "threads",
        "reps",
        "kernel",
        "best_bytes_per_s",
        "median_bytes_per_s",
        "p50_ns",
        "p99_ns",
        "findings",
        "compile_ms",
        "load_ms",
        "db_bytes",
        "scratch_bytes",
    ] {
        assert!(!row[key].is_null(), "{key}");
    }
    assert_eq!(
        (&row["findings"], &row["bytes"]),
        (&1000.into(), &27000.into())
    );
}

#[test]
fn a_profile_tells_what_stages_and_detectors_cost() {
    let folder = folder();
    let text = "TCK-123456789012 and TCK-12. ".repeat(1000);
    fs::write(folder.path().join("text"), text).unwrap();
    let row = bench(folder.path(), &["--profile"]);
    assert_eq!(row["findings"], 1000);
    let stages = row["stages"].as_array().unwrap();
    let names: Vec<&str> = stages
        .iter()
        .map(|stage| stage["stage"].as_str().unwrap())
        .collect();
    let expected = [
        "grams",
        "shapes",
        "checks",
        "verification",
        "terms",
        "indexes",
    ];
    assert_eq!(names, expected);
    let number = |value: &Value| value.as_u64().unwrap();
    let sum = |rows: &[Value], key: &str| rows.iter().map(|row| number(&row[key])).sum::<u64>();
    assert!(sum(stages, "time_ns") > 0);
    // Shares are rounded down, and stages that were timed apart may add up to more than the whole.
    assert!(sum(stages, "per_mille") >= 990, "{stages:?}");
    let detectors = row["profile"].as_array().unwrap();
    assert_eq!(detectors[0]["classifier"], "custom.ticket");
    assert_eq!(
        number(&stages[2]["operations"]),
        sum(detectors, "candidates")
    );
    assert_eq!(number(&stages[3]["operations"]), sum(detectors, "steps"));
    assert!(sum(detectors, "time_ns") <= number(&stages[3]["time_ns"]));
}

/// One rule for each reason, and one that is cheap.
const EXPENSIVE: &str = r#"
[[classifier]]
id = "custom.everywhere"
[[classifier.regex]]
pattern = '[a-z.]+'

[[classifier]]
id = "custom.common"
[[classifier.regex]]
pattern = '[0-9]{5}'

[[classifier]]
id = "custom.long"
[[classifier.regex]]
pattern = '\b[A-Z]{20}[0-9]{20}[a-z]*\b'

[[classifier]]
id = "custom.cheap"
[[classifier.regex]]
pattern = '\bTCK-[0-9]{12}\b'
"#;

#[test]
fn check_says_which_rules_are_expensive_and_why() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("x.toml"), EXPENSIVE).unwrap();
    let ended = run(folder.path(), &["check", "x.toml", "--format", "json"]);
    // Expensive rules work.
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    let report: Value = serde_json::from_str(&ended.stdout).unwrap();
    let said: Vec<(&str, &str, &str, &str)> = report["diagnostics"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| {
            let field = |key: &str| problem[key].as_str().unwrap();
            (
                field("code"),
                field("classifier"),
                field("message"),
                field("hint"),
            )
        })
        .filter(|(code, ..)| ["SG407", "SG408"].contains(code))
        .collect();
    let expected = [
        ("SG407", "custom.everywhere", "first byte", "literal"),
        (
            "SG408",
            "custom.common",
            "about one position in",
            "boundary",
        ),
        ("SG408", "custom.long", "may have 4096 bytes", "max_len"),
    ];
    assert_eq!(said.len(), expected.len(), "{said:#?}");
    for (said, expected) in said.iter().zip(expected) {
        assert_eq!((said.0, said.1), (expected.0, expected.1), "{said:?}");
        assert!(said.2.contains(expected.2), "{said:?}");
        assert!(said.3.contains(expected.3), "{said:?}");
    }
}

#[test]
fn explain_tells_what_became_of_each_place() {
    let folder = folder();
    let args = [
        "explain",
        "custom.ticket",
        "--no-builtin",
        "--rules",
        "rules",
    ];
    let card = run(folder.path(), &args).stdout;
    assert!(card.contains("route") && card.contains("anchor"), "{card}");
    let mut on = args.to_vec();
    on.extend(["--on", "in/b.txt"]);
    let ended = run(folder.path(), &on);
    assert!(
        ended
            .stdout
            .contains("in/b.txt:2:8  bytes 13..29  detector 0  kept"),
        "{}",
        ended.stdout
    );
}

/// The members that the standard requires, and the relations that a schema can't state.
#[test]
fn sarif_has_the_required_structure() {
    let folder = folder();
    let ended = scan(folder.path(), &["--format", "sarif", "in", "none"]);
    assert_eq!(ended.status, 2);
    let log: Value = serde_json::from_str(&ended.stdout).unwrap();
    assert_eq!(log["version"], "2.1.0");
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    let driver = &run["tool"]["driver"];
    assert_eq!(driver["name"], "sluicegate");
    let rules = driver["rules"].as_array().unwrap();
    assert_eq!(rules.len(), 2);
    assert_eq!(rules[0]["helpUri"], "https://example.org/tickets");
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    assert_eq!(
        rules[0]["properties"]["tags"],
        serde_json::json!(["a", "b"])
    );
    assert!(run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"].is_string());
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), 4);
    for result in results {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(result["ruleId"], rules[index]["id"]);
        assert!(
            result["message"]["text"]
                .as_str()
                .is_some_and(|text| !text.is_empty())
        );
        assert!(["note", "warning", "error"].contains(&result["level"].as_str().unwrap()));
        let place = &result["locations"][0]["physicalLocation"];
        assert!(
            place["artifactLocation"]["uri"]
                .as_str()
                .unwrap()
                .starts_with("in/")
        );
        for key in [
            "startLine",
            "startColumn",
            "endLine",
            "endColumn",
            "byteLength",
        ] {
            assert!(place["region"][key].as_u64().unwrap() >= 1, "{key}");
        }
        assert_eq!(
            result["partialFingerprints"]["valueHash/v2"]
                .as_str()
                .unwrap()
                .len(),
            16
        );
    }
    let region = &results[3]["locations"][0]["physicalLocation"]["region"];
    assert_eq!(
        (&region["startLine"], &region["startColumn"]),
        (&2.into(), &5.into())
    );
    assert_eq!(
        (&region["endLine"], &region["endColumn"]),
        (&2.into(), &21.into())
    );
    assert_eq!(
        (&region["byteOffset"], &region["byteLength"]),
        (&13.into(), &16.into())
    );
}
