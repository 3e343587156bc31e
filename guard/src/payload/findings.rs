//! What is found in the parts of a payload.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::ops::Range;

use sluicegate::{ClassifierIndex, Completeness, Finding, Scanner};

use super::part::{Part, Payload};

/// Findings of one part, by their span in it and their classifier.
pub(crate) type Findings = BTreeMap<(usize, usize, ClassifierIndex), Finding>;

fn insert(findings: &mut Findings, span: &Range<usize>, finding: &Finding) {
    let finding = Finding {
        start: span.start,
        end: span.end,
        ..*finding
    };
    findings.insert((span.start, span.end, finding.classifier), finding);
}

/// What is found in each part, and whether all of the payload was inspected. `veil` hides what is
/// no text in a part.
pub(crate) fn scan(
    scanner: &mut Scanner,
    payload: &Payload<'_>,
    veil: impl for<'t> Fn(&'t [u8]) -> Cow<'t, [u8]>,
) -> (Vec<Findings>, bool) {
    let Payload {
        parts, documents, ..
    } = payload;
    let mut complete = payload.complete;
    let mut findings = Vec::with_capacity(parts.len());
    for part in parts {
        let (found, part_complete) = scan_part(scanner, part, &veil(&part.text));
        complete &= part_complete;
        findings.push(found);
    }
    for document in documents {
        let scan = scanner.scan(document.text.as_bytes());
        complete &= scan.completeness == Completeness::Complete;
        for finding in scan.findings {
            for (part, span) in document.reached(parts, &(finding.start..finding.end)) {
                insert(&mut findings[part], &span, finding);
            }
        }
    }
    scan_together(scanner, parts, veil, &mut findings);
    (findings, complete)
}

/// Adds what indexes find in all values as one text: the cells of a row stand in values of their own.
fn scan_together(
    scanner: &mut Scanner,
    parts: &[Part<'_>],
    veil: impl for<'t> Fn(&'t [u8]) -> Cow<'t, [u8]>,
    findings: &mut [Findings],
) {
    if parts.len() < 2 || scanner.database().first_index().is_none() {
        return;
    }
    let mut text = Vec::new();
    let mut values = Vec::new();
    for (number, part) in parts.iter().enumerate().filter(|(_, part)| !part.is_key) {
        let start = text.len();
        text.extend_from_slice(&veil(&part.text));
        values.push((number, start..text.len()));
        text.push(b'\n');
    }
    for finding in scanner.scan_indexes(&text).findings {
        let first = values.partition_point(|(_, value)| value.end <= finding.start);
        let reached = values[first..]
            .iter()
            .take_while(|(_, value)| value.start < finding.end);
        for (part, value) in reached {
            let cut = finding.start.max(value.start)..finding.end.min(value.end);
            if !cut.is_empty() {
                let span = cut.start - value.start..cut.end - value.start;
                insert(&mut findings[*part], &span, finding);
            }
        }
    }
}

/// What is found in a part in one form or another, and whether all of it was inspected.
fn scan_part(scanner: &mut Scanner, part: &Part<'_>, text: &[u8]) -> (Findings, bool) {
    let mut findings = Findings::new();
    let alone = scanner.scan(text);
    let mut complete = alone.completeness == Completeness::Complete;
    for finding in alone.findings {
        insert(&mut findings, &(finding.start..finding.end), finding);
    }
    if part.path.is_empty() {
        return (findings, complete);
    }
    let key = part.path.rsplit('.').next().unwrap_or_default();
    let quoted = (format!("{} \"{key}\": \"", part.path), "\"");
    for (lead, tail) in [quoted, (format!("{}: ", part.path), "")] {
        let text = [lead.as_bytes(), text, tail.as_bytes()].concat();
        let value = lead.len()..text.len() - tail.len();
        let behind = scanner.scan(&text);
        complete &= behind.completeness == Completeness::Complete;
        for finding in behind.findings {
            let cut = finding.start.max(value.start)..finding.end.min(value.end);
            if !cut.is_empty() {
                let span = cut.start - lead.len()..cut.end - lead.len();
                insert(&mut findings, &span, finding);
            }
        }
    }
    (findings, complete)
}
