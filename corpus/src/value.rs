//! Values of a classifier: from templates, patterns and terms, each judged by the pattern and the
//! validators but not by the engine.

use std::ops::Range;

use regex_automata::util::syntax;
use regex_automata::{Input, meta};
use sluicegate_model::{Classifier, ContextEffect, expand_template_seeded};
use sluicegate_validators::Call;

use crate::Choices;
use crate::sample::{Pattern, Plain, Sample};

/// Samples drawn for a value. Of those that ISO 7064 MOD 97-10 judges one in 97 is right, so that
/// one is found but once in 10^18 times; no number of draws meets a hash of 32 bits.
const DRAWS: usize = 4_000;

/// A value, with what its pattern wants around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Value {
    /// All of it.
    pub text: String,
    /// The value in it.
    pub span: Range<usize>,
}

/// What values of one classifier are made of.
#[derive(Debug)]
pub struct Values<'c> {
    classifier: &'c Classifier,
    detectors: Vec<Detector>,
    excluded: Vec<meta::Regex>,
}

#[derive(Debug)]
struct Detector {
    pattern: Pattern,
    regex: meta::Regex,
    validators: Vec<Call>,
}

impl<'c> Values<'c> {
    /// Prepares the patterns of a classifier. What does not compile makes no values.
    pub fn new(classifier: &'c Classifier) -> Self {
        let detectors = classifier.regexes.iter().filter_map(|detector| {
            Some(Detector {
                pattern: Pattern::new(&detector.pattern)?,
                regex: compile(&detector.pattern)?,
                validators: calls(&detector.validate)?,
            })
        });
        Self {
            classifier,
            detectors: detectors.collect(),
            excluded: classifier
                .exclude
                .patterns
                .iter()
                .filter_map(|pattern| compile(pattern))
                .collect(),
        }
    }

    /// A value, or nothing when none could be made: its check digits are met too rarely by chance
    /// and no example has a template.
    pub fn make(&self, choices: &mut Choices) -> Option<Value> {
        self.by_template(choices)
            .or_else(|| self.by_pattern(choices))
            .or_else(|| self.by_terms(choices))
            .or_else(|| self.by_examples(choices))
    }

    /// The word that makes a value of this kind what it is, in a form or in front of it: a context
    /// keyword, or the last part of the id.
    pub fn label(&self, choices: &mut Choices) -> String {
        let words: Vec<&String> = match &self.classifier.context {
            Some(context) if context.effect != ContextEffect::Lower => context
                .keywords
                .iter()
                .filter(|word| word.is_ascii())
                .collect(),
            _ => Vec::new(),
        };
        if words.is_empty() {
            let id = self.classifier.id.as_str();
            return id.rsplit('.').next().unwrap_or(id).replace('-', " ");
        }
        (*choices.pick(&words)).clone()
    }

    /// Whether the validators of every detector refuse the value.
    pub(crate) fn refuses(&self, value: &[u8]) -> bool {
        let refuses =
            |detector: &Detector| !detector.validators.iter().all(|call| call.check(value));
        !self.detectors.is_empty() && self.detectors.iter().all(refuses)
    }

    /// Fewest bytes of a match of any detector.
    pub(crate) fn least(&self) -> usize {
        let least = self
            .detectors
            .iter()
            .map(|detector| detector.pattern.least());
        least.min().unwrap_or(0)
    }

    fn by_template(&self, choices: &mut Choices) -> Option<Value> {
        let templates: Vec<_> = self
            .classifier
            .examples
            .iter()
            .filter(|example| example.template.is_some())
            .collect();
        if templates.is_empty() {
            return None;
        }
        let example = choices.pick(&templates);
        let template = example.template.as_deref()?;
        let seed = choices.below(usize::MAX) as u64;
        let value = expand_template_seeded(template, seed).ok()?;
        // A carrier brings its own words, but some values need theirs.
        let written = if example.text.is_empty() {
            "{value}"
        } else {
            &example.text
        };
        let start = written.find("{value}")?;
        Some(Value {
            text: written.replacen("{value}", &value, 1),
            span: start..start + value.len(),
        })
    }

    fn by_pattern(&self, choices: &mut Choices) -> Option<Value> {
        if self.detectors.is_empty() {
            return None;
        }
        let detector = choices.pick(&self.detectors);
        (0..DRAWS).find_map(|_| {
            let sample = detector.pattern.sample::<Plain>(choices);
            self.accepts(detector, &sample).then_some(())?;
            Some(Value {
                text: String::from_utf8(sample.text).ok()?,
                span: sample.value,
            })
        })
    }

    /// Whether the sample is a match as it stands, and the validators and exclusions let it pass.
    fn accepts(&self, detector: &Detector, sample: &Sample) -> bool {
        let value = &sample.text[sample.value.clone()];
        let excluded = &self.classifier.exclude;
        let whole = detector
            .regex
            .find(Input::new(&sample.text))
            .is_some_and(|found| found.range() == (0..sample.text.len()));
        let folded = value.to_ascii_lowercase();
        let holds = |term: &String| {
            let term = term.to_ascii_lowercase();
            folded
                .windows(term.len().max(1))
                .any(|part| part == term.as_bytes())
        };
        whole
            && std::str::from_utf8(&sample.text).is_ok()
            && !sample.text.iter().any(u8::is_ascii_control)
            && detector.validators.iter().all(|call| call.check(value))
            && !excluded
                .values
                .iter()
                .any(|other| other.as_bytes() == value)
            && !excluded.terms.iter().any(holds)
            && !self.excluded.iter().any(|pattern| pattern.is_match(value))
    }

    fn by_terms(&self, choices: &mut Choices) -> Option<Value> {
        let terms: Vec<&String> = self
            .classifier
            .dictionaries
            .iter()
            .filter(|dictionary| !dictionary.has_thresholds() && dictionary.validate.is_empty())
            .flat_map(|dictionary| &dictionary.terms)
            .collect();
        if terms.is_empty() {
            return None;
        }
        // A weight may stand behind the term.
        let term = choices.pick(&terms).split('\t').next()?.to_owned();
        let span = 0..term.len();
        Some(Value { text: term, span })
    }

    fn by_examples(&self, choices: &mut Choices) -> Option<Value> {
        let texts: Vec<(String, Option<String>)> = self
            .classifier
            .examples
            .iter()
            .filter_map(|example| example.expand().ok())
            .collect();
        if texts.is_empty() {
            return None;
        }
        let (text, value) = choices.pick(&texts).clone();
        let span = match value {
            Some(value) => {
                let start = text.find(&value)?;
                start..start + value.len()
            }
            None => 0..text.len(),
        };
        Some(Value { text, span })
    }
}

fn compile(pattern: &str) -> Option<meta::Regex> {
    meta::Builder::new()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(meta::Config::new().utf8_empty(false))
        .build(pattern)
        .ok()
}

fn calls(names: &[String]) -> Option<Vec<Call>> {
    names.iter().map(|name| Call::parse(name).ok()).collect()
}
