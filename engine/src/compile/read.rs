//! Patterns to trees and anchors, each by itself and hence on all cores.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use sluicegate_model::{Classifier, Diagnostic, Matching};

use super::node::Node;
use super::plan::{self, Anchor};
use super::rarity::ShareCache;
use super::report;

/// What is known of one detector, whatever stands beside it.
pub(super) struct Read {
    pub(super) node: Node,
    pub(super) anchors: Result<Vec<Anchor>, &'static str>,
}

/// The detectors of one classifier, in the order in which it states them.
pub(super) struct Detectors {
    pub(super) regexes: Vec<Result<Read, Diagnostic>>,
    /// None for dictionaries of words, which have no anchors.
    pub(super) dictionaries: Vec<Option<Read>>,
}

/// Classifiers that are taken at a time. With so few in all, a second thread is not worth its start.
const BATCH: usize = 32;

/// Reads the detectors of classifiers, in their order.
pub(super) fn read(classifiers: &[&Classifier]) -> Vec<Detectors> {
    let batches = classifiers.len().div_ceil(BATCH);
    let workers = thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicUsize::new(0);
    let work = || {
        let mut cache = ShareCache::default();
        let mut done = Vec::new();
        loop {
            let number = next.fetch_add(1, Ordering::Relaxed);
            let Some(batch) = classifiers.chunks(BATCH).nth(number) else {
                return done;
            };
            let detectors = batch.iter().map(|one| detectors(one, &mut cache));
            done.push((number, detectors.collect::<Vec<_>>()));
        }
    };
    let mut done = thread::scope(|scope| {
        let others: Vec<_> = (1..workers.min(batches))
            .filter_map(|_| thread::Builder::new().spawn_scoped(scope, work).ok())
            .collect();
        let mut done = work();
        for other in others {
            match other.join() {
                Ok(more) => done.extend(more),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(number, _)| *number);
    done.into_iter().flat_map(|(_, batch)| batch).collect()
}

impl Read {
    fn new(node: Node, cache: &mut ShareCache) -> Self {
        Self {
            anchors: plan::anchors(&node, cache),
            node,
        }
    }
}

fn detectors(classifier: &Classifier, cache: &mut ShareCache) -> Detectors {
    let regexes = classifier.regexes.iter().map(|regex| {
        let place = regex.place.as_ref().or(classifier.place.as_ref());
        let hir = report::parse(&regex.pattern, place)?;
        Ok(Read::new(Node::from_hir(&hir), cache))
    });
    let regexes = regexes.collect();
    let dictionaries = classifier.dictionaries.iter().map(|dictionary| {
        let node = || Node::from_terms(&dictionary.terms, dictionary.case_sensitive);
        (dictionary.matching == Matching::Bytes).then(|| Read::new(node(), cache))
    });
    Detectors {
        regexes,
        dictionaries: dictionaries.collect(),
    }
}
