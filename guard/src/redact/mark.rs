//! Recognises what a redaction left behind.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::Arc;

use sluicegate::Database;

use super::reversible::{Reading, Reversible, read};
use super::session::Session;
use super::style::{HASH_LEN, Style, label, short_label};
use super::veil::{Brackets, STAR};
use crate::token::TokenKey;

/// The marks that redactions with one database can leave.
#[derive(Clone, Debug)]
pub(super) struct Marks(Arc<Names>);

#[derive(Debug)]
struct Names {
    labels: BTreeSet<Vec<u8>>,
    short_labels: BTreeSet<String>,
    ids: BTreeSet<Vec<u8>>,
}

impl Marks {
    pub(super) fn new(database: &Database) -> Self {
        let ids = || database.classifiers().map(|classifier| classifier.id());
        Self(Arc::new(Names {
            labels: ids().map(|id| label(id).into_bytes()).collect(),
            short_labels: ids().map(short_label).collect(),
            ids: ids().map(|id| id.as_bytes().to_vec()).collect(),
        }))
    }

    /// The marks in brackets of a text, as [`Self::is_mark`] says.
    pub(super) fn find(&self, text: &[u8], keys: &[TokenKey], session: &Session) -> Found {
        let mut found = Found::default();
        let mut open = None;
        for (at, &byte) in text.iter().enumerate() {
            match (byte, open) {
                (b'[', _) => open = Some(at),
                (b']', Some(start)) => {
                    open = None;
                    if self.is_mark(&text[start..=at], keys, session, usize::MAX) {
                        found.push(start..at + 1);
                    }
                }
                _ => {}
            }
        }
        found
    }

    /// What a stage that reads a text knows of its brackets.
    pub(super) fn known<'k>(
        &'k self,
        keys: &'k [TokenKey],
        session: &'k Session,
        entries: usize,
    ) -> Known<'k> {
        Known {
            marks: self,
            keys,
            session,
            entries,
        }
    }

    /// Whether a text in brackets is a mark. Those of all styles count, so that a text may be
    /// redacted with one style and then with another. A token counts only if a key opens it, and
    /// one of the vault only if it is among the first `entries` of the session: anybody can write
    /// the like of it around a value.
    pub(super) fn is_mark(
        &self,
        text: &[u8],
        keys: &[TokenKey],
        session: &Session,
        entries: usize,
    ) -> bool {
        self.0.labels.contains(text)
            || self.is_hash(text)
            || self.is_reversible(text, keys, session, entries)
    }

    /// Whether more text could make a mark of one that starts with `[`.
    pub(super) fn may_become(&self, text: &[u8]) -> bool {
        let labels = self.0.labels.range(text.to_vec()..);
        labels.take(1).any(|label| label.starts_with(text))
            || self.may_become_hash(&text[1..])
            || read(text) == Reading::Begun
    }

    fn may_become_hash(&self, inner: &[u8]) -> bool {
        let colon = inner.iter().position(|&byte| byte == b':');
        colon.map_or_else(
            || {
                let ids = self.0.ids.range(inner.to_vec()..);
                ids.take(1).any(|id| id.starts_with(inner))
            },
            |colon| self.0.ids.contains(&inner[..colon]) && inner.len() <= colon + 1 + 2 * HASH_LEN,
        )
    }

    /// Whether a text in brackets is `[id:hash]`.
    fn is_hash(&self, text: &[u8]) -> bool {
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

    fn is_reversible(
        &self,
        text: &[u8],
        keys: &[TokenKey],
        session: &Session,
        entries: usize,
    ) -> bool {
        let Reading::Mark(_, mark) = read(text) else {
            return false;
        };
        match mark {
            Reversible::Numbered { label, .. } => self.0.short_labels.contains(label),
            Reversible::Vault { .. } => session.knew(&mark, entries),
            Reversible::Token { id, body } => keys.iter().any(|key| key.open(id, body).is_some()),
        }
    }
}

/// What is known of the brackets of a text that arrives.
#[derive(Clone, Copy)]
pub(crate) struct Known<'k> {
    marks: &'k Marks,
    keys: &'k [TokenKey],
    session: &'k Session,
    entries: usize,
}

impl Brackets for Known<'_> {
    fn is_mark(&self, text: &[u8]) -> bool {
        self.marks
            .is_mark(text, self.keys, self.session, self.entries)
    }

    fn may_become(&self, text: &[u8]) -> bool {
        self.marks.may_become(text)
    }
}

/// Where the marks in brackets of a text are, in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Found(Vec<Range<usize>>);

impl Found {
    /// Adds a mark behind the others.
    pub(super) fn push(&mut self, mark: Range<usize>) {
        self.0.push(mark);
    }

    /// The text with what stands in the marks hidden.
    pub(super) fn veil<'t>(&self, text: &'t [u8]) -> Cow<'t, [u8]> {
        if self.0.is_empty() {
            return Cow::Borrowed(text);
        }
        let mut veiled = text.to_vec();
        for mark in &self.0 {
            veiled[mark.start + 1..mark.end - 1].fill(STAR);
        }
        Cow::Owned(veiled)
    }

    /// Drops the marks that end before `at`.
    pub(super) fn forget(&mut self, at: usize) {
        let kept = self.0.partition_point(|mark| mark.end <= at);
        self.0.drain(..kept);
    }

    /// The marks that lie within a span.
    pub(super) fn within(&self, span: &Range<usize>) -> impl Iterator<Item = &Range<usize>> {
        let marks = self.reaching_past(span.start).iter();
        marks.take_while(move |mark| mark.end <= span.end)
    }

    /// Whether a span lies inside a mark.
    pub(super) fn cover(&self, span: &Range<usize>) -> bool {
        self.reaching_past(span.start)
            .first()
            .is_some_and(|mark| mark.start <= span.start && span.end <= mark.end)
    }

    /// A span with the whole of each mark that it touches: half a mark could not be turned back.
    pub(super) fn widen(&self, span: Range<usize>) -> Range<usize> {
        let touched = self.reaching_past(span.start);
        let touched = &touched[..touched.partition_point(|mark| mark.start < span.end)];
        match (touched.first(), touched.last()) {
            (Some(first), Some(last)) => first.start.min(span.start)..last.end.max(span.end),
            _ => span,
        }
    }

    /// The marks that end behind `at`.
    fn reaching_past(&self, at: usize) -> &[Range<usize>] {
        &self.0[self.0.partition_point(|mark| mark.end <= at)..]
    }
}

/// Whether the span lies in what masking with this style leaves.
pub(super) fn inside_mask(input: &[u8], span: Range<usize>, style: &Style) -> bool {
    inside_stars(input, span, style.keeps())
}

/// Whether the span is part of a run of `*` and the `keep` characters after it, of which there
/// are never more than stars. Reads at most `5 * keep` bytes before the span.
pub(super) fn inside_stars(input: &[u8], span: Range<usize>, keep: usize) -> bool {
    let value = &input[span.clone()];
    // Masking it would change nothing.
    let characters = String::from_utf8_lossy(value).chars().count();
    let hidden = characters - keep.min(characters / 2);
    if value[..hidden].iter().all(|&byte| byte == b'*') {
        return true;
    }
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
