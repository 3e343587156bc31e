//! `explain`: one classifier with its plan; what became of each place in a file.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use serde_json::{Value, json};
use sluicegate::model::visible;
use sluicegate::{
    ClassifierInfo, Completeness, Database, Decision, Event, Finding, Group, Route, TermGroup,
    arbitrate, trace,
};

use crate::args::{ExplainArgs, ReportFormat};
use crate::catalogue::Catalogue;
use crate::claim::{Rival, rivals};
use crate::failure::{Failure, Status};
use crate::input;
use crate::output::per_cent;
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
        card["evidence"] = json!(classifier.evidence());
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
    if classifier.evidence() > 0 {
        let evidence = format!("{} bits, by its form alone", classifier.evidence());
        field(output, "evidence", &json!(evidence))?;
    }
    if let Some(context) = card.get("context") {
        writeln!(output, "  context")?;
        for key in ["effect", "amount", "window", "keywords"] {
            write!(output, "  ")?;
            field(output, key, &context[key])?;
        }
    }
    if let Some(composite) = card.get("composite") {
        self::composite(output, composite)?;
    }
    index(output, &card)?;
    for (number, detector) in card["detectors"]
        .as_array()
        .into_iter()
        .flatten()
        .enumerate()
    {
        writeln!(output, "  detector {number}")?;
        for key in [
            "pattern",
            "terms",
            "threshold",
            "count",
            "unique",
            "within",
            "validate",
        ] {
            indented(output, key, &detector[key])?;
        }
        plan(output, &detector["plan"])?;
    }
    Ok(())
}

fn composite(output: &mut impl Write, composite: &Value) -> io::Result<()> {
    writeln!(output, "  composite")?;
    for key in ["route", "reason"] {
        indented(output, key, &composite[key])?;
    }
    let within = format!("{} bytes", composite["within"]);
    indented(output, "within", &json!(within))?;
    let of = composite["members"].as_array().map_or(0, Vec::len);
    let kinds = format!("at least {} of {of}", composite["kinds"]);
    indented(output, "kinds", &json!(kinds))?;
    let values = format!("at least {} distinct", composite["values"]);
    indented(output, "values", &json!(values))?;
    let weight = format!("at least {}", composite["weight"]);
    indented(output, "weight", &json!(weight))?;
    let confidence = format!("at least {} of each finding", composite["min_confidence"]);
    indented(output, "confidence", &json!(confidence))?;
    for member in composite["members"].as_array().into_iter().flatten() {
        let classifiers = list(&member["classifiers"], " or ");
        let text = format!("{classifiers}, weight {}", member["weight"]);
        indented(output, "member", &json!(text))?;
    }
    Ok(())
}

/// How an index was made.
fn index(output: &mut impl Write, card: &Value) -> io::Result<()> {
    let exact = &card["exact"];
    for column in exact["columns"].as_array().into_iter().flatten() {
        let primary = if column["primary"] == true {
            ", primary"
        } else {
            ""
        };
        let kind = column["type"].as_str().unwrap_or_default();
        let name = visible(column["name"].as_str().unwrap_or_default());
        field(
            output,
            "column",
            &json!(format!("{name} ({kind}{primary})")),
        )?;
    }
    for key in ["needed", "within", "rows", "entries", "key"] {
        field(output, key, &exact[key])?;
    }
    if !card["documents"].is_null() {
        for key in ["documents", "fingerprints", "boilerplate", "minimum", "key"] {
            field(output, key, &card[key])?;
        }
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
    // Terms that are looked up word by word have none.
    if plan["program_len"] != 0 {
        let program = format!("{} instructions", plan["program_len"]);
        indented(output, "program", &json!(program))?;
    }
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
    let mut scanner = catalogue.scanner();
    let scan = scanner.scan(bytes);
    let is_complete = scan.completeness == Completeness::Complete;
    let claims = arbitrate(&catalogue.database, bytes, scan.findings);
    let mut cursor = Cursor::new(bytes);
    let mut rows = Vec::new();
    for event in &events {
        let position = cursor.advance(event.start);
        let (decision, detail) = decision(&event.decision);
        let counted = counted(&catalogue.database, &event.decision);
        let rivals = rivals(&catalogue.database, &claims, classifier, event);
        match format {
            ReportFormat::Json => {
                let mut row = json!({
                    "detector": event.detector,
                    "start": event.start,
                    "end": event.end,
                    "line": position.line,
                    "column": position.column,
                    "decision": decision,
                    "detail": detail,
                });
                if classifier.is_composite() {
                    let counted = counted.map(|(id, finding)| {
                        json!({ "classifier": id, "start": finding.start, "end": finding.end })
                    });
                    row["counted"] = counted.collect();
                }
                if !rivals.is_empty() {
                    row["claims"] = rivals.iter().map(Rival::row).collect();
                }
                rows.push(row);
            }
            ReportFormat::Text => {
                let Event { start, end, .. } = event;
                let place = visible(&path.to_string_lossy());
                let (line, column) = (position.line, position.column);
                let by = if classifier.is_composite() {
                    "group".to_owned()
                } else {
                    format!("detector {}", event.detector)
                };
                writeln!(
                    output,
                    "{place}:{line}:{column}  bytes {start}..{end}  {by}  {decision}{}{detail}",
                    if detail.is_empty() { "" } else { ": " },
                )?;
                for (id, Finding { start, end, .. }) in counted {
                    writeln!(output, "    bytes {start}..{end}  {id}")?;
                }
                for rival in rivals {
                    writeln!(output, "    {rival}")?;
                }
            }
        }
    }
    match format {
        ReportFormat::Json => writeln!(output, "{:#}", Value::Array(rows))?,
        ReportFormat::Text if events.is_empty() => {
            let nothing = if classifier.is_composite() {
                "no finding of its members counts"
            } else {
                "no place looks like it: the filters saw no anchor of its plan"
            };
            writeln!(output, "{nothing}")?;
        }
        ReportFormat::Text => {}
    }
    if !is_complete {
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
        Decision::Counted { weight } => ("counted", format!("weight {weight}")),
        Decision::Terms(group) => term_group(group),
        Decision::Row(row) => {
            let found = row.columns.join(", ");
            let detail = format!(
                "row {}: {found}, {} of {}",
                row.row,
                row.columns.len(),
                row.needed
            );
            match row.confidence {
                Some(confidence) => ("kept", format!("{detail}; confidence {confidence}")),
                None => ("dropped", detail),
            }
        }
        Decision::Passage(passage) => {
            let (seen, covered) = (per_cent(passage.seen), per_cent(passage.covered));
            let detail = format!(
                "{}: {seen} of it seen, {covered} of the input copied from it; confidence {}",
                visible(&passage.document),
                passage.confidence
            );
            ("kept", detail)
        }
        Decision::Group(group) => match group.confidence {
            Some(confidence) => ("kept", format!("confidence {confidence}, {}", sum(group))),
            None => ("dropped", sum(group)),
        },
        _ => ("dropped", String::new()),
    }
}

/// What a group of occurrences reached, and what it lacks.
fn term_group(group: &TermGroup) -> (&'static str, String) {
    let (count, weight) = (group.count, group.weight);
    let of = |has: u64, asked: Option<u64>, name: &str| match asked {
        Some(asked) if has < asked => format!("{name} {has} of {asked}, {} missing", asked - has),
        Some(asked) => format!("{name} {has} of {asked}"),
        None => format!("{name} {has}"),
    };
    let asked = count.1.map(|count| count as u64);
    let reached = format!(
        "a group: {}, {}",
        of(count.0 as u64, asked, "occurrences"),
        of(weight.0, weight.1, "weight")
    );
    match group.confidence {
        Some(confidence) => ("kept", format!("{reached}; confidence {confidence}")),
        None => ("dropped", reached),
    }
}

/// What a group adds up to, and where that is too little, of how much.
fn sum(group: &Group) -> String {
    let of = |(has, needs): (u64, u64)| {
        if has < needs {
            format!("{has} of {needs}")
        } else {
            has.to_string()
        }
    };
    let count = |(has, needs): (usize, usize)| of((has as u64, needs as u64));
    let (kinds, values, weight) = (count(group.kinds), count(group.values), of(group.weight));
    format!("kinds {kinds}, distinct values {values}, weight {weight}")
}

/// What was counted in a group, each with the id of its classifier.
fn counted<'d>(
    database: &'d Database,
    decision: &'d Decision,
) -> impl Iterator<Item = (&'d str, &'d Finding)> {
    let group = match decision {
        Decision::Group(group) => group.counted.as_slice(),
        _ => &[],
    };
    group
        .iter()
        .map(|finding| (database.classifier(finding.classifier).id(), finding))
}
