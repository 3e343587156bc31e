//! Diagnostics for people, with the line they are about, and as JSON.

use std::fmt::{self, Write};
use std::ops::Range;

use serde::Serialize;

use crate::visible::visible;
use crate::{Code, Diagnostic, Level, Place};

/// Most characters of a line that are shown.
const WIDTH: usize = 100;
/// Characters shown before the marked part of a line that is too long.
const LEAD: usize = 30;

/// Escape sequences of the terminal, or nothing.
struct Style {
    error: &'static str,
    warning: &'static str,
    frame: &'static str,
    bold: &'static str,
    end: &'static str,
}

const PLAIN: Style = Style {
    error: "",
    warning: "",
    frame: "",
    bold: "",
    end: "",
};
const COLOR: Style = Style {
    error: "\x1b[1;31m",
    warning: "\x1b[1;33m",
    frame: "\x1b[1;34m",
    bold: "\x1b[1m",
    end: "\x1b[0m",
};

/// Diagnostics as text for a terminal: each with its code, sentence, place, line and hint, then
/// one line that counts them. Empty without diagnostics.
///
/// ```
/// use sluicegate_model::{Code, Diagnostic, to_text};
/// let text = to_text(&[Diagnostic::new(Code::NoName, "`a.b` has no name")], false);
/// assert_eq!(text, "warning[SG402]: `a.b` has no name\n\n1 warning\n");
/// ```
pub fn to_text(diagnostics: &[Diagnostic], color: bool) -> String {
    let style = if color { &COLOR } else { &PLAIN };
    let mut text = String::new();
    for diagnostic in diagnostics {
        // Writing to a string succeeds.
        let _ = write_diagnostic(&mut text, diagnostic, style);
        text.push('\n');
    }
    let count = |level| {
        diagnostics
            .iter()
            .filter(|found| found.level() == level)
            .count()
    };
    let counts: Vec<String> = [Level::Error, Level::Warning]
        .into_iter()
        .filter_map(|level| match count(level) {
            0 => None,
            1 => Some(format!("1 {}", level.as_str())),
            many => Some(format!("{many} {}s", level.as_str())),
        })
        .collect();
    if !counts.is_empty() {
        text += &counts.join(", ");
        text.push('\n');
    }
    text
}

fn write_diagnostic(text: &mut String, diagnostic: &Diagnostic, style: &Style) -> fmt::Result {
    let Style {
        frame, bold, end, ..
    } = style;
    let level = match diagnostic.level() {
        Level::Error => style.error,
        Level::Warning => style.warning,
    };
    let code = diagnostic.code.as_str();
    let name = diagnostic.level().as_str();
    let message = visible(&diagnostic.message);
    writeln!(text, "{level}{name}[{code}]{end}{bold}: {message}{end}")?;
    let mut margin = String::new();
    if let Some(place) = &diagnostic.place {
        let (line, column, _) = place.source.line_at(place.span.start);
        let number = line.to_string();
        margin = " ".repeat(number.len());
        let file = visible(place.source.name());
        let (excerpt, marked) = excerpt(place);
        let indent = " ".repeat(marked.start);
        let marks = "^".repeat(marked.len());
        writeln!(text, "{margin}{frame}-->{end} {file}:{line}:{column}")?;
        writeln!(text, "{margin} {frame}|{end}")?;
        writeln!(text, "{frame}{number} |{end} {excerpt}")?;
        writeln!(text, "{margin} {frame}|{end} {indent}{level}{marks}{end}")?;
    }
    if !diagnostic.hint.is_empty() {
        let hint = visible(&diagnostic.hint);
        writeln!(text, "{margin} {frame}={end} {bold}hint{end}: {hint}")?;
    }
    if let Some(classifier) = &diagnostic.classifier {
        let classifier = visible(classifier);
        writeln!(
            text,
            "{margin} {frame}={end} {bold}classifier{end}: {classifier}"
        )?;
    }
    Ok(())
}

/// The line at which the place begins, shortened and without characters that can't be seen, and
/// which columns of it to mark: at least one.
fn excerpt(place: &Place) -> (String, Range<usize>) {
    let (_, column, line) = place.source.line_at(place.span.start);
    let characters: Vec<char> = line.chars().collect();
    let start = (column - 1).min(characters.len());
    let written = place
        .source
        .text()
        .get(place.span.clone())
        .unwrap_or_default();
    let length = written.lines().next().unwrap_or_default().chars().count();
    let end = (start + length).min(characters.len());

    let mut from = 0;
    let mut to = characters.len();
    if characters.len() > WIDTH {
        from = start.saturating_sub(LEAD).min(characters.len() - WIDTH);
        to = from + WIDTH;
    }
    let shown = |range: Range<usize>| visible(&characters[range].iter().collect::<String>());
    let before = if from > 0 { "…" } else { "" }.to_owned() + &shown(from..start);
    let marked = shown(start..end.min(to));
    let after = shown(end.min(to)..to) + if to < characters.len() { "…" } else { "" };
    let mark_from = before.chars().count();
    let mark_to = mark_from + marked.chars().count().max(1);
    (before + &marked + &after, mark_from..mark_to)
}

#[derive(Serialize)]
struct Row<'d> {
    code: Code,
    level: Level,
    title: &'static str,
    message: &'d str,
    hint: &'d str,
    classifier: Option<&'d str>,
    file: Option<&'d str>,
    line: Option<usize>,
    column: Option<usize>,
    start: Option<usize>,
    end: Option<usize>,
}

/// Diagnostics as a JSON array of objects with the keys `code`, `level`, `title`, `message`,
/// `hint`, `classifier`, `file`, `line`, `column` (from 1, in characters), `start` and `end`
/// (bytes of the file); what is not known is null.
pub fn to_json(diagnostics: &[Diagnostic]) -> String {
    let rows: Vec<Row<'_>> = diagnostics
        .iter()
        .map(|diagnostic| {
            let place = diagnostic.place.as_ref();
            let at = place.map(|place| place.source.line_at(place.span.start));
            Row {
                code: diagnostic.code,
                level: diagnostic.level(),
                title: diagnostic.code.title(),
                message: &diagnostic.message,
                hint: &diagnostic.hint,
                classifier: diagnostic.classifier.as_deref(),
                file: place.map(|place| place.source.name()),
                line: at.map(|(line, ..)| line),
                column: at.map(|(_, column, _)| column),
                start: place.map(|place| place.span.start),
                end: place.map(|place| place.span.end),
            }
        })
        .collect();
    // Strings and numbers always have a JSON form.
    serde_json::to_string_pretty(&rows).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Source;

    fn at(text: &str, span: Range<usize>) -> Diagnostic {
        let place = Place {
            source: Source::new("pack.toml", text),
            span,
        };
        Diagnostic::new(Code::UnknownKey, "m").at(Some(place))
    }

    #[test]
    fn the_marked_part_stays_in_a_shortened_line() {
        let line = format!("{}MARKED{}", "a".repeat(500), "z".repeat(500));
        let text = to_text(&[at(&line, 500..506)], false);
        let mut lines = text.lines().skip(3);
        let excerpt: Vec<char> = lines.next().unwrap().chars().collect();
        let marks = lines.next().unwrap();
        let from = marks.find('^').unwrap();
        assert_eq!(excerpt[from..from + 6].iter().collect::<String>(), "MARKED");
        assert!(excerpt.len() < 120 && marks.ends_with(" ^^^^^^"));
    }

    #[test]
    fn hidden_characters_and_open_spans_are_shown() {
        let text = to_text(&[at("a\u{200b}b\tc", 1..5)], false);
        let shown = "1 | a\\u{200b}b\\tc\n  |  ^^^^^^^^^\n";
        assert!(text.contains(shown), "{text}");
        assert!(to_text(&[at("abc", 3..3)], false).contains("  |    ^\n"));
        assert!(to_text(&[at("", 7..9)], true).contains('^'));
    }

    #[test]
    fn json_has_every_key() {
        let json = to_json(&[at("x\né = 1", 2..4), Diagnostic::new(Code::NoName, "n")]);
        let value: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(value[0]["code"], "SG102");
        assert_eq!(value[0]["level"], "error");
        assert_eq!(
            (&value[0]["line"], &value[0]["column"]),
            (&2.into(), &1.into())
        );
        assert_eq!(
            (&value[0]["start"], &value[0]["end"]),
            (&2.into(), &4.into())
        );
        assert!(value[1]["file"].is_null());
    }
}
