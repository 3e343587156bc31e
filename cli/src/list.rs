//! `list`: the catalogue.

use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use crate::args::{ListArgs, ReportFormat};
use crate::catalogue::Catalogue;
use crate::failure::{Failure, Status};

#[derive(Serialize)]
struct Row<'c> {
    id: &'c str,
    severity: &'static str,
    confidence: u8,
    routes: Vec<String>,
    name: String,
    tags: Value,
}

pub(crate) fn run(args: &ListArgs) -> Result<Status, Failure> {
    let catalogue = Catalogue::load(&args.rules, args.key.key_file.as_ref())?;
    let rows: Vec<Row<'_>> = catalogue
        .database
        .classifiers()
        .filter(|classifier| catalogue.is_selected(classifier.index().get()))
        .map(|classifier| {
            let card: Value = serde_json::from_str(classifier.card()).unwrap_or_default();
            let mut routes: Vec<u8> = classifier.routes().collect();
            routes.sort_unstable();
            routes.dedup();
            Row {
                id: classifier.id(),
                severity: classifier.severity().as_str(),
                confidence: classifier.confidence(),
                routes: routes.iter().map(|route| format!("R{route}")).collect(),
                name: card["name"].as_str().unwrap_or_default().to_owned(),
                tags: card["tags"].clone(),
            }
        })
        .collect();
    let mut output = io::BufWriter::new(io::stdout().lock());
    match args.format {
        ReportFormat::Json => {
            serde_json::to_writer_pretty(&mut output, &rows).map_err(io::Error::from)?;
            writeln!(output)?;
        }
        ReportFormat::Text => {
            let width = rows
                .iter()
                .map(|row| row.id.len())
                .max()
                .unwrap_or(0)
                .max(2);
            let head = ("id", "severity", "conf", "route", "name");
            writeln!(
                output,
                "{:width$}  {:8}  {:>4}  {:5}  {}",
                head.0, head.1, head.2, head.3, head.4
            )?;
            for row in &rows {
                let Row {
                    id,
                    severity,
                    confidence,
                    name,
                    ..
                } = row;
                let routes = row.routes.join(",");
                let line =
                    format!("{id:width$}  {severity:8}  {confidence:>4}  {routes:5}  {name}");
                writeln!(output, "{}", line.trim_end())?;
            }
        }
    }
    output.flush()?;
    Ok(Status::Done)
}
