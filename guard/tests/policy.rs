//! Policies: what they read to, and what is said of wrong ones.

use sluicegate::model::{Classifier, ClassifierId, Diagnostic, Severity, Source, to_text};
use sluicegate::{Scanner, compile};
use sluicegate_guard::policy::{
    Action, Channel, IdPattern, Keys, Mode, NamedStyle, Policy, Rule, read_policy,
};
use sluicegate_guard::{Guard, Request};

const KEY: &[u8] = b"a key for tests only";

fn read(text: &str) -> Policy {
    read_policy(&Source::new("policy.toml", text))
        .unwrap_or_else(|problems| panic!("{}", to_text(&problems, false)))
}

/// Each problem as `line:column code sentence / hint`.
fn problems(text: &str) -> Vec<String> {
    told(&read_policy(&Source::new("policy.toml", text)).unwrap_err())
}

fn told(problems: &[Diagnostic]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().unwrap();
            let (line, column, _) = place.source.line_at(place.span.start);
            let (code, message) = (problem.code.as_str(), &problem.message);
            format!("{line}:{column} {code} {message} / {}", problem.hint)
        })
        .collect()
}

#[test]
fn every_key_is_read() {
    let policy = read(
        r#"
name = "p"
mode = "monitor"
default = "flag"
on_incomplete = "allow"
on_error = "flag"
[[rule]]
name = "a"
classifiers = ["secret.*", "pii.?b"]
tags = ["vcs"]
channels = ["prompt", "output", "tool_args", "tool_result", "document"]
min_severity = "high"
min_confidence = 80
min_count = 2
action = "redact"
style = { kind = "partial", keep = 2 }
[[rule]]
name = "b"
action = "redact"
style = "hash"
"#,
    );
    assert_eq!((policy.name.as_str(), policy.mode), ("p", Mode::Monitor));
    assert_eq!(policy.default, Action::Flag);
    assert_eq!(
        (policy.on_incomplete, policy.on_error),
        (Action::Allow, Action::Flag)
    );
    let rule = &policy.rules[0];
    let patterns: Vec<&str> = rule.classifiers.iter().map(IdPattern::as_str).collect();
    assert_eq!(patterns, ["secret.*", "pii.?b"]);
    assert_eq!(rule.tags, ["vcs"]);
    assert_eq!(rule.channels, Channel::ALL);
    assert_eq!(rule.min_severity, Severity::High);
    assert_eq!((rule.min_confidence, rule.min_count), (80, 2));
    assert_eq!(
        (rule.action, &rule.style),
        (Action::Redact, &NamedStyle::Partial { keep: 2 })
    );
    let style = NamedStyle::Hash { key: "main".into() };
    assert_eq!(policy.rules[1].style, style);
}

#[test]
fn an_empty_policy_has_the_defaults() {
    assert_eq!(read(""), Policy::new("policy"));
    let rule = read("[[rule]]\nname = \"a\"\naction = \"block\"\n")
        .rules
        .remove(0);
    let place = rule.place.clone();
    assert!(place.is_some());
    let expected = Rule {
        place,
        ..Rule::new("a", Action::Block)
    };
    assert_eq!(rule, expected);
}

#[test]
fn every_problem_is_told_with_its_place_and_a_hint() {
    let text = r#"
nmae = "p"
mode = "on"
on_error = "redact"
[[rule]]
clasifiers = ["a"]
classifiers = ["Secret.*", ""]
tags = []
channels = ["promt"]
min_severity = 3
min_confidence = 101
min_count = 0
action = "block"
style = "label"
[[rule]]
name = "a"
[[rule]]
name = "a"
action = "redact"
style = { kind = "mask", keep = 4 }
[[rule]]
name = "b"
action = "redact"
style = "shout"
[[rule]]
name = "c"
action = "redact"
style = "hsah"
[[rule]]
name = "d"
action = "redact"
style = { kind = "mask", key = "main" }
[[rule]]
name = "e"
action = "redact"
style = { kind = "hash", key = 3 }
[[rule]]
name = "f"
action = "redact"
style = 3
"#;
    let expected = [
        "2:1 SG102 a policy has no key `nmae` / did you mean `name`?",
        "3:8 SG105 `mode` has no value `on` / possible are `enforce`, `monitor`",
        "4:12 SG105 `on_error` has no value `redact` / possible are `allow`, `flag`, `block`",
        "5:1 SG103 a rule needs `name` / verdicts tell by it which rule decided",
        "6:1 SG102 a rule has no key `clasifiers` / did you mean `classifiers`?",
        "7:16 SG105 `Secret.*` is no pattern of ids: no id has a 'S' / `*` stands for any text, `?` for a character, as in `secret.*`",
        "7:28 SG105 `classifiers` has an empty element / leave it out",
        "8:8 SG105 `tags` is empty / leave it out for all",
        "9:13 SG105 `channels` has no value `promt` / did you mean `prompt`?",
        "10:16 SG104 `min_severity` takes a string; this is an integer / ",
        "11:18 SG105 `min_confidence` is out of range / from 0 to 100",
        "12:13 SG105 `min_count` is out of range / from 1 to 1000000",
        "14:9 SG105 only `redact` has a style / leave it out, or write `action = \"redact\"`",
        "15:1 SG103 a rule needs `action` / possible are `allow`, `flag`, `redact`, `block`",
        "18:8 SG105 another rule is named `a` / names are unique",
        "20:26 SG102 a style has no key `keep` / possible are `kind`",
        "24:9 SG105 there is no style `shout` / possible are `label`, `numbered`, `mask`, `partial`, `hash`, `token`, `fpe`, `vault`",
        "28:9 SG105 there is no style `hsah` / did you mean `hash`?",
        "32:26 SG102 a style has no key `key` / possible are `kind`",
        "36:32 SG104 `key` takes a string; this is an integer / ",
        "40:9 SG104 `style` takes a name, or a table `{ kind = \"partial\", keep = 4 }`; this is an integer / ",
    ];
    let told = problems(text);
    for (told, expected) in told.iter().zip(expected) {
        assert_eq!(told, expected);
    }
    assert_eq!(told.len(), expected.len());
    assert!(problems("[[rule]")[0].contains("SG101"));
    assert!(problems("rule = 3")[0].contains("SG104"));
}

fn guard(policy: &str) -> (Guard, Scanner) {
    let ticket = Classifier::new(ClassifierId::new("custom.ticket").unwrap())
        .with_regex(r"\bTCK-[0-9]{4}\b");
    let database = compile(&[ticket]).unwrap().database;
    let guard = Guard::new(&database, read(policy)).unwrap();
    (guard, Scanner::new(&database))
}

/// A rule with this style.
fn rule(name: &str, style: &str) -> String {
    format!("[[rule]]\nname = \"{name}\"\naction = \"redact\"\nstyle = {style}\n")
}

/// What is wrong with a policy and these keys.
fn unusable(policy: &str, keys: &Keys) -> Vec<String> {
    let database = compile(&[]).unwrap().database;
    told(&Guard::with_keys(&database, read(policy), keys).unwrap_err())
}

#[test]
fn each_style_has_its_notation() {
    for (written, style) in [
        ("'label'", NamedStyle::Label),
        ("'numbered'", NamedStyle::Numbered),
        ("'mask'", NamedStyle::Mask),
        ("'partial'", NamedStyle::Partial { keep: 4 }),
        ("'vault'", NamedStyle::Vault),
        ("{ kind = 'vault' }", NamedStyle::Vault),
        ("'token'", NamedStyle::Token { key: "main".into() }),
        (
            "{ kind = 'token', key = 'a' }",
            NamedStyle::Token { key: "a".into() },
        ),
        (
            "{ kind = 'fpe', key = 'a' }",
            NamedStyle::Fpe { key: "a".into() },
        ),
        (
            "{ kind = 'hash', key = 'a' }",
            NamedStyle::Hash { key: "a".into() },
        ),
    ] {
        assert_eq!(read(&rule("a", written)).rules[0].style, style, "{written}");
    }
}

#[test]
fn keys_that_are_missing_or_short_are_told_with_their_rules() {
    let policy = rule("a", "{ kind = 'hash', key = 'night' }")
        + &rule("b", "'token'")
        + &rule("c", "'label'")
        + &rule("d", "{ kind = 'token', key = 'short' }");
    let keys = Keys::new().with("main", KEY).with("short", b"short");
    let expected = [
        "1:1 SG105 rule `a`: there is no key `night` / give 16 random bytes or more by this name; `--key night=FILE` does",
        "13:1 SG105 rule `d`: the key `short` can't be used: the key has 5 bytes, it takes at least 16 / use a file of random bytes",
    ];
    assert_eq!(unusable(&policy, &keys), expected);
}

#[test]
fn values_of_the_same_form_stand_beside_no_other_marks() {
    let keys = Keys::new().with("main", KEY).with("other", KEY);
    let fpe = rule("a", "'fpe'");
    let counts = "[[rule]]\nname = \"many\"\naction = \"block\"\nmin_count = 2\n";
    for (policy, word) in [
        (
            fpe.clone() + &rule("b", "'token'"),
            "5:1 SG105 rule `b`: its style does not go with the `fpe` of rule `a`",
        ),
        (
            rule("b", "{ kind = 'fpe', key = 'other' }") + &fpe,
            "5:1 SG105 rule `a`: its style does not go with the `fpe` of rule `b`",
        ),
        (
            format!("default = \"redact\"\n{fpe}"),
            "2:1 SG105 rule `a`: `fpe` does not go with `default = \"redact\"`",
        ),
        (
            format!("[[allow]]\nreason = \"known\"\nclassifiers = [\"custom.*\"]\n{fpe}"),
            "4:1 SG105 rule `a`: `fpe` does not go with `[[allow]]`, by whose values they are not \
             found again",
        ),
        (
            format!("{counts}{fpe}"),
            "1:1 SG105 rule `many`: `min_count` does not go with the `fpe` of rule `a`",
        ),
    ] {
        let told = unusable(&policy, &keys);
        assert!(told.len() == 1 && told[0].starts_with(word), "{told:?}");
        assert!(told[0].ends_with("use `token` in place of `fpe`"));
    }
    let database = compile(&[]).unwrap().database;
    let both = fpe.clone() + &rule("b", "'fpe'");
    Guard::with_keys(&database, read(&both), &keys).unwrap();
}

#[test]
fn patterns_and_tags_that_nothing_meets_are_told() {
    let (guard, _) = guard(
        "[[rule]]\nname = \"a\"\nclassifiers = [\"custom.*\", \"costum.*\"]\ntags = [\"vcs\"]\naction = \"block\"\n",
    );
    let told: Vec<&str> = guard
        .unmatched()
        .iter()
        .map(|problem| problem.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "rule `a`: no classifier matches `costum.*`",
            "rule `a`: no classifier has the tag `vcs`",
        ]
    );
}

#[test]
fn a_verdict_shows_no_values() {
    let (guard, mut scanner) = guard("default = \"flag\"\nname = \"p\"\n");
    let request = Request::new(Channel::Prompt);
    let verdict = guard.inspect(&mut scanner, b"a TCK-1234", &request);
    assert!(!format!("{verdict:?}").contains("1234"));
    assert_eq!(
        serde_json::to_string(&verdict).unwrap(),
        concat!(
            r#"{"policy":"p","mode":"enforce","channel":"prompt","action":"flag","would_be":null,"#,
            r#""reason":"default","rule":null,"complete":true,"edits":0,"findings":[{"#,
            r#""classifier":"custom.ticket","start":2,"end":10,"severity":"medium","confidence":50,"#,
            r#""view":"raw","action":"flag","rule":null}],"error":null}"#
        )
    );
    let verdict = guard.inspect_json(&mut scanner, b"[TCK-1234]", &request);
    let json = serde_json::to_string(&verdict).unwrap();
    assert!(
        json.contains(r#""error":"not JSON: expected value (line 1, column 2)""#),
        "{json}"
    );
}

#[test]
fn bytes_that_are_no_text_are_redacted_and_no_payload() {
    let (guard, mut scanner) = guard("default = \"redact\"\n");
    let request = Request::new(Channel::Document);
    let verdict = guard.inspect(&mut scanner, b"\xff TCK-1234 \xfe", &request);
    assert_eq!(verdict.text.unwrap(), b"\xff [CUSTOM_TICKET] \xfe");
    let verdict = guard.inspect_json(&mut scanner, b"[\"\xff\"]", &request);
    assert_eq!(verdict.action, Action::Block);
    assert!(
        verdict
            .error
            .unwrap()
            .to_string()
            .contains("line 1, column 3")
    );
}

#[test]
fn a_value_that_a_mark_brings_about_is_redacted_by_its_own_rule() {
    let classifier = |id: &str, pattern: &str| {
        Classifier::new(ClassifierId::new(id).unwrap()).with_regex(pattern)
    };
    let rules = [
        classifier("custom.bytes", r"<<.{3}"),
        classifier("custom.password", r"password=(?P<value>\S{8,40})"),
    ];
    let database = compile(&rules).unwrap().database;
    let mut policy = Policy::new("p");
    for id in ["custom.bytes", "custom.password"] {
        let mut rule = Rule::new(id, Action::Redact);
        rule.classifiers.push(IdPattern::new(id).unwrap());
        policy.rules.push(rule);
    }
    let guard = Guard::new(&database, policy).unwrap();
    let mut scanner = Scanner::new(&database);
    let request = Request::new(Channel::Prompt);
    let verdict = guard.inspect(&mut scanner, b"password=<< abc", &request);
    assert_eq!(verdict.text.unwrap(), b"password=[CUSTOM_PASSWORD]");
}
