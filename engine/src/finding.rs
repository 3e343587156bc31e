//! Findings: what is reported, and in which order.

use crate::ClassifierIndex;

/// The form of the input in which a value was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum View {
    /// The bytes as they came.
    #[default]
    Raw,
}

impl View {
    /// The name as it is written in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Raw => "raw",
        }
    }
}

/// A span of the input that a classifier claims. It holds no input bytes.
///
/// The order is (start, end, classifier), which is the order of a scan's findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Finding {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset behind the last byte; always greater than `start`.
    pub end: usize,
    /// Which classifier.
    pub classifier: ClassifierIndex,
    /// 0 to 100, context taken into account.
    pub confidence: u8,
    /// Where it was found.
    pub view: View,
}

impl Finding {
    /// Length in bytes.
    #[expect(clippy::len_without_is_empty, reason = "a finding is never empty")]
    pub fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Sorts findings and keeps one of those that say the same, the most confident.
pub(crate) fn sort(findings: &mut Vec<Finding>) {
    findings.sort_unstable_by(|a, b| {
        (a.start, a.end, a.classifier, b.confidence).cmp(&(
            b.start,
            b.end,
            b.classifier,
            a.confidence,
        ))
    });
    findings.dedup_by_key(|finding| (finding.start, finding.end, finding.classifier, finding.view));
}
