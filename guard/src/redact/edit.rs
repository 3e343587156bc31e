//! Findings to sorted edits that do not overlap.

use std::fmt;
use std::ops::Range;

use sluicegate::{Database, Finding, outranks};

use super::mark::Found;

/// A span of the input and what stands in its place.
#[derive(Clone, PartialEq, Eq)]
pub struct Edit {
    /// Bytes of the input.
    pub span: Range<usize>,
    /// What replaces them.
    pub replacement: Vec<u8>,
}

impl fmt::Debug for Edit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A mask may keep characters of the value.
        f.debug_struct("Edit")
            .field("span", &self.span)
            .finish_non_exhaustive()
    }
}

/// The input with edits made, which are sorted and do not overlap.
pub fn apply(input: &[u8], edits: &[Edit]) -> Vec<u8> {
    let mut output = Vec::with_capacity(input.len());
    let mut at = 0;
    for edit in edits {
        output.extend_from_slice(&input[at..edit.span.start]);
        output.extend_from_slice(&edit.replacement);
        at = edit.span.end;
    }
    output.extend_from_slice(&input[at..]);
    output
}

/// Findings that overlap (or share a character), as one span with the finding that names it.
/// Spans begin and end between characters and hold marks whole or not at all; `reach` may move
/// their ends further. The findings are in the order of a scan.
pub(super) fn groups(
    database: &Database,
    input: &[u8],
    marks: &Found,
    findings: &[Finding],
    reach: impl Fn(usize) -> usize,
) -> Vec<(Finding, Range<usize>)> {
    let mut groups: Vec<(Vec<Finding>, Range<usize>)> = Vec::new();
    for &finding in findings {
        let span = marks.widen(whole_characters(input, finding.start..finding.end));
        match groups.last_mut() {
            Some((members, group)) if span.start < group.end => {
                members.push(finding);
                if span.end > group.end {
                    group.end = reach(span.end);
                }
            }
            _ => groups.push((vec![finding], span.start..reach(span.end))),
        }
    }
    groups
        .into_iter()
        .map(|(members, span)| (preferred(database, &members), span))
        .collect()
}

/// The finding that names a group: the one that no other is preferred to, as they come.
fn preferred(database: &Database, members: &[Finding]) -> Finding {
    let mut members = members.iter();
    let first = members.next().expect("a group has a member");
    let named = members.fold(first, |named, finding| {
        if outranks(database, finding, named) {
            finding
        } else {
            named
        }
    });
    *named
}

/// Widens a span that cuts a UTF-8 character, so that what is left around it stays valid.
pub(super) fn whole_characters(input: &[u8], span: Range<usize>) -> Range<usize> {
    let start = character_at(input, span.start).map_or(span.start, |character| character.start);
    let end = character_at(input, span.end).map_or(span.end, |character| character.end);
    start..end
}

/// The valid character of more than one byte that begins before `at` and ends after it.
fn character_at(input: &[u8], at: usize) -> Option<Range<usize>> {
    let is_continuation = |byte: u8| byte & 0xC0 == 0x80;
    if !input.get(at).is_some_and(|&byte| is_continuation(byte)) {
        return None;
    }
    let start = (at.saturating_sub(3)..at)
        .rev()
        .find(|&start| !is_continuation(input[start]))?;
    (2..=4)
        .map(|len| start..start + len)
        .filter(|character| character.end > at)
        .find(|character| {
            input
                .get(character.clone())
                .is_some_and(|bytes| std::str::from_utf8(bytes).is_ok())
        })
}
