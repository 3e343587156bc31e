//! Values of the same form, which have to be found again.
//!
//! Nothing marks a value that was encrypted in its form; the way back finds it as the way there
//! found what it stands for. So a value is encrypted only to one that its classifier finds in the
//! same place, and the way back passes over the values that the way there passed over. At the end
//! the whole text is turned back to see that it comes back and that nothing else is found in it;
//! values that do not come back become tokens.

use std::collections::BTreeSet;
use std::ops::Range;

use sluicegate::{ClassifierIndex, Finding, Scanner};

use super::edit::{Edit, apply};
use super::redactor::{RedactError, Redacted, Redactor};
use super::restore::{Restored, restore};
use super::session::Session;
use crate::token::{Direction, FpeKey};

/// Bytes on either side of a value that are scanned with it: four times the default context window.
const WINDOW: usize = 256;
/// Most applications of the cipher for one value, each with a scan of a window. Of card numbers one
/// in ten has the right check digit and one in ten of those begins like a Visa card, or one in fifty
/// like one of American Express.
const MAX_VALUE_STEPS: usize = 1 << 11;
/// The same for one text. Values that come later become tokens.
const MAX_TEXT_STEPS: usize = 1 << 20;
/// Most choices of values that keep their form, of which each gives up those that do not come back.
const MAX_CHOICES: usize = 3;

/// The work left for a text.
struct Work {
    steps: usize,
    /// Classifiers that had no other value of a form once. Words and keys with a fixed beginning
    /// have none ever, and are not tried again.
    hopeless: BTreeSet<ClassifierIndex>,
}

impl Work {
    fn new() -> Self {
        Self {
            steps: MAX_TEXT_STEPS,
            hopeless: BTreeSet::new(),
        }
    }
}

/// What values of the same form are looked for with.
pub(super) struct Preserver<'a, W> {
    pub(super) redactor: &'a Redactor,
    pub(super) key: &'a FpeKey,
    pub(super) session: &'a Session,
    pub(super) scanner: &'a mut Scanner,
    pub(super) wanted: &'a W,
}

impl<W: Fn(&Finding) -> bool> Preserver<'_, W> {
    /// Redacts so that the text comes back and no value is left; none where there is no such choice
    /// of values that keep their form.
    pub(super) fn redact(&mut self, input: &[u8]) -> Result<Option<Redacted>, RedactError> {
        let findings = self.find(input)?;
        let original = self.open(input).bytes;
        let mut sealed = BTreeSet::new();
        for _ in 0..MAX_CHOICES {
            let edits = self.edits(input, &findings, &sealed);
            let bytes = apply(input, &edits);
            let (back, left) = self.reverting_edits(&bytes)?;
            if left == 0 && self.open(&apply(&bytes, &back)).bytes == original {
                let edits = edits.len();
                return Ok(Some(Redacted { bytes, edits }));
            }
            let comes_back = |edit: &Edit, place: Range<usize>| {
                back.iter()
                    .any(|back| back.span == place && back.replacement == input[edit.span.clone()])
            };
            let before = sealed.len();
            for (edit, place) in places(&edits) {
                if !comes_back(edit, place) {
                    sealed.insert(edit.span.start);
                }
            }
            if sealed.len() == before {
                break;
            }
        }
        Ok(None)
    }

    /// Turns back what [`Self::redact`] made.
    pub(super) fn restore(&mut self, text: &[u8]) -> Result<Restored, RedactError> {
        let (edits, left) = self.reverting_edits(text)?;
        let restored = self.open(&apply(text, &edits));
        Ok(Restored {
            restored: restored.restored + edits.len(),
            unknown: restored.unknown + left,
            ..restored
        })
    }

    /// The edits for the findings, with a token where one starts at a place in `sealed`.
    pub(super) fn edits(
        &mut self,
        input: &[u8],
        findings: &[Finding],
        sealed: &BTreeSet<usize>,
    ) -> Vec<Edit> {
        let mut work = Work::new();
        let groups = self.groups(input, findings).into_iter();
        let edits = groups.map(|(finding, span)| {
            let replacement = (!sealed.contains(&span.start))
                .then(|| self.step(Direction::Encrypt, input, finding, &span, &mut work))
                .flatten()
                .unwrap_or_else(|| {
                    let value = self.open(&input[span.clone()]).bytes;
                    let id = self.redactor.database.classifier(finding.classifier).id();
                    self.key.token().seal(id, &value).into_bytes()
                });
            Edit { span, replacement }
        });
        edits
            .filter(|edit| input[edit.span.clone()] != edit.replacement)
            .collect()
    }

    /// The edits that decrypt what is found in a redacted text, and how many values there are that
    /// none decrypts: they can't have been made by encryption.
    fn reverting_edits(&mut self, text: &[u8]) -> Result<(Vec<Edit>, usize), RedactError> {
        let findings = self.find(text)?;
        let mut work = Work::new();
        let mut edits = Vec::new();
        let groups = self.groups(text, &findings);
        let count = groups.len();
        for (finding, span) in groups {
            let replacement = self.step(Direction::Decrypt, text, finding, &span, &mut work);
            edits.extend(replacement.map(|replacement| Edit { span, replacement }));
        }
        let left = count - edits.len();
        Ok((edits, left))
    }

    /// The next value of the same form that is found in the same place as the same.
    fn step(
        &mut self,
        direction: Direction,
        text: &[u8],
        finding: Finding,
        span: &Range<usize>,
        work: &mut Work,
    ) -> Option<Vec<u8>> {
        let from = span.start.saturating_sub(WINDOW);
        let to = text.len().min(span.end + WINDOW);
        let mut window = text[from..to].to_vec();
        let place = span.start - from..span.end - from;
        let classifier = finding.classifier;
        if work.hopeless.contains(&classifier) {
            return None;
        }
        let id = self.redactor.database.classifier(classifier).id();
        let value = &text[span.clone()];
        let most = MAX_VALUE_STEPS.min(work.steps);
        let mut left = most;
        let key = self.key;
        let found = key.walk(id, value, direction, &mut left, |candidate| {
            window[place.clone()].copy_from_slice(candidate);
            // Where a window can't be scanned to its end, nothing is known of it.
            let findings = self.find(&window).unwrap_or_default();
            self.groups(&window, &findings)
                .iter()
                .any(|(found, at)| found.classifier == classifier && *at == place)
        });
        work.steps -= most - left;
        if found.is_none() && left == 0 {
            work.hopeless.insert(classifier);
        }
        found
    }

    fn find(&mut self, text: &[u8]) -> Result<Vec<Finding>, RedactError> {
        let redactor = self.redactor;
        redactor.find(self.session, self.scanner, text, self.wanted)
    }

    fn groups(&self, text: &[u8], findings: &[Finding]) -> Vec<(Finding, Range<usize>)> {
        if findings.is_empty() {
            return Vec::new();
        }
        let keys = self.redactor.style.token_keys();
        let marks = self.redactor.marks.find(text, keys, self.session);
        self.redactor.groups(text, &marks, findings)
    }

    fn open(&self, text: &[u8]) -> Restored {
        restore(text, Some(self.key.token()), self.session)
    }
}

/// Edits, each with the place of its replacement in what they make.
fn places(edits: &[Edit]) -> impl Iterator<Item = (&Edit, Range<usize>)> {
    let mut grown = 0;
    let mut taken = 0;
    edits.iter().map(move |edit| {
        let start = edit.span.start + grown - taken;
        grown += edit.replacement.len();
        taken += edit.span.len();
        (edit, start..start + edit.replacement.len())
    })
}
