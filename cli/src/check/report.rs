//! The result for people and as JSON.

use std::io::{self, Write};

use serde_json::{Map, Value, json};
use sluicegate::Route;
use sluicegate::model::{to_json, to_text, visible};

use super::Checked;
use super::accept::Accepted;
use crate::args::{CheckArgs, ReportFormat};
use crate::palette::Palette;

pub(super) fn write(checked: &Checked, args: &CheckArgs, palette: Palette) -> io::Result<()> {
    let mut output = io::stdout().lock();
    match args.format {
        ReportFormat::Text => text(&mut output, checked, args.verbose, palette)?,
        ReportFormat::Json => json(&mut output, checked)?,
    }
    output.flush()
}

fn text(
    output: &mut impl Write,
    checked: &Checked,
    verbose: bool,
    palette: Palette,
) -> io::Result<()> {
    let problems = to_text(&checked.problems, palette.is_colored());
    if !problems.is_empty() {
        writeln!(output, "{problems}")?;
    }
    let (bold, end) = (palette.bold(), palette.end());
    if verbose {
        for Accepted { warning, reason } in &checked.accepted {
            writeln!(output, "accepted: {warning}\n  because {}", visible(reason))?;
        }
    }
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
    match checked.accepted.len() {
        0 => {}
        count if verbose => writeln!(output, "accepted warnings {count}")?,
        count => writeln!(output, "accepted warnings {count}, which `--verbose` shows")?,
    }
    if let Some(bytes) = checked.database {
        writeln!(output, "database {bytes} bytes")?;
    }
    Ok(())
}

fn json(output: &mut impl Write, checked: &Checked) -> io::Result<()> {
    let problems: Value = serde_json::from_str(&to_json(&checked.problems))?;
    let accepted = checked.accepted.iter().map(|Accepted { warning, reason }| {
        let one: Value = serde_json::from_str(&to_json(std::slice::from_ref(warning)))?;
        Ok(json!({ "diagnostic": one[0], "reason": reason }))
    });
    let accepted: Vec<Value> = accepted.collect::<io::Result<_>>()?;
    let routes: Map<String, Value> = Route::ALL
        .iter()
        .map(|route| {
            let count = checked.routes.get(route).unwrap_or(&0);
            (route.as_str().to_owned(), json!(count))
        })
        .collect();
    let report = json!({
        "diagnostics": problems,
        "accepted": accepted,
        "packs": checked.packs,
        "classifiers": checked.classifiers,
        "examples": checked.examples,
        "counterexamples": checked.counterexamples,
        "routes": routes,
        "database_bytes": checked.database,
    });
    writeln!(output, "{report:#}")
}
