//! Findings for people.

use std::io::{self, Write};

use sluicegate::model::visible;
use sluicegate::{Database, Finding};

use super::excerpt::Excerpt;
use super::mask::Mask;
use super::origin::Origins;
use crate::palette::Palette;
use crate::position::Cursor;

/// Appends the findings of one input: place, severity, classifier, confidence, and the line with
/// the value marked; where each ends. `all` are the findings that are masked, `findings` those that are shown.
pub(crate) fn write_findings(
    output: &mut Vec<u8>,
    database: &Database,
    path: &str,
    input: &[u8],
    (findings, all, origins): (&[Finding], &[Finding], Origins<'_>),
    (palette, show_values): (Palette, bool),
) -> io::Result<Vec<usize>> {
    let mut ends = Vec::with_capacity(findings.len());
    let hidden = if show_values { &[] } else { all };
    let mask = Mask::new(input, hidden.iter().map(|it| it.start..it.end));
    let mut cursor = Cursor::new(input);
    let path = visible(path);
    let (bold, dim, end) = (palette.bold(), palette.dim(), palette.end());
    for finding in findings {
        let classifier = database.classifier(finding.classifier);
        let severity = classifier.severity();
        let color = palette.severity(severity);
        let position = cursor.advance(finding.start);
        let (line, column) = (position.line, position.column);
        writeln!(
            output,
            "{bold}{path}:{line}:{column}{end}  {color}{}{end}  {}  {}",
            severity.as_str(),
            classifier.id(),
            finding.confidence,
        )?;
        for line in origins.lines(finding) {
            writeln!(output, "  {dim}{}{end}", visible(&line))?;
        }
        let span = finding.start..finding.end;
        let excerpt = Excerpt::new(input, position.line_start, span, &mask);
        let (indent, width) = excerpt.widths();
        let Excerpt {
            before,
            marked,
            after,
        } = excerpt;
        let number = line.to_string();
        let margin = " ".repeat(number.len());
        let indent = " ".repeat(indent);
        let marks = "^".repeat(width);
        writeln!(
            output,
            "  {dim}{number} |{end} {before}{color}{marked}{end}{after}"
        )?;
        writeln!(output, "  {dim}{margin} |{end} {indent}{color}{marks}{end}")?;
        ends.push(output.len());
    }
    Ok(ends)
}
