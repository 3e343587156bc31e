//! The schema of a table whose rows are to be found.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::document::{Document, Fields, Report, Text};
use crate::{
    ClassifierId, Code, Column, ColumnType, DEFAULT_EXACT_CONFIDENCE, DEFAULT_MAX_ROWS,
    DEFAULT_WITHIN, Diagnostic, ExactSchema, MAX_COLUMNS, Severity, Source,
};

/// Columns that a match needs where the schema does not say, if there are as many.
const DEFAULT_NEEDED: usize = 2;
/// Largest `within`, in bytes on either side; a stream keeps as much of its input.
const MAX_WITHIN: u32 = 4_096;
/// Largest `max_rows`: each row of a cell is looked at whenever the cell is met.
const MAX_MAX_ROWS: u32 = 4_096;
/// Severity of findings where the schema does not say: the table would not be indexed for less.
const DEFAULT_SEVERITY: Severity = Severity::High;

/// Reads a schema.
///
/// ```
/// use sluicegate_model::{ColumnType, Source, read_schema};
///
/// let text = "name = \"customers\"\n\
///     [[column]]\nname = \"account\"\ntype = \"digits\"\nprimary = true\n\
///     [[column]]\nname = \"last_name\"\ntype = \"name\"\n";
/// let schema = read_schema(&Source::new("customers.toml", text)).unwrap();
/// assert_eq!(schema.columns[0].kind, ColumnType::Digits);
/// assert_eq!((schema.needed, schema.within), (2, 200));
///
/// let text = text.replace("digits", "digit");
/// let problems = read_schema(&Source::new("customers.toml", text)).unwrap_err();
/// assert_eq!(problems[0].hint, "did you mean `digits`?");
/// ```
///
/// # Errors
/// Every problem, in the order of the text.
pub fn read_schema(source: &Arc<Source>) -> Result<ExactSchema, Vec<Diagnostic>> {
    let (document, mut report) = Document::parse(source);
    // What the parser recovers can lack keys that are there in the text.
    if !report.is_empty() {
        return Err(report.into_problems());
    }
    match schema(document.fields("a schema"), &mut report) {
        Some(schema) if report.is_empty() => Ok(schema),
        _ => Err(report.into_problems()),
    }
}

fn schema(mut fields: Fields<'_>, report: &mut Report) -> Option<ExactSchema> {
    let name = read_name(&mut fields, report);
    let severity = fields.choice(report, "severity", &Severity::ALL, Severity::as_str);
    let confidence = fields.percent(report, "confidence");
    let columns = read_columns(&mut fields, report);
    let rows = fields.table(report, "match", "the match");
    let rows = rows.map(|table| read_match(table, report, columns.len()));
    fields.finish(report);
    let rows = rows.unwrap_or_default();
    let needed = rows.needed.unwrap_or(DEFAULT_NEEDED.min(columns.len()));
    Some(ExactSchema {
        name: name?,
        needed: u8::try_from(needed).ok()?,
        columns: columns.into_iter().collect::<Option<_>>()?,
        within: rows.within.unwrap_or(DEFAULT_WITHIN),
        severity: severity.unwrap_or(DEFAULT_SEVERITY),
        confidence: confidence.unwrap_or(DEFAULT_EXACT_CONFIDENCE),
        max_rows: rows.max_rows.unwrap_or(DEFAULT_MAX_ROWS),
    })
}

fn read_name(fields: &mut Fields<'_>, report: &mut Report) -> Option<String> {
    let hint = "findings have the id `exact.<name>`";
    let Text { value, span } = fields.needed_text(report, "name", hint)?;
    if let Err(error) = ClassifierId::new(&format!("exact.{value}")) {
        let message = format!("`{value}` makes no id: {error}");
        report.add(Code::BadId, span, message, hint);
        return None;
    }
    Some(value)
}

/// The columns; none in place of each that can't be used.
fn read_columns(fields: &mut Fields<'_>, report: &mut Report) -> Vec<Option<Column>> {
    let before = report.problems.len();
    let tables = fields.tables(report, "column", "a column");
    if tables.is_empty() && report.problems.len() == before {
        let hint = "write a `[[column]]` with `name` and `type` for each column that takes part";
        fields.missing(report, "a `[[column]]`", hint);
        return Vec::new();
    }
    if let Some(extra) = tables.get(MAX_COLUMNS) {
        let message = format!("a schema has at most {MAX_COLUMNS} columns");
        let hint = "leave out those that tell the least about a row";
        report.add(Code::BadValue, extra.span.clone(), message, hint);
    }
    let is_led = tables.iter().any(|table| table.has("primary"));
    let mut names = BTreeSet::new();
    let columns = tables.into_iter();
    let columns: Vec<Option<Column>> = columns
        .map(|table| read_column(table, report, &mut names))
        .collect();
    let is_primary = |column: &Option<Column>| column.as_ref().is_none_or(|column| column.primary);
    // A column that can't be used may have been meant to be the primary one.
    if !is_led || !columns.iter().any(is_primary) {
        let hint = "mark the column that names a row best with `primary = true`";
        fields.missing(report, "a primary column", hint);
    }
    columns
}

fn read_column(
    mut fields: Fields<'_>,
    report: &mut Report,
    names: &mut BTreeSet<String>,
) -> Option<Column> {
    let before = report.problems.len();
    let name = fields.needed_text(report, "name", "the column's heading in the table");
    if let Some(Text { value, span }) = &name
        && !names.insert(value.clone())
    {
        let message = format!("another column is named `{value}`");
        let hint = "headings are unique";
        report.add(Code::BadValue, span.clone(), message, hint);
    }
    let kind = fields.choice(report, "type", &ColumnType::ALL, ColumnType::as_str);
    if !fields.has("type") {
        let names = ColumnType::ALL.map(ColumnType::as_str);
        fields.missing(report, "`type`", &crate::document::possible(&names));
    }
    let primary = fields.flag(report, "primary");
    let country = read_country(&mut fields, report, kind);
    let stop = fields.strings(report, "stop");
    fields.finish(report);
    if report.problems.len() > before {
        return None;
    }
    Some(Column {
        name: name?.value,
        kind: kind?,
        primary: primary.unwrap_or_default(),
        country,
        stop,
    })
}

fn read_country(
    fields: &mut Fields<'_>,
    report: &mut Report,
    kind: Option<ColumnType>,
) -> Option<String> {
    let Text { value, span } = fields.text(report, "country")?;
    if kind.is_some_and(|kind| kind != ColumnType::Phone) {
        let message = "only a `phone` has a country";
        report.add(Code::BadValue, span.clone(), message, "leave it out");
    }
    let is_code = value.len() <= 3 && value.bytes().all(|byte| byte.is_ascii_digit());
    if !is_code || value.starts_with('0') {
        let message = "`country` is no calling code";
        let hint = "1 to 3 digits that do not begin with 0, such as `44`, without `+`";
        report.add(Code::BadValue, span, message, hint);
        return None;
    }
    Some(value)
}

#[derive(Default)]
struct Match {
    needed: Option<usize>,
    within: Option<u32>,
    max_rows: Option<u32>,
}

fn read_match(mut fields: Fields<'_>, report: &mut Report, columns: usize) -> Match {
    // Without columns there is nothing to say of their number.
    let most = if columns == 0 { MAX_COLUMNS } else { columns }.min(MAX_COLUMNS);
    let needed = fields.number(report, "columns", 1..=most as u32);
    let within = fields.number(report, "within", 1..=MAX_WITHIN);
    let max_rows = fields.number(report, "max_rows", 1..=MAX_MAX_ROWS);
    fields.finish(report);
    Match {
        needed: needed.map(|needed| needed as usize),
        within,
        max_rows,
    }
}
