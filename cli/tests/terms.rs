//! Dictionaries of words with a file of terms, from the command line.

mod program;

use std::fs;

use program::run;

const PACK: &str = r#"
[[classifier]]
id = "custom.names"
[[classifier.dictionary]]
match = "words"
terms = ["Acme Corporation"]
file = "names.txt"

[[classifier]]
id = "custom.plot"
[[classifier.dictionary]]
match = "words"
file = "plot.txt"
threshold = 5
within = 40
"#;

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("pack.toml", PACK);
    write("names.txt", "# Places.\n東京都庁\nÉcole Normale\n");
    write("plot.txt", "fuse\t3\nwire\t2\n");
    write(
        "in.txt",
        "ACME corporation\necole normale, fuse\nwire and more ------------------ wire\n",
    );
    folder
}

#[test]
fn terms_of_a_file_beside_the_pack_are_found_and_compiled_in() {
    let folder = folder();
    let path = folder.path();
    let args = [
        "--no-builtin",
        "--rules",
        "pack.toml",
        "--format",
        "jsonl",
        "in.txt",
    ];
    let scan = run(path, &[&["scan"], &args[..]].concat());
    let spans: Vec<String> = scan
        .stdout
        .lines()
        .map(|line| {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            format!("{} {} {}", row["classifier"], row["start"], row["end"])
        })
        .collect();
    assert_eq!(
        spans,
        [
            "\"custom.names\" 0 16",
            "\"custom.names\" 17 30",
            "\"custom.plot\" 32 41"
        ]
    );
    let compile = ["compile", "--no-builtin", "pack.toml", "-o", "all.sgdb"];
    let compiled = run(path, &compile);
    assert_eq!(compiled.status, 0, "{}", compiled.stderr);
    fs::remove_file(path.join("names.txt")).unwrap();
    let again = run(
        path,
        &["scan", "--db", "all.sgdb", "--format", "jsonl", "in.txt"],
    );
    assert_eq!(again.stdout, scan.stdout);
}

#[test]
fn explain_shows_terms_and_what_groups_reach() {
    let folder = folder();
    let rules = ["--no-builtin", "--rules", "pack.toml"];
    let explain = |more: &[&str]| run(folder.path(), &[&["explain"], more, &rules].concat()).stdout;
    let card = explain(&["custom.plot"]);
    for line in [
        "terms       2",
        "threshold   5",
        "reason      words, 2 terms;",
    ] {
        assert!(card.contains(line), "{card}");
    }
    let events = explain(&["custom.plot", "--on", "in.txt"]);
    for line in [
        "detector 0  counted: weight 3",
        "kept: a group: occurrences 2, weight 5 of 5; confidence 50",
        "dropped: a group: occurrences 1, weight 2 of 5, 3 missing",
    ] {
        assert!(events.contains(line), "{events}");
    }
}

#[test]
fn a_bad_term_is_shown_on_its_line() {
    let folder = folder();
    let path = folder.path();
    fs::write(path.join("names.txt"), "good\n...\n").unwrap();
    fs::remove_file(path.join("plot.txt")).unwrap();
    let check = run(path, &["check", "pack.toml"]);
    assert_eq!(check.status, 2);
    assert!(check.stdout.contains("names.txt:2:1"), "{}", check.stdout);
    assert!(check.stdout.contains("SG114"), "{}", check.stdout);
}
