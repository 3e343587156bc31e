//! Changes to classifiers of other packs.

use super::classifier::{read_context, read_exclusions};
use crate::document::{Fields, Report};
use crate::id::check_pattern;
use crate::{Code, Override};

/// One `[[override]]`, if nothing about it is wrong.
pub(super) fn read_override(mut fields: Fields<'_>, report: &mut Report) -> Option<Override> {
    let before = report.problems.len();
    report.classifier = None;
    let place = Some(report.place(fields.span.clone()));
    let hint = "list ids, or beginnings of ids followed by `*`";
    if !fields.has("classifiers") {
        fields.missing(report, "`classifiers`", hint);
    }
    let classifiers = fields.some_texts(report, "classifiers", hint);
    for pattern in &classifiers {
        if let Err(error) = check_pattern(&pattern.value) {
            let message = format!("`{}`: {error}", pattern.value);
            report.add(Code::BadId, pattern.span.clone(), message, hint);
        }
    }
    let disabled = fields.flag(report, "disabled");
    let min_confidence = fields.percent(report, "min_confidence");
    let context = fields.table(report, "context", "the context");
    let context = context.map(|table| read_context(table, report));
    let exclude = fields.table(report, "exclude", "the exclude table");
    let exclude = exclude.map(|table| read_exclusions(table, report));
    let is_empty =
        disabled.is_none() && min_confidence.is_none() && context.is_none() && exclude.is_none();
    if is_empty && report.problems.len() == before {
        let keys = "`disabled`, `min_confidence`, `context` or `exclude`";
        fields.missing(report, keys, "say what changes, or leave the override out");
    }
    fields.finish(report);
    (report.problems.len() == before).then(|| Override {
        classifiers: classifiers.into_iter().map(|text| text.value).collect(),
        disabled: disabled.unwrap_or(false),
        min_confidence,
        context,
        exclude: exclude.unwrap_or_default(),
        place,
    })
}
