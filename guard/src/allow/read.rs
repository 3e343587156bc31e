//! TOML text to entries of an allow-list: strict, and with every problem at its place.

use std::sync::Arc;

use sluicegate::model::document::{Document, Fields, Report, Text};
use sluicegate::model::{Code, Diagnostic, Source};

use super::{Allowance, ValueHash};
use crate::policy::id_patterns;

/// What to do about an empty array of conditions.
const LEAVE_OUT: &str = "leave it out";

/// Whether entries may ask for paths.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Paths {
    Read,
    /// Messages have none.
    Unknown,
}

/// Reads an allow-list: `[[allow]]` tables with `reason` and any of `classifiers`, `value_hashes`,
/// `patterns` and `paths`.
///
/// ```
/// use sluicegate::model::Source;
/// use sluicegate_guard::allow::read_allow;
/// let text = "[[allow]]\nreason = \"public test data\"\npaths = [\"tests/*\"]\n";
/// assert_eq!(read_allow(&Source::new("allow.toml", text)).unwrap().len(), 1);
/// let text = "[[allow]]\nreason = \"everything\"\n";
/// assert_eq!(read_allow(&Source::new("allow.toml", text)).unwrap_err()[0].code.as_str(), "SG103");
/// ```
///
/// # Errors
/// Every problem, in the order of the text.
pub fn read_allow(source: &Arc<Source>) -> Result<Vec<Allowance>, Vec<Diagnostic>> {
    let (document, mut report) = Document::parse(source);
    // What the parser recovers can lack keys that are there in the text.
    if !report.is_empty() {
        return Err(report.into_problems());
    }
    let mut fields = document.fields("the allow-list");
    let entries = allowances(&mut fields, &mut report, Paths::Read);
    fields.finish(&mut report);
    if report.is_empty() {
        Ok(entries)
    } else {
        Err(report.into_problems())
    }
}

/// The `[[allow]]` tables of a document.
pub(crate) fn allowances(
    fields: &mut Fields<'_>,
    report: &mut Report,
    paths: Paths,
) -> Vec<Allowance> {
    let tables = fields.tables(report, "allow", "an allowance").into_iter();
    tables
        .filter_map(|table| allowance(table, report, paths))
        .collect()
}

fn allowance(mut fields: Fields<'_>, report: &mut Report, paths: Paths) -> Option<Allowance> {
    let place = Some(report.place(fields.span.clone()));
    let reason = fields.needed_text(report, "reason", "say why it may be there");
    let classifiers = id_patterns(&mut fields, report, LEAVE_OUT);
    let hashes = fields.some_texts(report, "value_hashes", LEAVE_OUT);
    for Text { value, span } in &hashes {
        if !ValueHash::is_form(value) {
            let message = format!("`{value}` is no hash of a value");
            let hint = "`scan --format jsonl` prints it as `value_hash`";
            report.add(Code::BadValue, span.clone(), message, hint);
        }
    }
    let texts = |texts: Vec<Text>| texts.into_iter().map(|text| text.value).collect();
    let patterns = texts(fields.some_texts(report, "patterns", LEAVE_OUT));
    let paths = match paths {
        Paths::Read => texts(fields.some_texts(report, "paths", LEAVE_OUT)),
        Paths::Unknown => Vec::new(),
    };
    let conditions = ["classifiers", "value_hashes", "patterns", "paths"];
    if !conditions.iter().any(|key| fields.has(key)) {
        let hint = "without one it would allow everything";
        fields.missing(report, "`classifiers`, `value_hashes` or `patterns`", hint);
    }
    fields.finish(report);
    Some(Allowance {
        reason: reason?.value,
        classifiers,
        value_hashes: texts(hashes),
        patterns,
        paths,
        place,
    })
}
