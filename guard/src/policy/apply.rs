//! Edits of findings that have a style each.

use std::ops::Range;

use sluicegate::{Database, Finding};

use super::Policy;
use crate::redact::{Edit, RedactError, Redactor, Style, reach};

/// The redactors of a policy.
#[derive(Clone, Debug)]
pub(crate) struct Styles {
    /// For each rule the number of its redactor.
    of_rule: Vec<usize>,
    /// The first is for findings without a rule.
    redactors: Vec<Redactor>,
    /// Knows the marks of every style of the policy.
    probe: Redactor,
}

/// A finding to redact: what it claims of a part, and the rule that decided.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Wanted {
    pub(crate) finding: Finding,
    pub(crate) rule: Option<usize>,
}

impl Styles {
    pub(crate) fn new(database: &Database, policy: &Policy) -> Self {
        let mut styles = vec![&Style::Label];
        let of_rule = policy
            .rules
            .iter()
            .map(|rule| {
                styles
                    .iter()
                    .position(|known| **known == rule.style)
                    .unwrap_or_else(|| {
                        styles.push(&rule.style);
                        styles.len() - 1
                    })
            })
            .collect();
        let keep = styles.iter().filter_map(|style| match style {
            Style::Partial { keep } => Some(*keep),
            _ => None,
        });
        let probe = keep
            .max()
            .map_or(Style::Label, |keep| Style::Partial { keep });
        let redactor = |style: &Style| Redactor::new(database, style.clone());
        Self {
            of_rule,
            redactors: styles.into_iter().map(redactor).collect(),
            probe: redactor(&probe),
        }
    }

    /// The whole characters that a finding claims; none if what it found is what a redaction left.
    pub(crate) fn open(&self, text: &[u8], finding: &Finding) -> Option<Range<usize>> {
        let edits = self.probe.edits(text, &[*finding]);
        let edits = edits.expect("labels and masks can always be made");
        edits.first().map(|edit| edit.span.clone())
    }

    /// The edits that remove what is wanted, which is in the order of a scan. Findings that overlap
    /// become one edit: the most confident names it and its style, among equals the longest, the
    /// leftmost, the one of the lowest classifier.
    ///
    /// # Errors
    /// When a style can't replace a value.
    pub(crate) fn edits(
        &self,
        text: &[u8],
        wanted: &[Wanted],
        pass: usize,
    ) -> Result<Vec<Edit>, RedactError> {
        let mut groups: Vec<(Wanted, Range<usize>)> = Vec::new();
        for &new in wanted {
            let Some(span) = self.open(text, &new.finding) else {
                continue;
            };
            match groups.last_mut() {
                Some((name, group)) if span.start < group.end => {
                    group.end = group.end.max(reach(text, span.end, pass));
                    if rank(&new) < rank(name) {
                        *name = new;
                    }
                }
                _ => groups.push((new, span.start..reach(text, span.end, pass))),
            }
        }
        let mut edits = Vec::new();
        for (name, span) in groups {
            let redactor = &self.redactors[name.rule.map_or(0, |rule| self.of_rule[rule])];
            let finding = Finding {
                start: span.start,
                end: span.end,
                ..name.finding
            };
            edits.extend(redactor.edits(text, &[finding])?);
        }
        Ok(edits)
    }
}

fn rank(wanted: &Wanted) -> impl Ord + use<> {
    let Finding {
        start, classifier, ..
    } = wanted.finding;
    let (confidence, len) = (wanted.finding.confidence, wanted.finding.len());
    (u8::MAX - confidence, usize::MAX - len, start, classifier)
}
