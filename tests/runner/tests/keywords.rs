//! Classifiers that need a keyword, over inputs where keywords are rare and matches overlap: what is
//! passed over for want of a keyword must change nothing.

use sluicegate::model::{Classifier, ClassifierId, Context, ContextEffect};
use sluicegate::{Kernel, Reference, Scanner, compile};
use sluicegate_tests::Choices;

/// Shapes that overlap one another and themselves, with windows of several sizes.
const RULES: &[(&str, &[&str], u32)] = &[
    (r"[0-9]{4}-[0-9]{4}", &["key", "pin code"], 8),
    (r"\b[0-9]{3}[ -]?[0-9]{3}[ -]?[0-9]{3}\b", &["key"], 40),
    (r"(?:^|[^0-9])(?P<value>[0-9]{6,8})\b", &["tax", "n°"], 24),
    (r"[0-9]{2}(?:-[0-9]{2}){2,9}", &["date", "key"], 16),
    (r"\b[A-Z][0-9]{5}\b|\b[0-9]{5}\b", &["zip", "код"], 80),
    (r"[0-9-]{9,30}", &["tax"], 12),
];

const PIECES: &[&str] = &[
    "12",
    "345",
    "6789",
    "01234567",
    "-",
    "-",
    " ",
    " ",
    "A",
    "\n",
    ", ",
    "key",
    "pin code",
    "pin",
    "tax",
    "n°",
    "date",
    "zip",
    "код",
    "keys",
    "_key",
    "the order of ",
    "é",
];

const WALLS: &[&str] = &["1234-", "12-", "123 ", "1234567-", "-1", "123456789"];

fn classifiers() -> Vec<Classifier> {
    RULES
        .iter()
        .enumerate()
        .map(|(i, (pattern, keywords, window))| {
            let id = ClassifierId::new(&format!("custom.rule.{i}")).expect("a valid id");
            let mut classifier = Classifier::new(id).with_regex(*pattern);
            classifier.context = Some(Context {
                keywords: keywords.iter().map(|&keyword| keyword.to_owned()).collect(),
                window: *window,
                effect: ContextEffect::Require,
                amount: 0,
                place: None,
            });
            classifier
        })
        .collect()
}

fn input(choices: &mut Choices) -> Vec<u8> {
    let mut text = Vec::new();
    let most = choices.between(20, 3000);
    // Digits, mostly: how often another piece stands among them differs from input to input.
    let rarity = choices.between(2, 20);
    while text.len() < most {
        if choices.one_in(12) {
            // Matches next to one another, so that the first decides which the last ones are.
            let unit = *choices.pick(WALLS);
            for _ in 0..choices.between(1, 90) {
                text.extend_from_slice(unit.as_bytes());
            }
        }
        let piece = if choices.one_in(rarity) {
            *choices.pick(PIECES)
        } else {
            PIECES[choices.below(7)]
        };
        text.extend_from_slice(piece.as_bytes());
    }
    text
}

#[test]
fn what_is_passed_over_changes_nothing() {
    let rules = classifiers();
    let reference = Reference::new(&rules).expect("the rules compile");
    let database = compile(&rules).expect("the rules compile").database;
    let mut scanners: Vec<Scanner> = Kernel::available()
        .map(|kernel| Scanner::new(&database).with_kernel(kernel))
        .collect();
    let mut findings = 0;
    for seed in 0..4000 {
        let text = input(&mut Choices::from_seed(seed));
        let expected = reference.scan(&text);
        findings += expected.len();
        for scanner in &mut scanners {
            let found = scanner.scan(&text).findings;
            assert_eq!(found, expected, "seed {seed}: {}", text.escape_ascii());
        }
    }
    assert!(findings > 1000, "only {findings} findings");
}
