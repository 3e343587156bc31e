//! Fact tables: one template, a classifier per row of a CSV file.
//!
//! In every string of the template `${column}` stands for the row's cell. An element of an array
//! that is exactly `${column*}` stands for the cell's parts between `;`. An empty cell leaves out
//! the key or element that is nothing else but it, and with the key that a part can't do without
//! (pattern, terms, file, classifiers, keywords, text, template) the whole part: so a row need not have what another
//! has.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeArray, DeTable, DeValue};

use super::classifier::read_classifier;
use crate::document::{Fields, Report, suggestion};
use crate::{Classifier, Code};

/// Keys without which the table they stand in is nothing.
const CARRIERS: [&str; 7] = [
    "pattern",
    "terms",
    "file",
    "classifiers",
    "keywords",
    "text",
    "template",
];

/// The classifiers of one `[[table]]`; rows with problems are left out.
pub(super) fn read_table(
    mut fields: Fields<'_>,
    report: &mut Report,
    tables: &mut dyn FnMut(&str) -> Result<String, String>,
) -> Vec<Classifier> {
    report.classifier = None;
    let span = fields.span.clone();
    let file = fields.needed_text(report, "file", "name the CSV file beside this one");
    let template = fields.table(report, "classifier", "a classifier");
    if template.is_none() && !fields.has("classifier") {
        let hint = "add a `[table.classifier]` in whose strings `${column}` stands for a cell";
        fields.missing(report, "`classifier`", hint);
    }
    fields.finish(report);
    let (Some(file), Some(template)) = (file, template) else {
        return Vec::new();
    };
    let facts = match tables(&file.value) {
        Ok(text) => Facts::read(&text),
        Err(reason) => {
            let message = format!("`{}` can't be read: {reason}", file.value);
            report.add(Code::BadTable, file.span, message, "");
            return Vec::new();
        }
    };
    let sound = facts.problems.is_empty();
    for problem in &facts.problems {
        let message = format!("`{}`, {problem}", file.value);
        report.add(Code::BadTable, file.span.clone(), message, "");
    }
    if facts.columns.is_empty() {
        return Vec::new();
    }
    let before = report.problems.len();
    for value in template.raw().values() {
        check_references(value, false, &facts, report);
    }
    if report.problems.len() > before || !sound {
        return Vec::new();
    }
    let place = report.place(span);
    let mut classifiers = Vec::new();
    // A mistake in the template shows in every row; it is reported with the first.
    let mut known = BTreeSet::new();
    for row in &facts.rows {
        let mut filled = template.raw().clone();
        fill_table(&mut filled, &facts.columns, row);
        let mut row_report = Report::new(report.source());
        let row_fields = Fields::new(&filled, template.span.clone(), "a classifier");
        if let Some(mut classifier) = read_classifier(row_fields, &mut row_report, tables) {
            classifier.place = Some(place.clone());
            classifiers.push(classifier);
        }
        for mut problem in row_report.problems {
            let at = problem
                .place
                .as_ref()
                .map(|place| (place.span.start, place.span.end));
            if known.insert((problem.code, at, problem.message.clone())) {
                let message = format!(
                    "{} (line {} of `{}`)",
                    problem.message, row.line, file.value
                );
                problem.message = message;
                report.problems.push(problem);
            }
        }
    }
    classifiers
}

/// A table of facts: RFC 4180, the first row naming the columns.
struct Facts {
    columns: Vec<String>,
    rows: Vec<Row>,
    problems: Vec<String>,
}

struct Row {
    /// Where the row begins in its file, from 1.
    line: u64,
    cells: Vec<String>,
}

impl Facts {
    fn read(text: &str) -> Self {
        let mut facts = Self {
            columns: Vec::new(),
            rows: Vec::new(),
            problems: Vec::new(),
        };
        let text = text.trim_start_matches('\u{feff}');
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .from_reader(text.as_bytes());
        for record in reader.records() {
            let record = match record {
                Ok(record) => record,
                Err(error) => {
                    facts.problems.push(error.to_string());
                    break;
                }
            };
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Vec<String> = record.iter().map(str::to_owned).collect();
            if facts.columns.is_empty() {
                facts.name_columns(line, cells);
            } else if cells.len() == facts.columns.len() {
                facts.rows.push(Row { line, cells });
            } else {
                let (has, needs) = (cells.len(), facts.columns.len());
                facts
                    .problems
                    .push(format!("line {line}: {has} cells under {needs} columns"));
            }
        }
        if facts.rows.is_empty() && facts.problems.is_empty() {
            facts
                .problems
                .push("line 1: no row below the names of the columns".to_owned());
        }
        facts
    }

    fn name_columns(&mut self, line: u64, cells: Vec<String>) {
        for (index, cell) in cells.iter().enumerate() {
            if !is_column(cell) {
                let message = "is not named by letters, digits, `_` and `-`";
                self.problems
                    .push(format!("line {line}: column {} {message}", index + 1));
            } else if cells[..index].contains(cell) {
                self.problems
                    .push(format!("line {line}: two columns are named `{cell}`"));
            }
        }
        self.columns = cells;
    }
}

fn is_column(name: &str) -> bool {
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-')
}

/// A `${column}` or `${column*}` in a text.
struct Reference<'t> {
    range: Range<usize>,
    column: &'t str,
    parts: bool,
}

/// The references of a text from left to right. `${` before anything but a column's name is text.
fn references(text: &str) -> impl Iterator<Item = Reference<'_>> {
    text.match_indices("${").filter_map(|(start, open)| {
        let name = &text[start + open.len()..];
        let name = &name[..name.find('}')?];
        let column = name.strip_suffix('*').unwrap_or(name);
        let range = start..start + open.len() + name.len() + 1;
        is_column(column).then_some(Reference {
            range,
            column,
            parts: column != name,
        })
    })
}

/// Reports references to columns that are not there, and lists of parts where no list can stand.
fn check_references(
    value: &Spanned<DeValue<'_>>,
    in_array: bool,
    facts: &Facts,
    report: &mut Report,
) {
    match value.get_ref() {
        DeValue::String(text) => {
            for reference in references(text) {
                let place = report.place(value.span());
                let span = place
                    .inside(text, reference.range.start, reference.range.end)
                    .span;
                let Reference { column, .. } = reference;
                if !facts.columns.iter().any(|known| known == column) {
                    let known: Vec<&str> = facts.columns.iter().map(String::as_str).collect();
                    let message = format!("the table has no column `{column}`");
                    report.add(Code::BadTable, span, message, suggestion(column, &known));
                } else if reference.parts && !(in_array && reference.range == (0..text.len())) {
                    let message = "a cell's parts can only be elements of an array";
                    let hint = format!("write `${{{column}}}`, or \"${{{column}*}}\" in an array");
                    report.add(Code::BadTable, span, message, hint);
                }
            }
        }
        DeValue::Array(elements) => {
            for element in elements {
                check_references(element, true, facts, report);
            }
        }
        DeValue::Table(table) => {
            for value in table.values() {
                check_references(value, false, facts, report);
            }
        }
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
    }
}

/// Fills in a table; `false` when nothing worth keeping is left of it.
fn fill_table(table: &mut DeTable<'_>, columns: &[String], row: &Row) -> bool {
    let mut keep = true;
    let mut left_out = Vec::new();
    for (key, value) in table.iter_mut() {
        if !fill(value.get_mut(), columns, row) {
            let key: &str = key.get_ref();
            keep &= !CARRIERS.contains(&key);
            left_out.push(key.to_owned());
        }
    }
    for key in &left_out {
        table.remove(key.as_str());
    }
    keep && !table.is_empty()
}

/// Fills in a value; `false` when the row leaves it out.
fn fill(value: &mut DeValue<'_>, columns: &[String], row: &Row) -> bool {
    let cell = |column: &str| {
        let index = columns.iter().position(|known| known == column);
        index.map_or("", |index| row.cells[index].as_str())
    };
    match value {
        DeValue::String(text) => {
            let mut filled = String::with_capacity(text.len());
            let mut done = 0;
            let mut alone = false;
            for reference in references(text) {
                alone = reference.range == (0..text.len());
                filled += &text[done..reference.range.start];
                filled += cell(reference.column);
                done = reference.range.end;
            }
            filled += &text[done..];
            let keep = !(alone && filled.is_empty());
            *text = Cow::Owned(filled);
            keep
        }
        DeValue::Array(elements) => {
            let was_empty = elements.is_empty();
            let mut filled = DeArray::new();
            for mut element in std::mem::replace(elements, DeArray::new()) {
                let span = element.span();
                if let DeValue::String(text) = element.get_ref()
                    && let Some(reference) = references(text).next()
                    && reference.parts
                {
                    for part in cell(reference.column).split(';').map(str::trim) {
                        if !part.is_empty() {
                            let part = DeValue::String(Cow::Owned(part.to_owned()));
                            filled.push(Spanned::new(span.clone(), part));
                        }
                    }
                } else if fill(element.get_mut(), columns, row) {
                    filled.push(element);
                }
            }
            *elements = filled;
            was_empty || !elements.is_empty()
        }
        DeValue::Table(table) => table.is_empty() || fill_table(table, columns, row),
        DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {
            true
        }
    }
}
