//! `index show`: how an index was made.

use std::io::{self, BufWriter, Write};

use serde_json::Value;
use sluicegate::model::visible;
use sluicegate::{DocumentIndex, ExactIndex, IndexKind};

use super::args::IndexShowArgs;
use crate::args::ReportFormat;
use crate::failure::{Failure, Status};
use crate::{indexes, input};

pub(super) fn run(args: &IndexShowArgs) -> Result<Status, Failure> {
    let bytes = input::read(&args.file)?;
    let describe = match IndexKind::of(bytes.as_ref()) {
        Some(IndexKind::Documents) => DocumentIndex::describe,
        _ => ExactIndex::describe,
    };
    let card = describe(bytes.as_ref()).map_err(|error| indexes::refused(&args.file, &error))?;
    let card: Value = serde_json::from_str(&card).map_err(io::Error::from)?;
    let mut output = BufWriter::new(io::stdout().lock());
    match args.format {
        ReportFormat::Json => writeln!(output, "{card:#}")?,
        ReportFormat::Text => {
            for key in ["name", "description"] {
                writeln!(
                    output,
                    "{}",
                    visible(card[key].as_str().unwrap_or_default())
                )?;
            }
            for kind in ["exact", "documents"] {
                write_fields(&mut output, &card[kind])?;
            }
        }
    }
    output.flush()?;
    Ok(Status::Done)
}

/// A line for each field; the elements of a list have a line each.
fn write_fields(output: &mut impl Write, fields: &Value) -> io::Result<()> {
    for (name, value) in fields.as_object().into_iter().flatten() {
        match value.as_array() {
            None => writeln!(output, "  {name:12}  {}", plain(value))?,
            Some(elements) => {
                writeln!(output, "  {name}")?;
                for element in elements {
                    writeln!(output, "    {}", plain(element))?;
                }
            }
        }
    }
    Ok(())
}

/// A value, or the fields of one in a row.
fn plain(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let fields = fields
                .iter()
                .map(|(name, value)| format!("{name} {}", plain(value)));
            fields.collect::<Vec<_>>().join(", ")
        }
        Value::String(text) => visible(text),
        other => other.to_string(),
    }
}
