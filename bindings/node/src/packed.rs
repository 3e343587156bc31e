//! Findings as one string of UTF-16 units, which `lib/finding.cjs` unpacks.
//!
//! To make a string takes one call of Node's interface and reading it none, while an array or an
//! object takes one for each element, of about 50 ns.
//!
//! For each text its number of findings, in two units of 16 bits of which the highest bit says that
//! not all of the text could be inspected; then for each finding
//!
//! | units | |
//! |---|---|
//! | 0 to 2 | start, 48 bits |
//! | 3 to 5 | end, 48 bits |
//! | 6, 7 | index of the classifier |
//! | 8 | confidence, and above its 8 bits the view |
//!
//! each with the lowest bits first.

use sluicegate::{Completeness, Finding, View};

/// Appends what was found in one text.
pub(crate) fn append(findings: &[Finding], completeness: Completeness, units: &mut Vec<u16>) {
    let count = findings.len() as u32;
    let incomplete = u16::from(completeness != Completeness::Complete) << 15;
    units.extend([count as u16, (count >> 16) as u16 | incomplete]);
    for finding in findings {
        let classifier = finding.classifier.get();
        let sure = u16::from(finding.confidence) | view(finding.view) << 8;
        units.extend(offset(finding.start));
        units.extend(offset(finding.end));
        units.extend([classifier as u16, (classifier >> 16) as u16, sure]);
    }
}

fn offset(place: usize) -> [u16; 3] {
    [
        place as u16,
        (place >> 16) as u16,
        (place as u64 >> 32) as u16,
    ]
}

/// The place of a view in the list of `lib/finding.cjs`.
fn view(view: View) -> u16 {
    match view {
        View::Raw => 0,
        _ => unreachable!("the list has every view"),
    }
}
