//! What an evaluation comes to, as it is written and read back. `docs/eval.md` describes it.

use serde::{Deserialize, Serialize};

use crate::compare::Comparison;
use crate::share::{Estimate, Rate, Share};

/// The form of the result; a result of another form is not compared.
pub const FORMAT: u32 = 1;

/// What an evaluation comes to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evaluation {
    /// [`FORMAT`].
    pub format: u32,
    /// What it was made with.
    pub setting: Setting,
    /// By source, in alphabetical order.
    pub sources: Vec<Source>,
    /// Every classifier with a finding or a labelled value of its own, by id.
    pub classifiers: Vec<Classifier>,
    /// How often findings of a confidence are true.
    pub calibration: Vec<Calibration>,
    /// What other least confidences would give.
    pub curves: Vec<Curve>,
    /// Findings in text that should have none.
    pub benign: Benign,
    /// What became of each case, in the order of the files.
    pub cases: Vec<CaseResult>,
    /// What changed since an older result, where one was given.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comparison: Option<Comparison>,
}

/// What an evaluation was made with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Setting {
    /// Digest of the database, in hex.
    pub database: String,
    /// Number of its classifiers that were selected.
    pub classifiers: usize,
    /// Least confidence of the findings that count.
    pub min_confidence: u8,
    /// Whether only the likeliest of the findings that claim one value counts.
    #[serde(default)]
    pub resolve: bool,
    /// Globs of classifiers whose findings are no errors where no label names them.
    pub apart: Vec<String>,
}

/// How many were found, and what that makes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figures {
    /// Labelled values that are scored.
    pub labelled: u64,
    /// Those that were found.
    pub found: u64,
    /// Places of false findings.
    #[serde(rename = "false")]
    pub errors: u64,
    /// Share of what was found in all that was reported; none where nothing could be false.
    pub precision: Option<Estimate>,
    /// Share of the labelled values that were found.
    pub recall: Option<Estimate>,
    /// Harmonic mean of the two.
    pub f1: Option<Estimate>,
}

impl Figures {
    /// The figures of so many labelled values, found ones and false places. Where no finding could
    /// have been false, precision says nothing.
    pub fn new(labelled: u64, found: u64, errors: u64, can_be_false: bool) -> Self {
        let has_both = labelled > 0 && can_be_false;
        Self {
            labelled,
            found,
            errors,
            precision: Estimate::of(found, found + errors).filter(|_| has_both),
            recall: Estimate::of(found, labelled),
            f1: Estimate::f1(found, errors, labelled - found).filter(|_| has_both),
        }
    }
}

/// The figures of one source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Source {
    /// Its name.
    pub source: String,
    /// Cases of any sort.
    pub cases: u64,
    /// Bytes of their texts.
    pub bytes: u64,
    /// Cases with something to be found.
    pub positives: u64,
    /// Cases in which nothing of their labels may be found.
    pub negatives: u64,
    /// Negative cases with a false finding.
    pub flagged: u64,
    /// Their share in the negative cases.
    pub flagged_share: Option<Estimate>,
    /// Cases of which no label is covered.
    pub uncovered_cases: u64,
    /// Labelled values that are not covered.
    pub uncovered: u64,
    /// Cases without any label.
    pub unlabelled: u64,
    /// Findings at a labelled value of another class.
    pub other_class: u64,
    /// Cases whose scan reached its limit of work.
    pub incomplete: u64,
    /// Figures of all families.
    pub total: Figures,
    /// Share of the found spans that have a finding with their very bounds.
    pub exact: Option<Estimate>,
    /// Figures of each family with a labelled value or a false finding.
    pub families: Vec<FamilyFigures>,
    /// What was found of each class of labelled values.
    pub classes: Vec<ClassFigures>,
    /// What was found in the cases with each label.
    pub labels: Vec<LabelFigures>,
}

/// The figures of one family in a source.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FamilyFigures {
    /// Its name.
    pub family: String,
    /// Its figures.
    #[serde(flatten)]
    pub figures: Figures,
}

/// What was found of a class.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassFigures {
    /// Its name in the source.
    pub class: String,
    /// Whether its values are scored.
    pub covered: bool,
    /// Labelled values.
    pub labelled: u64,
    /// Those that were found.
    pub found: u64,
    /// Share of the two.
    pub recall: Option<Estimate>,
}

/// What was found in the cases with a label.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LabelFigures {
    /// The label.
    pub label: String,
    /// Labelled values in the positive cases with it.
    pub labelled: u64,
    /// Those that were found.
    pub found: u64,
    /// Negative cases with it.
    pub negatives: u64,
    /// Those with a false finding.
    pub flagged: u64,
}

/// The figures of one classifier over all sources and benign texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Classifier {
    /// Its id.
    pub id: String,
    /// Its true findings.
    #[serde(rename = "true")]
    pub hits: u64,
    /// Its false findings.
    #[serde(rename = "false")]
    pub errors: u64,
    /// Its findings at values of other classes.
    pub other_class: u64,
    /// Share of the true ones in both.
    pub precision: Option<Estimate>,
    /// Labelled values of classes that it alone stands for.
    pub own_labelled: u64,
    /// Those that it found.
    pub own_found: u64,
    /// Share of the two.
    pub recall: Option<Estimate>,
    /// F1 of its own values and its false findings.
    pub f1: Option<Estimate>,
    /// Findings in benign texts.
    pub benign: u64,
    /// The same in a million bytes.
    pub benign_per_mb: Option<Rate>,
    /// What it costs, where that was measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
}

/// What a classifier costs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    /// Steps of verification.
    pub steps: u64,
    /// Its part of the time of verification, in nanoseconds.
    pub time_ns: u64,
    /// The same of the whole scan, in thousandths.
    pub per_mille: u64,
}

/// How often findings of each confidence are true.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Calibration {
    /// A family; none for all together.
    pub family: Option<String>,
    /// Ten bins of ten; the last holds 100 too.
    pub bins: Vec<Bin>,
}

/// Findings of some confidences.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bin {
    /// Least confidence.
    pub from: u8,
    /// Most.
    pub to: u8,
    /// Findings that are true or false.
    pub judged: u64,
    /// Those that are true.
    #[serde(rename = "true")]
    pub hits: u64,
    /// Share of the two.
    pub share: Option<Estimate>,
}

/// What other least confidences would give.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Curve {
    /// A source.
    pub source: String,
    /// A family; none for all together.
    pub family: Option<String>,
    /// For each least confidence from 0 to 100 in steps of five.
    pub points: Vec<Point>,
}

/// What a least confidence would give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Point {
    /// The least confidence.
    pub confidence: u8,
    /// Labelled values that are found.
    pub found: u64,
    /// Places of false findings.
    #[serde(rename = "false")]
    pub errors: u64,
    /// Share of the labelled values.
    pub recall: Option<Share>,
    /// Share of all that is reported.
    pub precision: Option<Share>,
    /// Harmonic mean of the two.
    pub f1: Option<Share>,
    /// False places in a million bytes of the source.
    pub false_per_mb: Option<Rate>,
}

/// Findings in text that should have none.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Benign {
    /// By file, in the order in which they were given.
    pub files: Vec<BenignFile>,
    /// The classifiers that are not set apart with the most findings, at most ten.
    pub noisiest: Vec<Noise>,
}

/// What a benign text holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct BenignFile {
    /// Its name.
    pub file: String,
    /// Its length.
    pub bytes: u64,
    /// Findings of classifiers that are not set apart.
    pub findings: u64,
    /// The same in a million bytes.
    pub per_mb: Option<Rate>,
    /// The places that they take up; findings that overlap are at one.
    pub places: u64,
    /// The same in a million bytes.
    pub places_per_mb: Option<Rate>,
    /// Findings of classifiers that are set apart.
    pub apart: u64,
    /// The same in a million bytes.
    pub apart_per_mb: Option<Rate>,
    /// Whether the scan reached its limit of work.
    pub incomplete: bool,
    /// Findings by classifier, most first.
    pub classifiers: Vec<ClassifierNoise>,
    /// Findings that are not set apart in a million bytes, by least confidence from 0 to 100 in
    /// steps of five.
    pub curve: Vec<NoisePoint>,
}

/// Findings of a classifier in a benign text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClassifierNoise {
    /// Its id.
    pub id: String,
    /// Whether it is set apart.
    pub apart: bool,
    /// Its findings.
    pub findings: u64,
    /// The same in a million bytes.
    pub per_mb: Option<Rate>,
    /// First byte of each of the first three, and the byte behind its last.
    pub first: Vec<[usize; 2]>,
}

/// How noisy a benign text is at a least confidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoisePoint {
    /// The least confidence.
    pub confidence: u8,
    /// Findings in a million bytes.
    pub per_mb: Option<Rate>,
}

/// A classifier and its findings in all benign texts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Noise {
    /// Its id.
    pub id: String,
    /// Its findings.
    pub findings: u64,
    /// The same in a million bytes.
    pub per_mb: Option<Rate>,
}

/// What became of a case. It holds nothing of its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CaseResult {
    /// The case's id.
    pub id: String,
    /// Its source.
    pub source: String,
    /// Labelled values that were found.
    pub found: u64,
    /// Those that were not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<Missed>,
    /// Findings that are false.
    #[serde(default, rename = "false", skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FalseFinding>,
}

/// A labelled value that was not found.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Missed {
    /// Its first byte.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// What it is, in the words of the source.
    pub class: String,
}

/// A finding that is false.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct FalseFinding {
    /// Its first byte.
    pub start: usize,
    /// The byte behind its last.
    pub end: usize,
    /// Its classifier.
    pub classifier: String,
    /// Its confidence.
    pub confidence: u8,
}
