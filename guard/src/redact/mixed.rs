//! Edits of findings that have a style each, and the way back from them.

use std::borrow::Cow;

use sluicegate::{ClassifierIndex, Database, Finding};

use super::RedactError;
use super::edit::{Edit, groups};
use super::mark::{Known, Marks, inside_mask};
use super::pass::reach;
use super::restore::{Restored, Reversal, restore};
use super::session::{Session, Taken};
use super::style::Style;
use crate::token::TokenKey;

/// Several styles that stand beside each other in a text. [`Style::Fpe`] makes tokens here: values
/// of the same form can't be told from others on the way back.
#[derive(Clone, Debug)]
pub(crate) struct Mixed {
    database: Database,
    marks: Marks,
    /// Those that open the tokens of the styles.
    keys: Vec<TokenKey>,
    /// Of the styles that mask, the one that keeps most.
    mask: Style,
}

/// A finding and what is to stand in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Styled<'s> {
    pub(crate) finding: Finding,
    pub(crate) style: &'s Style,
}

impl Mixed {
    pub(crate) fn new<'s>(
        database: &Database,
        styles: impl Iterator<Item = &'s Style> + Clone,
    ) -> Self {
        let keep = styles.clone().filter_map(|style| match style {
            Style::Partial { keep } => Some(*keep),
            _ => None,
        });
        let mut keys: Vec<TokenKey> = Vec::new();
        for key in styles.flat_map(Style::token_keys) {
            if !keys.contains(key) {
                keys.push(key.clone());
            }
        }
        Self {
            database: database.clone(),
            marks: Marks::new(database),
            keys,
            mask: keep
                .max()
                .map_or(Style::Mask, |keep| Style::Partial { keep }),
        }
    }

    /// The findings of a text that are not what a redaction left.
    pub(crate) fn open(
        &self,
        text: &[u8],
        findings: impl Iterator<Item = Finding>,
        session: &Session,
    ) -> Vec<Finding> {
        let mut findings = findings.peekable();
        if findings.peek().is_none() {
            return Vec::new();
        }
        let marks = self.marks.find(text, &self.keys, session);
        findings
            .filter(|finding| {
                let span = finding.start..finding.end;
                !marks.cover(&span) && !inside_mask(text, span, &self.mask)
            })
            .collect()
    }

    /// The edits of one text that remove findings, which are open and in the order of a scan. Those
    /// that overlap become one edit in the style of the one that names it. `taken` is of all texts
    /// that are turned back together.
    ///
    /// # Errors
    /// When the session is full.
    pub(crate) fn edits(
        &self,
        text: &[u8],
        wanted: &[Styled],
        pass: usize,
        session: &mut Session,
        taken: &Taken,
    ) -> Result<Vec<Edit>, RedactError> {
        let findings: Vec<Finding> = wanted.iter().map(|styled| styled.finding).collect();
        if findings.is_empty() {
            return Ok(Vec::new());
        }
        let marks = self.marks.find(text, &self.keys, session);
        let mut edits = Vec::new();
        for (name, span) in groups(&self.database, text, &marks, &findings, |end| {
            reach(text, end, pass)
        }) {
            let place = wanted.binary_search_by_key(&order(&name), |styled| order(&styled.finding));
            let style = place.map_or(&Style::Label, |place| wanted[place].style);
            let value = &text[span.clone()];
            let replacement = self.replacement(&name, style, value, session, taken)?;
            if text[span.clone()] != replacement {
                edits.push(Edit { span, replacement });
            }
        }
        Ok(edits)
    }

    /// What stands in place of a value, and of what the marks in it stood for.
    ///
    /// # Errors
    /// When the session is full.
    pub(crate) fn replacement(
        &self,
        finding: &Finding,
        style: &Style,
        value: &[u8],
        session: &mut Session,
        taken: &Taken,
    ) -> Result<Vec<u8>, RedactError> {
        let id = self.database.classifier(finding.classifier).id();
        style.stand_in(id, value, &self.keys, session, taken)
    }

    /// The text with what stands in marks hidden from a scan.
    pub(crate) fn veil<'t>(&self, text: &'t [u8], session: &Session) -> Cow<'t, [u8]> {
        self.marks.find(text, &self.keys, session).veil(text)
    }

    /// The marks of a text that arrives, of which the session knew so many values.
    pub(crate) fn brackets<'m>(&'m self, session: &'m Session, entries: usize) -> Known<'m> {
        self.marks.known(&self.keys, session, entries)
    }

    /// Most characters that a mask keeps.
    pub(crate) fn keeps(&self) -> usize {
        self.mask.keeps()
    }

    /// The numbers of labels that stand in texts which are turned back together.
    pub(crate) fn taken<'t>(texts: impl Iterator<Item = &'t [u8]>, session: &Session) -> Taken {
        let mut taken = Taken::new(b"", session);
        for text in texts {
            taken.add(text, session);
        }
        taken
    }

    /// Turns the marks of a text back.
    pub(crate) fn restore(&self, text: &[u8], session: &Session) -> Restored {
        restore(text, &self.keys, session)
    }

    /// The edits that turn the marks of a text back, and how many marks are left.
    pub(crate) fn reverting_edits(&self, text: &[u8], session: &Session) -> (Vec<Edit>, usize) {
        let back = Reversal::new(text, &self.keys, session);
        (back.edits, back.unknown)
    }
}

/// What findings of a scan are ordered by.
fn order(finding: &Finding) -> (usize, usize, ClassifierIndex) {
    (finding.start, finding.end, finding.classifier)
}
