//! The slow, obvious scanner that judges all the others.
//!
//! It follows the definition of a match word for word, one detector after the other and one start
//! after the other, with an anchored search of the `regex-automata` crate at each. It shares no
//! code with the compiler, the database or the filters. Groups of composites are looked for in the
//! findings of all others, one first finding after the other. Dictionaries of words stand in
//! `reference_terms.rs`.

use std::collections::{BTreeMap, BTreeSet};

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use regex_automata::{Anchored, Input};
use sluicegate_model::{
    Classifier, Code, Composite, Context, ContextEffect, Diagnostic, DictionaryDetector, Matching,
    id_meets,
};
use sluicegate_validators::Call;

use super::reference_terms::Terms;
use crate::finding::{self, Finding, View};
use crate::{ClassifierIndex, CompileError, limits};

/// The classifiers, ready to be searched one by one.
#[derive(Debug)]
pub struct Reference {
    classifiers: Vec<Entry>,
    skipping: bool,
}

#[derive(Debug)]
struct Entry {
    id: String,
    composite: Option<Composite>,
    detectors: Vec<Detector>,
    /// Dictionaries of words.
    words: Vec<(Terms, Vec<Call>)>,
    confidence: u8,
    context: Option<Context>,
    excluded_values: Vec<Vec<u8>>,
    excluded_terms: Vec<Vec<u8>>,
    excluded_patterns: Vec<Regex>,
}

#[derive(Debug)]
struct Detector {
    matcher: Matcher,
    max_len: usize,
    validators: Vec<Call>,
}

#[derive(Debug)]
enum Matcher {
    Regex {
        regex: Box<Regex>,
        value: Option<usize>,
    },
    Terms(DictionaryDetector),
}

impl Reference {
    /// Prepares classifiers.
    ///
    /// # Errors
    /// When a pattern or a validator can't be used.
    pub fn new(classifiers: &[Classifier]) -> Result<Self, CompileError> {
        let mut sorted: Vec<&Classifier> = classifiers.iter().collect();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let entries = sorted.into_iter().map(Entry::new).collect::<Result<_, _>>();
        let classifiers = entries.map_err(|problem| CompileError(vec![problem]))?;
        Ok(Self {
            classifiers,
            skipping: false,
        })
    }

    /// The same, passing over starts at which a pattern does not match even without a bound on
    /// the match's length. What matches within the bound matches without it, so nothing is lost;
    /// megabytes take minutes instead of hours.
    #[must_use]
    pub fn skipping(self) -> Self {
        Self {
            skipping: true,
            ..self
        }
    }

    /// Number of classifiers.
    pub fn len(&self) -> usize {
        self.classifiers.len()
    }

    /// Whether there is no classifier.
    pub fn is_empty(&self) -> bool {
        self.classifiers.is_empty()
    }

    /// Finds everything in the input, in the order (start, end, classifier index).
    pub fn scan(&self, input: &[u8]) -> Vec<Finding> {
        let mut findings = Vec::new();
        for number in 0..self.classifiers.len() {
            self.scan_one(number, input, &mut findings);
        }
        finding::sort(&mut findings);
        let others = findings.clone();
        for (number, entry) in (0..).zip(&self.classifiers) {
            if let Some(composite) = &entry.composite {
                let members = self.members(composite, &others);
                let groups = groups(composite, &members, input);
                findings.extend(groups.into_iter().map(|(start, end)| Finding {
                    start,
                    end,
                    classifier: ClassifierIndex(number),
                    confidence: entry.confidence,
                    view: View::Raw,
                }));
            }
        }
        finding::sort(&mut findings);
        findings
    }

    /// The findings that count in a composite, each with the number of its member.
    fn members(&self, composite: &Composite, others: &[Finding]) -> Vec<(Finding, usize)> {
        let member = |finding: &Finding| {
            let id = &self.classifiers[finding.classifier.get() as usize].id;
            let member = composite.members.iter().position(|member| {
                let mut patterns = member.classifiers.iter();
                patterns.any(|pattern| id_meets(id, pattern))
            });
            Some((*finding, member?))
        };
        others
            .iter()
            .filter(|finding| finding.confidence >= composite.min_confidence)
            // What is longer than a group may be is in none.
            .filter(|finding| finding.len() <= composite.within as usize)
            .filter_map(member)
            .collect()
    }

    /// Adds the findings of the classifier with this index, in no particular order: none of a
    /// composite, whose findings are those of others together.
    ///
    /// # Panics
    /// When there is no such classifier.
    pub fn scan_one(&self, number: usize, input: &[u8], findings: &mut Vec<Finding>) {
        let entry = &self.classifiers[number];
        for detector in &entry.detectors {
            let classifier = ClassifierIndex(number as u32);
            entry.scan(detector, classifier, input, self.skipping, findings);
        }
        for (terms, validators) in &entry.words {
            let found = terms.find(
                input,
                |value| entry.accepts(validators, value),
                |span| entry.confidence(input, span),
            );
            findings.extend(found.into_iter().map(|(start, end, confidence)| Finding {
                start,
                end,
                classifier: ClassifierIndex(number as u32),
                confidence,
                view: View::Raw,
            }));
        }
    }
}

/// Start and end of each group of the members, which are in the order of a scan, that is a finding.
fn groups(
    composite: &Composite,
    members: &[(Finding, usize)],
    input: &[u8],
) -> Vec<(usize, usize)> {
    let mut groups = Vec::new();
    let mut first = 0;
    while first < members.len() {
        let start = members[first].0.start;
        let limit = start + composite.within as usize;
        let mut end = start;
        let mut kinds = BTreeSet::new();
        let mut weights = BTreeMap::new();
        for (finding, kind) in &members[first..] {
            if finding.start >= limit {
                break;
            }
            if finding.start >= end && finding.end <= limit {
                end = finding.end;
                kinds.insert(*kind);
                let value = input[finding.start..finding.end].to_ascii_lowercase();
                let weight = u64::from(composite.members[*kind].weight);
                weights.entry(value).or_insert(weight);
            }
        }
        let is_match = kinds.len() >= composite.kinds as usize
            && weights.len() >= composite.values as usize
            && weights.values().sum::<u64>() >= u64::from(composite.weight);
        if is_match {
            groups.push((start, end));
            first += members[first..].partition_point(|(finding, _)| finding.start < end);
        } else {
            first += 1;
        }
    }
    groups
}

fn regex(pattern: &str) -> Result<Regex, Diagnostic> {
    Regex::builder()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(Regex::config().utf8_empty(false).nfa_size_limit(None))
        .build(pattern)
        .map_err(|error| Diagnostic::new(Code::BadPattern, error.to_string()))
}

fn calls(validate: &[String]) -> Result<Vec<Call>, Diagnostic> {
    validate
        .iter()
        .map(|call| {
            Call::parse(call)
                .map_err(|error| Diagnostic::new(Code::BadValidator, error.to_string()))
        })
        .collect()
}

impl Entry {
    fn new(classifier: &Classifier) -> Result<Self, Diagnostic> {
        let mut detectors = Vec::new();
        for detector in &classifier.regexes {
            let regex = regex(&detector.pattern)?;
            let value = regex
                .group_info()
                .to_index(regex_automata::PatternID::ZERO, "value");
            detectors.push(Detector {
                matcher: Matcher::Regex {
                    regex: Box::new(regex),
                    value,
                },
                max_len: detector.max_len.unwrap_or(limits::DEFAULT_MAX_LEN) as usize,
                validators: calls(&detector.validate)?,
            });
        }
        let (of_words, of_bytes): (Vec<_>, Vec<_>) = classifier
            .dictionaries
            .iter()
            .partition(|dictionary| dictionary.matching == Matching::Words);
        let mut words = Vec::new();
        for dictionary in of_words {
            words.push((Terms::new(dictionary), calls(&dictionary.validate)?));
        }
        for dictionary in of_bytes {
            detectors.push(Detector {
                matcher: Matcher::Terms(dictionary.clone()),
                max_len: limits::MAX_LEN as usize,
                validators: calls(&dictionary.validate)?,
            });
        }
        let bytes = |texts: &[String]| texts.iter().map(|text| text.as_bytes().to_vec()).collect();
        let exclude = &classifier.exclude;
        Ok(Self {
            id: classifier.id.to_string(),
            composite: classifier.composite.clone(),
            detectors,
            words,
            confidence: classifier.confidence,
            context: classifier.context.clone(),
            excluded_values: bytes(&exclude.values),
            excluded_terms: bytes(&exclude.terms),
            excluded_patterns: exclude
                .patterns
                .iter()
                .map(|pattern| regex(pattern))
                .collect::<Result<_, _>>()?,
        })
    }

    fn scan(
        &self,
        detector: &Detector,
        classifier: ClassifierIndex,
        input: &[u8],
        skipping: bool,
        findings: &mut Vec<Finding>,
    ) {
        let mut start = 0;
        while start <= input.len() {
            if skipping {
                let Some(next) = detector.matcher.next(input, start) else {
                    break;
                };
                start = next;
            }
            let end = input.len().min(start + detector.max_len);
            let Some((end, value)) = detector.matcher.at(input, start, end) else {
                start += 1;
                continue;
            };
            let bytes = &input[value.0..value.1];
            if end == start || !self.accepts(&detector.validators, bytes) {
                start += 1;
                continue;
            }
            if let Some(confidence) = self.confidence(input, value) {
                findings.push(Finding {
                    start: value.0,
                    end: value.1,
                    classifier,
                    confidence,
                    view: View::Raw,
                });
            }
            start = end;
        }
    }

    fn accepts(&self, validators: &[Call], value: &[u8]) -> bool {
        validators.iter().all(|call| call.check(value))
            && !self
                .excluded_values
                .iter()
                .any(|excluded| excluded == value)
            && !self.excluded_terms.iter().any(|term| {
                value
                    .windows(term.len())
                    .any(|part| part.eq_ignore_ascii_case(term))
            })
            && !self.excluded_patterns.iter().any(|regex| {
                (0..=value.len()).any(|at| {
                    let end = value.len().min(at + limits::DEFAULT_MAX_LEN as usize);
                    regex.is_match(Input::new(value).span(at..end).anchored(Anchored::Yes))
                })
            })
    }

    fn confidence(&self, input: &[u8], value: (usize, usize)) -> Option<u8> {
        let Some(context) = &self.context else {
            return Some(self.confidence);
        };
        let window = context.window as usize;
        let before = value.0.saturating_sub(window)..value.0;
        let after = value.1..input.len().min(value.1 + window);
        let found = context.keywords.iter().any(|keyword| {
            let len = keyword.len();
            [&before, &after].into_iter().any(|side| {
                side.clone().any(|at| {
                    at + len <= side.end
                        && input[at..at + len].eq_ignore_ascii_case(keyword.as_bytes())
                        && is_edge(input, at, at + len)
                })
            })
        });
        match (context.effect, found) {
            (ContextEffect::Require, false) => None,
            (ContextEffect::Raise, true) => Some((self.confidence + context.amount).min(100)),
            (ContextEffect::Lower, true) => Some(self.confidence.saturating_sub(context.amount)),
            _ => Some(self.confidence),
        }
    }
}

/// Whether neither neighbour is an ASCII letter or digit.
fn is_edge(input: &[u8], start: usize, end: usize) -> bool {
    (start == 0 || !input[start - 1].is_ascii_alphanumeric())
        && (end == input.len() || !input[end].is_ascii_alphanumeric())
}

impl Matcher {
    /// The first start from `start` on at which a match of any length begins.
    fn next(&self, input: &[u8], start: usize) -> Option<usize> {
        match self {
            Self::Regex { regex, .. } => regex
                .find(Input::new(input).span(start..input.len()))
                .map(|found| found.start()),
            Self::Terms(_) => (start < input.len()).then_some(start),
        }
    }

    /// The preferred match that starts at `start` and does not pass `end`: its end, and the span
    /// to report.
    fn at(&self, input: &[u8], start: usize, end: usize) -> Option<(usize, (usize, usize))> {
        match self {
            Self::Regex { regex, value } => {
                let search = Input::new(input).span(start..end).anchored(Anchored::Yes);
                let Some(value) = value else {
                    let found = regex.find(search)?;
                    return Some((found.end(), (start, found.end())));
                };
                let mut captures = regex.create_captures();
                regex.search_captures(&search, &mut captures);
                let whole = captures.get_match()?;
                let span = captures
                    .get_group(*value)
                    .filter(|group| !group.is_empty())
                    .map_or((start, whole.end()), |group| (group.start, group.end));
                Some((whole.end(), span))
            }
            Self::Terms(dictionary) => dictionary
                .terms
                .iter()
                .filter(|term| {
                    let term = term.as_bytes();
                    start + term.len() <= end
                        && is_edge(input, start, start + term.len())
                        && if dictionary.case_sensitive {
                            input[start..start + term.len()] == *term
                        } else {
                            input[start..start + term.len()].eq_ignore_ascii_case(term)
                        }
                })
                .map(String::len)
                .max()
                .map(|len| (start + len, (start, start + len))),
        }
    }
}
