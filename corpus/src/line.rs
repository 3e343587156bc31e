//! A case as a line of JSON.

use serde::Serialize;

/// A case to be written.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Line {
    /// Unique within its file.
    pub id: String,
    /// The set it belongs to, by which figures are reported.
    pub source: String,
    /// The family under test; empty where any finding is meant.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub kind: String,
    /// What to scan.
    pub text: String,
    /// The values to be found: first byte, byte after the last, class.
    pub spans: Vec<(usize, usize, String)>,
    /// Classes of the text as a whole.
    pub labels: Vec<String>,
    /// Whether nothing of the labels may be found.
    pub negative: bool,
}

impl Line {
    /// The line, with its end.
    pub fn render(&self) -> String {
        // Strings, numbers and lists of them can always be written.
        let mut line = serde_json::to_string(self).unwrap_or_default();
        line.push('\n');
        line
    }

    /// Moves all spans, where something was put before the text.
    pub(crate) fn prefix(&mut self, before: &str) {
        self.text.insert_str(0, before);
        for (start, end, _) in &mut self.spans {
            *start += before.len();
            *end += before.len();
        }
    }

    /// Whether nothing in the text says what its values are: beside them stands no word of four
    /// letters or more. A text that is labelled as a whole is its value.
    pub(crate) fn is_bare(&self) -> bool {
        let is_word = |part: &str| part.chars().filter(|letter| letter.is_alphabetic()).count() > 3;
        let mut rest = self.text.clone();
        for (start, end, _) in self.spans.iter().rev() {
            // Spans that overlap have been taken out with the later one.
            if *end <= rest.len() && rest.is_char_boundary(*start) && rest.is_char_boundary(*end) {
                rest.replace_range(*start..*end, " ");
            }
        }
        self.spans.is_empty() || !rest.split_whitespace().any(is_word)
    }
}
