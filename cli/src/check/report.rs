//! The result for people and as JSON.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use sluicegate::Route;
use sluicegate::model::{to_json, to_text};

use super::Checked;
use crate::args::ReportFormat;
use crate::palette::Palette;

pub(super) fn write(checked: &Checked, format: ReportFormat, palette: Palette) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match format {
        ReportFormat::Text => text(&mut output, checked, palette)?,
        ReportFormat::Json => json(&mut output, checked)?,
    }
    output.flush()
}

fn text(output: &mut impl Write, checked: &Checked, palette: Palette) -> io::Result<()> {
    let problems = to_text(&checked.problems, palette.is_colored());
    if !problems.is_empty() {
        writeln!(output, "{problems}")?;
    }
    let (bold, end) = (palette.bold(), palette.end());
    writeln!(output, "{bold}route  detectors  looks for{end}")?;
    for route in Route::ALL {
        let count = checked.routes.get(&route).unwrap_or(&0);
        writeln!(
            output,
            "{:5}  {count:>9}  {}",
            route.as_str(),
            route.describe()
        )?;
    }
    let Checked {
        packs,
        classifiers,
        examples,
        counterexamples,
        ..
    } = checked;
    writeln!(
        output,
        "\npacks {packs}, classifiers {classifiers}, examples {examples}, \
         counterexamples {counterexamples}"
    )?;
    if let Some(bytes) = checked.database {
        writeln!(output, "database {bytes} bytes")?;
    }
    Ok(())
}

fn json(output: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let problems: Value = serde_json::from_str(&to_json(&checked.problems))?;
    let routes: Map<String, Value> = Route::ALL
        .iter()
        .map(|route| {
            let count = checked.routes.get(route).unwrap_or(&0);
            (route.as_str().to_owned(), json!(count))
        })
        .collect();
    let report = json!({
        "diagnostics": problems,
        "packs": checked.packs,
        "classifiers": checked.classifiers,
        "examples": checked.examples,
        "counterexamples": checked.counterexamples,
        "routes": routes,
        "database_bytes": checked.database,
    });
    writeln!(output, "{report:#}")
}
