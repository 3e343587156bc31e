//! Messages of one session: marks are shared between parts, passes and messages, and come back.

use sluicegate::model::{Classifier, ClassifierId, Context, ContextEffect, Source};
use sluicegate::{Scanner, compile};
use sluicegate_guard::policy::{Action, Channel, Keys, read_policy};
use sluicegate_guard::redact::Session;
use sluicegate_guard::{Guard, InspectError, Request};

/// A guard with what it needs.
struct Desk {
    guard: Guard,
    scanner: Scanner,
    session: Session,
    request: Request,
}

impl Desk {
    fn new(policy: &str) -> Self {
        let rule = |id: &str, pattern: &str| {
            Classifier::new(ClassifierId::new(id).unwrap()).with_regex(pattern)
        };
        let mut pin = rule("custom.pin", r"\b[0-9]{4}\b");
        pin.context = Some(Context {
            keywords: vec!["pin".to_owned()],
            window: 8,
            effect: ContextEffect::Require,
            amount: 0,
            place: None,
        });
        let rules = [
            rule("custom.ticket", r"\bTCK-[0-9]{4}\b"),
            rule("custom.quoted", "<[^>]{1,20}>"),
            rule("custom.account", r"\b[0-9]{12}\b"),
            pin,
        ];
        let database = compile(&rules).unwrap().database;
        let policy = read_policy(&Source::new("policy.toml", policy)).unwrap();
        let keys = Keys::new()
            .with("main", b"a key for tests only")
            .with("other", b"another key for tests");
        Self {
            guard: Guard::with_keys(&database, policy, &keys).unwrap(),
            scanner: Scanner::new(&database),
            session: Session::new("desk").unwrap(),
            request: Request::new(Channel::Prompt),
        }
    }

    /// All findings in one style.
    fn of(style: &str) -> Self {
        Self::new(&format!(
            "[[rule]]\nname = \"all\"\naction = \"redact\"\nstyle = {style}\n"
        ))
    }

    fn text(&mut self, text: &str) -> String {
        let (scanner, session) = (&mut self.scanner, &mut self.session);
        let verdict = self
            .guard
            .inspect_in(session, scanner, text.as_bytes(), &self.request);
        String::from_utf8(verdict.text.unwrap()).unwrap()
    }

    fn json(&mut self, text: &str) -> String {
        let (scanner, session) = (&mut self.scanner, &mut self.session);
        let text = text.as_bytes();
        let verdict = self
            .guard
            .inspect_json_in(session, scanner, text, &self.request);
        String::from_utf8(verdict.text.unwrap()).unwrap()
    }

    fn back(&mut self, text: &str) -> String {
        let scanner = &mut self.scanner;
        let restored = self
            .guard
            .restore(&self.session, scanner, text.as_bytes(), &self.request);
        String::from_utf8(restored.unwrap().bytes).unwrap()
    }

    fn json_back(&self, text: &str) -> String {
        let restored = self.guard.restore_json(&self.session, text.as_bytes());
        String::from_utf8(restored.unwrap().bytes).unwrap()
    }
}

#[test]
fn equal_values_have_equal_numbers_from_part_to_part_and_message_to_message() {
    let mut desk = Desk::of("'numbered'");
    assert_eq!(
        desk.json(r#"["TCK-1234", "TCK-9999 TCK-1234", 123456789012]"#),
        r#"["[TICKET_1]", "[TICKET_2] [TICKET_1]", "[ACCOUNT_1]"]"#
    );
    assert_eq!(
        desk.text("TCK-9999 and TCK-0000"),
        "[TICKET_2] and [TICKET_3]"
    );
    assert_eq!(
        desk.back("[TICKET_3] [TICKET_1] [TICKET_9]"),
        "TCK-0000 TCK-1234 [TICKET_9]"
    );
    let mut vault = Desk::of("'vault'");
    assert_eq!(
        vault.json(r#"{"a": "TCK-1234", "b": ["TCK-1234"]}"#),
        r#"{"a": "[vault:desk:custom.ticket:1]", "b": ["[vault:desk:custom.ticket:1]"]}"#
    );
}

#[test]
fn a_message_without_a_session_has_one_of_its_own() {
    let mut desk = Desk::of("'numbered'");
    desk.text("TCK-0000");
    let scanner = &mut desk.scanner;
    let verdict = desk.guard.inspect(scanner, b"TCK-1234", &desk.request);
    assert_eq!(verdict.text.unwrap(), b"[TICKET_1]");
    assert_eq!(desk.session.len(), 1);
}

#[test]
fn numbers_that_stand_anywhere_in_the_message_are_passed_over() {
    let mut desk = Desk::of("'numbered'");
    let message = r#"["TCK-1234", "[TICKET_1]"]"#;
    let redacted = desk.json(message);
    assert_eq!(redacted, r#"["[TICKET_2]", "[TICKET_1]"]"#);
    assert_eq!(desk.json_back(&redacted), message);
}

#[test]
fn values_come_back_as_json_writes_them() {
    for style in ["'numbered'", "'vault'", "'token'", "'fpe'"] {
        let mut desk = Desk::of(style);
        let message =
            r#"{"<\"k\">": "a \u00e9 <x\"\n\\> b", "in": "{\"t\": \"<\\\"é>\"}", "n": 1}"#;
        let redacted = desk.json(message);
        assert!(!redacted.contains('<'), "{redacted}");
        assert_eq!(desk.json_back(&redacted), message);
        assert_eq!(desk.json(&redacted), redacted, "the second time");
    }
    let mut desk = Desk::of("'token'");
    let redacted = desk.json("[123456789012]");
    assert_eq!(desk.json_back(&redacted), r#"["123456789012"]"#);
    let error = desk.guard.restore_json(&desk.session, b"[").unwrap_err();
    assert!(matches!(error, InspectError::Payload(_)));
}

#[test]
fn marks_of_every_style_come_back_in_one_step() {
    let mut desk = Desk::new(
        r#"
[[rule]]
name = "tickets"
classifiers = ["custom.ticket"]
action = "redact"
style = { kind = "token", key = "other" }
[[rule]]
name = "accounts"
classifiers = ["custom.account"]
action = "redact"
style = "vault"
[[rule]]
name = "pins"
classifiers = ["custom.pin"]
action = "redact"
style = "numbered"
[[rule]]
name = "others"
action = "redact"
style = "token"
"#,
    );
    for message in [
        "TCK-1234 123456789012 pin 1234 <x>",
        // The first pass brings the keyword near the digits.
        "pin <a long way off> 1234",
        // A value around the marks of another pass.
        "<TCK-1234> pin <123456789012>",
    ] {
        let redacted = desk.text(message);
        assert_eq!(desk.back(&redacted), message, "{redacted}");
        assert_eq!(desk.text(&redacted), redacted);
        // Marks that the message has already, inside of a value.
        let around = format!("<{}>", desk.text("pin 1234"));
        let sealed = desk.text(&around);
        assert_eq!(desk.back(&sealed), "<pin 1234>", "{sealed}");
    }
}

#[test]
fn values_keep_their_form_in_a_text() {
    let mut desk = Desk::of("'fpe'");
    let message = "accounts 123456789012 and 999999999999";
    let redacted = desk.text(message);
    assert_eq!(redacted.len(), message.len());
    assert_ne!(redacted, message);
    assert!(!redacted.contains("123456789012"));
    assert_eq!(desk.back(&redacted), message);
    // Too few digits to be hidden by others.
    let sealed = desk.text("pin 1234");
    assert!(sealed.contains("[tok:custom.pin:"), "{sealed}");
    assert_eq!(desk.back(&sealed), "pin 1234");
}

#[test]
fn a_session_that_is_full_blocks() {
    let mut desk = Desk::of("'vault'");
    let values: Vec<String> = (0..=Session::MAX_ENTRIES)
        .map(|number| format!("{number:012}"))
        .collect();
    let (scanner, session) = (&mut desk.scanner, &mut desk.session);
    let message = values.join(" ");
    let verdict = desk
        .guard
        .inspect_in(session, scanner, message.as_bytes(), &desk.request);
    assert_eq!((verdict.action, verdict.text), (Action::Block, None));
    assert!(verdict.error.unwrap().to_string().contains("session"));
}
