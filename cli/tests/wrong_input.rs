//! Whatever comes in, the program ends with status 2, says what is wrong, and does not panic.

mod program;

use std::fs;
use std::path::Path;

use program::{Run, run, run_with};

const PACK: &str =
    "[[classifier]]\nid = \"custom.ticket\"\n[[classifier.regex]]\npattern = 'TCK-[0-9]{4}'\n";

/// Files that the table below refers to.
fn prepare(folder: &Path) {
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    let pattern = |name: &str, pattern: &str| {
        let text = format!(
            "[[classifier]]\nid = \"custom.x\"\n[[classifier.regex]]\npattern = '{pattern}'\n"
        );
        write(name, text.as_bytes());
    };
    write("good.toml", PACK.as_bytes());
    write("twice.toml", format!("{PACK}{PACK}").as_bytes());
    write("empty", b"");
    write("text", b"TCK-1234\n");
    write("binary", b"\x00\xff\xfe\x80TCK-1234\x00");
    write("empty.toml", b"");
    write("latin1.toml", b"# caf\xe9\n");
    write("broken.toml", b"[[classifier]\nid = 3");
    write(
        "unknown-key.toml",
        format!("{PACK}sevrity = 3\n").as_bytes(),
    );
    write(
        "wrong-type.toml",
        b"[[classifier]]\nid = \"custom.x\"\nseverity = 3\n",
    );
    write("bad-id.toml", b"[[classifier]]\nid = \"Custom X\"\n");
    write("no-detector.toml", b"[[classifier]]\nid = \"custom.x\"\n");
    write(
        "validator.toml",
        format!("{PACK}validate = [\"nope\"]\n").as_bytes(),
    );
    write(
        "table.toml",
        b"[[table]]\nfile = \"../x.csv\"\n[table.classifier]\nid = \"custom.${a}\"\n",
    );
    write(
        "no-table.toml",
        b"[[table]]\nfile = \"none.csv\"\n[table.classifier]\nid = \"custom.${a}\"\n",
    );
    write(
        "example.toml",
        format!("{PACK}[[classifier.example]]\ntext = \"nothing\"\n").as_bytes(),
    );
    write(
        "counterexample.toml",
        format!("{PACK}[[classifier.counterexample]]\ntext = \"TCK-1234\"\nwhy = \"x\"\n")
            .as_bytes(),
    );
    pattern("open-group.toml", "(abc");
    pattern("lookahead.toml", "abc(?=d)");
    pattern("lookbehind.toml", "(?<!d)abc");
    pattern("back-reference.toml", r"(a+)b\1");
    pattern("large.toml", "(?:(?:abc|def){1,500}[0-9]{1,500}){1,500}");
    pattern("long.toml", &"a".repeat(70_000));
    pattern(
        "nested.toml",
        &format!("{}a{}", "(".repeat(300), ")".repeat(300)),
    );
    pattern("empty-match.toml", "(?:)");
    pattern("never.toml", "[^\\x00-\\xff]");
    pattern("counts.toml", "a{5,2}");
    write("short.key", b"too short\n");
    write(
        "messages",
        b"{\"id\": 1, \"text\": \"a\"}\nnot json\n{\"id\": 2}\n{\"text\": \"\xff\"}\n",
    );
    fs::create_dir(folder.join("no-packs")).unwrap();
    fs::create_dir(folder.join("link")).unwrap();

    let made = run(
        folder,
        &["compile", "good.toml", "--no-builtin", "-o", "good.sgdb"],
    );
    assert_eq!(made.status, 0, "{}", made.stderr);
    let image = fs::read(folder.join("good.sgdb")).unwrap();
    write("short.sgdb", &image[..image.len() / 2]);
    write("stub.sgdb", &image[..12]);
    write("longer.sgdb", &[&image[..], b"more"].concat());
    let change = |name: &str, at: usize| {
        let mut image = image.clone();
        image[at] ^= 0x40;
        write(name, &image);
    };
    change("flipped.sgdb", image.len() - 70);
    change("version.sgdb", 8);
    change("foreign.sgdb", 0);
}

/// Arguments, status, and a part of what standard error says.
const TABLE: &[(&str, u8, &str)] = &[
    // The command line.
    ("", 2, "Usage"),
    ("frobnicate", 2, "unrecognized subcommand 'frobnicate'"),
    ("scan --frobnicate", 2, "unexpected argument '--frobnicate'"),
    ("scan --min-confidence 101 text", 2, "101 is not in 0..=100"),
    ("scan --min-confidence high text", 2, "invalid value 'high'"),
    ("scan --jobs -1 text", 2, "unexpected argument '-1'"),
    (
        "scan --format xml text",
        2,
        "possible values: text, jsonl, sarif",
    ),
    ("scan --select [ text", 2, "`[` is no glob"),
    (
        "scan --select nothing.* text",
        2,
        "no classifier matches `nothing.*`",
    ),
    ("scan --kernel mmx text", 2, "possible values: portable"),
    (
        "scan --no-builtin text",
        2,
        "there are no classifiers to use",
    ),
    (
        "scan --db good.sgdb --rules good.toml text",
        2,
        "cannot be used with",
    ),
    (
        "scan --input-format jsonl --format sarif messages",
        2,
        "messages have no SARIF form",
    ),
    (
        "redact --style shout text",
        2,
        "possible values: label, numbered, mask, partial, hash, fpe, token",
    ),
    ("redact --style hash text", 2, "`hash` needs a key"),
    (
        "redact --style hash --key-file none.key text",
        2,
        "can't read",
    ),
    (
        "redact --style hash --key-file short.key text",
        2,
        "the key has 9 bytes",
    ),
    (
        "redact --style mask --key-file short.key text",
        2,
        "only `hash`, `fpe`, `token` and indexes take a key",
    ),
    ("redact --style fpe text", 2, "`fpe` needs a key"),
    ("redact --restore text", 2, "`token` needs a key"),
    (
        "redact --restore --style numbered text",
        2,
        "only `token` and `fpe` can be turned back",
    ),
    (
        "redact --restore --key-file short.key text",
        2,
        "the key has 9 bytes",
    ),
    ("explain", 2, "required"),
    (
        "explain custom.none",
        2,
        "no classifier has the id `custom.none`",
    ),
    ("bench", 2, "required"),
    ("bench --input text --chunk 0", 2, "must be 1 or more"),
    ("bench --input text --reps many", 2, "invalid value 'many'"),
    (
        "bench --input text --db good.sgdb --select custom.*",
        2,
        "a database is measured as a whole",
    ),
    (
        "compile --no-builtin -o x.sgdb",
        2,
        "there is nothing to compile",
    ),
    // Inputs.
    (
        "scan none",
        2,
        "can't read: No such file or directory (none)",
    ),
    ("scan text none", 2, "(none)"),
    (
        "redact none",
        2,
        "can't read: No such file or directory (none)",
    ),
    (
        "redact no-packs",
        2,
        "can't read: is a directory (no-packs)",
    ),
    ("bench --input none", 2, "(none)"),
    ("bench --input no-packs", 2, "is a directory"),
    ("bench --input empty", 2, "the input is empty (empty)"),
    (
        "explain custom.ticket --no-builtin --rules good.toml --on none",
        2,
        "(none)",
    ),
    (
        "scan --input-format jsonl messages",
        2,
        "the line is no message (messages:2)",
    ),
    ("scan --input-format jsonl messages", 2, "(messages:3)"),
    ("scan --input-format jsonl messages", 2, "(messages:4)"),
    ("scan --input-format jsonl none", 2, "(none)"),
    ("scan --input-format jsonl no-packs", 2, "can't read"),
    ("scan --no-builtin --rules good.toml empty", 0, "0 findings"),
    (
        "scan --no-builtin --rules good.toml binary",
        1,
        "1 finding in 1 of 1 file",
    ),
    // Rules.
    (
        "scan --rules none.toml text",
        2,
        "can't read: No such file or directory (none.toml)",
    ),
    ("scan --rules no-packs text", 2, "the folder holds no packs"),
    (
        "scan --no-builtin --rules empty.toml text",
        2,
        "there are no classifiers to use",
    ),
    ("scan --rules binary text", 2, "SG111"),
    ("scan --no-builtin --rules latin1.toml text", 2, "SG111"),
    ("scan --no-builtin --rules broken.toml text", 2, "SG101"),
    (
        "scan --no-builtin --rules unknown-key.toml text",
        2,
        "SG102",
    ),
    ("scan --no-builtin --rules wrong-type.toml text", 2, "SG104"),
    ("scan --no-builtin --rules bad-id.toml text", 2, "SG106"),
    ("scan --no-builtin --rules twice.toml text", 2, "SG107"),
    (
        "scan --rules good.toml --rules good.toml text",
        2,
        "the id `custom.ticket` is taken",
    ),
    (
        "scan --no-builtin --rules no-detector.toml text",
        2,
        "SG108",
    ),
    (
        "scan --no-builtin --rules table.toml text",
        2,
        "a file lies beside its pack",
    ),
    ("scan --no-builtin --rules no-table.toml text", 2, "SG109"),
    ("scan --no-builtin --rules open-group.toml text", 2, "SG201"),
    ("scan --no-builtin --rules counts.toml text", 2, "SG201"),
    ("scan --no-builtin --rules lookahead.toml text", 2, "SG202"),
    ("scan --no-builtin --rules lookbehind.toml text", 2, "SG202"),
    (
        "scan --no-builtin --rules back-reference.toml text",
        2,
        "SG202",
    ),
    ("scan --no-builtin --rules large.toml text", 2, "SG203"),
    ("scan --no-builtin --rules long.toml text", 2, "SG203"),
    ("scan --no-builtin --rules nested.toml text", 2, "SG203"),
    (
        "scan --no-builtin --rules empty-match.toml text",
        2,
        "SG204",
    ),
    ("scan --no-builtin --rules never.toml text", 2, "SG205"),
    ("scan --no-builtin --rules validator.toml text", 2, "SG206"),
    // Databases.
    (
        "scan --db none.sgdb text",
        2,
        "No such file or directory (none.sgdb)",
    ),
    ("scan --db no-packs text", 2, "(no-packs)"),
    (
        "scan --db empty text",
        2,
        "not a sluicegate database (empty)",
    ),
    ("scan --db text text", 2, "not a sluicegate database (text)"),
    (
        "scan --db foreign.sgdb text",
        2,
        "not a sluicegate database",
    ),
    ("scan --db stub.sgdb text", 2, "truncated"),
    ("scan --db short.sgdb text", 2, "truncated"),
    ("scan --db longer.sgdb text", 2, "trailing bytes"),
    (
        "scan --db flipped.sgdb text",
        2,
        "its digest does not match",
    ),
    ("scan --db version.sgdb text", 2, "of format version"),
    ("scan --db good.sgdb text", 1, "1 finding"),
    // What is written.
    (
        "compile --no-builtin good.toml -o none/x.sgdb",
        2,
        "(none/x.sgdb)",
    ),
    (
        "compile --no-builtin good.toml -o no-packs",
        2,
        "(no-packs)",
    ),
    ("compile broken.toml -o x.sgdb", 2, "SG101"),
    ("check none", 2, "(none)"),
    ("check no-packs", 2, "the folder holds no packs"),
];

/// The same for `check`, which says it on standard output.
const CHECKS: &[(&str, u8, &str)] = &[
    ("check good.toml", 0, "SG404"),
    ("check twice.toml", 2, "SG107"),
    ("check example.toml", 2, "SG301"),
    ("check counterexample.toml", 2, "SG302"),
    ("check lookahead.toml", 2, "SG202"),
    ("check broken.toml", 2, "SG101"),
    ("check broken.toml --format json", 2, "\"SG101\""),
];

#[test]
fn wrong_input_is_refused_with_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let mut wrong = Vec::new();
    for &(line, status, fragment) in TABLE.iter().chain(CHECKS) {
        let args: Vec<&str> = line.split_whitespace().collect();
        let Run {
            status: ended,
            stdout,
            stderr,
        } = run(folder.path(), &args);
        let said = if line.starts_with("check") {
            stdout + &stderr
        } else {
            stderr
        };
        if ended != i32::from(status) || !said.contains(fragment) || said.contains("panicked") {
            wrong.push(format!(
                "`{line}` ended with {ended}, not {status} and `{fragment}`: {said}"
            ));
        }
        let is_ours = status == 2 && said.contains("\n  hint: ");
        if is_ours && !said.contains("error") {
            wrong.push(format!("`{line}` has a hint and no error: {said}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(!folder.path().join("x.sgdb").exists());
    let left = fs::read_dir(folder.path()).unwrap().filter(|entry| {
        entry
            .as_ref()
            .unwrap()
            .file_name()
            .to_string_lossy()
            .ends_with(".tmp")
    });
    assert_eq!(left.count(), 0);
}

#[test]
fn an_unreadable_folder_is_named_and_the_rest_is_scanned() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    let closed = folder.path().join("no-packs");
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o000)).unwrap();
    // Nothing is closed to the superuser.
    let is_refused = fs::read_dir(&closed).is_err();
    let ended = run(
        folder.path(),
        &["scan", "--db", "good.sgdb", "--format", "jsonl", "."],
    );
    fs::set_permissions(&closed, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(ended.stdout.contains("custom.ticket"));
    assert_eq!(ended.status, if is_refused { 2 } else { 1 });
    assert_eq!(
        ended.stderr.contains("no-packs"),
        is_refused,
        "{}",
        ended.stderr
    );
}

#[test]
fn patterns_that_look_catastrophic_work() {
    let folder = tempfile::tempdir().unwrap();
    let pack =
        "[[classifier]]\nid = \"custom.x\"\n[[classifier.regex]]\npattern = '(?:a+)+(?:a|a)*b'\n";
    fs::write(folder.path().join("x.toml"), pack).unwrap();
    // A matcher that tries every way to share them out would need 2^200 steps.
    let text = "a".repeat(200);
    let args = ["scan", "--no-builtin", "--rules", "x.toml", "-"];
    let ended = run_with(folder.path(), &args, text.as_bytes());
    assert_eq!(ended.status, 0, "{}", ended.stderr);
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    prepare(folder.path());
    for line in [
        "list",
        "scan --no-builtin --rules good.toml many",
        "check good.toml",
    ] {
        fs::write(folder.path().join("many"), "TCK-1234\n".repeat(50_000)).unwrap();
        let args: Vec<&str> = line.split_whitespace().collect();
        let stderr = program::run_closed(folder.path(), &args);
        assert!(
            !stderr.contains("error") && !stderr.contains("panicked"),
            "`{line}`: {stderr}"
        );
    }
}
