//! What `guard` passes on, says and ends with.

mod program;

use std::fs;
use std::path::Path;

use program::{Run, run, run_with};
use serde_json::Value;

const PACK: &str = "[[classifier]]\nid = \"custom.ticket\"\n[[classifier.regex]]\npattern = '\\bTCK-[0-9]{4}\\b'\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    let rule = |more: &str| format!("[[rule]]\nname = \"tickets\"\n{more}");
    write("pack.toml", PACK);
    write("key", "a key for tests only\n");
    write("redact.toml", &rule("action = \"redact\"\n"));
    write(
        "hash.toml",
        &rule("action = \"redact\"\nstyle = \"hash\"\n"),
    );
    write(
        "block.toml",
        &rule("action = \"block\"\nchannels = [\"tool_args\"]\n"),
    );
    write(
        "misspelt.toml",
        &rule("action = \"flag\"\ntags = [\"none\"]\n"),
    );
    write("wrong.toml", &rule("actoin = \"block\"\n"));
    folder
}

fn guard(folder: &Path, args: &str, input: &str) -> Run {
    let mut all = vec!["guard", "--no-builtin", "--rules", "pack.toml"];
    all.extend(args.split(' '));
    run_with(folder, &all, input.as_bytes())
}

#[test]
fn text_and_json_pass_without_their_values() {
    let folder = folder();
    let run = guard(
        folder.path(),
        "--policy redact.toml --wire json --channel tool_args",
        "{\"note\": \"see TCK-1234\"}\n",
    );
    assert_eq!(
        (run.status, run.stdout.as_str()),
        (1, "{\"note\": \"see [CUSTOM_TICKET]\"}\n")
    );
    let verdict: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!(verdict["action"], "redact");
    assert_eq!(verdict["rule"], "tickets");
    assert_eq!(verdict["findings"][0]["start"], 14);
    assert!(!run.stderr.contains("1234"));
    let run = guard(
        folder.path(),
        "--policy hash.toml --wire text --channel prompt --key-file key",
        "see TCK-1234",
    );
    assert_eq!(run.status, 1, "{}", run.stderr);
    assert!(
        run.stdout.starts_with("see [custom.ticket:"),
        "{}",
        run.stdout
    );
    let named = guard(
        folder.path(),
        "--policy hash.toml --wire text --channel prompt --key main=key",
        "see TCK-1234",
    );
    assert_eq!(named.stdout, run.stdout);
}

#[test]
fn the_status_says_what_became_of_the_message() {
    let folder = folder();
    let block = "--policy block.toml --wire text --channel";
    let run = guard(folder.path(), &format!("{block} tool_args"), "TCK-1234");
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    let run = guard(folder.path(), &format!("{block} prompt"), "TCK-1234");
    assert_eq!((run.status, run.stdout.as_str()), (0, "TCK-1234"));
    let json = "--policy redact.toml --wire json --channel prompt";
    let run = guard(folder.path(), json, "{\"a\":\n1,}");
    assert_eq!((run.status, run.stdout.as_str()), (1, ""));
    assert!(run.stderr.contains("line 2, column 3"), "{}", run.stderr);
}

#[test]
fn a_verdict_in_a_file_leaves_room_for_advice() {
    let folder = folder();
    let args = "--policy misspelt.toml --wire text --channel prompt --verdict verdict.json";
    let run = guard(folder.path(), args, "-");
    assert_eq!((run.status, run.stdout.as_str()), (0, "-"));
    assert!(
        run.stderr
            .contains("warning[SG501]: rule `tickets`: no classifier has the tag `none`")
    );
    let verdict = fs::read_to_string(folder.path().join("verdict.json")).unwrap();
    assert_eq!(
        serde_json::from_str::<Value>(&verdict).unwrap()["action"],
        "allow"
    );
}

#[test]
fn what_is_wrong_passes_nothing_on() {
    let folder = folder();
    assert!(
        run(folder.path(), &["guard"])
            .stderr
            .contains("--policy <FILE>")
    );
    let common = "--wire text --channel prompt";
    for (args, word) in [
        (
            format!("--policy wrong.toml {common}"),
            "error[SG102]: a rule has no key `actoin`",
        ),
        (
            format!("--policy wrong.toml {common}"),
            "the policy can't be used (wrong.toml)",
        ),
        (format!("--policy none.toml {common}"), "can't read"),
        (
            format!("--policy hash.toml {common}"),
            "rule `tickets`: there is no key `main`",
        ),
        (
            format!("--policy hash.toml {common} --key main=key --key-file key"),
            "the key `main` is given twice",
        ),
        (
            format!("--policy hash.toml {common} --key main"),
            "must be a name, `=` and a file",
        ),
        (
            format!("--policy hash.toml {common} --key main=none.key"),
            "can't read",
        ),
        (
            format!("--policy redact.toml {common} --verdict no/folder"),
            "can't write",
        ),
        (
            "--policy redact.toml --wire xml --channel prompt".to_owned(),
            "possible values: text, json",
        ),
        (
            "--policy redact.toml --wire text --channel tool-args".to_owned(),
            "tool_args",
        ),
        (common.to_owned(), "--policy"),
    ] {
        let run = guard(folder.path(), &args, "TCK-1234");
        assert_eq!((run.status, run.stdout.as_str()), (2, ""), "{args}");
        assert!(run.stderr.contains(word), "{args}: {}", run.stderr);
    }
}

#[test]
fn a_stream_passes_on_what_the_whole_would() {
    let folder = folder();
    for chunk in [1, 3, 100] {
        let options = format!("--wire text --channel tool_args --stream --chunk {chunk}");
        let run = guard(
            folder.path(),
            &format!("--policy redact.toml {options}"),
            "see TCK-1234 and TCK-5678\n",
        );
        let expected = "see [CUSTOM_TICKET] and [CUSTOM_TICKET]\n";
        assert_eq!((run.status, run.stdout.as_str()), (1, expected));
        let verdict: Value = serde_json::from_str(&run.stderr).unwrap();
        assert_eq!(verdict["edits"], 2);
        let run = guard(
            folder.path(),
            &format!("--policy block.toml {options}"),
            "see TCK-1234 and TCK-5678\n",
        );
        assert_eq!((run.status, run.stdout.as_str()), (1, "see "));
    }
    let run = guard(
        folder.path(),
        "--policy redact.toml --wire json --channel tool_args --stream",
        "{}",
    );
    assert_eq!((run.status, run.stdout.as_str()), (2, ""));
    assert!(run.stderr.contains("--wire text"), "{}", run.stderr);
}
