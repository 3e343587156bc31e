//! Packs that change classifiers of others.

mod program;

use std::fs;
use std::path::Path;

use program::{run, run_with};

const PACK: &str = r#"
[[classifier]]
id = "custom.ticket"
confidence = 60
[[classifier.regex]]
pattern = '\bTCK-[0-9]{6}\b'
[classifier.context]
keywords = ["ticket"]

[[classifier]]
id = "custom.word"
[[classifier.regex]]
pattern = 'secretword'
"#;

fn folder(overrides: &str) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pack.toml"), PACK).unwrap();
    fs::write(folder.path().join("ours.toml"), overrides).unwrap();
    folder
}

/// The classifiers found in a text, with their confidence.
fn found(folder: &Path, text: &str) -> Vec<String> {
    let mut args = vec![
        "scan",
        "--no-builtin",
        "--rules",
        "pack.toml",
        "--rules",
        "ours.toml",
    ];
    args.extend(["--format", "jsonl", "-"]);
    let ended = run_with(folder, &args, text.as_bytes());
    assert!(ended.status < 2, "{}", ended.stderr);
    let lines = ended.stdout.lines().map(|line| {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        format!(
            "{} {}",
            row["classifier"].as_str().unwrap(),
            row["confidence"]
        )
    });
    lines.collect()
}

#[test]
fn overrides_change_what_scans_find() {
    let text = "secretword ticket TCK-123456 and TCK-000000, far from the word that is a keyword of theirs: TCK-654321";
    let all = [
        "custom.word 50",
        "custom.ticket 80",
        "custom.ticket 80",
        "custom.ticket 60",
    ];
    let ours = |overrides: &str| found(folder(overrides).path(), text);
    assert_eq!(ours(""), all);
    let rule = |ids: &str, rest: &str| format!("[[override]]\nclassifiers = [\"{ids}\"]\n{rest}\n");
    assert_eq!(ours(&rule("custom.*", "min_confidence = 61")), all[1..3]);
    assert_eq!(ours(&rule("custom.word", "disabled = true")), all[1..]);
    let exclude = "[override.exclude]\npatterns = ['0{6}']";
    assert_eq!(
        ours(&rule("custom.ticket", exclude)),
        [all[0], all[1], all[3]]
    );
    let context = "[override.context]\nkeywords = [\"theirs\"]\nwindow = 16\neffect = \"require\"";
    assert_eq!(ours(&rule("custom.ticket", context)), [all[0], all[3]]);
}

#[test]
fn wrong_overrides_are_told_what_is_wrong() {
    let check = |overrides: &str| {
        let folder = folder(overrides);
        let ended = run(folder.path(), &["check", "ours.toml"]);
        (ended.status, ended.stdout)
    };
    let (status, report) =
        check("[[override]]\nclassifiers = [\"secret.github.*\"]\nmin_confidence = 1\n");
    assert_eq!(status, 0, "{report}");
    for (overrides, code) in [
        (
            "[[override]]\nclassifiers = [\"secret.gone.*\"]\ndisabled = true\n",
            "SG414",
        ),
        (
            "[[override]]\nclassifiers = [\"secret.github.pat\"]\n",
            "SG103",
        ),
        ("[[override]]\ndisabled = true\n", "SG103"),
        (
            "[[override]]\nclassifiers = [\"A b\"]\ndisabled = true\n",
            "SG106",
        ),
        (
            "[[override]]\nclassifiers = [\"secret.github.pat\"]\nseverity = \"low\"\n",
            "SG102",
        ),
        (
            "[[override]]\nclassifiers = [\"secret.github.pat\"]\n[override.exclude]\npatterns = ['(']\n",
            "SG201",
        ),
        (
            "[[override]]\nclassifiers = [\"network.ip.v4\"]\nmin_confidence = 75\n",
            "SG115",
        ),
    ] {
        let (status, report) = check(overrides);
        assert!(report.contains(code), "{overrides}: {status} {report}");
        assert_eq!(status, if code == "SG414" { 0 } else { 2 });
    }
}
