//! Options of `index`.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use sluicegate::limits::{DOCUMENTS_PER_FINGERPRINT, PASSAGE_MINIMUM};
use sluicegate::model::Severity;

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
    Documents(IndexDocumentsArgs),
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
    /// The columns that take part and when a row counts as found, as docs/indexes.md describes
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

/// Index the documents of a folder, passages of which are found as `document.<name>`
///
/// Text, Markdown, HTML, source code, docx and PDF are read. A document is known by its path in the
/// folder.
#[derive(Args, Debug)]
pub(crate) struct IndexDocumentsArgs {
    /// The folder; hidden files are read, `.git` and what `.gitignore` names are not
    #[arg(value_name = "FOLDER", required_unless_present = "remove")]
    pub(crate) folder: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) made: MadeWith,
    /// The name in `document.<name>`; that of the folder unless stated
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Severity of findings; `high` unless stated
    #[arg(long, value_name = "SEVERITY", value_parser = parse_severity)]
    pub(crate) severity: Option<Severity>,
    /// Confidence of findings, 0 to 100; 80 unless stated
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) confidence: Option<u8>,
    /// A folder of texts that stand in many documents, such as templates: they lead to none
    #[arg(long, value_name = "FOLDER")]
    pub(crate) boilerplate: Option<PathBuf>,
    /// A passage that more documents share leads to none; 16 unless stated
    #[arg(long, value_name = "N",
          value_parser = clap::value_parser!(u8).range(1..=i64::from(DOCUMENTS_PER_FINGERPRINT)))]
    pub(crate) max_documents: Option<u8>,
    /// Fingerprints that a passage must hold to be found: 1 unless stated, more for longer passages
    #[arg(long, value_name = "N",
          value_parser = clap::value_parser!(u8).range(1..=i64::from(PASSAGE_MINIMUM)))]
    pub(crate) minimum: Option<u8>,
    /// Add the documents to the index that is there, in the place of those of the same path
    #[arg(long, conflicts_with = "name")]
    pub(crate) update: bool,
    /// The path of a document to take out of the index (repeatable)
    #[arg(long, value_name = "ID", requires = "update")]
    pub(crate) remove: Vec<String>,
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

fn parse_severity(text: &str) -> Result<Severity, String> {
    Severity::from_name(text).ok_or_else(|| {
        let names = Severity::ALL.map(Severity::as_str);
        format!("possible values: {}", names.join(", "))
    })
}

fn parse_delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        [b'"' | b'\n' | b'\r'] => Err("can't stand between fields".to_owned()),
        [byte] if byte.is_ascii() => Ok(*byte),
        _ => Err("must be one character, or `tab`".to_owned()),
    }
}
