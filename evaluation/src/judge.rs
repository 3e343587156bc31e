//! One case: which of its labelled values were found, and which findings are false.

use std::collections::HashMap;

use sluicegate::model::Case;

use crate::class::{ClassMaps, Meaning, Names};

/// A finding, as far as scores ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    pub(crate) start: u32,
    pub(crate) end: u32,
    pub(crate) classifier: u32,
    pub(crate) confidence: u8,
}

impl Found {
    fn shared(&self, start: u32, end: u32) -> u32 {
        self.end.min(end).saturating_sub(self.start.max(start))
    }

    fn overlaps(&self, start: u32, end: u32) -> bool {
        self.shared(start, end) > 0
    }

    /// Whether it shares at least half of the shorter of the two.
    fn covers(&self, start: u32, end: u32) -> bool {
        let shorter = (end - start).min(self.end - self.start);
        2 * u64::from(self.shared(start, end)) >= u64::from(shorter)
    }
}

/// What a case is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// It has something to be found.
    Positive,
    /// Nothing of its labels may be found.
    Negative,
    /// Nothing that it is labelled with is covered.
    Uncovered,
    /// It has no labels at all.
    Unlabelled,
}

/// A labelled value that is scored, or a text labelled as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Item {
    pub(crate) start: u32,
    pub(crate) end: u32,
    /// Its number among the case's spans; none for a text labelled as a whole.
    pub(crate) span: Option<usize>,
    pub(crate) family: usize,
    /// The only classifier that its class stands for.
    pub(crate) alone: Option<u32>,
    /// The findings that it was found by.
    pub(crate) by: Vec<Found>,
}

impl Item {
    /// Whether findings of at least this confidence find it.
    pub(crate) fn is_found(&self, confidence: u8) -> bool {
        self.by.iter().any(|found| found.confidence >= confidence)
    }

    /// Whether one of them has its very bounds.
    pub(crate) fn is_exact(&self, confidence: u8) -> bool {
        self.by.iter().any(|found| {
            found.confidence >= confidence && (found.start, found.end) == (self.start, self.end)
        })
    }
}

/// What a case came to, whatever the confidence asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Outcome {
    pub(crate) role: Role,
    pub(crate) items: Vec<Item>,
    /// Spans that are not covered.
    pub(crate) uncovered: usize,
    /// Findings that are true, each once.
    pub(crate) hits: Vec<Found>,
    /// Findings that are false.
    pub(crate) errors: Vec<Found>,
    /// Findings at a value of another class: neither true nor false.
    pub(crate) others: Vec<Found>,
    /// Whether the scan was not complete.
    pub(crate) is_incomplete: bool,
}

impl Outcome {
    /// The findings that are true or false, and which.
    pub(crate) fn sides(&self) -> impl Iterator<Item = (&Found, bool)> {
        let hits = self.hits.iter().map(|found| (found, true));
        hits.chain(self.errors.iter().map(|found| (found, false)))
    }
}

/// What labels stand for, looked up once.
#[derive(Debug)]
pub(crate) struct Judge<'n> {
    names: &'n Names,
    /// By source, kind and label.
    meanings: HashMap<[String; 3], Meaning>,
    kinds: HashMap<String, Vec<bool>>,
}

impl<'n> Judge<'n> {
    pub(crate) fn new(names: &'n Names, maps: &ClassMaps, cases: &[Case]) -> Self {
        let mut meanings = HashMap::new();
        let mut kinds = HashMap::new();
        for case in cases {
            let spans = case.spans.iter().map(|span| &span.class);
            for label in spans.chain(&case.labels) {
                let key = [case.source.clone(), case.kind.clone(), label.clone()];
                meanings
                    .entry(key)
                    .or_insert_with(|| names.meaning(maps, &case.source, &case.kind, label));
            }
            if !kinds.contains_key(&case.kind) {
                kinds.insert(case.kind.clone(), names.of_kind(&case.kind));
            }
        }
        Self {
            names,
            meanings,
            kinds,
        }
    }

    fn meaning(&self, case: &Case, label: &str) -> &Meaning {
        let key = [case.source.clone(), case.kind.clone(), label.to_owned()];
        &self.meanings[&key]
    }

    /// The labels of a case that are covered.
    fn labels(&self, case: &Case) -> Vec<&Meaning> {
        let meanings = case.labels.iter().map(|label| self.meaning(case, label));
        meanings.filter(|meaning| meaning.is_covered).collect()
    }

    /// Judges the findings of a case, which are in the order of a scan.
    pub(crate) fn judge(&self, case: &Case, findings: &[Found]) -> Outcome {
        let mut outcome = Outcome {
            role: Role::Positive,
            items: Vec::new(),
            uncovered: 0,
            hits: Vec::new(),
            errors: Vec::new(),
            others: Vec::new(),
            is_incomplete: false,
        };
        if case.negative || case.kind == "benign" && case.spans.is_empty() {
            self.judge_negative(case, findings, &mut outcome);
        } else if case.spans.is_empty() {
            self.judge_whole(case, findings, &mut outcome);
        } else {
            self.judge_spans(case, findings, &mut outcome);
        }
        outcome
    }

    fn judge_negative(&self, case: &Case, findings: &[Found], outcome: &mut Outcome) {
        outcome.role = Role::Negative;
        if case.kind == "benign" || case.labels.is_empty() {
            let of_kind = &self.kinds[&case.kind];
            outcome.errors.extend(findings.iter().filter(|found| {
                of_kind[found.classifier as usize] && !self.names.is_apart(found.classifier)
            }));
            return;
        }
        let labels = self.labels(case);
        if labels.is_empty() {
            outcome.role = Role::Uncovered;
        }
        outcome.errors.extend(findings.iter().filter(|found| {
            labels
                .iter()
                .any(|meaning| meaning.forbids(found.classifier, self.names))
        }));
    }

    fn judge_whole(&self, case: &Case, findings: &[Found], outcome: &mut Outcome) {
        if case.labels.is_empty() && case.kind.is_empty() {
            outcome.role = Role::Unlabelled;
            return;
        }
        let labels = self.labels(case);
        if labels.is_empty() && !case.labels.is_empty() {
            outcome.role = Role::Uncovered;
            return;
        }
        let of_kind = &self.kinds[&case.kind];
        let accepts = |classifier: u32| {
            let index = classifier as usize;
            labels.iter().any(|meaning| meaning.accepts[index])
                || labels.is_empty() && of_kind[index]
        };
        let by: Vec<Found> = findings
            .iter()
            .filter(|found| accepts(found.classifier))
            .copied()
            .collect();
        outcome.hits.clone_from(&by);
        outcome.others = findings
            .iter()
            .filter(|found| of_kind[found.classifier as usize] && !accepts(found.classifier))
            .copied()
            .collect();
        let first = labels.first();
        outcome.items.push(Item {
            start: 0,
            end: case.text.len() as u32,
            span: None,
            family: first.map_or_else(
                || self.names.family_of_kind(&case.kind),
                |meaning| meaning.family,
            ),
            alone: match labels.as_slice() {
                [only] => only.alone,
                _ => None,
            },
            by,
        });
    }

    fn judge_spans(&self, case: &Case, findings: &[Found], outcome: &mut Outcome) {
        let of_kind = &self.kinds[&case.kind];
        let spans: Vec<(u32, u32, &Meaning)> = case
            .spans
            .iter()
            .map(|span| {
                let meaning = self.meaning(case, &span.class);
                (span.start as u32, span.end as u32, meaning)
            })
            .collect();
        for (number, &(start, end, meaning)) in spans.iter().enumerate() {
            if !meaning.is_covered {
                outcome.uncovered += 1;
                continue;
            }
            let finds = |found: &&Found| {
                meaning.accepts[found.classifier as usize] && found.covers(start, end)
            };
            outcome.items.push(Item {
                start,
                end,
                span: Some(number),
                family: meaning.family,
                alone: meaning.alone,
                by: findings.iter().filter(finds).copied().collect(),
            });
        }
        if outcome.items.is_empty() {
            outcome.role = Role::Uncovered;
        }
        for &found in findings {
            let index = found.classifier as usize;
            let mut touched = spans
                .iter()
                .filter(|(start, end, _)| found.overlaps(*start, *end))
                .peekable();
            if touched.peek().is_none() {
                if of_kind[index] && !self.names.is_apart(found.classifier) {
                    outcome.errors.push(found);
                }
                continue;
            }
            let is_hit = touched.any(|&(start, end, meaning)| {
                meaning.is_covered && meaning.accepts[index] && found.covers(start, end)
            });
            if is_hit {
                outcome.hits.push(found);
            } else if of_kind[index] {
                outcome.others.push(found);
            }
        }
    }
}

impl Meaning {
    /// Whether a finding in a text that must have nothing of this label is false: one that is set
    /// apart only where the label names its classifier.
    fn forbids(&self, classifier: u32, names: &Names) -> bool {
        self.accepts[classifier as usize] && (self.is_mapped || !names.is_apart(classifier))
    }
}

/// How many places the findings take up that pass; findings that overlap are at one place.
pub(crate) fn places(findings: &[Found], passes: impl Fn(&Found) -> bool) -> u64 {
    let mut places = 0;
    let mut end = 0;
    for found in findings.iter().filter(|found| passes(found)) {
        if places == 0 || found.start >= end {
            places += 1;
        }
        end = end.max(found.end);
    }
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use sluicegate::model::read_cases;

    /// Indices of the classifiers of the tests.
    const SSN: u32 = 0;
    const VISA: u32 = 1;
    const KEY: u32 = 2;
    const MAIL: u32 = 3;

    fn found(classifier: u32, start: u32, end: u32) -> Found {
        Found {
            start,
            end,
            classifier,
            confidence: 50,
        }
    }

    fn judge(line: &str, findings: &[Found]) -> Outcome {
        let ids = [
            "pii.us.ssn",
            "pci.card.visa",
            "secret.a.key",
            "pii.contact.email",
        ];
        let ids = ids.map(str::to_owned).to_vec();
        let names = Names::new(ids, vec![true; 4], vec![false, false, false, true]);
        let mut maps = ClassMaps::default();
        let map = "[class]\nSSN = { ids = [\"pii.us.ssn\"] }\nCARD = { ids = [\"pci.card.*\"] }\n\
                   MAIL = { ids = [\"pii.contact.email\"] }\nZIP = { ids = [] }\n";
        maps.add("s", map).unwrap();
        let (cases, bad) = read_cases(line);
        assert!(bad.is_empty(), "{bad:?}");
        Judge::new(&names, &maps, &cases).judge(&cases[0], findings)
    }

    const SPANS: &str = r#"{"id":"1","source":"s","kind":"pii","text":"0123456789 0123456789 abcdefgh",
        "spans":[[0,10,"SSN"],[11,21,"ZIP"]]}"#;

    fn spans() -> String {
        SPANS.replace('\n', " ")
    }

    #[test]
    fn half_of_the_shorter_is_enough() {
        for (start, end, is_found, is_exact) in [
            (0, 10, true, true),
            (5, 15, true, false),
            (6, 16, false, false),
            (6, 8, true, false),
            (8, 12, true, false),
            (9, 12, false, false),
        ] {
            let outcome = judge(&spans(), &[found(SSN, start, end)]);
            let item = &outcome.items[0];
            assert_eq!(item.is_found(50), is_found, "{start}..{end}");
            assert_eq!(item.is_exact(50), is_exact, "{start}..{end}");
            assert!(!item.is_found(51));
            assert_eq!(outcome.others.len(), usize::from(!is_found));
            assert!(outcome.errors.is_empty());
        }
    }

    #[test]
    fn findings_beside_labelled_values_are_false_and_at_others_neither() {
        let findings = [
            found(VISA, 0, 10),
            found(VISA, 12, 20),
            found(MAIL, 22, 26),
            found(KEY, 22, 27),
            found(SSN, 22, 30),
        ];
        let outcome = judge(&spans(), &findings);
        assert_eq!((outcome.items.len(), outcome.uncovered), (1, 1));
        assert_eq!(outcome.others, findings[..2]);
        assert_eq!(outcome.errors, findings[4..]);
        assert!(outcome.hits.is_empty());
    }

    #[test]
    fn texts_labelled_as_a_whole_take_any_accepted_finding() {
        let line = r#"{"id":"1","source":"s","kind":"pii","text":"0123456789","labels":["CARD"]}"#;
        let outcome = judge(
            line,
            &[found(SSN, 0, 3), found(VISA, 4, 6), found(KEY, 7, 9)],
        );
        assert!(outcome.items[0].is_found(0));
        assert_eq!(outcome.hits, [found(VISA, 4, 6)]);
        assert_eq!(outcome.others, [found(SSN, 0, 3)]);
        assert!(outcome.errors.is_empty());
        assert!(!judge(line, &[found(SSN, 0, 3)]).items[0].is_found(0));
        let role = |line: &str| judge(line, &[]).role;
        assert_eq!(role(&line.replace("CARD", "ZIP")), Role::Uncovered);
        assert_eq!(role(r#"{"id":"1","text":"0"}"#), Role::Unlabelled);
        assert_eq!(
            role(r#"{"id":"1","kind":"pii","text":"0"}"#),
            Role::Positive
        );
        assert_eq!(
            role(r#"{"id":"1","kind":"benign","text":"0"}"#),
            Role::Negative
        );
    }

    #[test]
    fn negative_cases_forbid_what_their_labels_stand_for() {
        let case = |kind: &str, labels: &str| {
            format!(
                r#"{{"id":"1","source":"s","kind":"{kind}","text":"0123456789","labels":[{labels}],"negative":true}}"#
            )
        };
        let all = [
            found(SSN, 0, 1),
            found(VISA, 2, 3),
            found(KEY, 4, 5),
            found(MAIL, 6, 7),
        ];
        let errors = |kind: &str, labels: &str| {
            let outcome = judge(&case(kind, labels), &all);
            let errors = outcome.errors.iter().map(|found| found.classifier);
            errors.collect::<Vec<_>>()
        };
        assert_eq!(errors("pii", "\"CARD\""), [VISA]);
        // Set apart, but named.
        assert_eq!(errors("pii", "\"MAIL\""), [MAIL]);
        assert_eq!(errors("pii", "\"not in the map\""), [SSN, VISA]);
        assert_eq!(errors("pii", ""), [SSN, VISA]);
        assert_eq!(errors("benign", "\"CARD\""), [SSN, VISA, KEY]);
        let outcome = judge(&case("pii", "\"ZIP\""), &all);
        assert_eq!((outcome.role, outcome.errors.len()), (Role::Uncovered, 0));
    }

    #[test]
    fn findings_that_overlap_are_at_one_place() {
        let all = [
            found(SSN, 0, 9),
            found(VISA, 2, 4),
            found(VISA, 8, 12),
            found(SSN, 12, 14),
        ];
        assert_eq!(places(&all, |_| true), 2);
        assert_eq!(places(&all, |found| found.classifier == VISA), 2);
        assert_eq!(places(&all, |_| false), 0);
    }
}
