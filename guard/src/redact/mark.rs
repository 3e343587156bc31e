//! Recognises what a redaction left behind.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use sluicegate::Database;

use super::style::{HASH_LEN, Style, label};

/// The marks that redactions with one database can leave.
#[derive(Clone, Debug)]
pub(super) struct Marks(Arc<Known>);

#[derive(Debug)]
struct Known {
    labels: BTreeSet<Vec<u8>>,
    ids: BTreeSet<Vec<u8>>,
    /// Bytes of the longest mark in brackets.
    longest: usize,
}

impl Marks {
    pub(super) fn new(database: &Database) -> Self {
        let ids = || database.classifiers().map(|classifier| classifier.id());
        let longest = ids().map(str::len).max().unwrap_or(0) + 2 * HASH_LEN + "[:]".len();
        Self(Arc::new(Known {
            labels: ids().map(|id| label(id).into_bytes()).collect(),
            ids: ids().map(|id| id.as_bytes().to_vec()).collect(),
            longest,
        }))
    }

    /// Whether a span lies inside a mark. Marks of the other styles count too, so that a text may
    /// be redacted with one style and then with another.
    pub(super) fn cover(&self, input: &[u8], span: Range<usize>, style: &Style) -> bool {
        let keep = match style {
            Style::Partial { keep } => *keep,
            _ => 0,
        };
        inside_stars(input, span.clone(), keep) || self.inside_brackets(input, span)
    }

    /// Whether the span is part of `[LABEL]` or `[id:hash]`.
    fn inside_brackets(&self, input: &[u8], span: Range<usize>) -> bool {
        if span.len() > self.0.longest {
            return false;
        }
        let from = span.end.saturating_sub(self.0.longest);
        let Some(open) = (from..=span.start.min(input.len() - 1))
            .rev()
            .find(|&at| input[at] == b'[')
        else {
            return false;
        };
        let to = input.len().min(open + self.0.longest);
        let Some(close) = (open..to).find(|&at| input[at] == b']') else {
            return false;
        };
        close + 1 >= span.end && self.is_mark(&input[open..=close])
    }

    fn is_mark(&self, text: &[u8]) -> bool {
        if self.0.labels.contains(text) {
            return true;
        }
        let inner = &text[1..text.len() - 1];
        let Some((rest, hash)) = inner.split_at_checked(inner.len().saturating_sub(2 * HASH_LEN))
        else {
            return false;
        };
        hash.iter()
            .all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
            && rest
                .split_last()
                .is_some_and(|(&colon, id)| colon == b':' && self.0.ids.contains(id))
    }
}

/// Whether the span is part of a run of `*` and the `keep` characters after it, of which there
/// are never more than stars.
fn inside_stars(input: &[u8], span: Range<usize>, keep: usize) -> bool {
    let value = &input[span.clone()];
    let kept = value.iter().rev().take_while(|&&byte| byte != b'*').count();
    if kept < value.len() {
        let stars = value.len() - kept;
        return value[..stars].iter().all(|&byte| byte == b'*')
            && String::from_utf8_lossy(&value[stars..]).chars().count() <= keep
            && (kept == 0 || is_kept(input, span.start, span.start + stars, span.end, keep));
    }
    // No star in it: it may be part of what was kept.
    let lead = input[..span.start]
        .iter()
        .rev()
        .take(4 * keep)
        .take_while(|&&byte| byte != b'*')
        .count();
    let stars_end = span.start - lead;
    stars_end > 0
        && input[stars_end - 1] == b'*'
        && is_kept(input, stars_end, stars_end, span.end, keep)
}

/// Whether what stands from `stars_end` to `end` is at most `keep` characters and no longer than
/// the run of stars before it, which includes those from `inside` on.
fn is_kept(input: &[u8], inside: usize, stars_end: usize, end: usize, keep: usize) -> bool {
    let characters = String::from_utf8_lossy(&input[stars_end..end])
        .chars()
        .count();
    let before = input[..inside]
        .iter()
        .rev()
        .take(keep)
        .take_while(|&&byte| byte == b'*')
        .count();
    characters <= keep && characters <= before + (stars_end - inside)
}
