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
        ReportFormat::Text => write_fields(&mut output, "", &card)?,
    }
    output.flush()?;
    Ok(Status::Done)
}

/// A line for each field; what holds more than plain values has lines of its own.
fn write_fields(output: &mut impl Write, indent: &str, fields: &Value) -> io::Result<()> {
    let deeper = format!("{indent}  ");
    for (name, value) in fields.as_object().into_iter().flatten() {
        match value {
            Value::Array(elements) => {
                writeln!(output, "{indent}{name}")?;
                for element in elements {
                    writeln!(output, "{deeper}{}", plain(element))?;
                }
            }
            Value::Object(fields) if fields.values().any(Value::is_array) => {
                writeln!(output, "{indent}{name}")?;
                write_fields(output, &deeper, value)?;
            }
            _ => writeln!(output, "{indent}{name} {}", plain(value))?,
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
