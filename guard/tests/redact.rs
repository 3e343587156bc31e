//! Redaction leaves no finding, changes nothing the second time, and keeps text valid.

use proptest::prelude::*;
use sluicegate::model::{Classifier, ClassifierId, Context, ContextEffect};
use sluicegate::{Completeness, Database, Scanner, compile};
use sluicegate_guard::redact::{
    HashKey, RedactError, RedactStream, Redactor, Session, Style, TokenKey,
};

fn classifier(id: &str, pattern: &str) -> Classifier {
    Classifier::new(ClassifierId::new(id).unwrap()).with_regex(pattern)
}

/// Rules that overlap, that take whatever stands behind a word, that cut characters, and that
/// depend on what is near.
fn database() -> Database {
    let mut near = classifier("custom.near-word", r"\b[0-9]{4}\b");
    near.context = Some(Context {
        keywords: vec!["pin".into()],
        window: 12,
        effect: ContextEffect::Require,
        amount: 0,
        place: None,
    });
    let mut token = classifier("custom.token", r"\btok_[a-z0-9]{8}\b");
    token.confidence = 90;
    let rules = [
        token,
        classifier("custom.password", r"password=(?P<value>\S{4,40})"),
        classifier("custom.link", r"https://[a-z0-9_@:/.]{8,60}"),
        classifier("custom.any-bytes", r"<<.{3}"),
        near,
    ];
    compile(&rules).unwrap().database
}

fn styles() -> [Style; 8] {
    [
        Style::Label,
        Style::Mask,
        Style::Partial { keep: 4 },
        Style::Partial { keep: 0 },
        Style::Hash(HashKey::new(b"a key for tests only").unwrap()),
        Style::Numbered,
        Style::Vault,
        Style::Token(TokenKey::new(b"a key for tests only").unwrap()),
    ]
}

fn redact_in(session: &mut Session, style: &Style, input: &[u8]) -> Vec<u8> {
    let mut scanner = Scanner::new(&database());
    let redactor = Redactor::new(scanner.database(), style.clone());
    redactor
        .redact_in(session, &mut scanner, input, |_| true)
        .unwrap()
        .bytes
}

fn redact(style: &Style, input: &[u8]) -> Vec<u8> {
    redact_in(&mut Session::default(), style, input)
}

fn redact_text(style: &Style, input: &str) -> String {
    String::from_utf8(redact(style, input.as_bytes())).unwrap()
}

#[test]
fn each_style_writes_its_mark() {
    let [label, mask, partial, none, hash, ..] = styles();
    let input = "a tok_12345678 b";
    assert_eq!(redact_text(&label, input), "a [CUSTOM_TOKEN] b");
    assert_eq!(redact_text(&mask, input), "a ************ b");
    assert_eq!(redact_text(&partial, input), "a ********5678 b");
    assert_eq!(redact_text(&none, input), "a ************ b");
    let hashed = redact_text(&hash, input);
    let digits = hashed
        .strip_prefix("a [custom.token:")
        .unwrap()
        .strip_suffix("] b")
        .unwrap();
    assert_eq!(digits.len(), 16);
    assert!(digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let other = Style::Hash(HashKey::new(b"another key for tests").unwrap());
    assert_ne!(hashed, redact_text(&other, input));
}

#[test]
fn short_values_are_never_kept_whole() {
    let partial = Style::Partial { keep: 100 };
    assert_eq!(redact_text(&partial, "pin 1234"), "pin **34");
}

#[test]
fn overlapping_findings_leave_no_rest() {
    let input = "go https://user:tok_12345678@example.org/x now";
    assert_eq!(redact_text(&Style::Label, input), "go [CUSTOM_TOKEN] now");
    assert_eq!(
        redact_text(&Style::Label, "password=tok_12345678x"),
        "password=[CUSTOM_PASSWORD]"
    );
}

#[test]
fn a_mark_behind_a_keyword_is_no_value() {
    for style in styles() {
        let mut session = Session::default();
        let once = redact_in(&mut session, &style, b"password=tok_12345678");
        let twice = redact_in(&mut session, &style, &once);
        assert_eq!(twice, once, "{style:?}");
    }
    assert_eq!(
        redact_text(&Style::Label, "password=tok_12345678"),
        "password=[CUSTOM_TOKEN]"
    );
    // Only marks that this database makes are.
    assert_eq!(
        redact_text(&Style::Label, "password=[OTHER]"),
        "password=[CUSTOM_PASSWORD]"
    );
}

#[test]
fn what_comes_near_by_redaction_is_redacted_too() {
    let input = "pin password=abcdefghijklmnopqrstuvwxyzabcdefghijklmn 1234";
    let partial = redact_text(
        &Style::Label,
        &format!("{input} https://0123456789abcdefghijklmnop 5678 pin"),
    );
    assert!(!partial.contains("5678"), "{partial}");
}

#[test]
fn a_mark_that_makes_a_value_of_what_was_passed_on_is_refused() {
    // Not a token, because a letter stands behind it; in front of a mark it would be one.
    let mut scanner = Scanner::new(&database());
    let redactor = Redactor::new(scanner.database(), Style::Label);
    let input = b"tok_12345678https://example.org/";
    let refused = redactor.redact(&mut scanner, input, |_| true);
    assert_eq!(refused, Err(RedactError::Unsettled));
}

#[test]
fn words_in_a_label_are_no_context() {
    let mut phone = classifier("custom.pin.number", r"\b[0-9]{4}\b");
    phone.context = Some(Context {
        keywords: vec!["pin".into()],
        window: 40,
        effect: ContextEffect::Require,
        amount: 0,
        place: None,
    });
    let rules = [
        phone,
        classifier("custom.pin.token", r"\btok_[a-z0-9]{8}\b"),
    ];
    let mut scanner = Scanner::new(&compile(&rules).unwrap().database);
    let redactor = Redactor::new(scanner.database(), Style::Label);
    let redacted = redactor.redact(&mut scanner, b"1234 tok_12345678 5678", |_| true);
    assert_eq!(redacted.unwrap().bytes, b"1234 [CUSTOM_PIN_TOKEN] 5678");
}

#[test]
fn findings_that_overlap_without_end_are_not_held_without_end() {
    // Each begins inside the other.
    let rules = [
        classifier("custom.one", r"a[ab]{8}b"),
        classifier("custom.two", r"b[ab]{8}a"),
    ];
    let mut scanner = Scanner::new(&compile(&rules).unwrap().database);
    let redactor = Redactor::new(scanner.database(), Style::Label);
    let input = b"aaaaabbbbb".repeat(20_000);
    let (mut session, mut out) = (Session::default(), Vec::new());
    let mut stream = RedactStream::new(&redactor, &session).unwrap();
    for piece in input.chunks(1000) {
        let scratch = scanner.scratch();
        let pushed = stream.push(&mut session, scratch, piece, &|_| true, &mut out);
        pushed.unwrap();
        assert!(stream.bytes() < 200_000, "{}", stream.bytes());
    }
    let finished = stream.finish(&mut session, scanner.scratch(), &|_| true, &mut out);
    finished.unwrap();
    let whole = redactor.redact(&mut scanner, &input, |_| true).unwrap();
    assert_eq!(out, whole.bytes);
    assert!(
        !out.contains(&b'a') && stream.edits() > 5,
        "{}",
        stream.edits()
    );
}

#[test]
fn characters_are_not_cut() {
    for style in styles() {
        let output = redact_text(&style, "<<aé€ and <<€€€ end");
        assert!(output.ends_with(" end"), "{style:?} {output}");
    }
    assert_eq!(redact(&Style::Mask, b"<<\xff\xfe\xfd!"), b"*****!");
}

#[test]
fn debug_shows_no_values() {
    let mut scanner = Scanner::new(&database());
    let redactor = Redactor::new(scanner.database(), Style::Partial { keep: 4 });
    let input = b"a tok_12345678 b";
    let findings = scanner.scan(input).findings.to_vec();
    let edits = redactor.edits(input, &findings).unwrap();
    assert!(!format!("{edits:?}").contains("5678"));
    assert!(
        HashKey::new(b"  short key   \n")
            .unwrap_err()
            .to_string()
            .contains("9 bytes")
    );
    assert!(!RedactError::Unsettled.to_string().is_empty());
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(400)
    })]

    #[test]
    fn redaction_is_idempotent_and_leaves_no_open_finding(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "tok_12345678", "tok_", "password=", "pin", " ", "1234", "*", "****", "[", "]", "[CUSTOM_TOKEN]",
            "[custom.token:0123456789abcdef]", "https://example.org/", "a.b", "<<", "é", "€", "x", "\n",
            "****5678", "@", ":",
        ]), 0..24)
    ) {
        let input = pieces.concat();
        for style in styles() {
            let mut scanner = Scanner::new(&database());
            let redactor = Redactor::new(scanner.database(), style.clone());
            let mut session = Session::default();
            let once = redactor.redact_in(&mut session, &mut scanner, input.as_bytes(), |_| true);
            let once = match once {
                // A mark can end what a word before it would have gone on with.
                Err(RedactError::Unsettled) => continue,
                once => once.unwrap(),
            };
            prop_assert!(std::str::from_utf8(&once.bytes).is_ok());
            let twice = redactor.redact_in(&mut session, &mut scanner, &once.bytes, |_| true).unwrap();
            prop_assert_eq!(&once.bytes, &twice.bytes);
            let scan = scanner.scan(&once.bytes);
            prop_assert_eq!(scan.completeness, Completeness::Complete);
            let findings = scan.findings.to_vec();
            prop_assert!(redactor.edits_in(&mut session, &once.bytes, &findings).unwrap().is_empty());
        }
    }
}
