//! What `check` and `explain` say of composites.

mod program;

use std::fs;

use program::run;
use serde_json::Value;

/// Numbers, words, and a composite of them that names more than there is.
const COMPOSITES: &str = r#"
[[classifier]]
id = "custom.number"
name = "Number"
description = "Some digits."
references = ["none"]
chance = 0.01
[[classifier.regex]]
pattern = '\b[0-9]{4}\b'
[[classifier.example]]
text = "a 1234 b"
value = "1234"
[[classifier.example]]
text = "4321"
value = "4321"
[[classifier.counterexample]]
text = "12345"
why = "five digits"
[[classifier.counterexample]]
text = "123"
why = "three digits"

[[classifier]]
id = "custom.word"
name = "Word"
description = "One of a few words."
references = ["none"]
[[classifier.dictionary]]
terms = ["pincode", "passcode"]
[[classifier.example]]
text = "the pincode"
value = "pincode"
[[classifier.example]]
text = "the passcode"
value = "passcode"
[[classifier.counterexample]]
text = "the pincodes"
why = "not the whole word"
[[classifier.counterexample]]
text = "the pin"
why = "another word"

[[classifier]]
id = "custom.record"
name = "Record"
description = "A number beside a word."
confidence = 90
[classifier.composite]
within = 40
kinds = 2
[[classifier.composite.member]]
classifiers = ["custom.number"]
weight = 3
[[classifier.composite.member]]
classifiers = ["custom.w*", "exact.customers", "custom.nothing"]
[[classifier.example]]
text = "pincode 1234"
value = "pincode 1234"
[[classifier.example]]
text = "my 1234 is the pincode."
value = "1234 is the pincode"
[[classifier.counterexample]]
text = "1234 and 1234"
why = "one kind"
[[classifier.counterexample]]
text = "only a pincode"
why = "no number"
"#;

#[test]
fn composites_are_checked_and_explained_among_their_members() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("pack.toml"), COMPOSITES).unwrap();
    fs::write(
        folder.path().join("text"),
        "1234, 4321\n\nin the pincode 9999 it is, and then for a long time nothing. passcode",
    )
    .unwrap();
    let checked = run(folder.path(), &["check", "--format", "json", "pack.toml"]);
    assert_eq!(checked.status, 0, "{}", checked.stderr);
    let report: Value = serde_json::from_str(&checked.stdout).unwrap();
    let problems = report["diagnostics"].as_array().unwrap();
    let about = |problem: &&Value| problem["classifier"] == "custom.record";
    let problems: Vec<&Value> = problems.iter().filter(about).collect();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    assert_eq!(problems[0]["code"], "SG412");
    let message = problems[0]["message"].as_str().unwrap();
    assert!(message.contains("custom.nothing"), "{message}");

    let explain = [
        "explain",
        "custom.record",
        "--no-builtin",
        "--rules",
        "pack.toml",
    ];
    let card = run(folder.path(), &explain).stdout;
    for said in [
        "route       none",
        "40 bytes",
        "at least 2 of 2",
        "custom.w* or exact.customers",
    ] {
        assert!(card.contains(said), "{said}: {card}");
    }
    let on = [&explain[..], &["--on", "text"]].concat();
    let ended = run(folder.path(), &on);
    let expected = [
        "text:1:1  bytes 0..31  group  kept: confidence 90, kinds 2, distinct values 4, weight 10",
        "    bytes 0..4  custom.number",
        "    bytes 6..10  custom.number",
        "    bytes 19..26  custom.word",
        "    bytes 27..31  custom.number",
        "text:3:62  bytes 73..81  group  dropped: kinds 1 of 2, distinct values 1, weight 1",
        "    bytes 73..81  custom.word",
    ];
    assert_eq!(ended.stdout.lines().collect::<Vec<_>>(), expected);

    let nested = COMPOSITES.replace("\"custom.nothing\"", "\"custom.record\"");
    fs::write(folder.path().join("pack.toml"), nested).unwrap();
    let checked = run(folder.path(), &["check", "pack.toml"]);
    assert_eq!(checked.status, 2);
    assert!(checked.stdout.contains("SG208"), "{}", checked.stdout);
}
