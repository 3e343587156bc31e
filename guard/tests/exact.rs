//! Rows of exact data in messages: in texts, in streams, and in payloads, where each cell is a value of
//! its own.

use sluicegate::model::{Column, ColumnType, ExactSchema, Severity, Source};
use sluicegate::{Database, ExactIndex, IndexKey, Scanner, build_exact, compile};
use sluicegate_guard::policy::{Action, Channel, read_policy};
use sluicegate_guard::redact::Session;
use sluicegate_guard::{Guard, Request};

fn database() -> Database {
    let column = |name: &str, kind, primary| Column {
        name: name.to_owned(),
        kind,
        primary,
        country: None,
        stop: Vec::new(),
    };
    let schema = ExactSchema {
        name: "customers".to_owned(),
        columns: vec![
            column("account", ColumnType::Digits, true),
            column("name", ColumnType::Name, false),
        ],
        needed: 2,
        within: 200,
        severity: Severity::High,
        confidence: 95,
        max_rows: 32,
    };
    let key = IndexKey::new(b"the key of these tests").unwrap();
    let rows = [
        ["4711081500", "André Example"],
        ["4711081600", "Zoë Sample"],
    ];
    let index = ExactIndex::load(build_exact(&schema, &key, rows), &key).unwrap();
    compile(&[]).unwrap().database.with_exact(index).unwrap()
}

fn guard(action: &str) -> Guard {
    let text =
        format!("[[rule]]\nname = \"rows\"\nclassifiers = [\"exact.*\"]\naction = \"{action}\"\n");
    let policy = read_policy(&Source::new("policy.toml", text)).unwrap();
    Guard::new(&database(), policy).unwrap()
}

fn request() -> Request {
    Request::new(Channel::ToolResult)
}

#[test]
fn the_cells_of_a_row_are_redacted_in_a_text() {
    let guard = guard("redact");
    let mut scanner = Scanner::new(guard.database());
    let verdict = guard.inspect(&mut scanner, b"Ms EXAMPLE, Andre: 4711-081500.", &request());
    let text = String::from_utf8(verdict.text.unwrap()).unwrap();
    assert_eq!(text, "Ms [EXACT_CUSTOMERS]: [EXACT_CUSTOMERS].");
    let verdict = guard.inspect(&mut scanner, b"Ms Sample, Zoe: 4711-081500.", &request());
    assert_eq!(verdict.action, Action::Allow);
}

#[test]
fn the_cells_of_a_row_may_stand_in_values_of_their_own() {
    let guard = guard("redact");
    let mut scanner = Scanner::new(guard.database());
    let payload = br#"{"rows": [{"no": 4711081500, "who": "Andr\u00e9 Example", "ok": true}]}"#;
    let verdict = guard.inspect_json(&mut scanner, payload, &request());
    let text = String::from_utf8(verdict.text.unwrap()).unwrap();
    assert_eq!(
        text,
        r#"{"rows": [{"no": "[EXACT_CUSTOMERS]", "who": "[EXACT_CUSTOMERS]", "ok": true}]}"#
    );
    let apart = br#"{"no": 4711081500, "who": "Sample Zo\u00eb"}"#;
    let verdict = guard.inspect_json(&mut scanner, apart, &request());
    assert_eq!(verdict.action, Action::Allow);
}

#[test]
fn a_stream_passes_nothing_of_a_row_on() {
    let guard = guard("redact");
    let mut scanner = Scanner::new(guard.database());
    let input =
        "It was Andr\u{e9} Example who asked about 4711 081 500 and nothing else. ".repeat(9);
    let whole = guard
        .inspect(&mut scanner, input.as_bytes(), &request())
        .text
        .unwrap();
    for size in [1, 7, 64, 1000] {
        let mut session = Session::new("exact").unwrap();
        let mut stream = guard.stream(&session, &request()).unwrap();
        let mut text = Vec::new();
        for piece in input.as_bytes().chunks(size) {
            stream.push(&mut session, scanner.scratch(), piece, &mut text);
        }
        stream.finish(&mut session, scanner.scratch(), &mut text);
        assert_eq!(text, whole, "pieces of {size}");
    }
    assert!(!String::from_utf8(whole).unwrap().contains("4711"));
}

#[test]
fn rows_can_block() {
    let guard = guard("block");
    let mut scanner = Scanner::new(guard.database());
    let verdict = guard.inspect(&mut scanner, b"4711081600 Zoe Sample", &request());
    assert_eq!(verdict.action, Action::Block);
}
