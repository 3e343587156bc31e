//! Texts to findings, on several threads; the results are in the order of the texts.

use rayon::prelude::*;
use sluicegate::model::Case;
use sluicegate::{Completeness, Database, Kernel, Scanner, arbitrate};

use crate::judge::{Found, Judge, Outcome};

/// Scans with the findings that are selected.
pub(crate) struct Scans<'s> {
    pub(crate) database: &'s Database,
    pub(crate) kernel: Kernel,
    /// By index, whether findings of the classifier count.
    pub(crate) selected: &'s [bool],
    /// Whether only the likeliest of the findings that claim one value counts.
    pub(crate) resolve: bool,
    /// Told the bytes of each text that is done.
    pub(crate) progress: &'s (dyn Fn(u64) + Sync),
}

impl Scans<'_> {
    fn scanner(&self) -> Scanner {
        Scanner::new(self.database).with_kernel(self.kernel)
    }

    /// The findings of a text, and whether they are all.
    fn findings(&self, scanner: &mut Scanner, text: &[u8]) -> (Vec<Found>, bool) {
        let scan = scanner.scan(text);
        let is_complete = scan.completeness == Completeness::Complete;
        let mut findings = scan.findings.to_vec();
        findings.retain(|finding| self.selected[finding.classifier.get() as usize]);
        if self.resolve {
            let claims = arbitrate(self.database, text, &findings);
            findings = claims.into_iter().map(|claim| claim.winner).collect();
        }
        let found = findings.iter().map(|finding| Found {
            start: finding.start as u32,
            end: finding.end as u32,
            classifier: finding.classifier.get(),
            confidence: finding.confidence,
        });
        (self.progress)(text.len() as u64);
        (found.collect(), is_complete)
    }

    pub(crate) fn judge(&self, judge: &Judge<'_>, cases: &[Case]) -> Vec<Outcome> {
        let outcomes = cases.par_iter().map_init(
            || self.scanner(),
            |scanner, case| {
                let (found, is_complete) = self.findings(scanner, case.text.as_bytes());
                let mut outcome = judge.judge(case, &found);
                outcome.is_incomplete = !is_complete;
                outcome
            },
        );
        outcomes.collect()
    }

    /// The findings of each text.
    pub(crate) fn find(&self, texts: &[&[u8]]) -> Vec<(Vec<Found>, bool)> {
        let found = texts.par_iter().map_init(
            || self.scanner(),
            |scanner, text| self.findings(scanner, text),
        );
        found.collect()
    }
}
