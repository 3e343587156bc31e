//! What `eval` writes.

mod program;

use std::fs;
use std::path::Path;

use program::run;
use serde_json::{Value, json};

const PACK: &str = r#"
[[classifier]]
id = "custom.ticket"
confidence = 80
[[classifier.regex]]
pattern = '\bTCK-[0-9]{6}\b'

[[classifier]]
id = "secret.acme.token"
confidence = 60
[[classifier.regex]]
pattern = '\bacme_[0-9a-z]{8}\b'
"#;

/// Two tickets found, one of them by half; one missed; two false ones at one place; a clean negative
/// and a flagged one; a class that is not covered.
const CASES: &str = r#"{"id":"1","kind":"custom","text":"see TCK-123456 now","spans":[[4,14,"TICKET"]]}
{"id":"2","kind":"custom","text":"TCK-123456 TCK-654321","spans":[[4,10,"TICKET"]]}
{"id":"3","kind":"custom","text":"TCK_123456 zip 12345","spans":[[0,10,"TICKET"],[15,20,"ZIP"]]}
{"id":"4","kind":"custom","text":"nothing","labels":["TICKET"],"negative":true}
{"id":"5","kind":"benign","text":"TCK-111111 acme_0123abcd","negative":true}
{"id":"6"}
"#;

const CLASSES: &str = "[class]\n\"TICKET\" = { ids = [\"custom.tick*\"], word = \"ticket\" }\n\
                       \"ZIP\" = { ids = [] }\n";

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
    fs::create_dir(folder.path().join("classes")).unwrap();
    write("pack.toml", PACK);
    write("tickets.jsonl", CASES);
    write("classes/tickets.toml", CLASSES);
    write(
        "prose.txt",
        "TCK-123456 and <TCK-123457> in 56 bytes of a text of no more.",
    );
    folder
}

fn eval(folder: &Path, more: &[&str]) -> program::Run {
    let mut args = vec![
        "eval",
        "--no-builtin",
        "--rules",
        "pack.toml",
        "tickets.jsonl",
    ];
    args.extend(["--classes", "classes/tickets.toml", "--benign", "prose.txt"]);
    args.extend(more);
    run(folder, &args)
}

fn result(folder: &Path, more: &[&str]) -> Value {
    let mut args = vec!["--json", "result.json"];
    args.extend(more);
    let ended = eval(folder, &args);
    assert_eq!(ended.status, 0, "{}", ended.stderr);
    serde_json::from_slice(&fs::read(folder.join("result.json")).unwrap()).unwrap()
}

#[test]
fn figures_are_those_counted_by_hand() {
    let folder = folder();
    let result = result(folder.path(), &[]);
    let source = &result["sources"][0];
    let total = &source["total"];
    assert_eq!(total["labelled"], 3);
    assert_eq!(total["found"], 2);
    // The second ticket of case 2, and two places of case 5.
    assert_eq!(total["false"], 3);
    assert_eq!(total["precision"]["value"], json!(0.4));
    assert_eq!(total["recall"]["value"], json!(0.666667));
    assert_eq!(total["f1"]["value"], json!(0.5));
    assert_eq!(
        (&source["negatives"], &source["flagged"]),
        (&json!(2), &json!(1))
    );
    assert_eq!(
        (&source["cases"], &source["uncovered"]),
        (&json!(5), &json!(1))
    );
    // One of two found spans has the very bounds.
    assert_eq!(source["exact"]["value"], json!(0.5));
    assert_eq!(
        source["classes"][1],
        json!({
            "class": "ZIP", "covered": false, "labelled": 1, "found": 0, "recall": null
        })
    );
    let ticket = &result["classifiers"][0];
    assert_eq!(ticket["id"], "custom.ticket");
    assert_eq!(
        (&ticket["true"], &ticket["false"], &ticket["benign"]),
        (&json!(2), &json!(2), &json!(2))
    );
    assert_eq!(
        (&ticket["own_labelled"], &ticket["own_found"]),
        (&json!(3), &json!(2))
    );
    let bins = &result["calibration"][0]["bins"];
    assert_eq!(
        (&bins[6]["judged"], &bins[8]["judged"], &bins[8]["true"]),
        (&json!(1), &json!(4), &json!(2))
    );
    let at = |confidence: usize| &result["curves"][0]["points"][confidence / 5];
    assert_eq!(
        (&at(60)["false"], &at(65)["false"], &at(85)["found"]),
        (&json!(3), &json!(2), &json!(0))
    );
    let benign = &result["benign"]["files"][0];
    assert_eq!(
        (&benign["findings"], &benign["per_mb"]),
        (&json!(2), &json!(32786.885))
    );
    assert_eq!(
        result["cases"][2],
        json!({
            "id": "3", "source": "tickets", "found": 0,
            "missed": [{"start": 0, "end": 10, "class": "TICKET"}]
        })
    );
    let strict = self::result(folder.path(), &["--min-confidence", "70"]);
    assert_eq!(strict["sources"][0]["total"]["false"], 2);
}

#[test]
fn lines_that_are_no_cases_are_said_and_lose_nothing_else() {
    let folder = folder();
    let ended = eval(folder.path(), &[]);
    assert_eq!(ended.status, 0);
    assert!(
        ended.stderr.starts_with("tickets.jsonl:6: not a case"),
        "{}",
        ended.stderr
    );
    assert!(
        ended
            .stderr
            .ends_with("1 lines are no cases and were left out\n"),
        "{}",
        ended.stderr
    );
    let missing = run(folder.path(), &["eval", "none.jsonl"]);
    assert_eq!(missing.status, 2);
    let bad = eval(folder.path(), &["--apart", "a["]);
    assert_eq!((bad.status, bad.stdout.as_str()), (2, ""));
    assert!(
        bad.stderr.contains("`a[` is no glob (--apart)"),
        "{}",
        bad.stderr
    );
}

#[test]
fn everything_is_the_same_for_any_number_of_jobs() {
    let folder = folder();
    let all = |jobs: &str| {
        let args = ["--jobs", jobs, "--json", "r.json", "--html", "r.html"];
        let ended = eval(folder.path(), &args);
        let read = |name: &str| fs::read(folder.path().join(name)).unwrap();
        (ended.stdout, ended.stderr, read("r.json"), read("r.html"))
    };
    let one = all("1");
    for jobs in ["2", "7"] {
        assert!(one == all(jobs), "{jobs} jobs");
    }
}

#[test]
fn tables_for_people_are_aligned() {
    let folder = folder();
    let ended = eval(folder.path(), &[]);
    let lines: Vec<&str> = ended.stdout.lines().collect();
    assert_eq!(lines[0], "Sources");
    assert_eq!(
        lines[2],
        "  tickets  all            3      2      3  0.667 [0.208, 0.939]  0.400 [0.118, 0.769]  0.500 [0.176, 0.824]"
    );
    assert!(ended.stdout.contains("  tickets: 1 values not covered\n"));
    assert!(
        ended
            .stdout
            .contains("  custom.ticket         2  32786.89\n"),
        "{}",
        ended.stdout
    );
}

#[test]
fn two_runs_are_compared_case_by_case() {
    let folder = folder();
    result(folder.path(), &["--min-confidence", "70"]);
    fs::rename(
        folder.path().join("result.json"),
        folder.path().join("old.json"),
    )
    .unwrap();
    let pack = PACK.replace("TCK-", "TCK[_-]").replace(r"{8}\b", r"{9}\b");
    fs::write(folder.path().join("pack.toml"), pack).unwrap();
    let new = result(folder.path(), &["--against", "old.json"]);
    let change = &new["comparison"];
    assert_eq!(
        change["cases"],
        json!([{
            "id": "3", "source": "tickets", "now_found": [{"start": 0, "end": 10, "class": "TICKET"}]
        }])
    );
    assert_eq!(change["figures"][0]["before"]["found"], 2);
    assert_eq!(change["figures"][0]["after"]["found"], 3);
    assert_eq!(change["classifiers"][0]["after"]["true"], 3);
    fs::write(folder.path().join("old.json"), "{}").unwrap();
    let bad = eval(folder.path(), &["--against", "old.json"]);
    assert_eq!(bad.status, 2);
    assert!(
        bad.stderr.contains("no result of an evaluation"),
        "{}",
        bad.stderr
    );
}

#[test]
fn the_page_hides_values_and_needs_nothing_else() {
    let folder = folder();
    eval(folder.path(), &["--html", "page.html"]);
    let page = fs::read_to_string(folder.path().join("page.html")).unwrap();
    for value in ["123456", "654321", "111111", "0123abcd", "12345"] {
        assert!(!page.contains(value), "{value} is shown");
    }
    assert!(page.contains("<mark>T********6</mark>"), "no excerpt");
    assert!(
        page.contains("&lt;T********7&gt;") || page.contains("&lt;<mark>"),
        "not escaped"
    );
    for outside in ["http://", "https://", "src=", "<link", "@import", "url("] {
        assert!(!page.contains(outside), "{outside} leads outside");
    }
}
