//! What is generated from the built-in catalogue, and what the engine finds in it.

use std::collections::BTreeMap;

use sluicegate::Scanner;
use sluicegate_classifiers::{builtin, builtin_rules};
use sluicegate_corpus::{Line, generate};
use sluicegate_model::Classifier;

/// Every so many classifiers: of all of them values take a minute to make.
const EACH: usize = 8;

fn some() -> Vec<Classifier> {
    let classifiers = builtin_rules().classifiers;
    classifiers.into_iter().step_by(EACH).collect()
}

fn lines(count: usize) -> Vec<Line> {
    let generated = generate(&some(), 11, count);
    generated.files.into_values().flatten().collect()
}

#[test]
fn equal_seeds_make_equal_cases_whatever_else_there_is() {
    let classifiers = some();
    let all = generate(&classifiers, 5, 2).files;
    assert_eq!(generate(&classifiers, 5, 2).files, all);
    assert_ne!(generate(&classifiers, 6, 2).files, all);
    let cards: Vec<_> = classifiers
        .into_iter()
        .filter(|classifier| classifier.id.family() == "pci")
        .collect();
    assert_eq!(generate(&cards, 5, 2).files["pci"], all["pci"]);
}

#[test]
fn spans_are_in_their_texts() {
    for line in lines(3) {
        for (start, end, class) in &line.spans {
            assert!(!line.text[*start..*end].is_empty(), "{class}");
        }
        assert_eq!(line.spans.is_empty(), line.negative);
    }
}

/// Surroundings such as quotes and marks of patches may hide a few values, and a value may be a
/// near miss of another pattern of its classifier: nine of ten, not all.
#[test]
fn values_are_found_in_every_carrier_and_near_misses_are_not() {
    let database = builtin();
    let mut scanner = Scanner::new(&database);
    let mut counts: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for line in lines(3) {
        let class = database
            .find(&line.labels[0])
            .expect("of the catalogue")
            .index();
        let found = scanner
            .scan(line.text.as_bytes())
            .findings
            .iter()
            .any(|finding| {
                let inside = |(start, end, _): &(usize, usize, String)| {
                    finding.start < *end && *start < finding.end
                };
                finding.classifier == class && (line.negative || line.spans.iter().any(inside))
            });
        let (right, all) = counts.entry(line.source).or_default();
        *right += usize::from(found != line.negative);
        *all += 1;
    }
    assert!(counts.len() >= 12);
    for (source, (right, all)) in counts {
        assert!(right * 10 >= all * 9, "{source}: {right} of {all}");
    }
}
