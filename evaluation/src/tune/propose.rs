//! Changes to one classifier, from its findings in the first half.
//!
//! Every change that is possible is tried on the findings; the one that makes F1 best is taken, and
//! what is left is tried again. F1 counts true findings that are lost as missed, so a change pays for
//! each of them.

use std::collections::{BTreeMap, BTreeSet};

use sluicegate::model::{
    Case, Classifier, Context, ContextEffect, DEFAULT_CONTEXT_AMOUNT, DEFAULT_CONTEXT_WINDOW,
    Override,
};

use super::effect::{Counts, Effect, is_better, is_within};
use super::evidence::{Evidence, gather};
use super::half::Halves;
use super::{Limits, Proposal};
use crate::evaluate::{BenignText, Judged};

/// How many false findings a change takes away at least, and in how many texts a word must stand:
/// fewer are chance.
const SUPPORT: usize = 3;
/// Most keywords of a context, and most terms that are excluded: more can't be reviewed.
const KEYWORDS: usize = 20;
const TERMS: usize = 10;

pub(super) struct Proposer<'p> {
    pub(super) judged: &'p Judged,
    pub(super) halves: &'p Halves,
    pub(super) cases: &'p [Case],
    pub(super) benign: &'p [BenignText<'p>],
    pub(super) least: u8,
    pub(super) limits: Limits,
}

/// One step of a change, with what it leaves.
struct Step<'e, 't> {
    apply: Box<dyn FnOnce(&mut Override) + 'e>,
    reason: String,
    kept: Vec<&'e Evidence<'t>>,
}

impl Proposer<'_> {
    /// Changes to classifiers, by id.
    pub(super) fn propose<'c>(
        &self,
        classifiers: impl Iterator<Item = &'c Classifier>,
    ) -> Vec<Proposal> {
        let all = gather(
            self.judged,
            self.halves,
            self.cases,
            self.benign,
            self.least,
        );
        let mut proposals: Vec<Proposal> = classifiers
            .filter_map(|classifier| {
                let index = self.judged.names.find(classifier.id.as_str())?;
                self.change(classifier, all.get(&index)?)
            })
            .collect();
        proposals.sort_by(|a, b| a.classifier().cmp(b.classifier()));
        proposals
    }

    fn change(&self, classifier: &Classifier, all: &[Evidence<'_>]) -> Option<Proposal> {
        let mut change = Override {
            classifiers: vec![classifier.id.to_string()],
            ..Override::default()
        };
        let mut kept: Vec<&Evidence<'_>> = all.iter().collect();
        let mut reasons = Vec::new();
        let best = count(&kept).hits;
        let errors = count(&kept).all_errors();
        let bytes = self.halves.bytes[0];
        if best > 0 {
            while let Some(step) = best_step(classifier, &change, best, &kept) {
                (step.apply)(&mut change);
                reasons.push(step.reason);
                kept = step.kept;
            }
        }
        let is_useless = best == 0 && errors >= SUPPORT as u64;
        if is_useless || !is_within(self.limits, count(&kept), bytes) {
            change = Override {
                classifiers: change.classifiers,
                disabled: true,
                ..Override::default()
            };
            let reason = if is_useless {
                format!("None of its {errors} findings is true.")
            } else {
                let Counts { hits, .. } = count(&kept);
                let errors = count(&kept).all_errors();
                format!(
                    "At best {hits} findings would be true and {errors} false, past the limits."
                )
            };
            reasons = vec![reason];
        }
        (!reasons.is_empty()).then(|| Proposal {
            change,
            reason: reasons.join(" "),
            tuned: Effect::default(),
            held: Effect::default(),
        })
    }
}

/// The step that makes F1 best, if one makes it better. Among equals the first is taken.
fn best_step<'e, 't>(
    classifier: &'e Classifier,
    change: &Override,
    best: u64,
    kept: &[&'e Evidence<'t>],
) -> Option<Step<'e, 't>> {
    let pair = |kept: &[&Evidence<'_>]| {
        let counts = count(kept);
        (counts.hits, counts.all_errors())
    };
    let mut steps = Vec::new();
    if classifier.composite.is_none() {
        if change.exclude.is_empty() {
            steps.extend(exclude(kept));
        }
        if change.context.is_none() && change.min_confidence.is_none() {
            steps.extend(require(classifier, kept));
        }
    }
    if change.min_confidence.is_none() && change.context.is_none() {
        steps.extend(thresholds(classifier, kept));
    }
    let mut chosen = None;
    let mut current = pair(kept);
    let errors = current.1;
    for step in steps {
        let new = pair(&step.kept);
        if errors - new.1 >= SUPPORT as u64 && is_better(best, current, new) {
            current = new;
            chosen = Some(step);
        }
    }
    chosen
}

fn count(kept: &[&Evidence<'_>]) -> Counts {
    let number =
        |of: &dyn Fn(&Evidence<'_>) -> bool| kept.iter().filter(|it| of(it)).count() as u64;
    Counts {
        hits: number(&|it| it.is_hit),
        errors: number(&|it| !it.is_hit && !it.is_benign),
        benign: number(&|it| it.is_benign),
    }
}

/// Findings are left that pass.
fn keep<'e, 't>(
    kept: &[&'e Evidence<'t>],
    passes: impl Fn(&Evidence<'t>) -> bool,
) -> Vec<&'e Evidence<'t>> {
    kept.iter().copied().filter(|it| passes(it)).collect()
}

/// Least confidences that leave some and can be set.
fn thresholds<'e, 't>(classifier: &Classifier, kept: &[&'e Evidence<'t>]) -> Vec<Step<'e, 't>> {
    let is_lowered = classifier
        .context
        .as_ref()
        .is_some_and(|context| context.effect == ContextEffect::Lower);
    let confidences: BTreeSet<u8> = kept.iter().map(|it| it.confidence).collect();
    // The lowest leaves all; where keywords lower the confidence, none of the others can be set.
    let rest = confidences.into_iter().skip(1).filter(|_| !is_lowered);
    let steps = rest.map(|least| {
        let kept = keep(kept, |it| it.confidence >= least);
        Step {
            apply: Box::new(move |change: &mut Override| change.min_confidence = Some(least)),
            reason: format!("Findings of less confidence than {least} are mostly false."),
            kept,
        }
    });
    steps.collect()
}

/// Keywords that stand near true findings and not near false ones.
fn require<'e, 't>(classifier: &'e Classifier, kept: &[&'e Evidence<'t>]) -> Option<Step<'e, 't>> {
    let old = classifier.context.as_ref();
    if old.is_some_and(|old| old.effect != ContextEffect::Raise) {
        // One is required already, or keywords mean the opposite.
        return None;
    }
    let window = old.map_or(DEFAULT_CONTEXT_WINDOW, |old| old.window);
    let mut keywords: Vec<String> = old.map_or_else(Vec::new, |old| old.keywords.clone());
    let has = |it: &Evidence<'_>, keywords: &[String]| {
        keywords.iter().any(|keyword| it.has_near(keyword, window))
    };
    let known = keywords.len();
    let mut open: Vec<(&Evidence<'_>, Vec<String>)> = kept
        .iter()
        .filter(|it| !has(it, &keywords))
        .map(|it| (*it, it.words(window)))
        .collect();
    while keywords.len() < known + KEYWORDS {
        let mut scores = BTreeMap::<&str, (BTreeSet<_>, i64)>::new();
        for (it, words) in &open {
            for word in words {
                let (texts, score) = scores.entry(word).or_default();
                *score += if it.is_hit { 1 } else { -1 };
                if it.is_hit {
                    texts.insert(it.number);
                }
            }
        }
        let supported = scores
            .into_iter()
            .filter(|(_, (texts, score))| texts.len() >= SUPPORT && *score > 0);
        // The last of equals would win: turned round, it is the first in the alphabet.
        let next = supported.rev().max_by_key(|(_, (_, score))| *score);
        let Some(next) = next.map(|(word, _)| word.to_owned()) else {
            break;
        };
        open.retain(|(_, words)| !words.contains(&next));
        keywords.push(next);
    }
    if keywords.is_empty() {
        return None;
    }
    let kept = keep(kept, |it| has(it, &keywords));
    let found = keywords.len() - known;
    Some(Step {
        reason: format!("New keywords, near true findings and rarely near false ones: {found}."),
        apply: Box::new(move |change: &mut Override| {
            change.context = Some(Context {
                keywords,
                window,
                effect: ContextEffect::Require,
                amount: DEFAULT_CONTEXT_AMOUNT,
                place: None,
            });
        }),
        kept,
    })
}

/// Words that are part of several false values and of no true one.
fn exclude<'e, 't>(kept: &[&'e Evidence<'t>]) -> Option<Step<'e, 't>> {
    let (hits, mut errors): (Vec<_>, Vec<_>) = kept.iter().copied().partition(|it| it.is_hit);
    let mut terms: Vec<String> = Vec::new();
    while terms.len() < TERMS {
        let mut scores = BTreeMap::<String, (BTreeSet<&[u8]>, BTreeSet<_>)>::new();
        for it in &errors {
            for part in it.parts() {
                let (values, texts) = scores.entry(part).or_default();
                values.insert(it.value());
                texts.insert(it.number);
            }
        }
        // Of one value that recurs no part may be written down: it may be a secret.
        let supported = scores
            .into_iter()
            .filter(|(_, (values, texts))| values.len() >= SUPPORT && texts.len() >= SUPPORT)
            .filter(|(term, _)| !hits.iter().any(|hit| hit.contains(term)));
        let next = supported.rev().max_by_key(|(_, (_, texts))| texts.len());
        let Some((term, _)) = next else {
            break;
        };
        errors.retain(|it| !it.contains(&term));
        terms.push(term);
    }
    if terms.is_empty() {
        return None;
    }
    let kept = keep(kept, |it| !terms.iter().any(|term| it.contains(term)));
    Some(Step {
        reason: format!("Parts of false values and of no true one: {}.", terms.len()),
        apply: Box::new(move |change: &mut Override| change.exclude.terms = terms),
        kept,
    })
}
