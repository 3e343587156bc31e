//! A set of cases from a seed: for each classifier values in every carrier, and near misses.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};
use sluicegate_model::Classifier;

use crate::{Carrier, Choices, Line, NearMiss, Values, near_misses};

/// The word in place of a label where nothing may say what a value is.
const NEUTRAL: &str = "entry";

/// Cases, and what there are none of.
#[derive(Debug, Default)]
pub struct Generated {
    /// The cases by the file they belong into, which is the family.
    pub files: BTreeMap<String, Vec<Line>>,
    /// Ids of classifiers without a value: check digits that chance does not meet, and groups.
    pub without: Vec<String>,
}

/// Makes `count` values of each classifier, one for each carrier in turn, and near misses of them.
/// Equal classifiers, seeds and counts give equal cases; what other classifiers there are changes
/// nothing.
pub fn generate(classifiers: &[Classifier], seed: u64, count: usize) -> Generated {
    let mut generated = Generated::default();
    for classifier in classifiers {
        let id = classifier.id.as_str();
        let mut choices = Choices::from_seed(start(seed, id));
        let lines = of_classifier(&mut choices, classifier, count);
        if lines.is_empty() {
            generated.without.push(id.to_owned());
        }
        let family = classifier.id.family().to_owned();
        generated.files.entry(family).or_default().extend(lines);
    }
    generated
}

fn of_classifier(choices: &mut Choices, classifier: &Classifier, count: usize) -> Vec<Line> {
    let id = classifier.id.as_str();
    let values = Values::new(classifier);
    let kind = classifier.id.family();
    let mut lines = Vec::new();
    let first = choices.below(Carrier::ALL.len());
    for number in 0..count {
        // A group is no value: its members' texts are what it is.
        if classifier.composite.is_some() {
            break;
        }
        let Some(value) = values.make(choices) else {
            break;
        };
        let carrier = Carrier::ALL[(first + number) % Carrier::ALL.len()];
        let label = values.label(choices);
        let placed = carrier.place_value(choices, &label, &value);
        lines.push(Line {
            id: format!("{id}/{number}"),
            source: format!("generated-{}", carrier.as_str()),
            kind: kind.to_owned(),
            text: placed.text,
            spans: vec![(placed.span.start, placed.span.end, id.to_owned())],
            labels: vec![id.to_owned()],
            negative: false,
        });
        for (miss, text) in near_misses(choices, classifier, &values, &value) {
            let label = match miss {
                NearMiss::WithoutContext => NEUTRAL,
                _ => &label,
            };
            let placed = carrier.place(choices, label, &text);
            lines.push(Line {
                id: format!("{id}/{number}/{}", miss.as_str()),
                source: format!("generated-{}", miss.as_str()),
                kind: kind.to_owned(),
                text: placed.text,
                spans: Vec::new(),
                labels: vec![id.to_owned()],
                negative: true,
            });
        }
    }
    lines
}

/// Where the choices for a classifier start.
fn start(seed: u64, id: &str) -> u64 {
    let digest = Sha256::digest(id);
    let first = digest.first_chunk().expect("a digest has 32 bytes");
    seed ^ u64::from_le_bytes(*first)
}
