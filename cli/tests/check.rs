//! Warnings that a classifier accepts.

mod program;

use std::fs;

use program::run;
use serde_json::Value;

const PACK: &str = r#"
[[classifier]]
id = "custom.number"
name = "Number"
description = "A number."
accept = [
    { code = "SG403", reason = "everybody knows numbers" },
    { code = "SG404", reason = "one is enough" },
    { code = "SG410", reason = "there is a description by now" },
]
[[classifier.regex]]
pattern = 'number [0-9]{5}'
[[classifier.example]]
text = "number 12345"
[[classifier.counterexample]]
text = "number 1234"
[[classifier.counterexample]]
text = "12345"
"#;

#[test]
fn accepted_warnings_are_counted_and_those_that_do_not_come_are_told() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pack.toml"), PACK).unwrap();
    let checked = run(folder.path(), &["check", "pack.toml"]);
    assert_eq!(checked.status, 0, "{}", checked.stderr);
    let told = checked.stdout.matches("warning[").count();
    assert_eq!(told, 1, "{}", checked.stdout);
    assert!(checked.stdout.contains("SG413"), "{}", checked.stdout);
    let count = "accepted warnings 2, which `--verbose` shows";
    assert!(checked.stdout.contains(count), "{}", checked.stdout);

    let verbose = run(folder.path(), &["check", "pack.toml", "--verbose"]).stdout;
    assert!(
        verbose.contains("because everybody knows numbers"),
        "{verbose}"
    );

    let json = run(folder.path(), &["check", "pack.toml", "--format", "json"]);
    let report: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(report["diagnostics"].as_array().unwrap().len(), 1);
    assert_eq!(report["accepted"][1]["diagnostic"]["code"], "SG404");
    assert_eq!(report["accepted"][1]["reason"], "one is enough");
}
