//! Commands and options: one definition for the parser, the help and the manual pages.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};
use sluicegate_evaluation::{Rate, Share};

use crate::import::ImportArgs;
use crate::index::IndexArgs;

/// Finds secrets, personal and payment data, prompt injection and other classified content.
///
/// Exit status: 0 nothing found (or done), 1 findings, 2 error.
#[derive(Debug, Parser)]
#[command(name = "sluicegate", version, max_term_width = 100)]
pub(crate) struct Arguments {
    #[command(subcommand)]
    pub(crate) command: Command,
    /// When to use colours; `auto` means on a terminal, unless `NO_COLOR` is set
    #[arg(long, global = true, value_name = "WHEN", default_value = "auto")]
    pub(crate) color: When,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    Scan(ScanArgs),
    Redact(RedactArgs),
    Guard(GuardArgs),
    Check(CheckArgs),
    List(ListArgs),
    Explain(ExplainArgs),
    Cards(CardsArgs),
    Compile(CompileArgs),
    Index(IndexArgs),
    Import(ImportArgs),
    Bench(BenchArgs),
    Eval(EvalArgs),
    Tune(TuneArgs),
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum When {
    Auto,
    Always,
    Never,
}

/// Which packs to use.
#[derive(Args, Debug)]
pub(crate) struct PackArgs {
    /// A pack, or a folder of packs, to use beside the built-in ones (repeatable)
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    /// Leave out the built-in packs
    #[arg(long)]
    pub(crate) no_builtin: bool,
    /// A database made by `compile`, in place of every pack
    #[arg(long, value_name = "FILE", conflicts_with_all = ["rules", "no_builtin"])]
    pub(crate) db: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) indexes: IndexFiles,
}

/// Which indexes to use beside the packs.
#[derive(Args, Debug)]
pub(crate) struct IndexFiles {
    /// An index of a table, made by `index exact` with the same key (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(crate) exact: Vec<PathBuf>,
    /// An index of documents, made by `index documents` with the same key (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(crate) documents: Vec<PathBuf>,
}

impl IndexFiles {
    pub(crate) fn is_empty(&self) -> bool {
        self.exact.is_empty() && self.documents.is_empty()
    }
}

/// The key of commands that take one for indexes alone.
#[derive(Args, Debug)]
pub(crate) struct KeyArgs {
    /// File with the key that the indexes were made with, 16 bytes or more
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
}

/// Which classifiers to use.
#[derive(Args, Debug)]
pub(crate) struct RuleArgs {
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) selection: SelectArgs,
}

/// Which of the classifiers to use.
#[derive(Args, Debug)]
pub(crate) struct SelectArgs {
    /// Use only classifiers whose id matches, for example `secret.*` (repeatable)
    #[arg(long, value_name = "GLOB")]
    pub(crate) select: Vec<String>,
}

/// Which findings to use.
#[derive(Args, Debug)]
pub(crate) struct FindingArgs {
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    /// Leave out findings of a lower confidence, 0 to 100
    #[arg(long, value_name = "N", default_value_t = 0,
          value_parser = clap::value_parser!(u8).range(0..=100))]
    pub(crate) min_confidence: u8,
    #[command(flatten)]
    pub(crate) kernel: KernelArgs,
}

/// Which instruction set to use.
#[derive(Args, Debug)]
pub(crate) struct KernelArgs {
    /// Instruction set of the search kernels, which find the same at another speed; the fastest
    /// that the processor has unless stated
    #[arg(long, value_name = "NAME")]
    pub(crate) kernel: Option<KernelName>,
}

/// An instruction set.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum KernelName {
    Portable,
    Avx2,
    Avx512,
}

impl KernelName {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Self::Portable => "portable",
            Self::Avx2 => "avx2",
            Self::Avx512 => "avx512",
        }
    }
}

/// Find classified content in files, folders or standard input
#[derive(Args, Debug)]
pub(crate) struct ScanArgs {
    /// Files and folders; `-` is standard input. Folders are searched with hidden files, without
    /// `.git` and what `.gitignore` names
    #[arg(value_name = "PATH", default_value = ".")]
    pub(crate) paths: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) findings: FindingArgs,
    /// File with a key of 16 bytes or more: the one that indexes were made with, and one that hashes of
    /// values are made with, which nobody can guess values from without it
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Form of the findings
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: Format,
    /// What the input is: bytes, or a line `{"id", "text"}` for each message
    #[arg(long, value_name = "FORMAT", default_value = "bytes")]
    pub(crate) input_format: InputFormat,
    /// Files scanned at a time; 0 means one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
    /// Show the values that were found, which are masked otherwise
    #[arg(long)]
    pub(crate) show_values: bool,
    /// Where several classifiers claim one value, show the one that is most likely right
    ///
    /// JSON lines then have the others as `claims`, each with the reason.
    #[arg(long)]
    pub(crate) resolve: bool,
    #[command(flatten)]
    pub(crate) known: KnownArgs,
}

/// Which findings are known and left out.
#[derive(Args, Debug)]
pub(crate) struct KnownArgs {
    /// Leave out findings that an entry of this allow-list meets (repeatable); docs/allow.md
    /// describes it
    #[arg(long, value_name = "FILE")]
    pub(crate) allow: Vec<PathBuf>,
    /// Leave out documented test values: card numbers of payment processors, names and addresses
    /// that are set aside for documentation
    #[arg(long)]
    pub(crate) allow_test_values: bool,
    /// Leave out findings that this baseline has, wherever they stand by now
    #[arg(long, value_name = "FILE")]
    pub(crate) baseline: Option<PathBuf>,
    /// Write what is found to a baseline, as hashes of the values, and show none of it
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub(crate) write_baseline: Option<PathBuf>,
}

/// A form of findings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For people
    Text,
    /// One JSON object for each finding
    Jsonl,
    /// SARIF 2.1.0
    Sarif,
}

/// A form of input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum InputFormat {
    /// Each file is one input
    Bytes,
    /// Each line is one message, answered by one line in the same order
    Jsonl,
}

/// Write the input with findings redacted to standard output
///
/// A redacted text can be redacted again and stays the same, except with `fpe`, whose results look
/// like values. Nothing is written when the input could not be inspected to its end.
#[derive(Args, Debug)]
pub(crate) struct RedactArgs {
    /// A file; `-` is standard input
    #[arg(value_name = "PATH", default_value = "-")]
    pub(crate) path: PathBuf,
    #[command(flatten)]
    pub(crate) findings: FindingArgs,
    /// What stands in place of a value; `label` unless stated, `token` with `--restore`
    #[arg(long, value_name = "STYLE")]
    pub(crate) style: Option<StyleName>,
    /// Characters at the end of a value that `partial` keeps, at most half of them
    #[arg(long, value_name = "N", default_value_t = 4)]
    pub(crate) keep: usize,
    /// File with the key for `hash`, `fpe` or `token` and for indexes, 16 bytes or more. Each use has
    /// a key of its own that is derived from it
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    /// Turn back what was redacted with `token` or `fpe` and this key. For `fpe` it takes the same
    /// rules and the same choice of findings
    #[arg(long)]
    pub(crate) restore: bool,
    /// Read the input in pieces of so many bytes, and write what each settles at once
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=1 << 30))]
    pub(crate) chunk: Option<u32>,
}

/// What stands in place of a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum StyleName {
    /// The classifier, as `[SECRET_GITHUB_PAT]`
    Label,
    /// The last part of its id and a number, as `[PAT_1]`; equal values have equal numbers
    Numbered,
    /// `*` for each character
    Mask,
    /// `*` for each character but the last ones
    Partial,
    /// The classifier and a keyed hash, as `[secret.github.pat:0123456789abcdef]`
    Hash,
    /// Another value of the same form, which the key turns back; a token where there is none
    Fpe,
    /// The classifier and the encrypted value, as `[tok:secret.github.pat:mzxw6...]`, which the key
    /// turns back
    Token,
}

/// Decide by a policy what happens to a message, from standard input to standard output
///
/// Exit status: 0 the message passed as it came, 1 it was redacted or blocked, 2 error. Of a
/// blocked message nothing is written.
#[derive(Args, Debug)]
pub(crate) struct GuardArgs {
    /// The policy, which docs/policy.md describes
    #[arg(long, value_name = "FILE")]
    pub(crate) policy: PathBuf,
    /// What the message is
    #[arg(long, value_name = "FORMAT")]
    pub(crate) wire: Wire,
    /// Where the message comes from and goes to
    #[arg(long, value_name = "CHANNEL")]
    pub(crate) channel: ChannelName,
    /// Pass a text on while it is read, as far as it is decided
    #[arg(long)]
    pub(crate) stream: bool,
    /// Bytes that are read at a time
    #[arg(long, value_name = "N", requires = "stream", default_value_t = 4096, value_parser = clap::value_parser!(u32).range(1..=1 << 30))]
    pub(crate) chunk: u32,
    /// Write the verdict here, as JSON, in place of standard error, which then says what in the
    /// policy no classifier meets
    #[arg(long, value_name = "FILE")]
    pub(crate) verdict: Option<PathBuf>,
    /// A key that the policy names, and the file that holds it, 16 bytes or more
    #[arg(long = "key", value_name = "NAME=FILE", value_parser = parse_key)]
    pub(crate) keys: Vec<(String, PathBuf)>,
    /// File with the key `main`, which a policy means that names none; it is that of indexes too. Each
    /// use has a key of its own that is derived from it
    #[arg(long, value_name = "FILE")]
    pub(crate) key_file: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) packs: PackArgs,
    #[command(flatten)]
    pub(crate) kernel: KernelArgs,
}

/// What a message is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Wire {
    /// Plain text
    Text,
    /// One JSON text, whose strings, numbers and keys are inspected, and which stays JSON
    Json,
}

/// Where a message comes from and goes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
#[value(rename_all = "snake_case")]
pub(crate) enum ChannelName {
    /// To the model, from a person or program
    Prompt,
    /// From the model
    Output,
    /// From the model to a tool
    ToolArgs,
    /// From a tool to the model
    ToolResult,
    /// A document that is retrieved or stored for the model
    Document,
}

/// Check packs: their form, patterns, examples, routes, costs and collisions
#[derive(Args, Debug)]
pub(crate) struct CheckArgs {
    /// Packs and folders of packs; the built-in ones without any
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// Form of the report
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
    /// Show the warnings that classifiers accept too, with the reasons
    #[arg(long)]
    pub(crate) verbose: bool,
}

/// A form of a report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum ReportFormat {
    /// For people
    Text,
    /// One JSON document
    Json,
}

/// List the classifiers
#[derive(Args, Debug)]
pub(crate) struct ListArgs {
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    /// Form of the list
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
}

/// Show a classifier with its plan, or what became of each place in a file
#[derive(Args, Debug)]
pub(crate) struct ExplainArgs {
    /// The classifier
    #[arg(value_name = "ID")]
    pub(crate) id: String,
    /// Show why each candidate in this file was kept or dropped; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) on: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    /// Form of the output
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub(crate) format: ReportFormat,
}

/// Write a card for each classifier, as pages in Markdown
#[derive(Args, Debug)]
pub(crate) struct CardsArgs {
    /// The folder to write
    #[arg(short, long, value_name = "FOLDER")]
    pub(crate) output: PathBuf,
    /// Figures to show: what `eval --json` wrote, or `measured.json` of such a folder
    #[arg(long, value_name = "FILE")]
    pub(crate) measured: Option<PathBuf>,
    /// A pack, or a folder of packs, to use beside the built-in ones (repeatable)
    #[arg(long, value_name = "PATH")]
    pub(crate) rules: Vec<PathBuf>,
    /// Leave out the built-in packs
    #[arg(long)]
    pub(crate) no_builtin: bool,
    #[command(flatten)]
    pub(crate) selection: SelectArgs,
}

/// Compile packs to a database
#[derive(Args, Debug)]
pub(crate) struct CompileArgs {
    /// Packs and folders of packs to add to the built-in ones
    #[arg(value_name = "PATH")]
    pub(crate) paths: Vec<PathBuf>,
    /// The database; it is replaced in one step
    #[arg(short, long, value_name = "FILE")]
    pub(crate) output: PathBuf,
    /// Leave out the built-in packs
    #[arg(long)]
    pub(crate) no_builtin: bool,
    #[command(flatten)]
    pub(crate) selection: SelectArgs,
}

/// Measure the speed of scanning in memory, as JSON
#[derive(Args, Debug)]
pub(crate) struct BenchArgs {
    /// The text to scan; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pub(crate) input: PathBuf,
    /// Cut the text into pieces of N bytes, each scanned as an input of its own
    #[arg(long, value_name = "N", value_parser = parse_count)]
    pub(crate) chunk: Option<usize>,
    /// How often the text is scanned
    #[arg(long, value_name = "N", default_value = "5", value_parser = parse_count)]
    pub(crate) reps: usize,
    /// Add what each stage and each detector costs, in operations and time of one scan
    #[arg(long)]
    pub(crate) profile: bool,
    /// Threads that share the pieces
    #[arg(long, value_name = "N", default_value = "1", value_parser = parse_count)]
    pub(crate) threads: usize,
    #[command(flatten)]
    pub(crate) rules: RuleArgs,
    #[command(flatten)]
    pub(crate) key: KeyArgs,
    #[command(flatten)]
    pub(crate) kernel: KernelArgs,
}

/// Labelled cases, and how they are judged.
#[derive(Args, Debug)]
pub(crate) struct CaseArgs {
    /// Files of cases, a JSON object on each line; `-` is standard input
    #[arg(value_name = "CASES")]
    pub(crate) paths: Vec<PathBuf>,
    /// What the labels of a source stand for; the file's name is that of the source, and a folder
    /// stands for the `.toml` files in it (repeatable)
    #[arg(long, value_name = "PATH")]
    pub(crate) classes: Vec<PathBuf>,
    /// A text that should have no findings (repeatable)
    #[arg(long, value_name = "FILE")]
    pub(crate) benign: Vec<PathBuf>,
    /// Classifiers whose findings are no errors where no label names them (repeatable); in place of
    /// those of addresses and telephone numbers
    #[arg(long, value_name = "GLOB")]
    pub(crate) apart: Vec<String>,
    /// Where several classifiers claim one value, judge only the one that is most likely right
    #[arg(long)]
    pub(crate) resolve: bool,
    /// Texts scanned at a time; 0 means one for each processor
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub(crate) jobs: usize,
}

/// Measure how good the classifiers are on labelled cases: precision, recall, noise
///
/// docs/eval.md describes how findings are judged, and the result.
#[derive(Args, Debug)]
pub(crate) struct EvalArgs {
    #[command(flatten)]
    pub(crate) cases: CaseArgs,
    /// Write the whole result here, as JSON without any text of the cases
    #[arg(long, value_name = "FILE")]
    pub(crate) json: Option<PathBuf>,
    /// Write the result here as a page for a browser, with plots and tables; values are masked
    #[arg(long, value_name = "FILE")]
    pub(crate) html: Option<PathBuf>,
    /// Say what changed since an older result, which `--json` wrote
    #[arg(long, value_name = "OLD.json")]
    pub(crate) against: Option<PathBuf>,
    /// Add what each classifier costs, which varies from run to run
    #[arg(long)]
    pub(crate) profile: bool,
    /// Judge the findings in this file, lines such as `scan --input-format jsonl` prints, in place of
    /// a scan; the file's name is that of the source (repeatable)
    #[arg(long, value_name = "FILE", conflicts_with_all = ["profile", "benign", "html"])]
    pub(crate) reported: Vec<PathBuf>,
    #[command(flatten)]
    pub(crate) findings: FindingArgs,
    #[command(flatten)]
    pub(crate) key: KeyArgs,
}

/// Propose changes that make classifiers better on labelled cases and benign texts
///
/// Least confidences, required context, exclusions and what is better left out, each with its effect
/// on cases that it was made from and on others. docs/eval.md describes how.
#[derive(Args, Debug)]
pub(crate) struct TuneArgs {
    #[command(flatten)]
    pub(crate) cases: CaseArgs,
    /// The pack whose classifiers may change, or, where it has none or is not there yet, a pack of
    /// changes to all classifiers
    #[arg(long, value_name = "FILE")]
    pub(crate) pack: PathBuf,
    /// Add the changes to the pack
    #[arg(long)]
    pub(crate) write: bool,
    /// Narrow down or leave out classifiers with less precision, from 0 to 1
    #[arg(long, value_name = "SHARE")]
    pub(crate) min_precision: Option<Share>,
    /// Narrow down or leave out classifiers with more findings in a million bytes of benign text
    #[arg(long, value_name = "N")]
    pub(crate) max_false_per_mb: Option<Rate>,
    #[command(flatten)]
    pub(crate) findings: FindingArgs,
    #[command(flatten)]
    pub(crate) key: KeyArgs,
}

fn parse_key(text: &str) -> Result<(String, PathBuf), String> {
    match text.split_once('=') {
        Some((name, file)) if !name.is_empty() && !file.is_empty() => {
            Ok((name.to_owned(), PathBuf::from(file)))
        }
        _ => Err("must be a name, `=` and a file".to_owned()),
    }
}

fn parse_count(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(0) => Err("must be 1 or more".to_owned()),
        Ok(count) => Ok(count),
        Err(error) => Err(error.to_string()),
    }
}
