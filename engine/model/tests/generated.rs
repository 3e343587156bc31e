//! The documents that are checked in are those that the crate would make now.
//!
//! `cargo run -p sluicegate-model --example generate` makes them.

use std::collections::BTreeSet;

use serde_json::Value;
use sluicegate_model::{Code, Source, read_pack};

#[path = "../examples/generate/documents.rs"]
mod documents;
#[path = "../examples/generate/schema.rs"]
mod schema;

fn checked_in(name: &str) -> String {
    std::fs::read_to_string(documents::folder().join(name)).expect("the document is checked in")
}

#[test]
fn the_schema_is_not_stale() {
    let written: Value = serde_json::from_str(&checked_in(documents::SCHEMA)).expect("JSON");
    assert!(written == schema::schema(), "run the example `generate`");
}

#[test]
fn the_table_of_codes_is_not_stale() {
    let fresh = documents::diagnostics();
    assert!(
        checked_in(documents::DIAGNOSTICS) == fresh,
        "run the example `generate`"
    );
}

/// What stands before the unknown key in a pack, and the definition that lists the known ones.
const SECTIONS: [(&str, &str); 14] = [
    ("", ""),
    ("[[table]]", "Table"),
    ("[[override]]", "Override"),
    ("[[classifier]]", "Classifier"),
    ("[[classifier]]\n[[classifier.accept]]", "Accept"),
    ("[[classifier]]\n[[classifier.regex]]", "Regex"),
    ("[[classifier]]\n[[classifier.dictionary]]", "Dictionary"),
    ("[[classifier]]\n[classifier.composite]", "Composite"),
    (
        "[[classifier]]\n[classifier.composite]\n[[classifier.composite.member]]",
        "Member",
    ),
    ("[[classifier]]\n[classifier.context]", "Context"),
    ("[[classifier]]\n[classifier.exclude]", "Exclude"),
    ("[[classifier]]\n[[classifier.example]]", "Example"),
    (
        "[[classifier]]\n[[classifier.counterexample]]",
        "Counterexample",
    ),
    ("[[table]]\nfile = \"f\"\n[table.classifier]", "Classifier"),
];

#[test]
fn the_schema_has_the_keys_that_the_reader_asks_for() {
    let schema = schema::schema();
    let mut described = BTreeSet::new();
    for (heading, definition) in SECTIONS {
        // No key is near this one, so the hint lists them all.
        let source = Source::new(
            "pack.toml",
            format!("{heading}\nqqqqqqqqqqqqqqqqqqqq = 1\n"),
        );
        let (_, problems) = read_pack(&source, &mut |_| Ok("a\n1\n".to_owned()));
        let unknown = problems
            .iter()
            .find(|problem| problem.code == Code::UnknownKey);
        let hint = &unknown.expect("the key is unknown").hint;
        let asked: BTreeSet<&str> = hint.split('`').skip(1).step_by(2).collect();
        let part = match definition {
            "" => &schema,
            _ => &schema["$defs"][definition],
        };
        let known = part["properties"]
            .as_object()
            .expect("a table has properties");
        assert_eq!(
            known.keys().map(String::as_str).collect::<BTreeSet<_>>(),
            asked,
            "{heading}"
        );
        assert_eq!(part["additionalProperties"], false, "{heading}");
        described.insert(definition);
    }
    let definitions = schema["$defs"]
        .as_object()
        .expect("the schema has definitions");
    assert!(
        definitions
            .keys()
            .all(|name| described.contains(name.as_str()))
    );
}
