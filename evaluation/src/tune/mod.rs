//! What would make classifiers better on someone's own labelled or benign data?
//!
//! Cases and benign texts are parted in two halves by a hash. On one half changes are proposed, one
//! classifier after the other; then all classifiers are compiled with all changes, both halves are
//! scanned again, and the effect is what that gives. What does not help then, or harms the other
//! half, is withdrawn.
//!
//! | file | holds |
//! |---|---|
//! | `half.rs` | which half a text belongs to |
//! | `evidence.rs` | the findings of a classifier, true and false, with the words near them |
//! | `propose.rs` | changes to one classifier |
//! | `effect.rs` | what changes come to when they are compiled |
//! | `text.rs` | proposals as a table for people |

mod effect;
mod evidence;
mod half;
mod propose;
mod text;

use std::fmt::Display;

use sluicegate::Database;
use sluicegate::model::{Case, Classifier, Override, apply_overrides};

pub use effect::{Counts, Effect};
pub use text::to_text;

use crate::compare::{Comparison, compare};
use crate::evaluate::{BenignText, EvaluationError, Judged, Options, judge, summarise};
use crate::share::{Rate, Share};
use effect::{harms, helps, measure};
use half::Halves;
use propose::Proposer;

/// What proposals must reach.
#[derive(Clone, Copy, Debug, Default)]
pub struct Limits {
    /// Classifiers with less precision are narrowed down or left out.
    pub min_precision: Option<Share>,
    /// Classifiers with more findings in a million bytes of benign text are, too.
    pub max_false_per_mb: Option<Rate>,
}

/// A change to one classifier.
#[derive(Clone, Debug, PartialEq)]
pub struct Proposal {
    /// What is to be changed.
    pub change: Override,
    /// Why, in sentences.
    pub reason: String,
    /// What it comes to on the half that it was made from.
    pub tuned: Effect,
    /// What it comes to on the other half.
    pub held: Effect,
}

impl Proposal {
    /// The classifier.
    pub fn classifier(&self) -> &str {
        &self.change.classifiers[0]
    }
}

/// Proposals, and what all of them come to together.
#[derive(Clone, Debug, Default)]
pub struct Tuning {
    /// By classifier.
    pub proposals: Vec<Proposal>,
    /// What changes for sources, families and cases, both halves together.
    pub comparison: Comparison,
    /// Proposals that did not help once they were compiled, or harmed the other half.
    pub withdrawn: usize,
}

/// What is tuned, and how it becomes a database.
pub struct Subject<'s, E> {
    /// All classifiers.
    pub classifiers: &'s [Classifier],
    /// Whether findings of a classifier count.
    pub counts: &'s dyn Fn(&str) -> bool,
    /// Whether a classifier may be changed.
    pub may_change: &'s dyn Fn(&str) -> bool,
    /// Makes a database of classifiers.
    pub compile: &'s dyn Fn(&[Classifier]) -> Result<Database, E>,
}

/// Why nothing could be tuned.
#[derive(Debug)]
pub enum TuneError<E> {
    /// The classifiers could not be compiled.
    Compile(E),
    /// They could not be evaluated.
    Evaluation(EvaluationError),
}

impl<E: Display> Display for TuneError<E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Compile(error) => error.fmt(f),
            Self::Evaluation(error) => error.fmt(f),
        }
    }
}

/// Proposes changes that make fewer findings false and keep the true ones.
///
/// # Errors
/// When the classifiers can't be compiled, or those of [`evaluate`](crate::evaluate).
pub fn tune<E>(
    subject: &Subject<'_, E>,
    cases: &[Case],
    benign: &[BenignText<'_>],
    options: &Options,
    limits: Limits,
) -> Result<Tuning, TuneError<E>> {
    let halves = Halves::new(cases, benign);
    let scan = |classifiers: &[Classifier]| {
        let database = (subject.compile)(classifiers).map_err(TuneError::Compile)?;
        let counts = database.classifiers().map(|one| (subject.counts)(one.id()));
        let options = Options {
            selected: counts.collect(),
            ..options.clone()
        };
        let judged = judge(&database, cases, benign, &options, &|_| ());
        let judged = judged.map_err(TuneError::Evaluation)?;
        let result = summarise(&database, cases, benign, &options, &judged);
        Ok((judged, result))
    };
    let changed = |proposals: &[Proposal]| {
        let mut classifiers = subject.classifiers.to_vec();
        let changes: Vec<Override> = proposals.iter().map(|one| one.change.clone()).collect();
        // Only what fits a classifier is proposed, so there is nothing to report.
        apply_overrides(&mut classifiers, &changes);
        scan(&classifiers)
    };
    let (before, before_result) = scan(subject.classifiers)?;
    let least = options.min_confidence;
    let proposer = Proposer {
        judged: &before,
        halves: &halves,
        cases,
        benign,
        least,
        limits,
    };
    let may_change = subject
        .classifiers
        .iter()
        .filter(|one| (subject.may_change)(one.id.as_str()) && (subject.counts)(one.id.as_str()));
    let mut proposals = proposer.propose(may_change);
    if proposals.is_empty() {
        return Ok(Tuning::default());
    }
    let (mut after, mut after_result) = changed(&proposals)?;
    measure_all(&before, &after, &halves, &mut proposals, least);
    let count = proposals.len();
    proposals.retain(|proposal| {
        helps(&proposal.tuned, limits, &halves) && !harms(&proposal.held, limits)
    });
    let withdrawn = count - proposals.len();
    if withdrawn > 0 {
        (after, after_result) = changed(&proposals)?;
        measure_all(&before, &after, &halves, &mut proposals, least);
    }
    Ok(Tuning {
        proposals,
        comparison: compare(&before_result, &after_result),
        withdrawn,
    })
}

/// States what each proposal comes to, in either half.
fn measure_all(
    before: &Judged,
    after: &Judged,
    halves: &Halves,
    proposals: &mut [Proposal],
    least: u8,
) {
    for proposal in proposals {
        let [tuned, held] = measure(before, after, halves, proposal.classifier(), least);
        (proposal.tuned, proposal.held) = (tuned, held);
    }
}
