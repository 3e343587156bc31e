//! Tables and documents to indexes, and indexes beside the packs.

mod program;

use std::fmt::Write;
use std::fs;
use std::path::Path;

use program::{Run, run, run_with};
use serde_json::Value;
use tempfile::TempDir;

const SCHEMA: &str = "name = \"people\"\n\
    [[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\n\
    [[column]]\nname = \"last_name\"\ntype = \"name\"\n\
    [match]\ncolumns = 2\nwithin = 100\n";

/// A made-up account number, and a name.
fn cells(n: u64) -> (String, String) {
    let mixed = n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let letters = (0..8).map(|i| char::from(b'a' + (mixed >> (8 * i)) as u8 % 26));
    (format!("{:010}", mixed % 10_000_000_000), letters.collect())
}

fn table(rows: std::ops::Range<u64>) -> String {
    let mut text = "account,last_name\n".to_owned();
    for n in rows {
        let (account, name) = cells(n);
        writeln!(text, "{account},{name}").unwrap();
    }
    text
}

/// A text in which a row stands.
fn text(n: u64) -> String {
    let (account, name) = cells(n);
    format!(
        "Ms {} asked about {}-{}.\n",
        name.to_uppercase(),
        &account[..4],
        &account[4..]
    )
}

fn folder() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("people.toml", SCHEMA);
    write("people.csv", &table(0..200));
    write("key", "an example of a secret\n");
    write("text", &text(7));
    folder
}

fn command(folder: &TempDir, line: &str) -> Run {
    let args: Vec<&str> = line.split_whitespace().collect();
    run(folder.path(), &args)
}

/// The command, which must succeed; what it says.
fn done(folder: &TempDir, line: &str) -> String {
    let ended = command(folder, line);
    assert_eq!(ended.status, 0, "`{line}`: {}", ended.stderr);
    ended.stderr
}

const BUILD: &str = "index exact people.csv --schema people.toml --key-file key -o people.sgx";
const SCAN: &str = "scan --no-builtin --exact people.sgx --key-file key";

fn made() -> TempDir {
    let folder = folder();
    done(&folder, BUILD);
    folder
}

/// Whether a scan finds the row.
fn finds(folder: &TempDir, n: u64) -> bool {
    fs::write(folder.path().join("row"), text(n)).unwrap();
    let ended = command(folder, &format!("{SCAN} --format jsonl row"));
    assert!(ended.status < 2, "{}", ended.stderr);
    assert!(ended.status == 0 || ended.stdout.contains("\"exact.people\""));
    ended.status == 1
}

#[test]
fn rows_are_found_by_every_command() {
    let folder = folder();
    let said = done(&folder, BUILD);
    assert!(
        said.starts_with("exact.people: 200 rows, 200 cells that lead to them,"),
        "{said}"
    );
    assert!(finds(&folder, 7) && finds(&folder, 199) && !finds(&folder, 200));
    let options = "--no-builtin --exact people.sgx --key-file key";
    let line = format!("redact {options} text");
    let redacted = command(&folder, &line);
    assert_eq!(redacted.status, 0, "{}", redacted.stderr);
    assert!(
        redacted.stdout.contains("[EXACT_PEOPLE]"),
        "{}",
        redacted.stdout
    );
    let hashed = command(&folder, &line.replace("redact", "redact --style hash"));
    assert!(
        hashed.stdout.contains("[exact.people:"),
        "{}",
        hashed.stdout
    );
    assert!(
        command(&folder, &format!("list {options}"))
            .stdout
            .contains("exact.people")
    );
    let card = command(&folder, &format!("explain exact.people {options}")).stdout;
    assert!(card.contains("Rows of people"), "{card}");
    let bench = command(&folder, &format!("bench --input text --reps 1 {options}"));
    let row: Value = serde_json::from_str(&bench.stdout).unwrap();
    assert_eq!((&row["findings"], &row["rules"]), (&2.into(), &1.into()));
    fs::write(
        folder.path().join("policy.toml"),
        "[[rule]]\nname = \"rows\"\nclassifiers = [\"exact.*\"]\naction = \"block\"\n",
    )
    .unwrap();
    let line = format!("guard --policy policy.toml --wire text --channel prompt {options}");
    let args: Vec<&str> = line.split_whitespace().collect();
    assert_eq!(run_with(folder.path(), &args, text(7).as_bytes()).status, 1);
    assert_eq!(run_with(folder.path(), &args, b"no row").status, 0);
}

#[test]
fn an_index_is_shown_without_its_key() {
    let folder = made();
    let shown = command(&folder, "index show people.sgx");
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    for part in [
        "At least 2 of 2 columns of one row within 100 bytes",
        "  rows 200\n",
        "name account",
        "type digits",
    ] {
        assert!(shown.stdout.contains(part), "{part}: {}", shown.stdout);
    }
    let json: Value =
        serde_json::from_str(&command(&folder, "index show people.sgx --format json").stdout)
            .unwrap();
    assert_eq!(json["exact"]["rows"], 200);
    let bytes = fs::read(folder.path().join("people.sgx")).unwrap();
    let holds = |text: &str| {
        bytes
            .windows(text.len())
            .any(|part| part == text.as_bytes())
    };
    assert!((0..200).all(|n| !holds(&cells(n).0) && !holds(&cells(n).1)));
}

#[test]
fn an_index_is_the_same_from_a_file_and_from_standard_input() {
    let folder = made();
    let expected = fs::read(folder.path().join("people.sgx")).unwrap();
    let line = BUILD
        .replace("people.csv", "-")
        .replace("people.sgx", "piped.sgx");
    let args: Vec<&str> = line.split_whitespace().collect();
    let ended = run_with(
        folder.path(),
        &args,
        table(0..200).replace(',', ";").as_bytes(),
    );
    assert_eq!(ended.status, 2);
    assert!(
        ended
            .stderr
            .contains("`--delimiter` sets another delimiter"),
        "{}",
        ended.stderr
    );
    let line = format!("{line} --delimiter ;");
    let args: Vec<&str> = line.split_whitespace().collect();
    let ended = run_with(
        folder.path(),
        &args,
        table(0..200).replace(',', ";").as_bytes(),
    );
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    assert!(
        ended.stderr.contains("an interrupted build begins anew"),
        "{}",
        ended.stderr
    );
    assert!(fs::read(folder.path().join("piped.sgx")).unwrap() == expected);
}

#[test]
fn rows_are_added_and_taken_out() {
    let folder = made();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("people.csv", &table(200..210));
    write("gone.csv", &(table(5..8) + "1234567890,nobody\n"));
    let said = done(&folder, &format!("{BUILD} --update --remove gone.csv"));
    assert!(said.contains("10 rows added, 3 taken out"), "{said}");
    assert!(
        said.contains("line 5: the index does not hold the row"),
        "{said}"
    );
    assert!(finds(&folder, 4) && finds(&folder, 8) && finds(&folder, 209));
    assert!(!finds(&folder, 5) && !finds(&folder, 7));
    done(
        &folder,
        &format!(
            "{} --update --remove gone.csv",
            BUILD.replace("people.csv", "")
        ),
    );
    write(
        "people.toml",
        &SCHEMA.replace("within = 100", "within = 90"),
    );
    let refused = command(&folder, &format!("{BUILD} --update"));
    assert_eq!(refused.status, 2);
    assert!(
        refused
            .stderr
            .contains("made with another schema (people.sgx)"),
        "{}",
        refused.stderr
    );
}

#[test]
fn what_is_left_out_is_told_without_values() {
    let folder = folder();
    let rows = "account,last_name\n1234-5678-90,Ashworth\nnone,Ashworth\n12345678,\n,,\n";
    fs::write(folder.path().join("people.csv"), rows).unwrap();
    let said = done(&folder, BUILD);
    for part in [
        "2 rows left out:",
        "  line 3: no cell of a primary column leads to the row",
        "  line 5: 3 fields stand in place of 2",
        "1 cell of `account`",
        ": lines 3",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(
        !said.contains("Ashworth") && !said.contains("none"),
        "{said}"
    );
}

/// Sentences of made-up words.
fn sentences(seed: u64) -> String {
    let words = (0..200).map(|n| cells(seed * 1000 + n).1);
    words.collect::<Vec<_>>().join(" ")
}

#[test]
fn passages_of_documents_are_found() {
    let folder = folder();
    fs::create_dir(folder.path().join("Old Minutes")).unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    write("Old Minutes/first.md", &sentences(1));
    write("Old Minutes/second.txt", &sentences(2));
    write("Old Minutes/note", "hardly a word");
    write("third.txt", &sentences(3));
    let index = |more: &[&str]| {
        let line = "index documents --key-file key -o minutes.sgf";
        let args: Vec<&str> = line
            .split_whitespace()
            .chain(more.iter().copied())
            .collect();
        let ended = run(folder.path(), &args);
        assert_eq!(ended.status, 0, "{}", ended.stderr);
        ended.stderr
    };
    let finds = |seed: u64| {
        let text = sentences(seed);
        let passage = &text[200..1000];
        write(
            "mail",
            &format!(
                "They wrote:\n{}\n",
                passage.to_uppercase().replace(' ', "\n> ")
            ),
        );
        let line = "scan --no-builtin --documents minutes.sgf --key-file key --format jsonl mail";
        let ended = command(&folder, line);
        assert!(ended.status < 2, "{}", ended.stderr);
        ended.stdout.contains("\"document.old-minutes\"")
    };
    let said = index(&["Old Minutes"]);
    assert!(said.contains("  note: too short: 3 words"), "{said}");
    assert!(
        said.contains("document.old-minutes: 2 documents, 400 words read"),
        "{said}"
    );
    assert!(finds(1) && finds(2) && !finds(3));
    let shown = command(&folder, "index show minutes.sgf");
    assert_eq!(shown.status, 0, "{}", shown.stderr);
    assert!(shown.stdout.contains("documents 2\n"), "{}", shown.stdout);
    fs::create_dir(folder.path().join("more")).unwrap();
    write("more/third.txt", &sentences(3));
    write("more/second.txt", &sentences(4));
    let said = index(&[
        "more", "--update", "--remove", "first.md", "--remove", "none",
    ]);
    assert!(
        said.contains("1 document added, 1 replaced, 1 taken out"),
        "{said}"
    );
    assert!(said.contains("the index does not hold `none`"), "{said}");
    assert!(!finds(1) && !finds(2) && finds(3) && finds(4));
}

/// Files that the table below refers to.
fn prepare(folder: &TempDir) {
    let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    write("short.key", b"too short\n");
    write("other.key", b"another example of a secret");
    write("empty", b"");
    write("schema.toml", SCHEMA.replace("digits", "digit").as_bytes());
    write("latin1.toml", b"# caf\xe9\n");
    write(
        "heading.csv",
        table(0..3).replace("last_name", "lastname").as_bytes(),
    );
    write(
        "bad.csv",
        format!("{}{}", table(0..3), "x\n".repeat(20)).as_bytes(),
    );
    let image = fs::read(folder.path().join("people.sgx")).unwrap();
    write("cut.sgx", &image[..image.len() / 2]);
    write("stub.sgx", &image[..12]);
    write("longer.sgx", &[&image[..], b"more"].concat());
    let change = |name: &str, at: usize| {
        let mut image = image.clone();
        image[at] ^= 0x40;
        write(name, &image);
    };
    change("flipped.sgx", image.len() - 70);
    change("newer.sgx", 8);
    change("foreign.sgx", 0);
    fs::create_dir(folder.path().join("folder")).unwrap();
}

/// Arguments, and a part of what standard error says.
const WRONG: &[(&str, &str)] = &[
    ("index", "Usage"),
    ("index exact people.csv", "--schema <FILE>"),
    (
        "index exact people.csv --schema people.toml -o x.sgx",
        "--key-file <FILE>",
    ),
    (
        "index exact --schema people.toml --key-file key -o x.sgx",
        "<TABLE>",
    ),
    (
        "index exact people.csv --schema people.toml --key-file key -o x.sgx --delimiter ab",
        "must be one character",
    ),
    (
        "index exact people.csv --schema people.toml --key-file key -o x.sgx --remove people.csv",
        "--update",
    ),
    (
        "index exact none.csv --schema people.toml --key-file key -o x.sgx",
        "No such file or directory (none.csv)",
    ),
    (
        "index exact folder --schema people.toml --key-file key -o x.sgx",
        "(folder)",
    ),
    (
        "index exact empty --schema people.toml --key-file key -o x.sgx",
        "the table is empty (empty)",
    ),
    (
        "index exact people.csv --schema none.toml --key-file key -o x.sgx",
        "(none.toml)",
    ),
    (
        "index exact people.csv --schema schema.toml --key-file key -o x.sgx",
        "did you mean `digits`?",
    ),
    (
        "index exact people.csv --schema schema.toml --key-file key -o x.sgx",
        "the schema can't be used (schema.toml)",
    ),
    (
        "index exact people.csv --schema latin1.toml --key-file key -o x.sgx",
        "SG111",
    ),
    (
        "index exact people.csv --schema people.toml --key-file none.key -o x.sgx",
        "head -c 32 /dev/urandom",
    ),
    (
        "index exact people.csv --schema people.toml --key-file short.key -o x.sgx",
        "the key has 9 bytes, it takes at least 16 (short.key)",
    ),
    (
        "index exact heading.csv --schema people.toml --key-file key -o x.sgx",
        "the table has no column `last_name` (heading.csv:1)",
    ),
    (
        "index exact heading.csv --schema people.toml --key-file key -o x.sgx",
        "did you mean `lastname`?",
    ),
    (
        "index exact bad.csv --schema people.toml --key-file key -o x.sgx",
        "20 of the 23 rows are bad",
    ),
    (
        "index exact people.csv --schema people.toml --key-file key -o none/x.sgx",
        "can't write: No such file or directory (none/x.sgx)",
    ),
    (
        "index exact people.csv --schema people.toml --key-file key -o folder",
        "can't write: is a directory (folder)",
    ),
    (
        "index exact people.csv --schema people.toml --key-file key -o x.sgx --update",
        "there is no index to update (x.sgx)",
    ),
    (
        "index exact people.csv --schema people.toml --key-file other.key -o people.sgx --update",
        "was made with the key",
    ),
    (
        "index exact people.csv --schema people.toml --key-file key -o cut.sgx --update",
        "exact-data index is truncated",
    ),
    (
        "index documents folder --key-file key -o x.sgf",
        "no documents are left to index (folder)",
    ),
    (
        "index documents none --key-file key -o x.sgf",
        "No such file or directory (none)",
    ),
    (
        "index documents text --key-file key -o x.sgf",
        "not a folder (text)",
    ),
    (
        "index documents folder --key-file key -o x.sgf --name A_B",
        "the name makes no classifier id",
    ),
    (
        "index documents folder --key-file short.key -o x.sgf",
        "the key has 9 bytes",
    ),
    (
        "index documents folder --key-file key -o x.sgf --update",
        "there is no index to update (x.sgf)",
    ),
    (
        "index documents folder --key-file key -o people.sgx --update",
        "another kind of index",
    ),
    (
        "index documents folder --key-file key -o x.sgf --minimum 9",
        "9 is not in 1..=8",
    ),
    (
        "index documents folder --key-file key -o x.sgf --severity bad",
        "possible values: info",
    ),
    (
        "scan --documents people.sgx --key-file key text",
        "another kind of index, not a document index",
    ),
    ("index show none.sgx", "(none.sgx)"),
    ("index show people.csv", "not a sluicegate"),
    ("index show cut.sgx", "is truncated"),
    (
        "scan --exact people.sgx text",
        "an index needs the key that it was made with (--key-file)",
    ),
    (
        "scan --exact people.sgx --key-file none.key text",
        "(none.key)",
    ),
    (
        "scan --exact people.sgx --key-file short.key text",
        "the key has 9 bytes",
    ),
    (
        "scan --exact people.sgx --key-file other.key text",
        "was made with the key",
    ),
    (
        "scan --exact people.sgx --exact people.sgx --key-file key text",
        "there is a classifier `exact.people` already (people.sgx)",
    ),
    (
        "scan --exact none.sgx --key-file key text",
        "No such file or directory (none.sgx)",
    ),
    (
        "scan --exact empty --key-file key text",
        "not a sluicegate exact-data index (empty)",
    ),
    (
        "scan --exact text --key-file key text",
        "not a sluicegate exact-data index (text)",
    ),
    (
        "scan --exact foreign.sgx --key-file key text",
        "not a sluicegate exact-data index",
    ),
    ("scan --exact stub.sgx --key-file key text", "is truncated"),
    ("scan --exact cut.sgx --key-file key text", "is truncated"),
    (
        "scan --exact longer.sgx --key-file key text",
        "trailing bytes",
    ),
    (
        "scan --exact flipped.sgx --key-file key text",
        "its digest does not match",
    ),
    (
        "scan --exact newer.sgx --key-file key text",
        "of format version",
    ),
    (
        "compile --exact people.sgx -o x.sgdb",
        "unexpected argument '--exact'",
    ),
    (
        "redact --style mask --key-file key text",
        "only `hash`, `fpe`, `token` and indexes take a key",
    ),
];

#[test]
fn wrong_input_is_refused_with_a_reason() {
    let folder = made();
    prepare(&folder);
    let mut wrong = Vec::new();
    for &(line, fragment) in WRONG {
        let Run { status, stderr, .. } = command(&folder, line);
        if status != 2 || !stderr.contains(fragment) || stderr.contains("panicked") {
            wrong.push(format!(
                "`{line}` ended with {status}, not 2 and `{fragment}`: {stderr}"
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    let is_left = |name: &str| Path::new(&folder.path().join(name)).exists();
    assert!(!is_left("x.sgx") && !is_left("x.sgx.work") && !is_left("people.sgx.work"));
}
