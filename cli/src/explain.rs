//! `explain`: one classifier with its plan; what became of each place in a file.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};
use sluicegate::model::visible;
use sluicegate::{ClassifierInfo, Completeness, Decision, Event, Route, trace};

use crate::args::{ExplainArgs, ReportFormat};
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Status};
use crate::input;
use crate::position::Cursor;

pub(crate) fn run(args: &ExplainArgs) -> Result<Status, Failure> {
    let catalogue = Catalogue::load(&args.rules, args.key.key_file.as_ref())?;
    let Some(classifier) = catalogue.database.find(&args.id) else {
        return Err(
            Failure::new(format!("no classifier has the id `{}`", args.id))
                .at("ID")
                .hint("`sluicegate list` shows the ids"),
        );
    };
    let mut output = BufWriter::new(io::stdout().lock());
    match &args.on {
        Some(path) => explain_on(&mut output, &catalogue, &classifier, path, args.format)?,
        None => card(&mut output, &classifier, args.format)?,
    }
    output.flush()?;
    Ok(Status::Done)
}

fn card(
    output: &mut impl Write,
    classifier: &ClassifierInfo<'_>,
    format: ReportFormat,
) -> io::Result<()> {
    let mut card: Value = serde_json::from_str(classifier.card()).unwrap_or_default();
    if format == ReportFormat::Json {
        card["id"] = json!(classifier.id());
        card["severity"] = json!(classifier.severity().as_str());
        card["confidence"] = json!(classifier.confidence());
        return writeln!(output, "{card:#}");
    }
    writeln!(output, "{}", classifier.id())?;
    field(output, "name", &card["name"])?;
    field(output, "description", &card["description"])?;
    field(output, "severity", &json!(classifier.severity().as_str()))?;
    field(output, "confidence", &json!(classifier.confidence()))?;
    for key in ["tags", "presidio", "chance", "since", "stage", "references"] {
        field(output, key, &card[key])?;
    }
    if let Some(context) = card.get("context") {
        writeln!(output, "  context")?;
        for key in ["effect", "amount", "window", "keywords"] {
            write!(output, "  ")?;
            field(output, key, &context[key])?;
        }
    }
    for (number, detector) in card["detectors"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        writeln!(output, "  detector {number}")?;
        for key in ["pattern", "terms", "validate"] {
            indented(output, key, &detector[key])?;
        }
        plan(output, &detector["plan"])?;
    }
    Ok(())
}

fn plan(output: &mut impl Write, plan: &Value) -> io::Result<()> {
    let route = Route::ALL
        .into_iter()
        .find(|route| json!(route) == plan["route"])
        .map_or_else(String::new, |route| {
            format!("{}, {}", route.as_str(), route.describe())
        });
    indented(output, "route", &json!(route))?;
    indented(output, "reason", &plan["reason"])?;
    let bytes = format!("{} to {} bytes", plan["min_len"], plan["max_len"]);
    indented(output, "match", &json!(bytes))?;
    indented(
        output,
        "program",
        &json!(format!("{} instructions", plan["program_len"])),
    )?;
    for anchor in plan["anchors"].as_array().into_iter().flatten() {
        let finds = list(&anchor["finds"], " or ");
        let shown = anchor["finds"].as_array().map_or(0, Vec::len) as u64;
        let more = match anchor["alternatives"]
            .as_u64()
            .unwrap_or(0)
            .saturating_sub(shown)
        {
            0 => String::new(),
            more => format!(" or {more} more"),
        };
        let behind = match anchor["preceded_by"].as_str() {
            Some(before) => format!(" after {before}"),
            None => String::new(),
        };
        let from_start = match (&anchor["before"][0], &anchor["before"][1]) {
            (least, most) if least == most => format!("{least}"),
            (least, most) => format!("{least} to {most}"),
        };
        let text = format!(
            "{finds}{more}{behind}, {from_start} bytes into the match, \
             about one position in 2^{} of ordinary text",
            anchor["rarity"],
        );
        indented(output, "anchor", &json!(text))?;
    }
    Ok(())
}

fn indented(output: &mut impl Write, key: &str, value: &Value) -> io::Result<()> {
    if !is_empty(value) {
        write!(output, "  ")?;
    }
    field(output, key, value)
}

fn field(output: &mut impl Write, key: &str, value: &Value) -> io::Result<()> {
    if is_empty(value) {
        return Ok(());
    }
    writeln!(output, "  {key:11} {}", list(value, ", "))
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => false,
    }
}

fn list(value: &Value, separator: &str) -> String {
    let one = |value: &Value| match value.as_str() {
        Some(text) => visible(text),
        None => value.to_string(),
    };
    match value.as_array() {
        Some(elements) => elements.iter().map(one).collect::<Vec<_>>().join(separator),
        None => one(value),
    }
}

fn explain_on(
    output: &mut impl Write,
    catalogue: &Catalogue,
    classifier: &ClassifierInfo<'_>,
    path: &Path,
    format: ReportFormat,
) -> Result<(), Failure> {
    let input = input::read(path)?;
    let bytes = input.as_ref();
    let events = trace(&catalogue.database, classifier.index(), bytes);
    let mut cursor = Cursor::new(bytes);
    let mut rows = Vec::new();
    for event in &events {
        let position = cursor.advance(event.start);
        let (decision, detail) = decision(&event.decision);
        match format {
            ReportFormat::Json => rows.push(json!({
                "detector": event.detector,
                "start": event.start,
                "end": event.end,
                "line": position.line,
                "column": position.column,
                "decision": decision,
                "detail": detail,
            })),
            ReportFormat::Text => {
                let Event { start, end, .. } = event;
                let place = visible(&path.to_string_lossy());
                let (line, column) = (position.line, position.column);
                writeln!(
                    output,
                    "{place}:{line}:{column}  bytes {start}..{end}  detector {}  {decision}{}{detail}",
                    event.detector,
                    if detail.is_empty() { "" } else { ": " },
                )?;
            }
        }
    }
    match format {
        ReportFormat::Json => writeln!(output, "{:#}", Value::Array(rows))?,
        ReportFormat::Text if events.is_empty() => {
            writeln!(
                output,
                "no place looks like it: the filters saw no anchor of its plan"
            )?;
        }
        ReportFormat::Text => {}
    }
    let mut scanner = catalogue.scanner();
    if scanner.scan(bytes).completeness != Completeness::Complete {
        return Err(
            Failure::new("a scan of this file reaches its limit of work")
                .at(path.display())
                .hint("what is shown holds for a scan without that limit"),
        );
    }
    Ok(())
}

/// What became of a place, in a word and with what there is to say.
fn decision(decision: &Decision) -> (&'static str, String) {
    match decision {
        Decision::NoMatch => (
            "dropped",
            "the pattern does not match around this anchor".into(),
        ),
        Decision::Invalid { validator } => (
            "dropped",
            format!("the validator `{validator}` refuses the value"),
        ),
        Decision::Excluded => ("dropped", "the value is excluded".into()),
        Decision::ContextMissing => ("dropped", "no required keyword is near".into()),
        Decision::Reported { confidence } => ("kept", format!("confidence {confidence}")),
        _ => ("dropped", String::new()),
    }
}
