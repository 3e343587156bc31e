//! Labelled cases: texts with what is to be found in them, one JSON object per line.

use serde::Deserialize;

/// One text with its labels.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Case {
    /// Unique within its file.
    pub id: String,
    /// Where the case comes from; empty when the line states none.
    #[serde(default)]
    pub source: String,
    /// The family under test; empty when the line states none.
    #[serde(default)]
    pub kind: String,
    /// What to scan.
    pub text: String,
    /// The values to be found.
    #[serde(default)]
    pub spans: Vec<CaseSpan>,
    /// Classes of the text as a whole.
    #[serde(default)]
    pub labels: Vec<String>,
    /// Whether nothing may be found; such a case has no spans.
    #[serde(default)]
    pub negative: bool,
}

/// A labelled part of a case's text, written `[start, end, "class"]`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(from = "(usize, usize, String)")]
pub struct CaseSpan {
    /// First byte.
    pub start: usize,
    /// The byte after the last.
    pub end: usize,
    /// What it is, in the words of whoever labelled it.
    pub class: String,
}

impl From<(usize, usize, String)> for CaseSpan {
    fn from((start, end, class): (usize, usize, String)) -> Self {
        Self { start, end, class }
    }
}

/// A line that is no case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadLine {
    /// The line's number, from 1.
    pub line: usize,
    /// What is wrong, without any of the line's text.
    pub reason: String,
}

/// The cases of a file, and the lines that are none. Empty lines are skipped, further fields of a
/// case are ignored.
///
/// ```
/// let (cases, bad) = sluicegate_model::read_cases(
///     "{\"id\":\"1\",\"text\":\"call 555-0100\",\"spans\":[[5,13,\"phone\"]]}\n{}\n",
/// );
/// assert_eq!(cases[0].spans[0].class, "phone");
/// assert_eq!(bad[0].line, 2);
/// ```
pub fn read_cases(text: &str) -> (Vec<Case>, Vec<BadLine>) {
    let mut cases = Vec::new();
    let mut bad = Vec::new();
    for (index, line) in text.lines().enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        match read_case(line) {
            Ok(case) => cases.push(case),
            Err(reason) => bad.push(BadLine {
                line: index + 1,
                reason,
            }),
        }
    }
    (cases, bad)
}

fn read_case(line: &str) -> Result<Case, String> {
    let case: Case = serde_json::from_str(line).map_err(|error| {
        // The library's sentence quotes values that have the wrong type.
        let what = match error.classify() {
            serde_json::error::Category::Data => {
                "not a case: it takes `id`, `text`, `spans` as [start, end, class], `negative`"
            }
            _ => "not valid JSON",
        };
        format!("{what} (column {})", error.column())
    })?;
    for (index, span) in case.spans.iter().enumerate() {
        // `get` refuses ends that cut a character as well as those past the text.
        if span.start >= span.end || case.text.get(span.start..span.end).is_none() {
            let CaseSpan { start, end, .. } = span;
            return Err(format!(
                "span {index} ({start}..{end}) is no part of the text"
            ));
        }
    }
    if case.negative && !case.spans.is_empty() {
        return Err("a negative case has no spans".to_owned());
    }
    Ok(case)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_lines_and_bad_lines_are_told_apart() {
        let text = concat!(
            r#"{"id":"a","text":"héllo","spans":[[1,3,"x"]],"note":"kept out"}"#,
            "\r\n\n",
            r#"{"id":"b","text":"héllo","spans":[[1,2,"x"]]}"#,
            "\n",
            r#"{"id":"c","text":"abc","spans":[[2,9,"x"]]}"#,
            "\n",
            r#"{"id":"d","text":"abc","spans":[[0,1,"x"]],"negative":true}"#,
            "\n",
            r#"{"id":4,"text":"abc"}"#,
            "\n",
            r#"{"id":"#,
            "\n",
            r#"{"id":"e","text":"abc","negative":true}"#,
        );
        let (cases, bad) = read_cases(text);
        assert_eq!(
            cases
                .iter()
                .map(|case| case.id.as_str())
                .collect::<Vec<_>>(),
            ["a", "e"]
        );
        assert_eq!(
            bad.iter().map(|line| line.line).collect::<Vec<_>>(),
            [3, 4, 5, 6, 7]
        );
        assert!(!bad[3].reason.contains("abc"));
    }
}
