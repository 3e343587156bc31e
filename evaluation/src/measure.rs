//! Outcomes to figures.

use std::collections::{BTreeMap, BTreeSet};

use sluicegate::model::Case;

use crate::class::Names;
use crate::evaluate::Options;
use crate::judge::{Found, Outcome, Role, places};
use crate::result::{
    Benign, Bin, Calibration, CaseResult, ClassFigures, Classifier, Curve, Evaluation, FORMAT,
    FalseFinding, FamilyFigures, Figures, LabelFigures, Missed, Point, Setting, Source,
};
use crate::share::{Estimate, Rate, Share};

/// The least confidences of a curve: from 0 to 100 in steps of five.
pub(crate) fn steps() -> impl Iterator<Item = u8> {
    (0..=100).step_by(5)
}

/// Counts outcomes, of which each belongs to the case of its number.
#[derive(Debug)]
pub(crate) struct Measure<'m> {
    pub(crate) names: &'m Names,
    pub(crate) cases: &'m [Case],
    pub(crate) outcomes: &'m [Outcome],
    /// Least confidence of the findings that count.
    pub(crate) least: u8,
}

type Judged<'m> = (&'m Case, &'m Outcome);

impl<'m> Measure<'m> {
    pub(crate) fn evaluation(
        &self,
        digest: String,
        options: &Options,
        benign: Benign,
    ) -> Evaluation {
        let mut by_source = BTreeMap::<&str, Vec<Judged<'_>>>::new();
        for (case, outcome) in self.judged() {
            by_source
                .entry(&case.source)
                .or_default()
                .push((case, outcome));
        }
        let curves = by_source
            .iter()
            .flat_map(|(source, judged)| self.curves(source, judged));
        Evaluation {
            format: FORMAT,
            setting: Setting {
                database: digest,
                classifiers: (0..self.names.len() as u32)
                    .filter(|&classifier| self.names.is_selected(classifier))
                    .count(),
                min_confidence: self.least,
                resolve: options.resolve,
                apart: options.apart.clone(),
            },
            curves: curves.collect(),
            sources: by_source
                .iter()
                .map(|(source, judged)| self.source(source, judged))
                .collect(),
            classifiers: self.classifiers(&benign),
            calibration: self.calibration(),
            benign,
            cases: self
                .judged()
                .map(|(case, outcome)| self.case(case, outcome))
                .collect(),
            comparison: None,
        }
    }

    fn judged(&self) -> impl Iterator<Item = Judged<'m>> {
        self.cases.iter().zip(self.outcomes)
    }

    /// Whether a finding counts, of a family or of any.
    fn counts(&self, found: &Found, family: Option<usize>, least: u8) -> bool {
        let own = self.names.family_of[found.classifier as usize];
        found.confidence >= least && family.is_none_or(|family| family == own)
    }

    fn figures(&self, judged: &[Judged<'_>], family: Option<usize>, least: u8) -> Figures {
        let (mut labelled, mut found, mut errors) = (0, 0, 0);
        // Nothing is false in a text that is labelled as a whole.
        let can_be_false = judged
            .iter()
            .any(|(case, outcome)| outcome.role == Role::Negative || !case.spans.is_empty());
        for (_, outcome) in judged {
            for item in &outcome.items {
                if family.is_none_or(|family| family == item.family) {
                    labelled += 1;
                    found += u64::from(item.is_found(least));
                }
            }
            errors += places(&outcome.errors, |found| self.counts(found, family, least));
        }
        Figures::new(labelled, found, errors, can_be_false)
    }

    /// The families of a source with a labelled value or a false finding.
    fn families(&self, judged: &[Judged<'_>]) -> BTreeSet<usize> {
        let mut families = BTreeSet::new();
        for (_, outcome) in judged {
            families.extend(outcome.items.iter().map(|item| item.family));
            let errors = outcome.errors.iter();
            families.extend(errors.map(|found| self.names.family_of[found.classifier as usize]));
        }
        families
    }

    fn source(&self, source: &str, judged: &[Judged<'_>]) -> Source {
        let least = self.least;
        let role = |role: Role| {
            let of_role = judged.iter().filter(|(_, outcome)| outcome.role == role);
            of_role.count() as u64
        };
        let is_flagged = |outcome: &Outcome| {
            let mut errors = outcome.errors.iter();
            outcome.role == Role::Negative && errors.any(|found| found.confidence >= least)
        };
        let negatives = role(Role::Negative);
        let flagged = judged.iter().filter(|(_, outcome)| is_flagged(outcome));
        let flagged = flagged.count() as u64;
        let spans = || {
            let items = judged.iter().flat_map(|(_, outcome)| &outcome.items);
            items.filter(|item| item.span.is_some() && item.is_found(least))
        };
        let exact = spans().filter(|item| item.is_exact(least)).count();
        let sum = |count: &dyn Fn(Judged<'_>) -> usize| {
            judged.iter().map(|&judged| count(judged) as u64).sum()
        };
        Source {
            source: source.to_owned(),
            cases: judged.len() as u64,
            bytes: sum(&|(case, _)| case.text.len()),
            positives: role(Role::Positive),
            negatives,
            flagged,
            flagged_share: Estimate::of(flagged, negatives),
            uncovered_cases: role(Role::Uncovered),
            uncovered: sum(&|(_, outcome)| outcome.uncovered),
            unlabelled: role(Role::Unlabelled),
            other_class: sum(&|(_, outcome)| {
                let others = outcome.others.iter();
                others.filter(|found| found.confidence >= least).count()
            }),
            incomplete: sum(&|(_, outcome)| usize::from(outcome.is_incomplete)),
            total: self.figures(judged, None, least),
            exact: Estimate::of(exact as u64, spans().count() as u64),
            families: self
                .families(judged)
                .into_iter()
                .map(|family| FamilyFigures {
                    family: self.names.families[family].clone(),
                    figures: self.figures(judged, Some(family), least),
                })
                .collect(),
            classes: classes(judged, least),
            labels: labels(judged, least, &is_flagged),
        }
    }

    fn curves(&self, source: &str, judged: &[Judged<'_>]) -> Vec<Curve> {
        let bytes = judged.iter().map(|(case, _)| case.text.len() as u64).sum();
        let families = self.families(judged).into_iter().map(Some);
        let all = std::iter::once(None).chain(families);
        let curve = |family: Option<usize>| Curve {
            source: source.to_owned(),
            family: family.map(|family| self.names.families[family].clone()),
            points: steps()
                .map(|confidence| {
                    let figures = self.figures(judged, family, confidence);
                    let value = |estimate: Option<Estimate>| estimate.map(|it| it.value);
                    Point {
                        confidence,
                        found: figures.found,
                        errors: figures.errors,
                        recall: Share::of(figures.found, figures.labelled),
                        precision: value(figures.precision),
                        f1: value(figures.f1),
                        false_per_mb: Rate::of(figures.errors, bytes),
                    }
                })
                .collect(),
        };
        all.map(curve).collect()
    }

    fn classifiers(&self, benign: &Benign) -> Vec<Classifier> {
        #[derive(Clone, Default)]
        struct Counts {
            hits: u64,
            errors: u64,
            others: u64,
            own_labelled: u64,
            own_found: u64,
        }
        let mut counts = vec![Counts::default(); self.names.len()];
        for outcome in self.outcomes {
            let counted = |found: &&Found| found.confidence >= self.least;
            for found in outcome.hits.iter().filter(counted) {
                counts[found.classifier as usize].hits += 1;
            }
            for found in outcome.errors.iter().filter(counted) {
                counts[found.classifier as usize].errors += 1;
            }
            for found in outcome.others.iter().filter(counted) {
                counts[found.classifier as usize].others += 1;
            }
            for item in &outcome.items {
                if let Some(alone) = item.alone {
                    let own = &mut counts[alone as usize];
                    own.own_labelled += 1;
                    own.own_found += u64::from(item.is_found(self.least));
                }
            }
        }
        let mut noise = BTreeMap::<&str, u64>::new();
        for one in benign.files.iter().flat_map(|file| &file.classifiers) {
            *noise.entry(&one.id).or_default() += one.findings;
        }
        let bytes = benign.files.iter().map(|file| file.bytes).sum();
        let classifiers = counts.into_iter().enumerate().map(|(index, counts)| {
            let Counts {
                hits,
                errors,
                others,
                own_labelled,
                own_found,
            } = counts;
            let id = self.names.id(index as u32);
            let benign = noise.get(id).copied().unwrap_or(0);
            Classifier {
                id: id.to_owned(),
                hits,
                errors,
                other_class: others,
                precision: Estimate::of(hits, hits + errors),
                own_labelled,
                own_found,
                recall: Estimate::of(own_found, own_labelled),
                f1: Estimate::f1(own_found, errors, own_labelled - own_found)
                    .filter(|_| own_labelled > 0),
                benign,
                benign_per_mb: Rate::of(benign, bytes),
                cost: None,
            }
        });
        let mut classifiers: Vec<Classifier> = classifiers
            .filter(|one| {
                one.hits + one.errors + one.other_class + one.own_labelled + one.benign > 0
            })
            .collect();
        classifiers.sort_by(|a, b| a.id.cmp(&b.id));
        classifiers
    }

    fn calibration(&self) -> Vec<Calibration> {
        let mut by_family = BTreeMap::<Option<usize>, [(u64, u64); 10]>::new();
        for outcome in self.outcomes {
            for (found, is_hit) in outcome.sides() {
                let family = self.names.family_of[found.classifier as usize];
                for key in [None, Some(family)] {
                    let bins = by_family.entry(key).or_default();
                    let bin = &mut bins[usize::from(found.confidence / 10).min(9)];
                    bin.0 += 1;
                    bin.1 += u64::from(is_hit);
                }
            }
        }
        let calibrations = by_family.into_iter().map(|(family, bins)| Calibration {
            family: family.map(|family| self.names.families[family].clone()),
            bins: bins
                .into_iter()
                .zip(0u8..)
                .map(|((judged, hits), number)| Bin {
                    from: number * 10,
                    to: if number == 9 { 100 } else { number * 10 + 9 },
                    judged,
                    hits,
                    share: Estimate::of(hits, judged),
                })
                .collect(),
        });
        calibrations.collect()
    }

    fn case(&self, case: &Case, outcome: &Outcome) -> CaseResult {
        let (found, missed): (Vec<_>, Vec<_>) = outcome
            .items
            .iter()
            .partition(|item| item.is_found(self.least));
        let class = |span: Option<usize>| match span {
            Some(span) => case.spans[span].class.clone(),
            None => case.labels.join(":"),
        };
        let errors = outcome.errors.iter();
        let errors = errors.filter(|found| found.confidence >= self.least);
        CaseResult {
            id: case.id.clone(),
            source: case.source.clone(),
            found: found.len() as u64,
            missed: missed
                .into_iter()
                .map(|item| Missed {
                    start: item.start as usize,
                    end: item.end as usize,
                    class: class(item.span),
                })
                .collect(),
            errors: errors
                .map(|found| FalseFinding {
                    start: found.start as usize,
                    end: found.end as usize,
                    classifier: self.names.id(found.classifier).to_owned(),
                    confidence: found.confidence,
                })
                .collect(),
        }
    }
}

pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    let digits = bytes
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]);
    digits.collect()
}

/// What was found of each class of labelled values, covered or not.
fn classes(judged: &[Judged<'_>], least: u8) -> Vec<ClassFigures> {
    let mut classes = BTreeMap::<&str, (bool, u64, u64)>::new();
    for (case, outcome) in judged {
        for (number, span) in case.spans.iter().enumerate() {
            let mut items = outcome.items.iter();
            let item = items.find(|item| item.span == Some(number));
            let entry = classes.entry(&span.class).or_default();
            entry.0 |= item.is_some();
            entry.1 += 1;
            entry.2 += u64::from(item.is_some_and(|item| item.is_found(least)));
        }
    }
    let figures = classes
        .into_iter()
        .map(|(class, (covered, labelled, found))| ClassFigures {
            class: class.to_owned(),
            covered,
            labelled,
            found,
            recall: Estimate::of(found, labelled).filter(|_| covered),
        });
    figures.collect()
}

/// What was found in the cases with each label.
fn labels(
    judged: &[Judged<'_>],
    least: u8,
    is_flagged: &dyn Fn(&Outcome) -> bool,
) -> Vec<LabelFigures> {
    let mut labels = BTreeMap::<&str, LabelFigures>::new();
    for (case, outcome) in judged {
        for label in &case.labels {
            let figures = labels.entry(label).or_insert_with(|| LabelFigures {
                label: label.clone(),
                labelled: 0,
                found: 0,
                negatives: 0,
                flagged: 0,
            });
            let found = outcome.items.iter().filter(|item| item.is_found(least));
            figures.labelled += outcome.items.len() as u64;
            figures.found += found.count() as u64;
            figures.negatives += u64::from(outcome.role == Role::Negative);
            figures.flagged += u64::from(is_flagged(outcome));
        }
    }
    labels.into_values().collect()
}
