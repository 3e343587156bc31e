//! `index exact`: a table to an index.

use std::io::{self, IsTerminal};
use std::path::Path;

use sluicegate::model::{Diagnostic, ExactSchema, Source, read_schema, to_text, visible};
use sluicegate::{ExactIndex, ExactSummary, IndexKey};
use sluicegate_indexing::{Changes, TableOptions, TableReport, build_exact, update_exact};

use super::args::IndexExactArgs;
use super::progress::Bar;
use super::{failure, nothing_to_update, plural};
use crate::failure::{Failure, Status};
use crate::indexes;
use crate::input;
use crate::palette::Palette;

/// Bytes of memory for each pair that is sorted.
const PAIR: usize = 16;

pub(super) fn run(
    args: &IndexExactArgs,
    palette: impl Fn(bool) -> Palette,
) -> Result<Status, Failure> {
    let schema = schema(&args.schema, |problems| {
        let color = palette(io::stderr().is_terminal()).is_colored();
        eprint!("{}", to_text(problems, color));
    })?;
    let key = indexes::key(&args.made.key_file)?;
    let options = TableOptions {
        delimiter: args.delimiter,
        max_bad_rows: args.max_bad_rows,
        restart: args.restart,
        buffer: (args.memory as usize) * (1 << 20) / PAIR,
    };
    let mut bar = Bar::new();
    if args.update {
        update(args, &schema, &key, &options, bar)?;
        return Ok(Status::Done);
    }
    let table = args.table.as_deref().unwrap_or(Path::new("-"));
    if input::is_stdin(table) {
        eprintln!("note: standard input can't be read again: an interrupted build begins anew");
    }
    let output = &args.made.output;
    let built = build_exact(table, &schema, &key, output, &options, &mut |progress| {
        bar.show(progress);
    });
    drop(bar);
    let built = built.map_err(|error| failure(&error))?;
    if built.resumed > 0 {
        eprintln!("went on behind {}", plural(built.resumed, "row"));
    }
    tell(&built.report, "left out");
    summarise(&schema, built.summary, built.bytes);
    Ok(Status::Done)
}

fn update(
    args: &IndexExactArgs,
    schema: &ExactSchema,
    key: &IndexKey,
    options: &TableOptions,
    mut bar: Bar,
) -> Result<(), Failure> {
    let output = &args.made.output;
    if !output.exists() {
        return Err(nothing_to_update(output));
    }
    let old = ExactIndex::load(input::read(output)?, key)
        .map_err(|error| indexes::refused(output, &error))?;
    let changes = Changes {
        added: args.table.as_deref(),
        removed: args.remove.as_deref(),
    };
    let updated = update_exact(
        &old,
        changes,
        schema,
        key,
        output,
        options,
        &mut |progress| {
            bar.show(progress);
        },
    );
    drop(bar);
    let updated = updated.map_err(|error| failure(&error))?;
    tell(&updated.added, "left out");
    tell(&updated.missing, "not taken out");
    let (added, removed) = (updated.added.rows, updated.removed);
    eprintln!("{} added, {removed} taken out", plural(added, "row"));
    summarise(schema, updated.summary, updated.bytes);
    Ok(())
}

/// The schema in a file; `tell` says what is wrong with it.
fn schema(path: &Path, tell: impl Fn(&[Diagnostic])) -> Result<ExactSchema, Failure> {
    let unusable = |problems: &[Diagnostic]| {
        tell(problems);
        Failure::new("the schema can't be used")
            .at(path.display())
            .hint("docs/indexes.md describes its keys")
    };
    let bytes = input::read(path)?.as_ref().to_vec();
    let source = Source::from_bytes(path.display().to_string(), bytes)
        .map_err(|problem| unusable(&[problem]))?;
    read_schema(&source).map_err(|problems| unusable(&problems))
}

/// Says which rows and cells are not in the index, and nothing of what they hold.
fn tell(report: &TableReport, what: &str) {
    if report.bad > 0 {
        eprintln!("{} {what}:", plural(report.bad, "row"));
        for row in &report.bad_rows {
            eprintln!("  line {}: {}", row.line, visible(&row.reason));
        }
        let more = report.bad - report.bad_rows.len() as u64;
        if more > 0 {
            eprintln!("  and {more} more");
        }
    }
    for stopped in &report.stopped {
        let lines: Vec<String> = stopped.lines.iter().map(ToString::to_string).collect();
        let more = if stopped.cells > lines.len() as u64 {
            ", ..."
        } else {
            ""
        };
        eprintln!(
            "{} of `{}` {}: lines {}{more}",
            plural(stopped.cells, "cell"),
            visible(&stopped.column),
            stopped.reason,
            lines.join(", "),
        );
    }
}

fn summarise(schema: &ExactSchema, summary: ExactSummary, bytes: u64) {
    if summary.frequent > 0 {
        let frequent = plural(summary.frequent.into(), "cell");
        let max = schema.max_rows;
        eprintln!("{frequent} of primary columns lead to more than {max} rows, and so to none");
    }
    eprintln!(
        "exact.{}: {}, {} that lead to them, {bytes} bytes",
        schema.name,
        plural(summary.rows.into(), "row"),
        plural(summary.entries.into(), "cell"),
    );
}
