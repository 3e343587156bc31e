//! Verdicts: cases as data, and what must hold for every payload.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sluicegate::Scanner;
use sluicegate::model::Source;
use sluicegate_classifiers::{builtin, builtin_rules};
use sluicegate_guard::policy::{Action, Channel, Policy, read_policy};
use sluicegate_guard::{Guard, Request};
use sluicegate_tests::{Choices, check_payload, check_text, guards, payload, run_verdicts};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

#[test]
fn every_case_is_decided_as_it_says() {
    match run_verdicts(&root().join("tests/guard")) {
        Ok(count) => assert!(count >= 30, "only {count} cases"),
        Err(failures) => panic!("\n{failures}"),
    }
}

#[test]
fn the_sample_policy_fits_the_built_in_catalogue() {
    let text = std::fs::read_to_string(root().join("samples/policy.toml")).unwrap();
    let policy = read_policy(&Source::new("policy.toml", text)).unwrap();
    let database = builtin();
    let guard = Guard::new(&database, policy).unwrap();
    assert!(guard.unmatched().is_empty(), "{:?}", guard.unmatched());
    let mut scanner = Scanner::new(&database);
    let message = std::fs::read(root().join("samples/tool-result.json")).unwrap();
    let request = Request::new(Channel::ToolResult);
    let verdict = guard.inspect_json(&mut scanner, &message, &request);
    assert_eq!(verdict.action, Action::Block);
    assert_eq!(verdict.rule.as_deref(), Some("no-injection"));
    let request = Request::new(Channel::ToolArgs);
    let verdict = guard.inspect_json(&mut scanner, &message, &request);
    assert_eq!(verdict.action, Action::Redact);
    let text = String::from_utf8(verdict.text.unwrap()).unwrap();
    assert!(text.contains(r#""card": "************4444" },"#), "{text}");
    assert!(
        text.contains(r#""arguments": { "ticket": 1742 },"#),
        "{text}"
    );
}

/// Classifiers that find less in a payload than in its text, and why.
const TEXT_ONLY: [(&str, &str); 6] = [
    (
        "inject.delimiter.escaped-role",
        "looks for escapes, which are decoded",
    ),
    (
        "malicious.request.nosql-operator",
        "looks for members of an object by their names",
    ),
    (
        "malicious.request.orm-lookup",
        "looks for members of an object by their names",
    ),
    ("secret.key.jwk", "begins with the bracket of an object"),
    (
        "secret.key.jwk-symmetric",
        "begins with the bracket of an object",
    ),
    (
        "secret.truenas.api-key",
        "takes in two members of an object",
    ),
];

#[test]
fn what_is_found_in_a_text_is_found_in_a_string_that_holds_it() {
    let database = builtin();
    let mut policy = Policy::new("report");
    policy.default = Action::Flag;
    let guard = Guard::new(&database, policy).unwrap();
    let mut scanner = Scanner::new(&database);
    let mut missed = Vec::new();
    let mut count = 0;
    for rule in builtin_rules().classifiers {
        for (number, example) in rule.examples.iter().enumerate() {
            let (text, _) = example.expand().unwrap();
            let payload = serde_json::json!({ "content": [text] }).to_string();
            let request = Request::new(Channel::Prompt);
            let verdict = guard.inspect_json(&mut scanner, payload.as_bytes(), &request);
            let id = rule.id.as_str();
            count += 1;
            if TEXT_ONLY.iter().any(|(text_only, _)| *text_only == id) {
                continue;
            }
            if !verdict.findings.iter().any(|found| found.classifier == id) {
                missed.push(format!("{id} {number}"));
            }
        }
    }
    assert!(count > 2000, "only {count} examples");
    assert!(missed.is_empty(), "{missed:#?}");
}

/// The same cases at each run; the example `payloads` looks further.
fn config() -> ProptestConfig {
    ProptestConfig {
        cases: 3000,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn payloads_stay_json_and_equal_outside_of_what_was_found(
        bytes in proptest::collection::vec(any::<u8>(), 0..400)
    ) {
        static GUARDS: LazyLock<Vec<Guard>> = LazyLock::new(guards);
        let mut choices = Choices::from_bytes(&bytes);
        let text = payload(&mut choices);
        for _ in 0..4 {
            let guard = choices.pick(&GUARDS);
            let mut scanner = Scanner::new(guard.database());
            check_payload(guard, &mut scanner, &text)
                .and_then(|_| check_text(guard, &mut scanner, &text))
                .map_err(|error| TestCaseError::fail(error.to_string()))?;
        }
    }
}
