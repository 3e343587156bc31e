//! Redaction over the catalogue's own examples and over random sets of rules: what is turned back
//! is what was there, a second pass changes nothing, text stays text, and a stream may be cut
//! anywhere.

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use sluicegate::{Database, Scanner, compile};
use sluicegate_classifiers::{builtin, builtin_rules};
use sluicegate_guard::redact::{
    FpeKey, HashKey, RedactError, Redactor, Restorer, Session, Style, TokenKey, restore,
};
use sluicegate_tests::{Choices, Material, Redaction, inputs, rules, text_near_values};

const SECRET: &[u8] = b"a key for tests only";

fn token_key() -> TokenKey {
    TokenKey::new(SECRET).expect("a long key")
}

/// Every style, and whether it can be turned back.
fn styles() -> Vec<(Style, bool)> {
    vec![
        (Style::Label, false),
        (Style::Mask, false),
        (Style::Partial { keep: 4 }, false),
        (
            Style::Hash(HashKey::new(SECRET).expect("a long key")),
            false,
        ),
        (Style::Numbered, true),
        (Style::Vault, true),
        (Style::Token(token_key()), true),
        (Style::Fpe(FpeKey::new(SECRET).expect("a long key")), true),
    ]
}

/// One redactor for each style.
struct Subject {
    scanner: Scanner,
    redactors: Vec<(Redactor, Style, bool)>,
    /// Texts that were not redacted, which is an outcome and no mistake.
    refused: usize,
}

impl Subject {
    fn new(database: &Database) -> Self {
        let redactors = styles().into_iter().map(|(style, is_reversible)| {
            let redactor = Redactor::new(database, style.clone());
            (redactor, style, is_reversible)
        });
        Self {
            scanner: Scanner::new(database),
            redactors: redactors.collect(),
            refused: 0,
        }
    }

    /// What does not hold for this text, by the style. Looking for values of the same form takes
    /// long, and is left out unless asked for.
    fn check(&mut self, text: &[u8], with_forms: bool) -> Result<(), String> {
        let is_form = |style: &Style| matches!(style, Style::Fpe(_));
        for (redactor, style, is_reversible) in &self.redactors {
            if is_form(style) && !with_forms {
                continue;
            }
            let scanner = &mut self.scanner;
            let mut session = Session::default();
            let once = match redactor.redact_in(&mut session, scanner, text, |_| true) {
                Ok(redacted) => redacted.bytes,
                Err(RedactError::Incomplete | RedactError::Unsettled) => {
                    self.refused += 1;
                    continue;
                }
                Err(error) => return Err(format!("{style:?}: {error}")),
            };
            let must = |holds: bool, what: &str| {
                let failure = || format!("{style:?}: {what}: {}", once.escape_ascii());
                holds.then_some(()).ok_or_else(failure)
            };
            let is_text = |bytes: &[u8]| str::from_utf8(bytes).is_ok();
            must(!is_text(text) || is_text(&once), "no longer text")?;
            if !is_form(style) {
                let twice = redactor.redact_in(&mut session, scanner, &once, |_| true);
                must(
                    twice.is_ok_and(|twice| twice.bytes == once),
                    "a second pass changes it",
                )?;
            }
            if *is_reversible {
                let back = redactor.restore(&session, scanner, &once, |_| true);
                must(
                    back.is_ok_and(|back| back.bytes == text && back.unknown == 0),
                    "does not come back",
                )?;
            }
            for size in [1, 7, 100] {
                must(is_same_in_pieces(&once, size, &session), "cutting shows")?;
            }
        }
        Ok(())
    }
}

fn is_same_in_pieces(text: &[u8], size: usize, session: &Session) -> bool {
    let mut restorer = Restorer::new(Some(&token_key()));
    let mut bytes = Vec::new();
    for piece in text.chunks(size) {
        bytes.extend(restorer.push(session, piece));
    }
    bytes.extend(restorer.finish());
    let whole = restore(text, Some(&token_key()), session);
    bytes == whole.bytes
        && restorer.restored() == whole.restored
        && restorer.unknown() == whole.unknown
}

#[test]
fn the_examples_of_the_catalogue_come_back() {
    let database = builtin();
    let material = Material::new(&database, &builtin_rules().classifiers);
    let mut texts = material.examples;
    texts.extend(material.counterexamples);
    // Alone, and beside others that may stand in each other's windows; of these, one in eight in
    // values of the same form.
    let together: Vec<Vec<u8>> = texts.chunks(16).map(|texts| texts.join(&b'\n')).collect();
    let alone = texts.iter().map(|text| (text, false));
    let together = together.iter().enumerate();
    let together = together.map(|(number, text)| (text, number % 8 == 0));
    let mut subject = Subject::new(&database);
    let mut wrong = Vec::new();
    for (text, with_forms) in alone.chain(together) {
        if let Err(what) = subject.check(text, with_forms) {
            wrong.push(format!("{what}\n  from {}", text.escape_ascii()));
        }
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n"));
    assert_eq!(subject.refused, 0, "of {} texts", texts.len());
}

#[test]
fn a_stream_may_be_cut_anywhere() {
    let database = builtin();
    let material = Material::new(&database, &builtin_rules().classifiers);
    let styles = styles().into_iter().map(|(style, _)| style);
    let styles = styles.filter(|style| !matches!(style, Style::Fpe(_)));
    for (number, style) in styles.enumerate() {
        let mut redaction = Redaction::new(&database, &style);
        for seed in 0..12 {
            let mut choices = Choices::from_seed(100 * number as u64 + seed);
            let text = text_near_values(&mut choices, &material);
            let whole = redaction
                .whole(&text)
                .unwrap_or_else(|what| panic!("{what}"));
            for cut in 1..text.len() {
                let outcome = redaction.cut(&text, &[cut], &whole);
                outcome.unwrap_or_else(|what| panic!("{style:?}: {what}"));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 400,
        max_shrink_iters: 300,
        failure_persistence: None,
        rng_seed: RngSeed::Fixed(1),
        ..ProptestConfig::default()
    })]

    #[test]
    fn random_rules_may_be_cut(decisions in prop::collection::vec(any::<u8>(), 0..800)) {
        let mut choices = Choices::from_bytes(&decisions);
        let rules = rules(&mut choices);
        let Ok(compiled) = compile(&rules) else { return Ok(()) };
        let mut redactions: Vec<Redaction> = [Style::Label, Style::Numbered, Style::Mask]
            .iter()
            .map(|style| Redaction::new(&compiled.database, style))
            .collect();
        for text in inputs(&mut choices, &rules) {
            let cut = choices.between(0, text.len());
            for redaction in &mut redactions {
                let whole = redaction.whole(&text).map_err(TestCaseError::fail)?;
                let every: Vec<usize> = (1..text.len()).collect();
                for cuts in [&[cut][..], &every] {
                    redaction.cut(&text, cuts, &whole).map_err(TestCaseError::fail)?;
                }
            }
        }
    }

    #[test]
    fn random_rules_come_back(decisions in prop::collection::vec(any::<u8>(), 0..800)) {
        let mut choices = Choices::from_bytes(&decisions);
        let rules = rules(&mut choices);
        let Ok(compiled) = compile(&rules) else { return Ok(()) };
        let mut subject = Subject::new(&compiled.database);
        for input in inputs(&mut choices, &rules) {
            subject.check(&input, true).map_err(TestCaseError::fail)?;
        }
    }
}
