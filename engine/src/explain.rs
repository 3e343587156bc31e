//! Why a candidate was kept or dropped.
//!
//! [`trace`] follows one classifier over an input and records what became of every place at which
//! it was looked for. The decisions are those of a scan, made by the same code; matched text is
//! not recorded, only where it stands.

use crate::database::record::NONE;
use crate::database::{Attached, Database};
use crate::exact::{self, ExactIndex, RowMatch};
use crate::fingerprint::{DocumentIndex, DocumentMatch, PassageMatch};
use crate::scan::{
    Occurrence, Open, Piece, Scratch, TermMemory, TermOutcome, TermSearch, counts, scan,
    scan_indexes, value_hash,
};
use crate::verify::confirm::{Confirm, Outcome};
use crate::verify::context::{self, Verdict};
use crate::verify::{Memory, Rejection};
use crate::{ClassifierIndex, Finding};

/// What became of a place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Decision {
    /// It begins like an anchor, and the pattern does not match around it.
    NoMatch,
    /// The pattern matches, and this validator refuses the value.
    Invalid {
        /// As the pack calls it.
        validator: String,
    },
    /// The pattern matches, and the value is excluded.
    Excluded,
    /// The pattern matches, and a required keyword is missing.
    ContextMissing,
    /// A finding of this confidence.
    Reported {
        /// 0 to 100.
        confidence: u8,
    },
    /// A group of a composite.
    Group(Group),
    /// An occurrence of a term that is no finding by itself: it counts in groups.
    Counted {
        /// What it adds.
        weight: u32,
    },
    /// A group of such occurrences.
    Terms(TermGroup),
    /// A row of exact data of which a primary cell stands there.
    Row(Row),
    /// A passage of a document.
    Passage(Passage),
}

/// A group of occurrences of a dictionary's terms: what it adds up to, and what it needs one of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TermGroup {
    /// How many occurrences there are, equal terms once where the dictionary says so; and how many
    /// it asks for, if it does.
    pub count: (usize, Option<usize>),
    /// What they weigh, and what the dictionary asks for, if it does.
    pub weight: (u64, Option<u64>),
    /// Confidence of the finding that the group is; `None` where it reaches neither.
    pub confidence: Option<u8>,
}

/// A passage of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What the document is called.
    pub document: String,
    /// How much of the document the whole input holds, in thousandths.
    pub seen: u32,
    /// How much of the whole input was copied from the document, in thousandths.
    pub covered: u32,
    /// Confidence of the finding.
    pub confidence: u8,
}

/// A row, and which of its cells stand near one another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its number.
    pub row: u32,
    /// The names of the columns that were found.
    pub columns: Vec<String>,
    /// How many are needed.
    pub needed: usize,
    /// Confidence of its findings; `None` where there are too few.
    pub confidence: Option<u8>,
}

/// A group of findings, what it adds up to, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// The findings that were counted, in the order of the input.
    pub counted: Vec<Finding>,
    /// How many different members they are of, and how many the composite asks for.
    pub kinds: (usize, usize),
    /// How many distinct values they have, and how many the composite asks for.
    pub values: (usize, usize),
    /// What those weigh, and what the composite asks for.
    pub weight: (u64, u64),
    /// Confidence of the finding that the group is; `None` where it lacks something.
    pub confidence: Option<u8>,
}

/// One place and what became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// Number of the detector in its classifier.
    pub detector: usize,
    /// Offset of the anchor, or of the value's first byte.
    pub start: usize,
    /// Offset behind the value; the anchor's own offset when nothing matched.
    pub end: usize,
    /// What became of it.
    pub decision: Decision,
}

/// Follows one classifier over an input. The events are in the order of their starts.
///
/// ```
/// use sluicegate::{Decision, compile, trace, model::{Classifier, ClassifierId}};
///
/// let mut card = Classifier::new(ClassifierId::new("pci.card")?)
///     .with_regex(r"\bcard ([0-9]{16})\b");
/// card.regexes[0].validate.push("luhn".to_owned());
/// let database = compile(&[card])?.database;
/// let index = database.find("pci.card").unwrap().index();
/// let events = trace(&database, index, b"card 4111111111111112, card none");
/// assert!(matches!(&events[0].decision, Decision::Invalid { validator } if validator == "luhn"));
/// assert_eq!(events[1].decision, Decision::NoMatch);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Panics
/// When the index is from another database and out of range.
pub fn trace(database: &Database, classifier: ClassifierIndex, input: &[u8]) -> Vec<Event> {
    let index = database.indexes().find(|(index, _)| *index == classifier);
    match index {
        Some((_, Attached::Exact(index))) => return trace_rows(index, classifier, input),
        Some((_, Attached::Documents(index))) => {
            return trace_passages(database, index, classifier, input);
        }
        None => {}
    }
    let sections = database.view();
    let record = &sections.classifiers[classifier.get() as usize];
    let composites = database.composites().all();
    let number = composites
        .iter()
        .position(|composite| composite.classifier == classifier);
    if let Some(number) = number {
        return trace_groups(database, number, input);
    }
    let (mut memory, mut pending, mut findings) = Default::default();
    Memory::refill(&mut memory, u64::MAX);
    let mut confirm = Confirm {
        sections,
        input,
        memory: &mut memory,
        pending: &mut pending,
        findings: &mut findings,
        more: false,
    };
    let mut events = Vec::new();
    let of_terms: Vec<usize> = sections
        .dictionaries
        .iter()
        .filter(|dictionary| dictionary.classifier.get() == classifier.get())
        .map(|dictionary| dictionary.detector.get() as usize)
        .collect();
    let others = (0..).filter(|detector| !of_terms.contains(detector));
    for (detector, number) in others.zip(record.detectors.bounds()) {
        near_misses(&mut confirm, number as u32, detector, &mut events);
        let mut at = 0;
        while at < input.len() {
            let (value, decision, next) = match confirm.try_start(number as u32, at) {
                Outcome::NoMatch => {
                    at += 1;
                    continue;
                }
                Outcome::Invalid {
                    value, validator, ..
                } => {
                    let call = &sections.validators[sections.detectors[number].validators.bounds()]
                        [validator];
                    (
                        value,
                        Decision::Invalid {
                            validator: call.to_string(),
                        },
                        at + 1,
                    )
                }
                Outcome::Excluded { value, .. } => (value, Decision::Excluded, at + 1),
                Outcome::Match { end, value } => {
                    let verdict = context::weigh(&sections, record, input, value.0, value.1);
                    let decision = match verdict {
                        Verdict::Missing => Decision::ContextMissing,
                        Verdict::Confidence(confidence) => Decision::Reported { confidence },
                    };
                    (value, decision, end)
                }
            };
            events.push(Event {
                detector,
                start: value.0,
                end: value.1,
                decision,
            });
            at = next;
        }
    }
    if !of_terms.is_empty() {
        trace_terms(database, classifier, input, &mut events);
    }
    events.sort_by_key(|event| (event.start, event.end, event.detector));
    events
}

/// The occurrences of the terms of a classifier, and their groups.
fn trace_terms(
    database: &Database,
    classifier: ClassifierIndex,
    input: &[u8],
    events: &mut Vec<Event>,
) {
    let sections = database.view();
    let (mut memory, mut search) = (Memory::default(), TermSearch::default());
    memory.refill(u64::MAX);
    search.begin(database);
    let piece = Piece {
        database,
        input,
        base: 0,
        more: false,
    };
    let mut found: Vec<Occurrence> = Vec::new();
    search.search(
        piece,
        &mut TermMemory::default(),
        &mut memory,
        |_, _, term| found.push(*term),
    );
    for (number, record) in (0..).zip(sections.dictionaries) {
        if record.classifier.get() != classifier.get() {
            continue;
        }
        let detector = record.detector.get() as usize;
        let mut thresholds = database.thresholds().iter();
        let group = thresholds.find(|(other, _)| *other == number);
        let group = group.map(|(_, group)| group);
        let mut open = Open::default();
        if let Some(group) = group {
            open.begin(group);
        }
        for term in found.iter().filter(|term| term.dictionary == number) {
            let validators = &sections.validators[record.validators.bounds()];
            let decision = match term.outcome {
                TermOutcome::Open => continue,
                TermOutcome::Rejected(Rejection::Validator(validator)) => Decision::Invalid {
                    validator: validators[validator].to_string(),
                },
                TermOutcome::Rejected(Rejection::Exclusion) => Decision::Excluded,
                TermOutcome::Weighed(verdict) => {
                    match (verdict.finding(classifier, (term.start, term.end)), group) {
                        (None, _) => Decision::ContextMissing,
                        (Some(finding), None) => Decision::Reported {
                            confidence: finding.confidence,
                        },
                        (Some(finding), Some(_)) => {
                            term.gather(database, &mut open, &finding);
                            let weight = term.weight;
                            Decision::Counted { weight }
                        }
                    }
                }
            };
            events.push(Event {
                detector,
                start: term.start,
                end: term.end,
                decision,
            });
        }
        let Some(group) = group else { continue };
        let asked = |value: u32| (value != NONE).then_some(value);
        while let Some(start) = open.first().map(|first| first.start) {
            let sum = open.step(group, |_| {});
            events.push(Event {
                detector,
                start,
                end: sum.end,
                decision: Decision::Terms(TermGroup {
                    count: (
                        sum.values,
                        asked(record.count.get()).map(|count| count as usize),
                    ),
                    weight: (sum.weight, asked(record.threshold.get()).map(u64::from)),
                    confidence: sum.reaches(group).then_some(sum.confidence),
                }),
            });
        }
    }
}

/// Places that begin like an anchor of the detector and around which nothing matches.
fn near_misses(confirm: &mut Confirm, number: u32, detector: usize, events: &mut Vec<Event>) {
    let sections = confirm.sections;
    for check in sections.checks {
        let anchor = &sections.anchors[check.anchor.get() as usize];
        if anchor.detector.get() != number {
            continue;
        }
        for at in 0..confirm.input.len() {
            if check.begins(confirm.input, at) && confirm.starts(anchor, at).is_none() {
                events.push(Event {
                    detector,
                    start: at,
                    end: at,
                    decision: Decision::NoMatch,
                });
            }
        }
    }
    events.sort_by_key(|event| event.start);
    events.dedup();
}

/// Each finding of a member that a group could start with, and what that group adds up to.
fn trace_groups(database: &Database, number: usize, input: &[u8]) -> Vec<Event> {
    let composites = database.composites();
    let composite = &composites.all()[number];
    let mut open = Open::default();
    open.begin(composite);
    for finding in scan(database, &mut Scratch::new(), input).findings {
        let mut roles = composites.roles(finding.classifier).iter();
        let role = roles.find(|role| role.composite as usize == number);
        if let Some(role) = role.filter(|_| counts(composite, finding)) {
            let value = value_hash(&input[finding.start..finding.end]);
            open.push(finding, role, value, finding.start);
        }
    }
    let mut events = Vec::new();
    while let Some(start) = open.first().map(|first| first.start) {
        let mut counted = Vec::new();
        let sum = open.step(composite, |finding| counted.push(*finding));
        events.push(Event {
            detector: 0,
            start,
            end: sum.end,
            decision: Decision::Group(Group {
                counted,
                kinds: (sum.kinds, composite.kinds),
                values: (sum.values, composite.values),
                weight: (sum.weight, composite.weight),
                confidence: sum.reaches(composite).then_some(composite.confidence),
            }),
        });
    }
    events
}

/// Each row of which a primary cell stands in the input.
fn trace_rows(index: &ExactIndex, classifier: ClassifierIndex, input: &[u8]) -> Vec<Event> {
    let schema = index.schema();
    let event = |found: RowMatch| {
        let numbered = schema.columns.iter().enumerate();
        let columns = numbered.filter(|(number, _)| found.columns >> number & 1 != 0);
        let columns: Vec<String> = columns.map(|(_, column)| column.name.clone()).collect();
        let needed = usize::from(schema.needed);
        Event {
            detector: 0,
            start: found.start,
            end: found.end,
            decision: Decision::Row(Row {
                row: found.row,
                needed,
                confidence: (columns.len() >= needed).then_some(schema.confidence),
                columns,
            }),
        }
    };
    let rows = exact::trace(index, classifier, input).into_iter();
    rows.map(event).collect()
}

/// Each passage of a document that stands in the input.
fn trace_passages(
    database: &Database,
    index: &DocumentIndex,
    classifier: ClassifierIndex,
    input: &[u8],
) -> Vec<Event> {
    let mut scratch = Scratch::new();
    let scan = scan_indexes(database, &mut scratch, input);
    let passages = scan
        .passages
        .iter()
        .filter(|passage| passage.classifier == classifier);
    let event = |passage: &PassageMatch| {
        let share = scan
            .documents
            .iter()
            .find(|share| (share.classifier, share.document) == (classifier, passage.document));
        Event {
            detector: 0,
            start: passage.start,
            end: passage.end,
            decision: Decision::Passage(Passage {
                document: index.document(passage.document).id.to_owned(),
                seen: share.map_or(0, DocumentMatch::share_seen),
                covered: share.map_or(0, DocumentMatch::share_covered),
                confidence: index.confidence(),
            }),
        }
    };
    passages.map(event).collect()
}
