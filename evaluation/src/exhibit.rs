//! Which places are worth looking at: values that were missed, and findings that are false.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::result::Evaluation;

/// Values missed of one source that are shown.
const MISSED: usize = 12;
/// False findings of one classifier that are shown.
const ERRORS: usize = 3;
/// Classifiers whose false findings are shown.
const CLASSIFIERS: usize = 50;

/// A place in a text, worth looking at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exhibit {
    /// The text.
    pub text: ExhibitText,
    /// The first byte of the value or finding.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// The class of the value, or the classifier of the finding.
    pub what: String,
    /// The confidence of the finding, where it is known.
    pub confidence: Option<u8>,
}

/// A text by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExhibitText {
    /// That of a case.
    Case(usize),
    /// A benign one.
    Benign(usize),
}

/// What of a result is worth looking at.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exhibits {
    /// Values that were missed: the first of each source.
    pub missed: Vec<Exhibit>,
    /// Findings that are false, of the classifiers with the most: the most confident of each.
    pub errors: Vec<Exhibit>,
}

/// What of a result is worth looking at. Whoever has the texts can show it, with values hidden.
pub fn exhibits(evaluation: &Evaluation) -> Exhibits {
    let mut missed = Vec::new();
    let mut shown = BTreeMap::<&str, usize>::new();
    let mut errors = BTreeMap::<&str, (u64, Vec<Exhibit>)>::new();
    for (number, case) in evaluation.cases.iter().enumerate() {
        for one in &case.missed {
            let shown = shown.entry(&case.source).or_default();
            *shown += 1;
            if *shown <= MISSED {
                missed.push(Exhibit {
                    text: ExhibitText::Case(number),
                    start: one.start,
                    end: one.end,
                    what: one.class.clone(),
                    confidence: None,
                });
            }
        }
        for one in &case.errors {
            let (count, exhibits) = errors.entry(&one.classifier).or_default();
            *count += 1;
            exhibits.push(Exhibit {
                text: ExhibitText::Case(number),
                start: one.start,
                end: one.end,
                what: one.classifier.clone(),
                confidence: Some(one.confidence),
            });
        }
    }
    for (number, file) in evaluation.benign.files.iter().enumerate() {
        for noise in file.classifiers.iter().filter(|noise| !noise.apart) {
            let (count, exhibits) = errors.entry(&noise.id).or_default();
            *count += noise.findings;
            exhibits.extend(noise.first.iter().map(|&[start, end]| Exhibit {
                text: ExhibitText::Benign(number),
                start,
                end,
                what: noise.id.clone(),
                confidence: None,
            }));
        }
    }
    let mut worst: Vec<(&str, (u64, Vec<Exhibit>))> = errors.into_iter().collect();
    worst.sort_by(|(a, (more, _)), (b, (less, _))| (less, a).cmp(&(more, b)));
    let errors = worst.into_iter().take(CLASSIFIERS);
    let errors = errors.flat_map(|(_, (_, mut exhibits))| {
        // Stable: among equals the order is that of the texts.
        exhibits.sort_by_key(|exhibit| Reverse(exhibit.confidence));
        exhibits.truncate(ERRORS);
        exhibits
    });
    Exhibits {
        missed,
        errors: errors.collect(),
    }
}
