//! Compares scanning with a list of patterns to the reference scanner, to `regex-automata`'s
//! iteration over each pattern alone, and to the time that iteration takes.
//!
//! `cargo run --release -p sluicegate --example parity -- PATTERNS.tsv TEXT [--speed-only]`
//!
//! Each line of the list is flags (letters of `i`, `m`, `s`), a tab, and a pattern. Exit status 1
//! when there is a difference.

#![expect(clippy::cast_precision_loss, reason = "rates for people to read")]

use std::process::ExitCode;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use regex_automata::meta::Regex;
use regex_automata::util::syntax;
use sluicegate::model::{Classifier, ClassifierId};
use sluicegate::{CompileError, Database, Finding, Reference, Route, Scanner, compile};

type Span = (usize, usize);

fn classifiers(list: &str) -> Vec<(Classifier, String)> {
    list.lines()
        .enumerate()
        .map(|(i, line)| {
            let (flags, pattern) = line.split_once('\t').unwrap_or(("", line));
            let pattern = if flags.is_empty() {
                pattern.to_owned()
            } else {
                format!("(?{flags}){pattern}")
            };
            let id = ClassifierId::new(&format!("custom.line.{:04}", i + 1)).expect("a valid id");
            (Classifier::new(id).with_regex(pattern.clone()), pattern)
        })
        .collect()
}

fn spans(findings: &[Finding], classifier: usize) -> Vec<Span> {
    findings
        .iter()
        .filter(|finding| finding.classifier.get() as usize == classifier)
        .map(|finding| (finding.start, finding.end))
        .collect()
}

fn regex(pattern: &str) -> Regex {
    Regex::builder()
        .syntax(syntax::Config::new().unicode(false).utf8(false))
        .configure(Regex::config().utf8_empty(false))
        .build(pattern)
        .expect("the pattern has been compiled before")
}

fn is_bounded(pattern: &str) -> bool {
    regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(pattern)
        .is_ok_and(|hir| {
            hir.properties()
                .maximum_len()
                .is_some_and(|len| len <= 4096)
        })
}

/// Applies `work` to every number below `count`, on all cores.
fn each<T: Send>(count: usize, work: impl Fn(usize) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut all: Vec<(usize, T)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                scope.spawn(|| {
                    let mut done = Vec::new();
                    loop {
                        let i = next.fetch_add(1, Ordering::Relaxed);
                        if i >= count {
                            return done;
                        }
                        done.push((i, work(i)));
                    }
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("a worker"))
            .collect()
    });
    all.sort_by_key(|(i, _)| *i);
    all.into_iter().map(|(_, result)| result).collect()
}

fn rate(bytes: usize, time: Duration) -> String {
    format!("{:.1} MB/s", bytes as f64 / time.as_secs_f64() / 1e6)
}

/// Compiles and loads the rules, and prints what that took and the routes.
fn prepare(rules: &[Classifier]) -> Result<Database, CompileError> {
    let begin = Instant::now();
    let compiled = compile(rules)?;
    let compile_time = begin.elapsed();
    let image = compiled.database.image().to_vec();
    let begin = Instant::now();
    let database = Database::load(image).expect("an image of its own");
    let load_time = begin.elapsed();
    println!(
        "{} rules: compiled in {compile_time:.0?}, {} bytes, loaded in {load_time:.1?}",
        rules.len(),
        database.image().len(),
    );
    for route in Route::ALL {
        let count = compiled
            .plans
            .iter()
            .filter(|plan| plan.plan.route == route)
            .count();
        println!("  {} {:22} {count}", route.as_str(), route.describe());
    }
    Ok(database)
}

/// Compares the findings with the judges', prints the differences, and returns how many there are.
fn differences(
    rules: &[Classifier],
    patterns: &[String],
    text: &[u8],
    findings: &[Finding],
    best: Duration,
) -> usize {
    let regexes: Vec<Regex> = patterns.iter().map(|pattern| regex(pattern)).collect();
    let begin = Instant::now();
    let iterated: Vec<Vec<Span>> = regexes
        .iter()
        .map(|regex| {
            regex
                .find_iter(text)
                .filter(|found| !found.is_empty())
                .map(|found| (found.start(), found.end()))
                .collect()
        })
        .collect();
    let alone = begin.elapsed();
    println!(
        "one regex after the other: {}; the scan is {:.0} times as fast",
        rate(text.len(), alone),
        alone.as_secs_f64() / best.as_secs_f64(),
    );

    let reference = Reference::new(rules)
        .expect("the rules have been compiled")
        .skipping();
    let judged = each(rules.len(), |i| {
        let mut found = Vec::new();
        reference.scan_one(i, text, &mut found);
        let mut found: Vec<Span> = found.iter().map(|f| (f.start, f.end)).collect();
        found.sort_unstable();
        found
    });
    let (mut differences, mut bounded) = (0, 0);
    for (i, pattern) in patterns.iter().enumerate() {
        let fast = spans(findings, i);
        let mut report = |judge: &str, other: &[Span]| {
            if fast != other {
                differences += 1;
                let first = fast.iter().zip(other).position(|(a, b)| a != b);
                let at = first.unwrap_or(fast.len().min(other.len()));
                println!(
                    "line {}: {} findings, {judge} {}; first difference {:?} / {:?}",
                    i + 1,
                    fast.len(),
                    other.len(),
                    fast.get(at),
                    other.get(at),
                );
            }
        };
        report("reference", &judged[i]);
        if is_bounded(pattern) {
            bounded += 1;
            report("find_iter", &iterated[i]);
        }
    }
    println!("{differences} differences; {bounded} patterns compared to find_iter as well");
    differences
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let [list, text, rest @ ..] = args.as_slice() else {
        eprintln!("usage: parity PATTERNS.tsv TEXT [--speed-only]");
        return ExitCode::from(2);
    };
    let (list, text) = match (std::fs::read_to_string(list), std::fs::read(text)) {
        (Ok(list), Ok(text)) => (list, text),
        (list, text) => {
            eprintln!("{:?} {:?}", list.err(), text.err());
            return ExitCode::from(2);
        }
    };
    let (rules, patterns): (Vec<Classifier>, Vec<String>) = classifiers(&list).into_iter().unzip();

    let database = match prepare(&rules) {
        Ok(database) => database,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::from(2);
        }
    };
    let mut scanner = Scanner::new(&database);
    let mut best = Duration::MAX;
    for _ in 0..3 {
        let begin = Instant::now();
        scanner.scan(&text);
        best = best.min(begin.elapsed());
    }
    let scratch = scanner.scratch_bytes();
    let scan = scanner.scan(&text);
    println!(
        "scan: {} of {} bytes, {} findings, {:?}, scratch {scratch} bytes",
        rate(text.len(), best),
        text.len(),
        scan.findings.len(),
        scan.completeness,
    );
    if rest.iter().any(|arg| arg == "--speed-only") {
        return ExitCode::SUCCESS;
    }
    let findings = scan.findings.to_vec();
    let differences = differences(&rules, &patterns, &text, &findings, best);
    ExitCode::from(u8::from(differences > 0))
}
