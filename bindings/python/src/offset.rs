//! Byte offsets to code points.

use sluicegate::Finding;

/// Turns the offsets of findings in UTF-8 text from bytes to code points. A finding that begins or
/// ends inside a character takes all of it.
pub(crate) fn to_code_points(text: &[u8], findings: &mut [Finding]) {
    if findings.is_empty() || text.is_ascii() {
        return;
    }
    let bounds = findings
        .iter()
        .flat_map(|finding| [finding.start, finding.end]);
    let mut places: Vec<usize> = bounds.collect();
    places.sort_unstable();
    places.dedup();

    let mut from = 0;
    let mut count = 0;
    let begun: Vec<usize> = places
        .iter()
        .map(|&to| {
            count += text[from..to].iter().filter(|&&byte| begins(byte)).count();
            from = to;
            count
        })
        .collect();
    let begun_before = |place: usize| match places.binary_search(&place) {
        Ok(index) => begun[index],
        Err(_) => unreachable!("every bound is a place"),
    };
    for finding in findings {
        let inside = usize::from(!begins(text[finding.start]));
        finding.start = begun_before(finding.start).saturating_sub(inside);
        finding.end = begun_before(finding.end);
    }
}

/// Whether a character begins with this byte.
fn begins(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}
