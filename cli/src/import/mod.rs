//! `sluicegate import`: other tools' rules as a pack.
//!
//! Nothing is dropped silently: what a rule loses on the way stands in the report with the reason,
//! and a summary heads the pack.
//!
//! | file | does |
//! |---|---|
//! | `gitleaks.rs`, `kingfisher.rs`, `presidio.rs`, `lines.rs` | one format each |
//! | `tree.rs` | TOML and YAML text as one kind of tree, with lines |
//! | `dialect.rs` | patterns of other dialects in the syntax of the `regex` crate |
//! | `value.rs` | the group that another tool reports, named `value` |
//! | `needed.rs` | whether every match of a pattern holds one of some keywords |
//! | `number.rs` | decimals as they are written, without floating point |
//! | `draft.rs` | one rule on its way, and the pack that takes it in |
//! | `report.rs` | what became of each rule |

mod dialect;
mod draft;
mod gitleaks;
mod kingfisher;
mod lines;
mod needed;
mod number;
mod presidio;
mod report;
mod tree;
mod value;

use std::fs;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use sluicegate::model::{Source, write_pack};

use draft::Import;
use tree::Unreadable;

/// Writes other tools' rules as a pack, and lists what could not be carried over.
#[derive(clap::Args, Debug)]
pub(crate) struct ImportArgs {
    /// Whose rules they are.
    #[arg(value_enum)]
    format: Format,
    /// The rules; `-` is standard input.
    file: PathBuf,
    /// The pack to write; `-` is standard output.
    #[arg(short, long, value_name = "PACK.toml")]
    output: PathBuf,
    /// Writes what became of each rule, as JSON lines.
    #[arg(long, value_name = "FILE")]
    report: Option<PathBuf>,
}

/// A format of rules.
#[derive(clap::ValueEnum, Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// The configuration of gitleaks, TOML.
    Gitleaks,
    /// Rules of Kingfisher, YAML.
    Kingfisher,
    /// Recognisers of Presidio, YAML.
    Presidio,
    /// One pattern a line, after its flags (`i`, `m`, `s`) and a tab.
    Lines,
}

impl Format {
    fn name(self) -> &'static str {
        match self {
            Self::Gitleaks => "gitleaks",
            Self::Kingfisher => "kingfisher",
            Self::Presidio => "presidio",
            Self::Lines => "lines",
        }
    }
}

/// Runs the command. 0: the pack is written; 2: the rules can't be read or the pack not written.
pub(crate) fn run(args: &ImportArgs) -> u8 {
    match try_run(args) {
        Ok(summary) => {
            eprint!("{summary}");
            0
        }
        Err(message) => {
            eprintln!("error: {message}");
            2
        }
    }
}

fn try_run(args: &ImportArgs) -> Result<String, String> {
    let name = args.file.to_string_lossy();
    let bytes = read(&args.file).map_err(|error| {
        format!("{name}: {error}\n  hint: give the file of rules, or `-` for standard input")
    })?;
    let source = Source::from_bytes(name.clone(), bytes).map_err(|diagnostic| {
        let hint = &diagnostic.hint;
        format!("{}\n  hint: {hint}", diagnostic.message)
    })?;
    let imported = import(args.format, source.text()).map_err(|unreadable| {
        let Unreadable {
            line,
            column,
            message,
            hint,
        } = unreadable;
        format!("{name}:{line}:{column}: {message}\n  hint: {hint}")
    })?;
    let summary = imported.summary();
    let file = args.file.file_name().unwrap_or_default().to_string_lossy();
    let header = format!(
        "Imported from {file} ({} rules).\n\n{summary}",
        args.format.name()
    );
    write(&args.output, &write_pack(&imported.classifiers, &header))?;
    if let Some(report) = &args.report {
        write(report, &imported.json_lines())?;
    }
    Ok(summary)
}

/// Every rule of a file, carried over or accounted for.
fn import(format: Format, text: &str) -> Result<Import, Unreadable> {
    match format {
        Format::Gitleaks => gitleaks::import(text),
        Format::Kingfisher => kingfisher::import(text),
        Format::Presidio => presidio::import(text),
        Format::Lines => Ok(lines::import(text)),
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes)?;
        Ok(bytes)
    } else {
        fs::read(path)
    }
}

fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = if path == Path::new("-") {
        io::stdout().lock().write_all(text.as_bytes())
    } else {
        fs::write(path, text)
    };
    written.map_err(|error| {
        let path = path.display();
        format!("{path}: {error}\n  hint: name a file in a folder that exists and is writable")
    })
}
