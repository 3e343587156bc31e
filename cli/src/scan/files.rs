//! Each file is one input; files are scanned side by side.

use std::io::{self, Write};
use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use indicatif::ProgressBar;
use sluicegate::{Completeness, Finding, Scanner};

use super::baseline::Key;
use super::ledger::Ledger;
use super::order::Order;
use super::sieve::Sieve;
use crate::args::{Format, ScanArgs};
use crate::failure::{Failure, Status};
use crate::input::{self, Input};
use crate::output::{Located, Log, Notice, Origins, locate, write_jsonl, write_text};
use crate::palette::Palette;
use crate::progress;

/// What a file gave.
#[derive(Default)]
struct Outcome {
    path: String,
    /// Rendered findings, or for SARIF their places.
    rendered: Vec<u8>,
    /// Where what was rendered of each finding ends.
    ends: Vec<usize>,
    located: Vec<Located>,
    /// What a baseline knows each finding by; empty without one.
    keys: Vec<Key>,
    findings: usize,
    bytes: u64,
    failure: Option<Failure>,
}

impl Outcome {
    /// Leaves out the findings that are not told.
    fn settle(&mut self, ledger: &mut Ledger) {
        let keys = std::mem::take(&mut self.keys);
        if keys.is_empty() {
            return;
        }
        let tells: Vec<bool> = keys.into_iter().map(|key| ledger.tells(key)).collect();
        let rendered = std::mem::take(&mut self.rendered);
        let mut start = 0;
        for (&end, &tells) in self.ends.iter().zip(&tells) {
            if tells {
                self.rendered.extend_from_slice(&rendered[start..end]);
            }
            start = end;
        }
        let mut told = tells.iter();
        self.located
            .retain(|_| told.next().copied().unwrap_or(true));
        self.findings = tells.iter().filter(|&&tells| tells).count();
    }
}

/// Counts over all files.
#[derive(Default)]
struct Totals {
    files: usize,
    files_with: usize,
    findings: usize,
    bytes: u64,
    failures: usize,
}

struct Run<'r> {
    args: &'r ScanArgs,
    sieve: &'r Sieve,
    /// Whether there is a baseline.
    asks: bool,
    palette: Palette,
}

pub(super) fn run(
    args: &ScanArgs,
    sieve: &Sieve,
    ledger: &mut Ledger,
    palette: Palette,
) -> Result<Status, Failure> {
    let began = Instant::now();
    let run = Run {
        args,
        sieve,
        asks: ledger.asks(),
        palette,
    };
    let (inputs, failures) = input::collect(&args.paths);
    let mut report = Report {
        totals: Totals::default(),
        log: (args.format == Format::Sarif).then(Log::default),
        bar: progress::bar(inputs.len(), inputs.iter().map(|input| input.len).sum()),
        ledger,
    };
    for failure in failures {
        report.fail(&failure);
    }
    let closed = run.scan_all(&inputs, &mut report)?;
    report.bar.finish_and_clear();
    let totals = &report.totals;
    if let Some(log) = &report.log {
        let mut output = io::BufWriter::new(io::stdout().lock());
        log.write(&mut output, &sieve.catalogue.database)?;
        output.flush()?;
    }
    if args.format == Format::Text && !closed {
        summarise(totals, began);
    }
    Ok(match totals {
        Totals { failures: 1.., .. } => Status::Failed,
        Totals { findings: 1.., .. } => Status::Findings,
        _ => Status::Done,
    })
}

fn summarise(totals: &Totals, began: Instant) {
    let plural = |count: usize, word: &str| match count {
        1 => format!("1 {word}"),
        _ => format!("{count} {word}s"),
    };
    eprintln!(
        "{} in {} of {}, {}, {:.2} s",
        plural(totals.findings, "finding"),
        totals.files_with,
        plural(totals.files, "file"),
        indicatif::HumanBytes(totals.bytes),
        began.elapsed().as_secs_f64(),
    );
}

/// A scan that reached its limit.
pub(super) fn incomplete() -> Failure {
    Failure::new("not inspected to its end: the scan reached its limit of work")
        .hint("findings may be missing; scan it in smaller parts")
}

impl Run<'_> {
    /// Scans the inputs on several threads; whether the reader of the output went away.
    fn scan_all(&self, inputs: &[Input], report: &mut Report<'_>) -> Result<bool, Failure> {
        let jobs = match self.args.jobs {
            0 => thread::available_parallelism().map_or(1, NonZero::get),
            jobs => jobs,
        };
        let next = AtomicUsize::new(0);
        let stop = AtomicBool::new(false);
        let shared = Mutex::new((Order::new(), report, Ok(())));
        thread::scope(|scope| {
            for _ in 0..jobs.clamp(1, inputs.len().max(1)) {
                scope.spawn(|| {
                    let mut scanner = self.sieve.catalogue.scanner();
                    while !stop.load(Ordering::Relaxed) {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some(input) = inputs.get(number) else {
                            break;
                        };
                        let outcome = self.scan_file(&mut scanner, input);
                        let mut shared = shared.lock().expect("no holder of the lock panics");
                        let (order, report, result) = &mut *shared;
                        report.bar.inc(input.len);
                        if let Err(error) = order.add(number, outcome, |done| report.add(done)) {
                            stop.store(true, Ordering::Relaxed);
                            *result = Err(error);
                        }
                    }
                });
            }
        });
        let (_, _, result) = shared.into_inner().expect("no holder of the lock panics");
        match result.map_err(Failure::from) {
            Ok(()) => Ok(false),
            Err(Failure::Closed) => Ok(true),
            Err(failure) => Err(failure),
        }
    }

    fn scan_file(&self, scanner: &mut Scanner, input: &Input) -> Outcome {
        let mut outcome = Outcome {
            path: input.path.to_string_lossy().into_owned(),
            ..Outcome::default()
        };
        let bytes = match input::read(&input.path) {
            Ok(bytes) => bytes,
            Err(failure) => {
                outcome.failure = Some(failure);
                return outcome;
            }
        };
        let bytes = bytes.as_ref();
        let scan = scanner.scan(bytes);
        if scan.completeness != Completeness::Complete {
            outcome.failure = Some(incomplete().at(input.path.display()));
        }
        let claims = self.sieve.sift(&outcome.path, bytes, scan.findings);
        let findings: Vec<Finding> = claims.iter().map(|claim| claim.winner).collect();
        outcome.bytes = bytes.len() as u64;
        outcome.findings = findings.len();
        let database = &self.sieve.catalogue.database;
        if self.asks {
            outcome.keys = findings
                .iter()
                .map(|finding| self.sieve.key(bytes, finding))
                .collect();
        }
        let hash = &self.sieve.hash;
        let show_values = self.args.show_values;
        let origins = Origins::new(database, scan);
        match self.args.format {
            Format::Text => {
                outcome.ends = write_text(
                    &mut outcome.rendered,
                    database,
                    &outcome.path,
                    bytes,
                    (&findings, scan.findings, origins),
                    (self.palette, show_values),
                )
                .expect("memory takes every write");
            }
            Format::Jsonl => {
                outcome.ends = write_jsonl(
                    &mut outcome.rendered,
                    database,
                    &outcome.path,
                    bytes,
                    (&claims, origins),
                    (hash, show_values),
                );
            }
            Format::Sarif => outcome.located = locate(hash, bytes, &findings),
        }
        outcome
    }
}

struct Report<'l> {
    totals: Totals,
    log: Option<Log>,
    bar: ProgressBar,
    ledger: &'l mut Ledger,
}

impl Report<'_> {
    fn fail(&mut self, failure: &Failure) {
        self.totals.failures += 1;
        self.bar.suspend(|| failure.print());
        if let (Some(log), Failure::Message { what, place, .. }) = (&mut self.log, failure) {
            log.notify(Notice(format!("{what} ({place})")));
        }
    }

    fn add(&mut self, mut outcome: Outcome) -> io::Result<()> {
        outcome.settle(self.ledger);
        if let Some(failure) = &outcome.failure {
            self.fail(failure);
        }
        self.totals.files += 1;
        self.totals.files_with += usize::from(outcome.findings > 0);
        self.totals.findings += outcome.findings;
        self.totals.bytes += outcome.bytes;
        if let Some(log) = &mut self.log {
            log.add(&outcome.path, outcome.located);
        }
        if outcome.rendered.is_empty() {
            return Ok(());
        }
        self.bar.suspend(|| {
            let mut output = io::stdout().lock();
            output.write_all(&outcome.rendered)?;
            output.flush()
        })
    }
}
