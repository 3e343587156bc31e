//! The classifier and its parts, as a rule author writes them.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{ClassifierId, Code, Place, Source};

/// Confidence of a classifier that states none.
pub const DEFAULT_CONFIDENCE: u8 = 50;
/// Context window of a classifier that states none, in bytes on either side.
pub const DEFAULT_CONTEXT_WINDOW: u32 = 64;
/// Bytes into which a group of a composite that states none fits.
pub const DEFAULT_COMPOSITE_WITHIN: u32 = 300;
/// Bytes in which occurrences of terms stand together, of a dictionary that states none.
pub const DEFAULT_TERMS_WITHIN: u32 = 1_000;
/// By how much context raises or lowers the confidence where the classifier does not say.
pub const DEFAULT_CONTEXT_AMOUNT: u8 = 20;

/// How bad it is when a value of this kind gets out.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// A nuisance.
    Low,
    /// The default.
    #[default]
    Medium,
    /// Someone is harmed.
    High,
    /// Someone else gets in.
    Critical,
}

impl Severity {
    /// All severities, mildest first.
    pub const ALL: [Self; 5] = [
        Self::Info,
        Self::Low,
        Self::Medium,
        Self::High,
        Self::Critical,
    ];

    /// The name as it is written in files and output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
            Self::Critical => "critical",
        }
    }

    /// The severity with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|severity| severity.as_str() == name)
    }
}

/// Where a classifier stands in its life.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Stage {
    /// May still change.
    Preview,
    /// Findings change only with an entry in the changelog.
    #[default]
    Stable,
    /// Still there; something else is better.
    Deprecated,
}

impl Stage {
    /// All stages in the order of a life.
    pub const ALL: [Self; 3] = [Self::Preview, Self::Stable, Self::Deprecated];

    /// The name as it is written in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Preview => "preview",
            Self::Stable => "stable",
            Self::Deprecated => "deprecated",
        }
    }

    /// The stage with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stage| stage.as_str() == name)
    }
}

/// One thing to look for.
#[derive(Clone, Debug, PartialEq)]
pub struct Classifier {
    /// `<family>.<group>.<name>`, unique among all that are loaded.
    pub id: ClassifierId,
    /// A short name for people; empty when the file states none.
    pub name: String,
    /// A sentence or two; empty when the file states none.
    pub description: String,
    /// How bad a finding is.
    pub severity: Severity,
    /// Base confidence, 0 to 100.
    pub confidence: u8,
    /// Words to select by.
    pub tags: Vec<String>,
    /// Entity name for Presidio-compatible output.
    pub presidio: Option<String>,
    /// Where the format is documented.
    pub references: Vec<String>,
    /// Share of random strings of this shape that the detectors and validators accept, 0 to 1.
    pub chance: Option<f64>,
    /// First version of the catalogue that has it.
    pub since: Option<String>,
    /// Where it stands in its life.
    pub stage: Stage,
    /// Warnings of `check` that are known and right.
    pub accept: Vec<Acceptance>,
    /// Regular expressions; a match of any of them is a finding.
    pub regexes: Vec<RegexDetector>,
    /// Lists of terms; an occurrence of any term is a finding.
    pub dictionaries: Vec<DictionaryDetector>,
    /// Findings of other classifiers that are a finding together; in place of detectors.
    pub composite: Option<Composite>,
    /// Words near a match that it needs, or that change its confidence.
    pub context: Option<Context>,
    /// Values that are never findings.
    pub exclude: Exclusions,
    /// Texts with a finding.
    pub examples: Vec<Example>,
    /// Texts without a finding of this classifier.
    pub counterexamples: Vec<Counterexample>,
    /// Where the classifier is written, if in a file.
    pub place: Option<Place>,
}

impl Classifier {
    /// A classifier with this id, every default, and no detector yet.
    pub fn new(id: ClassifierId) -> Self {
        Self {
            id,
            name: String::new(),
            description: String::new(),
            severity: Severity::default(),
            confidence: DEFAULT_CONFIDENCE,
            tags: Vec::new(),
            presidio: None,
            references: Vec::new(),
            chance: None,
            since: None,
            stage: Stage::default(),
            accept: Vec::new(),
            regexes: Vec::new(),
            dictionaries: Vec::new(),
            composite: None,
            context: None,
            exclude: Exclusions::default(),
            examples: Vec::new(),
            counterexamples: Vec::new(),
            place: None,
        }
    }

    /// The same with one more regular expression.
    #[must_use]
    pub fn with_regex(mut self, pattern: impl Into<String>) -> Self {
        self.regexes.push(RegexDetector::new(pattern));
        self
    }
}

/// A warning of `check` that its author knows of and leaves as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Which warning; all of this code about the classifier.
    pub code: Code,
    /// Why nothing is to be done about it.
    pub reason: String,
    /// Where it is written, if in a file.
    pub place: Option<Place>,
}

/// A regular expression in the syntax of the Rust `regex` crate, over bytes, Unicode off.
#[derive(Clone, Debug, PartialEq)]
pub struct RegexDetector {
    /// The pattern. The group named `value`, where there is one, is the span reported.
    pub pattern: String,
    /// Longest match in bytes; the engine's default where the file states none.
    pub max_len: Option<u32>,
    /// Validators that must all accept the value, as `name` or `name:argument`.
    pub validate: Vec<String>,
    /// Where the pattern is written, if in a file.
    pub place: Option<Place>,
}

impl RegexDetector {
    /// A detector with this pattern and no validator.
    pub fn new(pattern: impl Into<String>) -> Self {
        Self {
            pattern: pattern.into(),
            max_len: None,
            validate: Vec::new(),
            place: None,
        }
    }
}

/// How the terms of a dictionary are compared with the input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Matching {
    /// Byte by byte, as whole words: neither neighbour is an ASCII letter or digit.
    #[default]
    Bytes,
    /// Word by word, whatever their case, width and accents and what stands between them.
    Words,
}

impl Matching {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Bytes, Self::Words];

    /// The name as it is written in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Bytes => "bytes",
            Self::Words => "words",
        }
    }
}

/// A list of terms. Where several start at one place, the longest wins.
#[derive(Clone, Debug, PartialEq)]
pub struct DictionaryDetector {
    /// The terms; none is empty. In a dictionary of words a tab parts a term from its weight.
    pub terms: Vec<String>,
    /// More terms of a dictionary of words, one on each line.
    pub file: Option<Arc<Source>>,
    /// How they are compared with the input.
    pub matching: Matching,
    /// Whether ASCII letters must agree in case; they need not by default, and never do in a
    /// dictionary of words.
    pub case_sensitive: bool,
    /// What an occurrence of a term adds that states no weight.
    pub weight: u32,
    /// Findings are groups of occurrences, with at least this sum of weights or [`Self::count`].
    pub threshold: Option<u32>,
    /// Findings are groups of occurrences, at least so many or with [`Self::threshold`].
    pub count: Option<u32>,
    /// Whether equal terms count once in a group.
    pub unique: bool,
    /// Bytes that a group fits into.
    pub within: u32,
    /// Validators that must all accept the term found, as `name` or `name:argument`.
    pub validate: Vec<String>,
    /// Where the list is written, if in a file.
    pub place: Option<Place>,
}

impl DictionaryDetector {
    /// A dictionary of these terms with every default.
    pub fn new<T: Into<String>>(terms: impl IntoIterator<Item = T>) -> Self {
        Self {
            terms: terms.into_iter().map(Into::into).collect(),
            file: None,
            matching: Matching::default(),
            case_sensitive: false,
            weight: 1,
            threshold: None,
            count: None,
            unique: false,
            within: DEFAULT_TERMS_WITHIN,
            validate: Vec::new(),
            place: None,
        }
    }

    /// Whether findings are groups of occurrences.
    pub fn has_thresholds(&self) -> bool {
        self.threshold.is_some() || self.count.is_some()
    }
}

/// Findings of other classifiers that stand together: a group, which is a finding of its own from
/// the start of its first member to the end of its last. Streams wait for it: from a finding of a
/// member on, nothing is passed on before [`Composite::within`] bytes have come.
#[derive(Clone, Debug, PartialEq)]
pub struct Composite {
    /// Bytes that the whole group fits into.
    pub within: u32,
    /// How many different members it has at least.
    pub kinds: u32,
    /// How many distinct values it has at least, ASCII case folded.
    pub values: u32,
    /// The least sum of the weights of its distinct values.
    pub weight: u32,
    /// Findings of less confidence do not count.
    pub min_confidence: u8,
    /// What can be in the group. A classifier that several members name belongs to the first.
    pub members: Vec<Member>,
    /// Where the composite is written, if in a file.
    pub place: Option<Place>,
}

impl Composite {
    /// A composite of these members with every default.
    pub fn new(members: Vec<Member>) -> Self {
        Self {
            within: DEFAULT_COMPOSITE_WITHIN,
            kinds: 1,
            values: 1,
            weight: 0,
            min_confidence: 0,
            members,
            place: None,
        }
    }
}

/// Classifiers whose findings count as one kind in a composite.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Ids, or beginnings of ids followed by `*`; see [`id_meets`](crate::id_meets).
    pub classifiers: Vec<String>,
    /// What each distinct value adds to the weight of the group.
    pub weight: u32,
    /// Where the member is written, if in a file.
    pub place: Option<Place>,
}

impl Member {
    /// The classifiers that these ids or beginnings of ids name, of weight 1.
    pub fn new<T: Into<String>>(classifiers: impl IntoIterator<Item = T>) -> Self {
        Self {
            classifiers: classifiers.into_iter().map(Into::into).collect(),
            weight: 1,
            place: None,
        }
    }
}

/// What a context keyword does to a match.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ContextEffect {
    /// Without a keyword there is no finding.
    Require,
    /// A keyword raises the confidence.
    #[default]
    Raise,
    /// A keyword lowers the confidence.
    Lower,
}

impl ContextEffect {
    /// All effects.
    pub const ALL: [Self; 3] = [Self::Require, Self::Raise, Self::Lower];

    /// The name as it is written in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Require => "require",
            Self::Raise => "raise",
            Self::Lower => "lower",
        }
    }

    /// The effect with this name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|effect| effect.as_str() == name)
    }
}

/// Keywords looked for near a match: whole words (neither neighbour is an ASCII letter or digit),
/// ASCII case folded.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// The keywords; none is empty.
    pub keywords: Vec<String>,
    /// How far from the reported span a keyword may stand, in bytes on either side.
    pub window: u32,
    /// What a keyword does.
    pub effect: ContextEffect,
    /// By how much the confidence changes, 0 to 100; unused with `require`.
    pub amount: u8,
    /// Where the context is written, if in a file.
    pub place: Option<Place>,
}

impl Context {
    /// These keywords with every default.
    pub fn new<T: Into<String>>(keywords: impl IntoIterator<Item = T>) -> Self {
        Self {
            keywords: keywords.into_iter().map(Into::into).collect(),
            window: DEFAULT_CONTEXT_WINDOW,
            effect: ContextEffect::default(),
            amount: DEFAULT_CONTEXT_AMOUNT,
            place: None,
        }
    }
}

/// Values that match and are never findings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Exclusions {
    /// Whole values, compared byte for byte.
    pub values: Vec<String>,
    /// Terms that occur anywhere in the value, ASCII case folded.
    pub terms: Vec<String>,
    /// Patterns that match anywhere in the value, which is all they see.
    pub patterns: Vec<String>,
    /// Where the exclusions are written, if in a file.
    pub place: Option<Place>,
}

impl Exclusions {
    /// Whether nothing is excluded.
    pub fn is_empty(&self) -> bool {
        self.values.is_empty() && self.terms.is_empty() && self.patterns.is_empty()
    }
}

/// A text in which the classifier finds `value`.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// The text as written, `{value}` standing for the generated value where there is a template.
    pub text: String,
    /// The span to be reported; anything found will do when the file states none.
    pub value: Option<String>,
    /// Makes the value: literal text with `{class:length}` fields.
    pub template: Option<String>,
    /// Where the example is written, if in a file.
    pub place: Option<Place>,
}

/// A text in which the classifier finds nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Counterexample {
    /// The text as written, `{value}` standing for the generated value where there is a template.
    pub text: String,
    /// Makes a value, as in [`Example::template`].
    pub template: Option<String>,
    /// Why nothing may be found.
    pub why: String,
    /// Where the counterexample is written, if in a file.
    pub place: Option<Place>,
}
