//! What was redacted in a reversible style comes back, also in a stream.

use proptest::prelude::*;
use sluicegate::model::{Classifier, ClassifierId, Context, ContextEffect, RegexDetector};
use sluicegate::{Database, Scanner, compile};
use sluicegate_guard::redact::{Redactor, Restorer, Session, Style, restore};
use sluicegate_guard::token::{FpeKey, TokenKey};

fn classifier(id: &str, pattern: &str) -> Classifier {
    Classifier::new(ClassifierId::new(id).unwrap()).with_regex(pattern)
}

fn database() -> Database {
    let mut card = RegexDetector::new(r"\b[45][0-9]{3}(?:[ -]?[0-9]{4}){3}\b");
    card.validate.push("luhn".to_owned());
    let mut cards = Classifier::new(ClassifierId::new("pci.card.number").unwrap());
    cards.regexes.push(card);
    let rules = [
        cards,
        classifier(
            "pii.contact.email",
            r"\b[a-z.]{1,20}@[a-z]{1,10}\.[a-z]{2,3}\b",
        ),
        classifier("secret.api-key", r"\bkey-(?P<value>[0-9A-Za-z]{8,60})\b"),
        classifier("custom.pin", r"\bpin [0-9]{4}\b"),
        classifier("custom.rest", r"rest=(?P<value>\S{4,400})"),
    ];
    compile(&rules).unwrap().database
}

fn token_key() -> TokenKey {
    TokenKey::new(b"a key for tests only").unwrap()
}

fn styles() -> [Style; 4] {
    let fpe = FpeKey::new(b"a key for tests only").unwrap();
    [
        Style::Numbered,
        Style::Vault,
        Style::Token(token_key()),
        Style::Fpe(fpe),
    ]
}

/// A redactor with what it needs.
struct Desk {
    redactor: Redactor,
    scanner: Scanner,
    session: Session,
}

impl Desk {
    fn new(style: Style) -> Self {
        let scanner = Scanner::new(&database());
        Self {
            redactor: Redactor::new(scanner.database(), style),
            scanner,
            session: Session::new("desk").unwrap(),
        }
    }

    fn redact(&mut self, text: &str) -> String {
        let input = text.as_bytes();
        let redacted = self
            .redactor
            .redact_in(&mut self.session, &mut self.scanner, input, |_| true);
        String::from_utf8(redacted.unwrap().bytes).unwrap()
    }

    fn restore(&mut self, text: &str) -> String {
        let input = text.as_bytes();
        let restored = self
            .redactor
            .restore(&self.session, &mut self.scanner, input, |_| true);
        String::from_utf8(restored.unwrap().bytes).unwrap()
    }
}

#[test]
fn each_style_writes_its_mark() {
    let input = "to a.b@example.org, key-0123456789ab and a.b@example.org or c@example.org";
    let [mut numbered, mut vault, mut token, _] = styles().map(Desk::new);
    assert_eq!(
        numbered.redact(input),
        "to [EMAIL_1], key-[API_KEY_1] and [EMAIL_1] or [EMAIL_2]"
    );
    assert_eq!(numbered.redact("c@example.org"), "[EMAIL_2]");
    assert_eq!(
        vault.redact("to a.b@example.org"),
        "to [vault:desk:pii.contact.email:1]"
    );
    let sealed = token.redact("to a.b@example.org");
    let body = sealed.strip_prefix("to [tok:pii.contact.email:").unwrap();
    let body = body.strip_suffix(']').unwrap();
    assert_eq!(body.len(), 50);
    assert!(body.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7')));
    assert_eq!(sealed, token.redact("to a.b@example.org"));
}

#[test]
fn a_value_of_the_same_form_is_found_again() {
    let [.., mut fpe] = styles().map(Desk::new);
    for number in [
        "4000-0000-0000-0002",
        "5000 0000 0000 0009",
        "4000000000000002",
    ] {
        let redacted = fpe.redact(number);
        assert_ne!(redacted, number);
        let form = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "9");
        assert_eq!(form(&redacted), form(number));
        assert_eq!(fpe.scanner.scan(redacted.as_bytes()).findings.len(), 1);
        assert_eq!(fpe.restore(&redacted), number);
    }
    // Of four digits there are too few; of sixty, too many.
    let digits = "7".repeat(60);
    for value in ["pin 1234", &format!("key-{digits}")] {
        let redacted = fpe.redact(value);
        assert!(redacted.contains("[tok:"), "{redacted}");
        assert_eq!(fpe.restore(&redacted), value);
    }
}

#[test]
fn what_a_mark_brings_near_is_redacted_too() {
    let mut near = classifier("custom.near", r"\b[0-9]{4}\b");
    near.context = Some(Context {
        keywords: vec!["pin".into()],
        window: 80,
        effect: ContextEffect::Require,
        amount: 0,
        place: None,
    });
    let rules = [near, classifier("custom.pin", r"\bcode-[0-9]{4,90}\b")];
    let input = format!("pin code-{} 5678", "1".repeat(80));
    let scanner = Scanner::new(&compile(&rules).unwrap().database);
    for style in styles() {
        let mut desk = Desk {
            redactor: Redactor::new(scanner.database(), style.clone()),
            scanner: Scanner::new(scanner.database()),
            session: Session::new("desk").unwrap(),
        };
        let redacted = desk.redact(&input);
        let is_near = redacted
            .find("pin")
            .is_some_and(|pin| redacted.len() - pin < 80);
        assert!(
            !(is_near && redacted.contains("5678")),
            "{style:?} {redacted}"
        );
        assert_eq!(desk.restore(&redacted), input);
    }
}

#[test]
fn a_token_of_the_form_preserving_key_opens_with_the_token_key() {
    let [.., mut fpe] = styles().map(Desk::new);
    let redacted = fpe.redact("pin 1234");
    let restored = restore(redacted.as_bytes(), Some(&token_key()), &fpe.session);
    assert_eq!(restored.bytes, b"pin 1234");
}

#[test]
fn an_edit_over_a_mark_holds_what_the_mark_stood_for() {
    for style in &styles()[..3] {
        let mut desk = Desk::new(style.clone());
        let mark = desk.redact("pin 1234");
        let text = format!("rest=before{mark}after end");
        let redacted = desk.redact(&text);
        assert!(!redacted.contains("before"), "{redacted}");
        assert_eq!(desk.restore(&redacted), "rest=beforepin 1234after end");
        assert_eq!(desk.redact(&redacted), redacted);
    }
}

#[test]
fn what_was_altered_is_left_and_counted() {
    let [mut numbered, mut vault, mut token, _] = styles().map(Desk::new);
    let session = Session::default();
    let sealed = token.redact("pin 1234");
    let altered = sealed.replace("custom.pin", "custom.pim");
    let restored = restore(altered.as_bytes(), Some(&token_key()), &session);
    assert_eq!(restored.bytes, altered.as_bytes());
    assert_eq!((restored.restored, restored.unknown), (0, 1));
    assert_eq!(restore(sealed.as_bytes(), None, &session).unknown, 1);
    let other = TokenKey::new(b"another key for tests").unwrap();
    assert_eq!(
        restore(sealed.as_bytes(), Some(&other), &session).unknown,
        1
    );

    vault.redact("pin 1234");
    let text = b"[vault:desk:custom.pin:1] [vault:desk:custom.pin:2] [vault:other:custom.pin:1]";
    let restored = restore(text, None, &vault.session);
    assert_eq!((restored.restored, restored.unknown), (1, 2));

    numbered.redact("pin 1234");
    let restored = restore(b"[PIN_1] [PIN_2] [RFC_2119]", None, &numbered.session);
    assert_eq!(restored.bytes, b"pin 1234 [PIN_2] [RFC_2119]");
    assert_eq!((restored.restored, restored.unknown), (1, 1));
}

#[test]
fn a_value_can_not_hide_in_the_like_of_a_mark() {
    let body = "a".repeat(40);
    for style in styles() {
        let mut desk = Desk::new(style.clone());
        for text in [
            format!("[tok:secret.api-key:key-{body}]"),
            "[vault:desk:custom.pin:key-0123456789]".to_owned(),
            "[tok:pii.contact.email:a@example.org]".to_owned(),
        ] {
            assert_ne!(desk.redact(&text), text, "{style:?}");
        }
        let text = format!("rest=[tok:secret.api-key:{body}]");
        assert!(!desk.redact(&text).contains(&body), "{style:?}");
    }
}

#[test]
fn a_number_that_stands_in_the_text_is_not_given_to_a_value() {
    for style in &styles()[..2] {
        let mut desk = Desk::new(style.clone());
        let text = "[PIN_1] [vault:desk:custom.pin:1] pin 1234";
        let redacted = desk.redact(text);
        assert!(redacted.starts_with("[PIN_1] [vault:desk:custom.pin:1] ["));
        assert!(redacted.ends_with("2]"), "{redacted}");
        assert_eq!(desk.restore(&redacted), text);
    }
}

#[test]
fn little_is_held_back() {
    let session = Session::default();
    for (text, held) in [
        ("plain text", 0),
        ("see [", 1),
        ("see [TICKET", 7),
        ("see [TICKET 1", 0),
        ("see [link](x", 0),
        ("[tok:custom.pin:aa", 18),
        ("[tok:custom.pin:aa!", 0),
        ("[[[[vault:a", 8),
    ] {
        let mut restorer = Restorer::new(Some(&token_key()));
        let released = restorer.push(&session, text.as_bytes());
        assert_eq!(text.len() - released.len(), held, "{text}");
    }
    let mut restorer = Restorer::new(Some(&token_key()));
    let mut released = restorer.push(&session, b"[tok:custom.pin:").len();
    for pushed in 1..5_000 {
        released += restorer.push(&session, b"a").len();
        assert!(16 + pushed - released < 1_800);
    }
}

#[test]
fn debug_shows_no_values() {
    let mut desk = Desk::new(Style::Token(token_key()));
    let redacted = desk.redact("pin 1234");
    let whole = restore(redacted.as_bytes(), Some(&token_key()), &desk.session);
    let mut restorer = Restorer::new(Some(&token_key()));
    restorer.push(&desk.session, b"pin 1234 [tok:");
    for text in [
        format!("{whole:?}"),
        format!("{restorer:?}"),
        format!("{:?}", desk.redactor),
    ] {
        assert!(!text.contains("1234") && !text.contains("tests"), "{text}");
    }
}

fn config() -> ProptestConfig {
    ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(300)
    }
}

fn pieces() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "a.b@example.org",
        "c@example.org",
        "key-0123456789abCDEF",
        "4000-0000-0000-0002",
        "4000000000000002",
        "pin 1234",
        "pin ",
        "rest=",
        "rest=verylongvalue",
        "[PIN_1]",
        "[EMAIL_2]",
        "[EMAIL_",
        "[tok:custom.pin:",
        "[vault:desk:custom.pin:1]",
        "[",
        "]",
        ":",
        "*",
        "[PII_CONTACT_EMAIL]",
        "é",
        "€",
        "1",
        "a",
        " ",
        "\n",
        ".",
    ]);
    prop::collection::vec(pieces, 0..24).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn what_was_redacted_comes_back(text in pieces()) {
        for style in styles() {
            let is_fixed = !matches!(style, Style::Fpe(_));
            let mut desk = Desk::new(style);
            let redacted = desk.redact(&text);
            prop_assert_eq!(desk.restore(&redacted), text.as_str());
            if is_fixed {
                prop_assert_eq!(desk.redact(&redacted), redacted);
            }
        }
    }

    #[test]
    fn every_way_of_cutting_gives_the_same(text in pieces(), cuts in prop::collection::vec(1usize..40, 1..60)) {
        for style in &styles()[..3] {
            let mut desk = Desk::new(style.clone());
            // Marks, marks that were altered, and the text with what looks like marks.
            let mut redacted = desk.redact(&text);
            redacted.push_str(&redacted.replacen('2', "3", 3));
            redacted.push_str(&text);
            let redacted = redacted.as_bytes();
            let whole = restore(redacted, Some(&token_key()), &desk.session);
            let mut restorer = Restorer::new(Some(&token_key()));
            let mut released = Vec::new();
            let mut rest = redacted;
            for cut in cuts.iter().cycle() {
                if rest.is_empty() {
                    break;
                }
                let (piece, left) = rest.split_at(rest.len().min(*cut));
                released.extend(restorer.push(&desk.session, piece));
                rest = left;
            }
            released.extend(restorer.finish());
            prop_assert_eq!(restorer.restored(), whole.restored);
            prop_assert_eq!(restorer.unknown(), whole.unknown);
            prop_assert_eq!(released, whole.bytes);
        }
    }
}
