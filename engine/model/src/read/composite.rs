//! Findings of other classifiers that stand together.

use std::ops::Range;

use crate::document::{Fields, Report, Text};
use crate::id::check_pattern;
use crate::{Code, Composite, DEFAULT_COMPOSITE_WITHIN, Member};

/// Most bytes that a group fits into; as many distinct values fit in at most.
const MAX_WITHIN: u32 = 65_536;
/// Most members of a composite.
const MAX_MEMBERS: u32 = 1_000;
/// Greatest weight of a value, and that of a group.
const MAX_WEIGHT: u32 = 1_000_000;

/// Reports parts of a classifier that nothing reads where it is a composite.
pub(super) fn refuse_parts<'f>(
    parts: impl Iterator<Item = (&'static str, &'f Fields<'f>)>,
    report: &mut Report,
) {
    for (name, part) in parts {
        let message = format!("a composite has no `{name}`");
        let hint = "write it to the classifiers that are its members, or leave it out";
        report.add(Code::NotWithComposite, part.span.clone(), message, hint);
    }
}

pub(super) fn read_composite(mut fields: Fields<'_>, report: &mut Report) -> Composite {
    let span = fields.span.clone();
    let within = fields.number(report, "within", 1..=MAX_WITHIN);
    let kinds = fields.number(report, "kinds", 1..=MAX_MEMBERS);
    let values = fields.number(report, "values", 1..=MAX_WITHIN);
    let weight = fields.number(report, "weight", 0..=MAX_WEIGHT);
    let min_confidence = fields.percent(report, "min_confidence");
    let before = report.problems.len();
    let members = fields.tables(report, "member", "a member");
    if members.is_empty() && report.problems.len() == before {
        let hint = "add a `[[classifier.composite.member]]` with the `classifiers` it stands for";
        fields.missing(report, "`member`", hint);
    }
    let members: Vec<Member> = members
        .into_iter()
        .map(|table| read_member(table, report))
        .collect();
    fields.finish(report);
    Composite {
        within: within.unwrap_or(DEFAULT_COMPOSITE_WITHIN),
        kinds: kinds.unwrap_or(1),
        values: values.unwrap_or(1),
        weight: weight.unwrap_or_default(),
        min_confidence: min_confidence.unwrap_or_default(),
        members,
        place: Some(report.place(span)),
    }
}

fn read_member(mut fields: Fields<'_>, report: &mut Report) -> Member {
    let place = Some(report.place(fields.span.clone()));
    let hint = "list ids, or beginnings of ids followed by `*`";
    if !fields.has("classifiers") {
        fields.missing(report, "`classifiers`", hint);
    }
    let classifiers = fields.some_texts(report, "classifiers", hint);
    let weight = fields.number(report, "weight", 0..=MAX_WEIGHT);
    fields.finish(report);
    let classifiers = classifiers.into_iter().map(|Text { value, span }| {
        check(&value, span, report);
        value
    });
    Member {
        classifiers: classifiers.collect(),
        weight: weight.unwrap_or(1),
        place,
    }
}

fn check(pattern: &str, span: Range<usize>, report: &mut Report) {
    if let Err(error) = check_pattern(pattern) {
        let message = format!("`{pattern}`: {error}");
        let hint = "name an id, or the beginning of ids followed by `*`";
        report.add(Code::BadId, span, message, hint);
    }
}
