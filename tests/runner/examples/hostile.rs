//! The speed of scanning the worst inputs.
//!
//! `hostile [--rules PATH]... [--kernel NAME] [--only NAME]... [--size BYTES] [--line]` measures
//! each generator of `sluicegate_tests::GENERATORS` with the built-in catalogue, or with the packs at
//! each PATH in its place, at one size (1 MB unless stated) and at twice the size. The text is
//! scanned as one input; the best of a few scans counts. `--line` adds one line of 64 MB; `--only`
//! takes the beginning of names.
//!
//! A row holds the name, MB/s at either size, the ratio of the two times, operations for each
//! byte, findings, and whether all was inspected. An example and not a program of the crate, so that
//! the fuzz targets need not build the catalogue.

use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use sluicegate::{Completeness, Database, Kernel, Scanner, compile, profile};
use sluicegate_classifiers::{Rules, builtin, builtin_rules};
use sluicegate_tests::{GENERATORS, Generator, Material};

/// Scans of a size, of which the best counts.
const SCANS: usize = 5;
/// After this long no further scan of a size is made.
const LONG_ENOUGH: Duration = Duration::from_millis(800);
/// Operations are counted in so many bytes, because counting takes longer than scanning.
const COUNTED: usize = 256 << 10;
const LINE: usize = 64_000_000;
const SEED: u64 = 1;

struct Options {
    rules: Vec<String>,
    kernel: Kernel,
    only: Vec<String>,
    size: usize,
    line: bool,
}

fn options() -> Result<Options, String> {
    let mut options = Options {
        rules: Vec::new(),
        kernel: Kernel::best(),
        only: Vec::new(),
        size: 1_000_000,
        line: false,
    };
    let mut words = std::env::args().skip(1);
    while let Some(word) = words.next() {
        let mut value = || words.next().ok_or(format!("{word} takes a value"));
        match word.as_str() {
            "--rules" => options.rules.push(value()?),
            "--kernel" => {
                let name = value()?;
                options.kernel = Kernel::named(&name)
                    .ok_or(format!("the processor has no kernel named {name}"))?;
            }
            "--only" => options.only.push(value()?),
            "--size" => {
                let size = value()?.parse().ok().filter(|size| *size > 0);
                options.size = size.ok_or("--size takes a number of bytes")?;
            }
            "--line" => options.line = true,
            _ => return Err(format!("unknown option {word}")),
        }
    }
    Ok(options)
}

fn main() -> ExitCode {
    match options().and_then(|options| run(&options)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}

fn run(options: &Options) -> Result<(), String> {
    let (database, material) = prepare(&options.rules)?;
    let mut scanner = Scanner::new(&database).with_kernel(options.kernel);
    println!(
        "{} rules, {}, {} bytes and twice as many",
        database.len(),
        options.kernel.as_str(),
        options.size
    );
    println!("name                       MB/s   twice  ratio  ops/byte  findings");
    let wanted = |generator: &&Generator| {
        options.only.is_empty()
            || options
                .only
                .iter()
                .any(|name| generator.name.starts_with(name.as_str()))
    };
    for generator in GENERATORS.iter().filter(wanted) {
        // The same text twice: another text of twice the size may have dearer pieces.
        let mut input = generator.generate(&material, options.size, SEED);
        let once = measure(&mut scanner, &input);
        let counted = &input[..input.len().min(COUNTED)];
        let costs = profile(&database, counted);
        let operations: u64 = costs.iter().map(|cost| cost.steps + cost.candidates).sum();
        input.extend_from_within(..);
        let twice = measure(&mut scanner, &input);
        println!(
            "{:24} {:>6} {:>7} {:>6.2} {:>9.1} {:>9}{}",
            generator.name,
            once.speed(options.size),
            twice.speed(input.len()),
            twice.time.as_secs_f64() / once.time.as_secs_f64(),
            operations as f64 / counted.len() as f64,
            once.findings,
            if twice.complete { "" } else { "  incomplete" },
        );
    }
    if options.line {
        let line = GENERATORS
            .iter()
            .find(|generator| generator.name == "long-line");
        let line = line.ok_or("the generator `long-line` is gone")?;
        let input = line.generate(&material, LINE, SEED);
        let took = measure(&mut scanner, &input);
        println!("one line of {LINE} bytes: {} MB/s", took.speed(LINE));
    }
    Ok(())
}

fn prepare(paths: &[String]) -> Result<(Database, Material), String> {
    if paths.is_empty() {
        let database = builtin();
        let material = Material::new(&database, &builtin_rules().classifiers);
        return Ok((database, material));
    }
    let mut rules = Rules::default();
    for path in paths {
        rules
            .add_path(Path::new(path))
            .map_err(|(path, error)| format!("{}: {error}", path.display()))?;
    }
    rules.refuse_duplicates();
    for problem in &rules.problems {
        eprintln!("{problem}");
    }
    let compiled = compile(&rules.classifiers).map_err(|error| error.to_string())?;
    let material = Material::new(&compiled.database, &rules.classifiers);
    Ok((compiled.database, material))
}

struct Measured {
    time: Duration,
    findings: usize,
    complete: bool,
}

impl Measured {
    /// In MB/s; tenths of what is slow.
    fn speed(&self, bytes: usize) -> String {
        let speed = bytes as f64 / 1e6 / self.time.as_secs_f64();
        let digits = usize::from(speed < 10.0);
        format!("{speed:.digits$}")
    }
}

fn measure(scanner: &mut Scanner, input: &[u8]) -> Measured {
    // The first scan makes memory grow to what the input needs.
    let began = Instant::now();
    let scan = scanner.scan(input);
    let mut measured = Measured {
        time: began.elapsed(),
        findings: scan.findings.len(),
        complete: scan.completeness == Completeness::Complete,
    };
    for _ in 0..SCANS {
        if began.elapsed() > LONG_ENOUGH {
            break;
        }
        let began = Instant::now();
        scanner.scan(input);
        measured.time = measured.time.min(began.elapsed());
    }
    measured
}
