//! Options of `index`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use crate::args::ReportFormat;

/// Make an index of a table or of documents, which other commands take with `--exact` and
/// `--documents`
///
/// An index holds keyed hashes and never a value; the key is not in it.
#[derive(Args, Debug)]
pub(crate) struct IndexArgs {
    #[command(subcommand)]
    pub(crate) kind: IndexCommand,
}

#[derive(Debug, Subcommand)]
pub(crate) enum IndexCommand {
    Exact(IndexExactArgs),
    Show(IndexShowArgs),
}

/// What every index is made with.
#[derive(Args, Debug)]
pub(crate) struct MadeWith {
    /// File with the key of the index, 16 bytes or more, which is needed again to use it
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: PathBuf,
    /// The index; it is replaced in one step, when the new one is whole
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
}

/// Index the rows of a table, which are found as `exact.<name>`
///
/// The table is CSV in UTF-8, its first row the headings; it may be larger than memory. A build that
/// was interrupted goes on when it is started again.
#[derive(Args, Debug)]
pub(crate) struct IndexExactArgs {
    /// The table; `-` is standard input, from which an interrupted build can't go on
    #[arg(value_name = "TABLE", required_unless_present = "remove")]
    pub(crate) table: Option<PathBuf>,
    /// The columns that take part and when a row counts as found, as docs/exact.md describes
    #[arg(long, value_name = "FILE")]
    pub(crate) schema: PathBuf,
    #[command(flatten)]
    pub(crate) made: MadeWith,
    /// What stands between two fields: a character, or `tab`
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = parse_delimiter)]
    pub(crate) delimiter: u8,
    /// Rows that may be left out because they can't be indexed; with more of them there is no index.
    /// One in a hundred unless stated, and always ten
    #[arg(long, value_name = "N")]
    pub(crate) max_bad_rows: Option<u64>,
    /// Begin anew where an interrupted build could go on
    #[arg(long)]
    pub(crate) restart: bool,
    /// Add the rows of the table to the index that is there
    #[arg(long, conflicts_with = "restart")]
    pub(crate) update: bool,
    /// A table of rows to take out of the index, with the cells they were added with
    #[arg(long, value_name = "TABLE", requires = "update")]
    pub(crate) remove: Option<PathBuf>,
    /// Memory for sorting, in megabytes
    #[arg(long, value_name = "N", default_value_t = 256,
          value_parser = clap::value_parser!(u32).range(1..=65536))]
    pub(crate) memory: u32,
}

/// Show how an index was made: columns or documents, counts, the name of its key
#[derive(Args, Debug)]
pub(crate) struct IndexShowArgs {
    /// The index
    #[arg(value_name = "FILE")]
    pub(crate) file: PathBuf,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
}

fn parse_delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r'] => Err("can't stand between fields".to_owned()),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("must be one character, or `tab`".to_owned()),
    }
}
