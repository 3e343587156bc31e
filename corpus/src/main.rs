//! `sluicegate-corpus`: labelled texts for `sluicegate eval`.

#![forbid(unsafe_code)]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use sluicegate_classifiers::{Rules, builtin_rules};
use sluicegate_corpus::{File, Manifest, adapt, generate};
use sluicegate_model::{Classifier, Level, id_meets, to_text};

/// Labelled texts to measure classifiers on
#[derive(Parser)]
#[command(version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Make cases for every classifier from a seed: values in nine kinds of text, and near misses
    Generate {
        /// Where the random choices start
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Values of each classifier
        #[arg(long, default_value_t = 9)]
        count: usize,
        /// Only classifiers whose id is this, or begins with what stands before `*` (repeatable)
        #[arg(long)]
        select: Vec<String>,
        /// A pack, or a folder of packs, in place of the built-in ones (repeatable)
        #[arg(long)]
        rules: Vec<PathBuf>,
        /// The folder to write
        #[arg(short, long)]
        output: PathBuf,
    },
    /// Read public labelled sets from a folder: NAME.jsonl or NAME.jsonl.xz, and plain texts
    Adapt {
        /// The folder of the sets
        folder: PathBuf,
        /// The folder to write
        #[arg(short, long)]
        output: PathBuf,
    },
}

fn main() -> ExitCode {
    match run(&Arguments::parse().command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(command: &Command) -> Result<(), Box<dyn Error>> {
    let made_by = format!("sluicegate-corpus {}", env!("CARGO_PKG_VERSION"));
    match command {
        Command::Generate {
            seed,
            count,
            select,
            rules,
            output,
        } => {
            let mut classifiers = read_rules(rules)?;
            classifiers.retain(|classifier| {
                let id = classifier.id.as_str();
                select.is_empty() || select.iter().any(|pattern| id_meets(id, pattern))
            });
            if classifiers.is_empty() {
                return Err("no classifier is selected".into());
            }
            let generated = generate(&classifiers, *seed, *count);
            let mut manifest = Manifest {
                made_by,
                seed: Some(*seed),
                without: generated.without,
                ..Manifest::default()
            };
            let mut files = Vec::new();
            for (family, lines) in &generated.files {
                let name = format!("{family}.jsonl");
                let (file, text) = File::of_cases(
                    &name,
                    "made from the classifiers",
                    "MIT OR Apache-2.0",
                    lines,
                );
                manifest.file.push(file);
                files.push((name, text.into_bytes()));
            }
            write(output, &files, &manifest)
        }
        Command::Adapt { folder, output } => {
            let mut adapted = adapt(folder)?;
            if adapted.files.is_empty() {
                return Err(
                    format!("{}: no .jsonl, .txt or .xz of these", folder.display()).into(),
                );
            }
            for note in &adapted.notes {
                eprintln!("note: {note}");
            }
            adapted.manifest.made_by = made_by;
            write(output, &adapted.files, &adapted.manifest)
        }
    }
}

fn read_rules(paths: &[PathBuf]) -> Result<Vec<Classifier>, Box<dyn Error>> {
    if paths.is_empty() {
        return Ok(builtin_rules().classifiers);
    }
    let mut rules = Rules::default();
    for path in paths {
        rules
            .add_path(path)
            .map_err(|(path, error)| format!("{}: {error}", path.display()))?;
    }
    rules.settle();
    if rules
        .problems
        .iter()
        .any(|problem| problem.level() == Level::Error)
    {
        return Err(to_text(&rules.problems, false).into());
    }
    Ok(rules.classifiers)
}

fn write(
    folder: &Path,
    files: &[(String, Vec<u8>)],
    manifest: &Manifest,
) -> Result<(), Box<dyn Error>> {
    for (name, bytes) in files {
        let path = folder.join(name);
        let parent = path.parent().unwrap_or(folder);
        fs::create_dir_all(parent).map_err(|error| format!("{}: {error}", parent.display()))?;
        fs::write(&path, bytes).map_err(|error| format!("{}: {error}", path.display()))?;
    }
    let path = folder.join("manifest.toml");
    fs::write(&path, toml::to_string(manifest)?)
        .map_err(|error| format!("{}: {error}", path.display()))?;
    for file in &manifest.file {
        match file.cases {
            0 => println!("{:40} text", file.name),
            cases => println!(
                "{:40} {cases:7} cases, {:6} negative",
                file.name, file.negatives
            ),
        }
    }
    if !manifest.without.is_empty() {
        println!(
            "{} classifiers without a case: see {}",
            manifest.without.len(),
            path.display()
        );
    }
    Ok(())
}
