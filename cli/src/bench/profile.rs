//! The cost of each stage and of each detector.
//!
//! The engine counts operations and has no clock. So each stage is run by itself and timed, and what
//! a scan takes longer than the stages before is verification. Its time is shared among the detectors in
//! proportion to their steps.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use serde::Serialize;
use sluicegate::{ClassifierIndex, Database, Kernel, Scanner, Stage, Stages};

/// Two more keys of the result. Times are those of one thread over the whole input.
#[derive(Serialize)]
pub(crate) struct Profile {
    stages: Vec<StageRow>,
    profile: Vec<DetectorRow>,
}

/// What a stage does over the whole input.
#[derive(Serialize)]
struct StageRow {
    stage: &'static str,
    /// Places, candidates or findings that it hands on; for verification its steps.
    operations: u64,
    time_ns: u64,
    /// Of the whole scan's time.
    per_mille: u64,
}

/// What a detector causes over the whole input.
#[derive(Serialize)]
pub(crate) struct DetectorRow {
    pub(crate) classifier: String,
    detector: usize,
    candidates: u64,
    survivors: u64,
    pub(crate) steps: u64,
    /// Its part of the time of verification.
    pub(crate) time_ns: u64,
    /// Of the whole scan's time.
    pub(crate) per_mille: u64,
}

impl Profile {
    /// The detectors, the dearest first.
    pub(crate) fn detectors(&self) -> &[DetectorRow] {
        &self.profile
    }

    pub(crate) fn new(database: &Database, kernel: Kernel, chunks: &[&[u8]], reps: usize) -> Self {
        let mut stages = Stages::new(database, kernel);
        let mut fastest = Stages::new(database, Kernel::best());
        let time = |stages: &mut Stages, stage| {
            best(reps, || {
                chunks.iter().map(|chunk| stages.run(stage, chunk)).sum()
            })
        };
        let (places, grams) = time(&mut stages, Stage::Grams);
        let (shapes_seen, shapes) = time(&mut stages, Stage::Shapes);
        // The engine runs candidates in the fastest kernel; the checks are the same with each.
        let (candidates, filtered) = time(&mut fastest, Stage::Candidates);
        let (_, fastest_grams) = time(&mut fastest, Stage::Grams);
        let (_, fastest_shapes) = time(&mut fastest, Stage::Shapes);
        let checks = filtered.saturating_sub(fastest_grams + fastest_shapes);
        let (found_terms, terms) = time(&mut stages, Stage::Terms);
        let (found_indexes, indexes) = time(&mut stages, Stage::Indexes);
        let mut scanner = Scanner::new(database).with_kernel(kernel);
        let (_, whole) = best(reps, || {
            let scans = chunks
                .iter()
                .map(|chunk| scanner.scan(chunk).findings.len());
            scans.sum::<usize>() as u64
        });
        let verification = whole.saturating_sub(grams + shapes + checks + terms + indexes);

        let mut profile = detectors(database, chunks);
        let steps: u64 = profile.iter().map(|row| row.steps).sum();
        let per_mille = |time: u64| part(1000, time, nanoseconds(whole));
        for row in &mut profile {
            row.time_ns = part(nanoseconds(verification), row.steps, steps);
            row.per_mille = per_mille(row.time_ns);
        }
        let stage = |stage, operations, time| StageRow {
            stage,
            operations,
            time_ns: nanoseconds(time),
            per_mille: per_mille(nanoseconds(time)),
        };
        Self {
            stages: vec![
                stage("grams", places, grams),
                stage("shapes", shapes_seen, shapes),
                stage("checks", candidates, checks),
                stage("verification", steps, verification),
                stage("terms", found_terms, terms),
                stage("indexes", found_indexes, indexes),
            ],
            profile,
        }
    }
}

/// Candidates, survivors and steps of each detector, the dearest first.
fn detectors(database: &Database, chunks: &[&[u8]]) -> Vec<DetectorRow> {
    let mut rows = BTreeMap::<(ClassifierIndex, usize), DetectorRow>::new();
    for chunk in chunks {
        for cost in sluicegate::profile(database, chunk) {
            let row = rows
                .entry((cost.classifier, cost.detector))
                .or_insert_with(|| DetectorRow {
                    classifier: database.classifier(cost.classifier).id().to_owned(),
                    detector: cost.detector,
                    candidates: 0,
                    survivors: 0,
                    steps: 0,
                    time_ns: 0,
                    per_mille: 0,
                });
            row.candidates += cost.candidates;
            row.survivors += cost.survivors;
            row.steps += cost.steps;
        }
    }
    let mut rows: Vec<DetectorRow> = rows.into_values().collect();
    rows.sort_by_key(|row| Reverse(row.steps));
    rows
}

/// What the work comes to, and the time of the best of some runs after one that fills memory.
fn best(reps: usize, mut run: impl FnMut() -> u64) -> (u64, Duration) {
    let count = run();
    let times = (0..reps).map(|_| {
        let began = Instant::now();
        // What comes of it is used, or the compiler may leave it out.
        std::hint::black_box(run());
        began.elapsed()
    });
    (count, times.min().unwrap_or_default())
}

fn nanoseconds(time: Duration) -> u64 {
    time.as_nanos() as u64
}

/// `number` parts of `whole`, of `all` that there are; none of nothing.
fn part(whole: u64, number: u64, all: u64) -> u64 {
    let product = u128::from(whole) * u128::from(number);
    product.checked_div(u128::from(all)).unwrap_or(0) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_are_of_the_whole() {
        assert_eq!(part(1000, 1, 4), 250);
        assert_eq!(part(u64::MAX, u64::MAX, u64::MAX), u64::MAX);
        assert_eq!(part(1000, 0, 0), 0);
    }
}
