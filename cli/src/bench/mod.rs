//! `bench`: the speed of scanning in memory.
//!
//! | file | holds |
//! |---|---|
//! | `profile.rs` | the cost of each stage and of each detector |

mod profile;

use std::io::{self, Write};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use serde::Serialize;
use sluicegate::{Database, Kernel, Scanner, compile};

use crate::args::BenchArgs;
use crate::catalogue;
use crate::failure::{Failure, Status};
use crate::{indexes, input};
pub(crate) use profile::Profile;

#[derive(Serialize)]
struct Row {
    rules: usize,
    bytes: usize,
    chunk: usize,
    threads: usize,
    reps: usize,
    kernel: &'static str,
    best_bytes_per_s: u64,
    median_bytes_per_s: u64,
    p50_ns: u64,
    p99_ns: u64,
    findings: usize,
    /// None for a database that was compiled before.
    compile_ms: Option<f64>,
    load_ms: f64,
    db_bytes: usize,
    scratch_bytes: usize,
    #[serde(flatten)]
    profile: Option<Profile>,
}

/// A database, and how long it took to make and to load.
struct Prepared {
    database: Database,
    compile: Option<Duration>,
    load: Duration,
}

pub(crate) fn run(args: &BenchArgs) -> Result<Status, Failure> {
    let kernel = catalogue::kernel(&args.kernel)?;
    let input = input::read(&args.input)?;
    let bytes = input.as_ref();
    if bytes.is_empty() {
        return Err(Failure::new("the input is empty").at(args.input.display()));
    }
    let prepared = prepare(args)?;
    let chunk = args.chunk.unwrap_or(bytes.len()).min(bytes.len());
    let chunks: Vec<&[u8]> = bytes.chunks(chunk).collect();
    let mut workers: Vec<Worker> = (0..args.threads)
        .map(|first| Worker::new(&prepared.database, kernel, &chunks, first, args.threads))
        .collect();
    // Memory grows to what it needs before anything is measured.
    repeat(&mut workers);
    let findings = workers.iter().map(|worker| worker.findings).sum();
    for worker in &mut workers {
        worker.latencies.clear();
    }
    let mut times: Vec<Duration> = (0..args.reps).map(|_| repeat(&mut workers)).collect();
    times.sort_unstable();
    let mut latencies: Vec<u64> = workers
        .iter()
        .flat_map(|worker| worker.latencies.iter().copied())
        .collect();
    latencies.sort_unstable();
    let speed = |time: Duration| {
        let nanos = time.as_nanos().max(1);
        (bytes.len() as u128 * 1_000_000_000 / nanos) as u64
    };
    let percentile = |percent: usize| latencies[(latencies.len() - 1) * percent / 100];
    let row = Row {
        rules: prepared.database.len(),
        bytes: bytes.len(),
        chunk,
        threads: args.threads,
        reps: args.reps,
        kernel: kernel.as_str(),
        best_bytes_per_s: speed(times[0]),
        median_bytes_per_s: speed(times[times.len() / 2]),
        p50_ns: percentile(50),
        p99_ns: percentile(99),
        findings,
        compile_ms: prepared.compile.map(milliseconds),
        load_ms: milliseconds(prepared.load),
        db_bytes: prepared.database.image().len(),
        scratch_bytes: workers
            .iter()
            .map(|worker| worker.scanner.scratch_bytes())
            .max()
            .unwrap_or(0),
        profile: args
            .profile
            .then(|| Profile::new(&prepared.database, kernel, &chunks, args.reps)),
    };
    let line = serde_json::to_string(&row).expect("a row has string keys");
    writeln!(io::stdout(), "{line}")?;
    Ok(Status::Done)
}

/// To the microsecond.
fn milliseconds(time: Duration) -> f64 {
    f64::from(time.as_micros() as u32) / 1000.0
}

fn prepare(args: &BenchArgs) -> Result<Prepared, Failure> {
    if let Some(path) = &args.rules.packs.db {
        if !args.rules.selection.select.is_empty() {
            return Err(Failure::new("a database is measured as a whole")
                .at("--select")
                .hint("compile a database of the selection: `sluicegate compile --select`"));
        }
        let began = Instant::now();
        let database = attach(args, catalogue::load_db(path)?)?;
        return Ok(Prepared {
            database,
            compile: None,
            load: began.elapsed(),
        });
    }
    let mut classifiers = catalogue::read_packs(&args.rules.packs)?;
    if !classifiers.is_empty() {
        catalogue::select(&mut classifiers, &args.rules.selection)?;
    }
    let began = Instant::now();
    let compiled = compile(&classifiers).map_err(|error| Failure::Rules(error.0))?;
    let compile = began.elapsed();
    let image = compiled.database.image().to_vec();
    let began = Instant::now();
    let database = Database::load(image).map_err(|error| Failure::new(error.to_string()))?;
    let database = attach(args, database)?;
    Ok(Prepared {
        database,
        compile: Some(compile),
        load: began.elapsed(),
    })
}

fn attach(args: &BenchArgs, database: Database) -> Result<Database, Failure> {
    let key_file = args.key.key_file.as_ref();
    indexes::attach(database, &args.rules.packs.indexes, key_file)
}

/// A thread's share of the pieces.
struct Worker<'b> {
    scanner: Scanner,
    chunks: Vec<&'b [u8]>,
    /// Of the last repetition.
    findings: usize,
    /// Nanoseconds of each piece, of all repetitions.
    latencies: Vec<u64>,
}

impl<'b> Worker<'b> {
    fn new(
        database: &Database,
        kernel: Kernel,
        chunks: &[&'b [u8]],
        first: usize,
        threads: usize,
    ) -> Self {
        Self {
            scanner: Scanner::new(database).with_kernel(kernel),
            chunks: chunks
                .iter()
                .skip(first)
                .step_by(threads)
                .copied()
                .collect(),
            findings: 0,
            latencies: Vec::new(),
        }
    }

    fn scan(&mut self) {
        self.findings = 0;
        for chunk in &self.chunks {
            let began = Instant::now();
            let scan = self.scanner.scan(chunk);
            self.latencies.push(began.elapsed().as_nanos() as u64);
            self.findings += scan.findings.len();
        }
    }
}

/// Scans everything once; the time from the start of all threads to the end of the last.
fn repeat(workers: &mut [Worker<'_>]) -> Duration {
    if let [worker] = workers {
        let began = Instant::now();
        worker.scan();
        return began.elapsed();
    }
    let barrier = Barrier::new(workers.len() + 1);
    thread::scope(|scope| {
        let handles: Vec<_> = workers
            .iter_mut()
            .map(|worker| {
                let barrier = &barrier;
                scope.spawn(move || {
                    barrier.wait();
                    worker.scan();
                })
            })
            .collect();
        barrier.wait();
        let began = Instant::now();
        for handle in handles {
            handle.join().expect("scanning does not panic");
        }
        began.elapsed()
    })
}
