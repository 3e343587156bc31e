//! Runs engines in turn by definitions, and keeps what they measured.
//!
//! | file | does |
//! |---|---|
//! | `definition.rs` | what is measured: a file of data for each benchmark |
//! | `peer.rs` | the engines, as their folders describe them; runs one process |
//! | `data.rs` | texts and lists of patterns, prepared in the cache folder |
//! | `rename.rs` | larger lists: copies of patterns with other literals |
//! | `turn.rs` | engines in turn, their middle figures, their verification |
//! | `table.rs` | the figures for people |
//! | `record.rs` | the figures to keep, with machine, compiler and commit |

mod data;
mod definition;
mod peer;
mod record;
mod rename;
mod table;
mod turn;

use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Duration;

use clap::Parser;

use crate::data::Data;
use crate::record::Record;

/// Compares engines by definitions.
#[derive(Debug, Parser)]
#[command(version)]
struct Options {
    /// Folder with the texts and lists that the definitions name
    #[arg(long)]
    data: PathBuf,
    /// Folder for decompressed, cut and generated files
    #[arg(long)]
    cache: PathBuf,
    /// Folder of the definitions
    #[arg(long, default_value = "benches/definitions")]
    definitions: PathBuf,
    /// Folder of the engines
    #[arg(long, default_value = "benches/engines")]
    engines: PathBuf,
    /// Folder of the engines' programs
    #[arg(long, default_value = "benches/target/release")]
    programs: PathBuf,
    /// Definitions to run, by the start of their names; all when none is given
    #[arg(long)]
    only: Vec<String>,
    /// Engines to run; all that a definition names when none is given
    #[arg(long)]
    engine: Vec<String>,
    /// Take no more than the first so many bytes of each text
    #[arg(long, default_value_t = usize::MAX, hide_default_value = true)]
    bytes: usize,
    /// Times that each engine has its turn
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// Seconds after which a process is ended
    #[arg(long, default_value_t = 600)]
    patience: u64,
    /// Day of the record, as in 2026-01-31; nothing is kept without it
    #[arg(long)]
    date: Option<String>,
    /// Folder of the records
    #[arg(long, default_value = "benches/record")]
    record: PathBuf,
}

fn main() -> ExitCode {
    match run(&Options::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("sluicegate-bench: {error}");
            ExitCode::from(2)
        }
    }
}

/// Whether every measurement passed its verification.
fn run(options: &Options) -> Result<bool, String> {
    let definitions = definition::read(&options.definitions, &options.only)?;
    let peers = peer::read(&options.engines, &options.programs)?;
    let data = Data::new(&options.data, &options.cache)?;
    let mut record = match &options.date {
        Some(day) => Some(Record::open(&options.record, day)?),
        None => None,
    };
    let mut passed = true;
    for definition in &definitions {
        let wanted: Vec<_> = definition
            .engines
            .iter()
            .filter(|name| options.engine.is_empty() || options.engine.contains(name))
            .map(|name| {
                peers
                    .iter()
                    .find(|peer| peer.name == **name)
                    .ok_or_else(|| format!("{}: no engine is called {name}", definition.name))
            })
            .collect::<Result<_, _>>()?;
        for case in definition.cases() {
            let plan = turn::Plan {
                definition,
                case,
                most_bytes: options.bytes,
                rounds: options.rounds.max(1),
                patience: Duration::from_secs(options.patience),
            };
            let rows = turn::take(&plan, &wanted, &data)?;
            print!("{}", table::render(&definition.name, case, &rows));
            passed &= rows.iter().all(turn::Row::passed);
            if let Some(record) = &mut record {
                record.keep(&rows)?;
            }
        }
    }
    Ok(passed)
}
