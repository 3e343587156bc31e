//! What was found elsewhere, by another scanner or another run, in place of a scan.

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;
use sluicegate::model::{BadLine, Case};

use crate::judge::Found;

/// Findings of texts, read from lines in the form of `scan --input-format jsonl`.
///
/// ```
/// use sluicegate_evaluation::{CaseFile, Options, Reported, evaluate_reported};
/// let cases = CaseFile::read(
///     "forms",
///     br#"{"id":"1","text":"see TCK-1234","spans":[[4,12,"other.ticket"]]}"#,
/// );
/// let mut reported = Reported::default();
/// let line = br#"{"id":"1","findings":[{"classifier":"other.ticket","start":4,"end":12}]}"#;
/// assert!(reported.add("forms", line).is_empty());
/// let result = evaluate_reported(&reported, &cases.cases, &Options::default())?;
/// assert_eq!(result.sources[0].total.found, 1);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Reported {
    /// By the id of the case and the source of the file.
    lines: BTreeMap<(String, String), Vec<Finding>>,
}

#[derive(Deserialize)]
struct Line {
    id: String,
    findings: Vec<Finding>,
}

#[derive(Clone, Debug, Deserialize)]
struct Finding {
    classifier: String,
    start: u32,
    end: u32,
    /// A scanner that has no such thing is taken at its word.
    #[serde(default = "certain")]
    confidence: u8,
}

fn certain() -> u8 {
    100
}

impl Reported {
    /// Adds the lines of a file, whose name is that of the source of its cases. Returns those that
    /// are no such lines.
    pub fn add(&mut self, source: &str, bytes: &[u8]) -> Vec<BadLine> {
        let mut bad = Vec::new();
        for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
            if line.trim_ascii().is_empty() {
                continue;
            }
            match serde_json::from_slice::<Line>(line) {
                Ok(Line { id, findings }) => {
                    self.lines.insert((id, source.to_owned()), findings);
                }
                Err(error) => bad.push(BadLine {
                    line: index + 1,
                    reason: format!(
                        "not a line of findings: it takes `id` and `findings` (column {})",
                        error.column()
                    ),
                }),
            }
        }
        bad
    }

    /// Names of all classifiers, sorted.
    pub(crate) fn ids(&self) -> Vec<String> {
        let findings = self.lines.values().flatten();
        let ids: BTreeSet<&str> = findings
            .map(|finding| finding.classifier.as_str())
            .collect();
        ids.into_iter().map(str::to_owned).collect()
    }

    /// The findings of a case, by the numbers of these ids: those of its source, or of the only
    /// file that has the case. Nothing when it is in none.
    pub(crate) fn of(&self, case: &Case, ids: &[String]) -> Option<Vec<Found>> {
        let own = self.lines.get(&(case.id.clone(), case.source.clone()));
        let mut others = self
            .lines
            .range((case.id.clone(), String::new())..)
            .take_while(|((id, _), _)| *id == case.id)
            .map(|(_, findings)| findings);
        let findings = own.or_else(|| others.next().filter(|_| others.next().is_none()))?;
        let found = |finding: &Finding| {
            let classifier = ids.binary_search(&finding.classifier).ok()?;
            Some(Found {
                start: finding.start,
                end: finding.end,
                classifier: classifier as u32,
                confidence: finding.confidence,
            })
        };
        Some(findings.iter().filter_map(found).collect())
    }
}
